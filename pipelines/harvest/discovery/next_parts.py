"""Tells how the answers of servers go on: the next part of a JSON list, the next records of an XML store.

Belongs here: the address of what follows an answer. Does not belong here: what the answer holds (`embedded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.harvest.discovery.page_slots import PAGE_PARAMETER
from pipelines.harvest.discovery.paging import MOST_PAGES

_PAGES = re.compile(r"^(?:pages|total_?pages?|page_?count|page_?total|count_?pages?|max_?page)$", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:total|total_?count|total_?num\w*|total_?elements|record_?count|record_?total|count|rows_?count)$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"^(?:page_?size|per_?page|size|limit)$", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<=[?&])([^=&]{1,40})=(\d{1,6})(?=&|$)")
_RECORDS = re.compile(r"(?<=[?&])(startrecord|endrecord|perpage)=(\d{1,7})(?=&|$)")
_TOTAL_RECORDS = re.compile(r"<totalrecord>\s{0,5}(\d{1,7})\s{0,5}</totalrecord>", re.IGNORECASE)


def next_answers(answer: Any, url: str, item_count: int) -> tuple[str, ...]:
    """The addresses of the following parts, where the address has a page's number and the answer says how many there are."""
    slot = next(
        (m for m in _PARAMETER.finditer(url) if PAGE_PARAMETER.match(m[1]) and "size" not in m[1].lower()), None
    )
    count = _page_count(answer, item_count)
    if slot is None or count is None:
        return ()
    here = int(slot[2])
    last = count if here else count - 1
    return tuple(url[: slot.start(2)] + str(n) + url[slot.end(2) :] for n in range(here + 1, last + 1)[:MOST_PAGES])


def next_records(source: str, url: str) -> Iterator[str]:
    """The address of the records that follow, where an address of a store names records by number."""
    asked = {name: int(value) for name, value in _RECORDS.findall(url)}
    total = _TOTAL_RECORDS.search(source)
    if total is None or not {"startrecord", "endrecord"} <= asked.keys():
        return
    start, end = asked["startrecord"], asked["endrecord"]
    if start <= end < int(total[1]):
        moved = {"startrecord": end + 1, "endrecord": 2 * end - start + 1, "perpage": asked.get("perpage", 0)}
        yield _RECORDS.sub(lambda m: f"{m[1]}={moved[m[1]]}", url)


def _page_count(answer: Any, item_count: int) -> int | None:
    """Tell how many parts there are: stated, or the number of all entries by that of one part."""
    for level in _upper_levels(answer):
        numbers = {key: int(value) for key, value in level.items() if re.fullmatch(r"\d{1,7}", str(value), re.ASCII)}
        if (pages := _first(numbers, _PAGES)) is not None:
            return pages
        total = _first(numbers, _TOTAL)
        size = _first(numbers, _SIZE) or item_count
        if total is not None and size > 0:
            return -(-total // size)
    return None


def _first(numbers: Mapping[str, int], names: re.Pattern[str]) -> int | None:
    return next((value for key, value in numbers.items() if names.match(key)), None)


def _upper_levels(answer: Any) -> Iterator[Mapping[str, Any]]:
    """The answer's own fields, and those of the objects directly in it, where pages are counted."""
    if isinstance(answer, dict):
        yield answer
        for value in answer.values():
            if isinstance(value, dict):
                yield value
