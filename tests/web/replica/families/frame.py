"""A page whose list stands in an iframe, with its pages inside the frame."""

from __future__ import annotations

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, pager, relative
from tests.web.replica.furniture import Look, document


class Frame(Family):
    """The start holds nothing but the frame."""

    name = "iframe"
    start = "/gkml/nb.html"

    def article(self, entry: Entry) -> str:
        return f"/gkml/detail/{entry.published:%Y}/{self.number:03}{entry.serial:05}.html"

    def _page(self, number: int) -> str:
        return f"/gkml/frame/list.jsp?ch={self.number}" + (f"&p={number}" if number > 1 else "")

    def lists(self, column: Column, look: Look) -> Lists:
        frame = f'<iframe id="list" src="frame/list.jsp?ch={self.number}" width="100%" frameborder="0"></iframe>'
        made: Lists = {self.start: (document(look, column.name, frame, ("政务公开", column.name)), HTML)}
        pages = column.pages
        for number, entries in enumerate(pages, 1):
            path = self._page(number)
            lines = "\n".join(line(entry, relative(entry.path, path)) for entry in entries)
            links = pager(len(pages), number, lambda n: self._page(n).rpartition("/")[2])
            made[path] = list_page(look, column, lines, links), HTML
        return made
