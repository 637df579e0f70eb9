"""Breakdowns as trees: what stands behind 其中, 包括, a colon or in brackets is a part of the amount before it.

A list goes on (网上60件、信函40件) while its parts have room in their whole. What a bracket opened it closes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from expectations.identities import Number
from expectations.indicators import indicators
from pipelines.parse.narrative.numerals import Numeral
from pipelines.parse.narrative.parts import Thing
from pipelines.parse.report import Figure

#: What opens a breakdown between a whole and its first part.
_OPENS = re.compile(r"其中|包括|包含|分为|(?<!不)含(?=[^义])|：|分别[为是]|具体[为是]")
#: A sentence that begins so goes on with the breakdown of the one before.
GOES_ON = re.compile(
    r"[。\n（]?(?:（?其中|包括|(?:按照?|从)[^，。；：\d]{1,10}(?:分|看|来说|统计)|[^，。；：\d]{0,8}(?:分类|类别|构成|分布)：)"
)
#: One that sorts all of what the sentence before counts: 工单分类：.
_CLASSED = re.compile(r"[^，。；：\d]{0,8}(?:分类|类别|构成|分布)：")
#: Measure words that count the same: 发布信息500条，其中图解12篇.
_ALIKE = ("条件个篇项则份", "家个", "期次场")


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure where it stands: its number is at `begin` to `end` of the plain text of its section."""

    figure: Figure
    begin: int
    end: int
    sentence: int
    thing: Thing
    #: The last bracket that is open at it, -1 where none is.
    bracket: int


def open_bracket(plain: str, start: int, place: int) -> int:
    """Tell where the innermost bracket that is open at a place began; -1 where none is."""
    depth = 0
    at = place
    while at > start:
        at = max(plain.rfind("（", start, at), plain.rfind("）", start, at))
        if at < 0:
            return -1
        if plain[at] == "）":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return at
    return -1


@dataclass(frozen=True, slots=True)
class Position:
    """Where a number stands: its sentence, the bracket open at it, the class of its head noun; `bare` where no verb is
    among its own words.
    """

    sentence: int
    bracket: int
    kind: str
    bare: bool


def parent(plain: str, numeral: Numeral, at: Position, before: Sequence[Placed], first: int) -> int | None:
    """The index of the amount that a number is a part of; None where it is none's. `before` are those of the section.

    `first` is the index of the first of them in the report.
    """
    same = _in_reach(plain, at, numeral, before)
    if not same:
        return None
    last = before[same[-1]]
    gap = min(max(last.end, at.sentence), numeral.begin)
    if _OPENS.search(plain, gap, numeral.begin) or numeral.inside or _opens_bracket(last, at.bracket):
        found = _whole(before, same, numeral, at.kind)
    else:
        found = _next(before, same[-1], numeral, at.bare, first)
    return None if found is None else found + first


def _in_reach(plain: str, at: Position, numeral: Numeral, before: Sequence[Placed]) -> list[int]:
    """The amounts that a number's whole can be among: of its sentence, or of the one that its sentence goes on with."""
    opened = _opened(plain, at)
    same = _of_sentence(before, at.sentence, opened, numeral)
    if same or not before or not GOES_ON.match(plain, at.sentence):
        return same
    same = _of_sentence(before, before[-1].sentence, opened, numeral)
    return [max(same, key=lambda k: before[k].figure.value)] if same and _CLASSED.match(plain, at.sentence) else same


def _of_sentence(before: Sequence[Placed], sentence: int, opened: Set[int], numeral: Numeral) -> list[int]:
    """The amounts of one sentence that a number may be part of, in order."""
    found: list[int] = []
    for k in range(len(before) - 1, -1, -1):
        if before[k].sentence != sentence:
            break
        if _is_visible(before[k], opened, numeral):
            found.append(k)
    return found[::-1]


def _opened(plain: str, at: Position) -> Set[int]:
    """The brackets that are open at a number, -1 among them."""
    found = {-1}
    place = at.bracket
    while place >= 0:
        found.add(place)
        place = open_bracket(plain, at.sentence, place)
    return found


def _is_visible(placed: Placed, opened: Set[int], numeral: Numeral) -> bool:
    """Tell whether an amount stands in no bracket that is closed by now."""
    figure = placed.figure
    if figure.aspect != "amount" or not alike(figure.unit, numeral.unit):
        return False
    return placed.bracket in opened


def _opens_bracket(last: Placed, bracket: int) -> bool:
    """Tell whether a bracket opened since the last amount: its first part follows."""
    return bracket >= last.end > last.bracket


def _whole(before: Sequence[Placed], same: Sequence[int], numeral: Numeral, kind: str) -> int | None:
    """The last amount of the same kind that is no less than its part, else the last one of any kind."""
    large = [k for k in same if before[k].figure.value >= numeral.value]
    alike_ = [k for k in large if kind and before[k].thing.kind == kind]
    return next(reversed(alike_ or large), None)


def _next(before: Sequence[Placed], latest: int, numeral: Numeral, bare: bool, first: int) -> int | None:
    """The whole of the part right before it in a list, or of one above that, where there is room for another part.

    A report's parts can exceed their whole: of an item without a verb none need have room.
    """
    last = before[latest].figure
    listed = last.part_of is not None and last.part_of >= first
    while last.part_of is not None and last.part_of >= first:
        index = last.part_of - first
        whole = before[index].figure
        if numeral.value <= _room(before[index:], whole, last.part_of):
            return index
        last = whole
    part_of = before[latest].figure.part_of
    if not (bare and listed and part_of is not None):
        return None
    whole = before[part_of - first].figure
    return part_of - first if numeral.value <= whole.value and _holds_kinds(whole) else None


def _holds_kinds(whole: Figure) -> bool:
    """Tell whether a whole is one of items, whose list of kinds goes on without a verb."""
    return whole.indicator is not None and "items_category" in below(whole.indicator)


def _room(since: Sequence[Placed], whole: Figure, index: int) -> Number:
    """How much of a whole its parts so far leave; twice the whole counts where it is no exact number."""
    parts = sum(p.figure.value for p in since if p.figure.part_of == index and p.figure.aspect == "amount")
    return (whole.value * 2 if whole.qualifier else whole.value) - parts


def alike(one: str, other: str) -> bool:
    """Tell whether two measure words count the same."""
    return one == other or any(one in words and other in words for words in _ALIKE if one and other)


@cache
def below(code: str) -> frozenset[str]:
    """The indicators that a breakdown of one can hold, over all levels."""
    found: set[str] = set()
    todo = [code]
    while todo:
        indicator = indicators()[todo.pop()]
        direct = {c for codes in indicator.parts for c in codes} | indicator.children
        direct |= {c for c, one in indicators().items() if one.part_of == indicator.code}
        todo.extend(direct - found)
        found |= direct
    return frozenset(found - {code, *above(code)})


def above(code: str) -> list[str]:
    """The wholes that the dictionary knows for an indicator, the nearest first."""
    found: list[str] = []
    whole = indicators()[code].part_of
    while whole:
        found.append(whole)
        whole = indicators()[whole].part_of
    return found
