"""Hanweb jcms: the first records in CDATA inside the page, the others from `dataproxy.jsp`."""

from __future__ import annotations

from html import escape

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, XML, Family, Lists, line, list_page
from tests.web.replica.furniture import Look

_RECORD = '<li><a href="{href}" target="_blank" title="{title}">{text}</a><b>{day}</b></li>'


class Jcms(Family):
    """Every address of a record is absolute on its site."""

    name = "jcms"

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.column_id, self.unit_id = 1_200_000 + number, 5_400_000 + number
        self.start = f"/col/col{self.column_id}/index.html"

    def article(self, entry: Entry) -> str:
        day = entry.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column_id}_{self.number * 1000 + entry.serial}.html"

    def file(self, entry: Entry, suffix: str) -> str:
        return f"/attach/0/{entry.published:%y%m%d}{self.number:03}{entry.serial:06}.{suffix}"

    def lists(self, column: Column, look: Look) -> Lists:
        pages = column.pages
        total = sum(map(len, pages))
        script = f"var startrecord=1,endrecord={len(pages[0])},totalRecord={total},perpage={column.per_page};"
        store = f'<script type="text/xml">{self._store(pages, 1)}</script><script>{script}</script>'
        made: Lists = {self.start: (list_page(look, column, f'<div id="{self.unit_id}">{store}</div>'), HTML)}
        for number in range(2, len(pages) + 1):
            made[self._proxy(number)] = self._store(pages, number), XML
        return made

    def _proxy(self, page: int) -> str:
        return (
            f"/module/web/jpage/dataproxy.jsp?page={page}&webid=1&path=/&columnid={self.column_id}"
            f"&unitid={self.unit_id}&permissiontype=0"
        )

    def _store(self, pages: list[list[Entry]], number: int) -> str:
        """The records of one page, and the address of those that follow."""
        records = "".join(f"<record><![CDATA[{line(e, e.path, _RECORD)}]]></record>" for e in pages[number - 1])
        on = escape(self._proxy(number + 1)) if number < len(pages) else ""
        group = f'<nextgroup><![CDATA[<a href="{on}"></a>]]></nextgroup>' if on else ""
        return f"<datastore>{group}<recordset>{records}</recordset></datastore>"
