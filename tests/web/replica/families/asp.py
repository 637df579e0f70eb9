"""ASP and 动易: everything in the query."""

from __future__ import annotations

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, pager, relative
from tests.web.replica.furniture import Look


class Asp(Family):
    """The start is page 1 without a number."""

    name = "asp"

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.start = f"/list.aspx?id={number}"

    def article(self, entry: Entry) -> str:
        return f"/content.aspx?id={self.number * 1000 + entry.serial}"

    def file(self, entry: Entry, suffix: str) -> str:
        return f"/UploadFiles/{entry.published:%Y/%m}/{entry.published:%Y%m%d}{entry.serial:06}.{suffix}"

    def lists(self, column: Column, look: Look) -> Lists:
        pages = column.pages
        made: Lists = {}
        for number, entries in enumerate(pages, 1):
            path = f"{self.start}&page={number}"
            lines = "\n".join(line(entry, relative(entry.path, path)) for entry in entries)
            links = pager(len(pages), number, lambda n: f"list.aspx?id={self.number}&page={n}")
            made[path] = list_page(look, column, lines, links), HTML
        made[self.start] = made[f"{self.start}&page=1"]
        return made
