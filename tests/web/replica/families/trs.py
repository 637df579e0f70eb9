"""TRS WCM: `index.html`, `index_1.html` … told by a script, articles in a folder a month."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from tests.web.replica.columns import Column, Entry
from tests.web.replica.families.base import HTML, Family, Lists, line, list_page, relative
from tests.web.replica.furniture import Look


class Trs(Family):
    """The start is the column's folder, which serves its `index.html`."""

    name = "trs"
    start = "/zwgk/zfxxgk/gknb/"

    def article(self, entry: Entry) -> str:
        return f"{self.start}{entry.published:%Y%m}/t{entry.published:%Y%m%d}_{3_300_000 + self.number * 1000 + entry.serial}.html"

    def file(self, entry: Entry, suffix: str) -> str:
        day = f"{entry.published:%Y%m%d}"
        return posixpath.join(posixpath.dirname(entry.path), f"P0{day}{self.number:03}{entry.serial:09}.{suffix}")

    def lists(self, column: Column, look: Look) -> Lists:
        pages = column.pages
        made: Lists = {}
        for index, entries in enumerate(pages):
            path = f"{self.start}index{f'_{index}' if index else ''}.html"
            lines = "\n".join(line(entry, self.href(entry, path)) for entry in entries)
            script = f'<script>createPageHTML({len(pages)}, {index}, "index", "html");</script>'
            made[path] = list_page(look, column, lines, script, '<script src="/images/page.js"></script>'), HTML
        made[self.start] = made[f"{self.start}index.html"]
        return made

    def href(self, entry: Entry, path: str) -> str:
        """How a list links an entry."""
        target = relative(entry.path, path)
        return target if entry.is_elsewhere or target.startswith("../") else f"./{target}"


class TrsWithBase(Trs):
    """Its addresses are relative to a <base> two folders up, and some go up and down again. One page only."""

    def lists(self, column: Column, look: Look) -> Lists:
        return super().lists(column, replace(look, base=f"{look.address}/zwgk/"))

    def href(self, entry: Entry, path: str) -> str:
        plain = relative(entry.path, "/zwgk/")
        return plain if entry.serial % 2 else f"../xxgk/../zwgk/{plain}"
