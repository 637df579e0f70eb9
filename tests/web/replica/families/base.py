"""What the families have in common: where an entry stands, how it is linked, how lines look."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from html import escape

from tests.web.replica.columns import Column, Entry
from tests.web.replica.furniture import Look, document

HTML = "text/html"
XML = "text/xml"
JSON = "application/json"

#: The pages of a list by their path: text and media type.
Lists = dict[str, tuple[str, str]]


class Family:
    """One system that publishes columns. `start` is the address of the column that people know.

    `number` tells the columns and articles of one site from those of another.
    """

    name = ""
    start = "/"

    def __init__(self, number: int) -> None:
        self.number = number

    def article(self, entry: Entry) -> str:
        """The path of an entry's page."""
        raise NotImplementedError

    def file(self, entry: Entry, suffix: str) -> str:
        """The path of the file attached to an entry's page."""
        day = f"{entry.published:%Y%m%d}"
        return posixpath.join(posixpath.dirname(entry.path), f"W0{day}{self.number:03}{entry.serial:06}.{suffix}")

    def lists(self, column: Column, look: Look) -> Lists:
        """The pages of the column, and whatever they need."""
        raise NotImplementedError


def relative(target: str, page: str) -> str:
    """A path as it is linked from a page; whole addresses stay."""
    if "://" in target:
        return target
    path, mark, query = target.partition("?")
    folder = page if page.endswith("/") else posixpath.dirname(page)
    return posixpath.relpath(path, folder) + mark + query


def line(
    entry: Entry, href: str, shape: str = '<li><a href="{href}" title="{title}">{text}</a><span>{day}</span></li>'
) -> str:
    """A line of a list in a shape with `href`, `title`, `text` and `day`."""
    return shape.format(
        href=escape(href), title=escape(entry.title), text=escape(entry.shown or entry.title), day=entry.published
    )


def list_page(look: Look, column: Column, lines: str, pager: str = "", head: str = "") -> str:
    """A page with a list and what leads on."""
    main = f'<h3>{escape(column.name)}</h3>\n<ul class="list">\n{lines}\n</ul>\n<div class="page">{pager}</div>'
    return document(look, f"{column.name}-{look.site_name}", main, ("政务公开", "政府信息公开", column.name), head)


def pager(count: int, now: int, href: Callable[[int], str]) -> str:
    """Links to the pages 1 to `count`, and to the next and the last one. `now` is the page that they stand on."""
    numbers = "".join(
        f'<a href="{escape(href(n))}">{n}</a>' if n != now else f"<b>{n}</b>" for n in range(1, count + 1)
    )
    on = f'<a href="{escape(href(now + 1))}">下一页</a><a href="{escape(href(count))}">尾页</a>' if now < count else ""
    return f"共{count}页 {numbers}{on}"
