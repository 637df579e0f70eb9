"""A small page whose list comes as JSON."""

from __future__ import annotations

import json

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, JSON, Family, Lists, list_page
from tests.web.replica.furniture import Look


class JsonList(Family):
    """The page names the address of the first page of data; the data says how many pages there are."""

    name = "json"
    start = "/gknb/index.html"

    def article(self, entry: Entry) -> str:
        return f"/gknb/detail/{self.number:03}{entry.serial:05}.html"

    def _data(self, page: int) -> str:
        return f"/common/search/{self.number:04}?channel=gknb&size=15&page={page}"

    def lists(self, column: Column, look: Look) -> Lists:
        first = self._data(1)
        script = f'loadList("#list", "{first}", function (row) {{ return row.title; }});'
        holder = f'<div id="list" data-url="{first.replace("&", "&amp;")}">正在加载</div><script>{script}</script>'
        made: Lists = {self.start: (list_page(look, column, holder), HTML)}
        pages = column.pages
        total = sum(map(len, pages))
        for number, entries in enumerate(pages, 1):
            rows = [{"title": e.shown or e.title, "url": e.path, "publishDate": f"{e.published}"} for e in entries]
            data = {"total": total, "pages": len(pages), "page": number, "rows": rows}
            made[self._data(number)] = json.dumps({"code": 200, "data": data}, ensure_ascii=False), JSON
        return made
