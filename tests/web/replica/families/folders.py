"""A table of years: "2024年" leads to that year's page. What else is published stands below, by its title."""

from __future__ import annotations

from html import escape

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, relative
from tests.web.replica.furniture import Look


class Folders(Family):
    """The year's page is the report itself."""

    name = "folders"
    start = "/zfxxgk/ndbg/"

    def article(self, entry: Entry) -> str:
        if entry.kind == "report":
            return f"{self.start}{entry.year}/index.html"
        return f"{self.start}qt/{self.number * 1000 + entry.serial}.html"

    def lists(self, column: Column, look: Look) -> Lists:
        reports, others = self._divided(column)
        years = {entry.year: relative(entry.path, self.start) for entry in reports}
        lines = "\n".join(line(entry, relative(entry.path, self.start)) for entry in others)
        return {self.start: (list_page(look, column, f"{_table(years)}<ul>{lines}</ul>"), HTML)}

    def _divided(self, column: Column) -> tuple[list[Entry], list[Entry]]:
        ordered = [entry for page in column.pages for entry in page]
        return [e for e in ordered if e.kind == "report"], [e for e in ordered if e.kind != "report"]


class FolderLists(Folders):
    """The year's page is a list of what was published for that year."""

    def article(self, entry: Entry) -> str:
        return f"{self.start}{entry.year}/{self.number * 1000 + entry.serial}.html"

    def lists(self, column: Column, look: Look) -> Lists:
        ordered = [entry for page in column.pages for entry in page]
        years = sorted({entry.year for entry in ordered}, reverse=True)
        made: Lists = {self.start: (list_page(look, column, _table({y: f"{y}/index.html" for y in years})), HTML)}
        for year in years:
            path = f"{self.start}{year}/index.html"
            lines = "\n".join(line(e, relative(e.path, path)) for e in ordered if e.year == year)
            made[path] = list_page(look, column, lines), HTML
        return made


def _table(years: dict[int, str]) -> str:
    cells = "".join(f'<td><a href="{escape(href)}">{year}年</a></td>' for year, href in years.items())
    return f"<table><tr><td>年度</td>{cells}</tr></table>"
