"""Tells where the number of a page stands in an address, and whether two addresses are pages of the same list.

Belongs here: addresses in pairs. Does not belong here: which links of a page lead to its next pages (`paging`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pipelines.harvest.discovery.addresses import site_of

#: Names of the parameters that number pages, in the systems that government sites use.
PAGE_PARAMETER = re.compile(
    r"^(?:p|pn|pg|a\d+p|page|.*page|.*page_?(?:no|num|number|index|id)|.*pageno\w?|curr?page\w*|cur_?page|pagenum\w*|current)$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"^(?:per_?page|.*page_?size|.*page_?count|total_?page\w*|home_?page|pages)$", re.IGNORECASE)
#: What a parameter may not say another thing of on another page of the list.
_FILE_NUMBER = re.compile(r"^(.*?)(\d{1,4})(\.\w{1,6})?$")
_FOLDER_NUMBER = re.compile(r"^(.*/(?:page|p)[/_-]?)(\d{1,4})(/?)$", re.IGNORECASE)
_HOME_NAMES = ("index", "list", "default", "page", "p", "")
_YEARS = range(1990, 2050)


@dataclass(frozen=True, slots=True)
class Slot:
    """An address with a hole where the number of the page stands, and that number."""

    before: str
    number: int
    behind: str

    def at(self, number: int) -> str:
        """The address of another page."""
        return f"{self.before}{number}{self.behind}"


def slot_in(url: str, current: str) -> Slot | None:
    """The slot of an address that is another page of the list at `current`; None where it is none.

    `current` itself is the first page, without a number, or another page of the same list.
    """
    if site_of(url) != site_of(current) or not site_of(url):
        return None
    for slot in (*_in_query(url), *_in_path(url), *_in_folder(url)):
        if _is_same(slot, url, current):
            return slot
    return None


def number_in(slot: Slot, current: str) -> int | None:
    """Tell which page of a slot's list `current` is; None where it has no number, as the first page has."""
    bare, target = _bare(current), _bare(slot.at(0))
    if "?" in slot.before:
        name = slot.before.rpartition("?")[2].rpartition("&")[2].rstrip("=")
        value = dict(parse_qsl(urlsplit(current).query)).get(name, "")
        return int(value) if re.fullmatch(r"\d{1,6}", value, re.ASCII) else None
    head, tail = target[: len(_bare(slot.before))], slot.behind
    middle = bare[len(head) : len(bare) - len(tail)] if tail else bare[len(head) :]
    fits = bare.startswith(head) and bare.endswith(tail)
    return int(middle) if fits and re.fullmatch(r"\d{1,4}", middle, re.ASCII) else None


def _in_query(url: str) -> Iterator[Slot]:
    """Slots in parameters that number pages."""
    at = url.find("?")
    for match in re.finditer(r"[?&]([^=&]{1,40})=(\d{1,6})(?=&|$)", url[at:]) if at >= 0 else ():
        if PAGE_PARAMETER.match(match[1]) and not _SIZE.match(match[1]):
            yield Slot(url[: at + match.start(2)], int(match[2]), url[at + match.end(2) :])


def _in_path(url: str) -> Iterator[Slot]:
    """The slot at the end of the file's name: list_2.shtml, index_1.html, 3.htm."""
    parts = urlsplit(url)
    folder, _, file = parts.path.rpartition("/")
    match = _FILE_NUMBER.match(file)
    if match and int(match[2]) not in _YEARS and not (len(match[2]) > 1 and match[2].startswith("0")):
        head = f"{parts.scheme}://{parts.netloc}{folder}/{match[1]}"
        yield Slot(head, int(match[2]), (match[3] or "") + (f"?{parts.query}" if parts.query else ""))


def _in_folder(url: str) -> Iterator[Slot]:
    """The slot in a folder of its own at the end: /nb/page/2/, /nb/page-2/."""
    parts = urlsplit(url)
    if match := _FOLDER_NUMBER.match(parts.path):
        query = f"?{parts.query}" if parts.query else ""
        yield Slot(f"{parts.scheme}://{parts.netloc}{match[1]}", int(match[2]), match[3] + query)


def _is_same(slot: Slot, url: str, current: str) -> bool:
    if "?" in slot.before:
        return _same_query(url, current)
    if urlsplit(url).query != urlsplit(current).query:
        return False
    return number_in(slot, current) is not None or _path(current) in _first_pages(slot)


def _same_query(url: str, current: str) -> bool:
    """The same script, and nothing but the page's number, or what is new, differs in its parameters."""
    one, two = urlsplit(url), urlsplit(current)
    if _without_index(one.path) != _without_index(two.path):
        return False
    here, there = (dict(parse_qsl(parts.query, keep_blank_values=True)) for parts in (two, one))
    kept = {name: value for name, value in here.items() if not PAGE_PARAMETER.match(name) and value}
    return all(there.get(name, "") == value for name, value in kept.items())


def _first_pages(slot: Slot) -> set[str]:
    """The paths that the first page of a slot's list can have."""
    path = _path(slot.before)
    if match := _FOLDER_NUMBER.match(f"{path}1"):
        above = re.sub(r"/(?:page|p)[/_-]?$", "", match[1], flags=re.IGNORECASE)
        return {above, f"{above}/"}
    folder, _, name = path.rpartition("/")
    suffix = slot.behind.partition("?")[0]
    stem = name.rstrip("_-")
    first = {f"{folder}/{stem}{suffix}"} if stem else {f"{folder}{suffix}", folder}
    if stem in _HOME_NAMES:
        first |= {f"{folder}/", *(f"{folder}/{home}{suffix}" for home in ("index", "list", "default"))}
    return first


def _path(url: str) -> str:
    return urlsplit(url).path or "/"


def _bare(url: str) -> str:
    """An address without its scheme: pages of one list can be linked with either."""
    return url.partition("://")[2]


def _without_index(path: str) -> str:
    return re.sub(r"(?:index|default)\.\w{1,6}$", "", path)
