"""The next pages of a list, in order, from the links and calls of scripts by which its page turns them.

Belongs here: choosing and numbering them. Does not belong here: where a number stands in an address (`page_slots`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.harvest.discovery.page_slots import Slot, number_in, slot_in

#: No list of annual reports is longer.
MOST_PAGES = 50

_NEXT = re.compile(r"^\W*(?:下一?页|下一頁|后一?页|下翻|next(?:page)?)\W*$|^(?:>{1,2}|›|»)$", re.IGNORECASE)
_LAST = re.compile(r"^\W*(?:尾页|末页|最[后末]一?页|尾頁|末頁|last(?:page)?)\W*$|^>\|$", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*第?([0-9]{1,3})页?\W*$")
_TOTAL = re.compile(r"共\s{0,3}(\d{1,4})\s{0,3}页|页(?:次|数|码)?\s{0,3}[:：]?\s{0,3}\d{1,4}\s{0,3}/\s{0,3}(\d{1,4})")
NEXT, LAST = "next", "last"


@dataclass(frozen=True, slots=True)
class Turn:
    """A link that turns pages: what it says (`next`, `last` or the number of a page) and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _PageLink:
    label: str
    slot: Slot


def turn_of(text: str, url: str) -> Turn | None:
    """A link as one that turns pages; None where its text says nothing of the kind."""
    text = "".join(text.split()) if len(text) < 20 else text
    if _NEXT.match(text):
        return Turn(NEXT, url)
    if _LAST.match(text):
        return Turn(LAST, url)
    number = _NUMBER.match(text)
    return Turn(str(int(number[1])), url) if number and int(number[1]) > 0 else None


def total_in(text: str) -> int | None:
    """Tell how many pages the pager says that there are."""
    match = _TOTAL.search(text)
    return int(match[1] or match[2]) if match else None


def following(turns: Iterable[Turn], current: str, total: int | None) -> tuple[str, ...]:
    """The addresses of the pages behind `current`. What leads elsewhere than to pages of the same list is left out."""
    found = [_PageLink(t.label, slot) for t in turns if (slot := slot_in(t.url, current)) is not None]
    if not found:
        return ()
    counted = Counter((f.slot.before, f.slot.behind) for f in found)
    likeliest = max(counted, key=lambda form: counted[form])
    found = [f for f in found if (f.slot.before, f.slot.behind) == likeliest]
    here = number_in(found[0].slot, current)
    numbers = _numbers(found, here, total)
    return tuple(found[0].slot.at(n) for n in numbers if n != here)[:MOST_PAGES]


def _numbers(found: Sequence[_PageLink], here: int | None, total: int | None) -> Sequence[int]:
    """The numbers in the addresses of the following pages."""
    labelled = {int(f.label): f.slot.number for f in found if f.label.isdigit()}
    ahead = next((f.slot.number for f in found if f.label == NEXT), None)
    last = next((f.slot.number for f in found if f.label == LAST), None)
    if _is_descending(labelled, ahead, last, here):
        return _down(labelled, ahead, last, here)
    first = here + 1 if here is not None else _second(labelled, ahead)
    offset = _offset(labelled, ahead, here, "?" in found[0].slot.before)
    known = [n for n in (ahead, last, *labelled.values()) if n is not None]
    if total is not None and offset is not None:
        known.append(total + offset)
    return range(first, max(known) + 1)[: MOST_PAGES + 1]


def _second(labelled: dict[int, int], ahead: int | None) -> int:
    """The number in the address of the second page, seen from the first."""
    if ahead is not None:
        return ahead
    return min((number for label, number in labelled.items() if label > 1), default=2)


def _offset(labelled: dict[int, int], ahead: int | None, here: int | None, is_parameter: bool) -> int | None:
    """By how much the numbers in addresses differ from those that readers see: -1 where index_1 is the second page."""
    differences = Counter(number - label for label, number in labelled.items() if label > 1)
    if differences:
        return differences.most_common(1)[0][0]
    if here is not None:
        return (0 if here else -1) if is_parameter else None
    return ahead - 2 if ahead in (1, 2) else None


def _is_descending(labelled: dict[int, int], ahead: int | None, last: int | None, here: int | None) -> bool:
    """Tell whether the oldest page has the smallest number, as where new pages are put before old ones."""
    ordered = [number for label, number in sorted(labelled.items()) if label > 1]
    if len(ordered) > 1:
        return ordered[0] > ordered[-1]
    if ahead is not None and here is not None:
        return ahead < here
    return ahead is not None and last is not None and last < ahead


def _down(labelled: dict[int, int], ahead: int | None, last: int | None, here: int | None) -> Sequence[int]:
    """From the next page down to the oldest."""
    highest = max((n for label, n in labelled.items() if label > 1), default=1)
    start = here - 1 if here is not None else ahead if ahead is not None else highest
    end = last if last is not None else 1
    return range(start, max(end, 1) - 1, -1)[: MOST_PAGES + 1]
