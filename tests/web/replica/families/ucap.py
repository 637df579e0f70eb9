"""UCAP 开普: `list.shtml`, `list_2.shtml` … or, as a province's common platform has it, `index_2.html` and posts."""

from __future__ import annotations

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, pager, relative
from tests.web.replica.furniture import Look


class Ucap(Family):
    """The second page has the number 2, unlike TRS's."""

    name = "ucap"
    folder = "/xxgk/gknb/"
    stem, suffix = "list", "shtml"

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.start = self._page(1)

    def _page(self, number: int) -> str:
        return f"{self.folder}{self.stem}{f'_{number}' if number > 1 else ''}.{self.suffix}"

    def article(self, entry: Entry) -> str:
        return f"{self.folder}{entry.published:%Y%m}/content_{self.number * 1000 + entry.serial}.shtml"

    def lists(self, column: Column, look: Look) -> Lists:
        pages = column.pages
        made: Lists = {}
        for number, entries in enumerate(pages, 1):
            path = self._page(number)
            lines = "\n".join(line(entry, relative(entry.path, path)) for entry in entries)
            links = pager(len(pages), number, lambda n, path=path: relative(self._page(n), path))  # type: ignore[misc]
            made[path] = list_page(look, column, lines, links), HTML
        return made


class UcapPosts(Ucap):
    """The variant with posts; addresses of its lines are absolute on the site."""

    folder = "/zwgk/gknb/"
    stem, suffix = "index", "html"

    def article(self, entry: Entry) -> str:
        return f"/zwgk/gknb/content/post_{self.number * 1000 + entry.serial}.html"
