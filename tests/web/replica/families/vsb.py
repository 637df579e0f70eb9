"""VSB 博达: the newest page has the column's name, older ones stand in a folder of that name and count down to 1."""

from __future__ import annotations

from html import escape

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, relative
from tests.web.replica.furniture import Look


class Vsb(Family):
    """An attached file's address is that of a program: what it is, its Content-Disposition says."""

    name = "vsb"
    start = "/xxgk/xxgknb.htm"

    def article(self, entry: Entry) -> str:
        return f"/info/{1000 + self.number}/{2000 + entry.serial}.htm"

    def file(self, entry: Entry, suffix: str) -> str:
        return (
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl"
            f"&owner=15{self.number:06}&wbfileid={self.number:04X}{entry.serial:06X}"
        )

    def lists(self, column: Column, look: Look) -> Lists:
        pages = column.pages
        paths = [self.start, *(f"/xxgk/xxgknb/{n}.htm" for n in range(len(pages) - 1, 0, -1))]
        made: Lists = {}
        for index, (path, entries) in enumerate(zip(paths, pages, strict=True)):
            lines = "\n".join(line(entry, relative(entry.path, path)) for entry in entries)
            made[path] = list_page(look, column, lines, _pager(paths, index)), HTML
        return made


def _pager(paths: list[str], index: int) -> str:
    """Numbers count from the newest page; the addresses behind them do not."""
    here = paths[index]

    def link(kind: str, text: str, target: int) -> str:
        inside = f'<a href="{escape(relative(paths[target], here))}">{text}</a>' if target != index else text
        return f'<span class="{kind}">{inside}</span>'

    numbers = "".join(link("p_no", str(n + 1), n) for n in range(len(paths)))
    last = len(paths) - 1
    return (
        link("p_first", "首页", 0)
        + link("p_prev", "上页", max(index - 1, 0))
        + numbers
        + link("p_next", "下页", min(index + 1, last))
        + link("p_last", "尾页", last)
    )
