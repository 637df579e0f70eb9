"""Pagers that are given named options: kkpager, laypage, jQuery's pagination and their likes.

Belongs here: how many pages there are, and the form of their addresses. Does not belong here: pagers called with
arguments in a row (`pager_calls`), and pagers of links (`paging`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.paging import MOST_PAGES

_BEGINS = re.compile(
    r"(?:pag(?:e|er|ing|inat(?:ion|or))\w{0,16}|\bLs)(?:\.\w{1,20})?\s{0,3}\(\s{0,3}(?:[^(){}]{0,80},)?\s{0,3}\{",
    re.IGNORECASE,
)
_LONGEST = 1000
_MOST_CALLS = 5
_OPTION = re.compile(r"[\"']?\b([A-Za-z_]\w{0,30})[\"']?\s{0,3}:\s{0,3}[\"']?(\d{1,6})(?![\d.])")
_PAGES = ("pages", "pagecount", "totalpage", "totalpages", "pagetotal", "countpage")
_RECORDS = ("total", "count", "totalcount", "totalrecords", "recordcount", "totaldata", "totalnum", "maxentries")
_SIZES = ("pagesize", "limit", "items_per_page", "showdata", "perpage", "rows")
_PRESENT = ("pno", "curr", "current", "currentpage", "current_page", "pageno", "pageindex", "pagenum", "curpage")
_FORMER = re.compile(r"hrefFormer\s{0,3}:\s{0,3}[\"']([^\"']{1,200})[\"']")
_LATTER = re.compile(r"hrefLatter\s{0,3}:\s{0,3}[\"']([^\"']{1,40})[\"']")
_HOLE = re.compile(r"[\"']([^\"']{0,200})(?:__id__|\{page\}|\{0\})([^\"']{0,60})[\"']")
_JOINED = re.compile(
    r"[\"']([^\"'\s]{0,200}?[_=/])[\"']\s{0,3}\+\s{0,3}\(?\s{0,3}[\w.]{1,30}\s{0,3}(-\s{0,3}1)?\s{0,3}\)?(?:\s{0,3}\+\s{0,3}[\"']([^\"'\s]{1,60})[\"'])?"
)


def pages_of_options(source: str, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind `url` by the options of a pager; none where they do not say how pages are called."""
    for match in list(_BEGINS.finditer(source))[:_MOST_CALLS]:
        text = source[match.end() : match.end() + _LONGEST].partition("</script")[0]
        options = {name.lower(): int(value) for name, value in reversed(_OPTION.findall(text))}
        form, count = _form(text), _count(options)
        if form is not None and count is not None:
            here = max(_first(options, _PRESENT) or 1, 1)
            links = (absolute(url, form(number)) for number in range(here + 1, min(count, here + MOST_PAGES) + 1))
            return tuple(link for link in links if link and _is_same_list(link, url))
    return ()


def _count(options: dict[str, int]) -> int | None:
    """Tell how many pages there are: stated, or so many records by the size of a page."""
    pages, records, size = (_first(options, names) for names in (_PAGES, _RECORDS, _SIZES))
    if pages is not None:
        return pages
    if records is not None and size:
        return -(-records // size)
    # kkpager's `total` is that of pages; where records are meant, their size stands beside it.
    return options.get("total")


def _first(options: dict[str, int], names: tuple[str, ...]) -> int | None:
    return next((options[name] for name in names if name in options), None)


def _form(text: str) -> Callable[[int], str] | None:
    """The form of a page's address; None where the options name none."""
    former, latter = _FORMER.search(text), _LATTER.search(text)
    if former and latter:
        return lambda number: f"{former[1]}_{number}{latter[1]}"
    if hole := _HOLE.search(text):
        return lambda number: f"{hole[1]}{number}{hole[2]}"
    joined = _JOINED.search(text)
    if joined is None:
        return None
    step = 1 if joined[2] else 0
    return lambda number: f"{joined[1]}{number - step}{joined[3] or ''}"


def _is_same_list(link: str, url: str) -> bool:
    """Tell whether an address stands where the list does: the same folder, since options name pages without one."""
    one, two = urlsplit(link), urlsplit(url)
    return one.netloc == two.netloc and one.path.rpartition("/")[0] == two.path.rpartition("/")[0]
