"""Lists whose nouns stand together and whose numbers follow: 图解、视频和访谈分别为12个、5个和3个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.parse.narrative.numerals import Numeral

#: What says that the numbers belong to the nouns one by one.
_EACH = re.compile(r"分别|依次(?=为|是)|各(?=占|为)")
#: What may stand between two numbers of a list.
_BETWEEN = re.compile(r"、|，|，?(?:和|与|及|以及)")
#: What stands between two nouns; 微博微信 are two without a mark.
_COMMA = re.compile(r"、|(?<=微博)(?=微信)|(?<=微信)(?=微博)")
_AND = re.compile(r"和|与|以及|及(?!时)")
#: What may follow the last noun: 满意率同比分别提高.
_AGAINST = re.compile(r"(?:同比|环比|[较比]\S{1,8}|也|均|又|共|各)+$")
#: One percentage for several rates: 答复率、满意率均为100%.
_BOTH = re.compile(
    r"((?:[^，。；：、（）\d]{1,14}[率度](?:、|和|与|及))+[^，。；：、（）\d]{1,14}[率度])(?:均|都|皆)(?:已|能)?(?:为|达到?|是|保持)$"
)
_CLAUSE = re.compile(r"[，；：。（）\n]")


class Listed(NamedTuple):
    """A number of a list: its noun is at `start` to `end` (None where the nouns have numbers of their own before);
    it is the one at `place` of `size`; the list's first number begins at `led`. The last noun, at `tail`, may say what all
    are (微信、微博合格率).
    """

    noun: tuple[int, int] | None
    tail: tuple[int, int] | None
    place: int
    size: int
    led: int


def listed(plain: str, found: Sequence[Numeral]) -> dict[int, Listed]:
    """The numbers, by their index, that stand in a list with 分别."""
    made: dict[int, Listed] = {}
    for first, last in _runs(plain, found):
        led = found[first].begin
        start = max(found[first - 1].end if first else 0, _sentence(plain, led))
        each = next(reversed(list(_EACH.finditer(plain, start, led))), None)
        if each is None:
            continue
        size = last - first + 1
        nouns = _nouns(plain, each.end(), led, size) or _nouns(plain, *_before(plain, start, each.start()), size)
        for k in range(size):
            made[first + k] = Listed(nouns[k] if nouns else None, nouns[-1] if nouns else None, k, size, led)
    return made


def together(plain: str, start: int, end: int) -> list[Listed] | None:
    """The rates that one number is said of; None unless there are several."""
    both = _BOTH.search(plain, start, end)
    if both is None:
        return None
    size = len(_AND.sub("、", both[1]).split("、"))
    nouns = _nouns(plain, both.start(1), both.end(1), size)
    return [Listed(noun, None, k, size, end) for k, noun in enumerate(nouns)] if nouns and size > 1 else None


def _runs(plain: str, found: Sequence[Numeral]) -> Iterator[tuple[int, int]]:
    """First and last index of numbers that follow one another with nothing but a mark between them."""
    first = 0
    for k in range(1, len(found) + 1):
        follows = (
            k < len(found)
            and found[k].unit == found[k - 1].unit
            and _BETWEEN.fullmatch(plain, found[k - 1].resume, found[k].begin)
        )
        if not follows:
            if k - first > 1:
                yield first, k - 1
            first = k


def _sentence(plain: str, place: int) -> int:
    return max(plain.rfind(mark, 0, place) for mark in "。；\n") + 1


def _before(plain: str, start: int, end: int) -> tuple[int, int]:
    """The clause before 分别; a comma right before it belongs to the list."""
    if plain[end - 1 : end] == "，":
        end -= 1
    marks = [m.end() for m in _CLAUSE.finditer(plain, start, end)]
    return (marks[-1] if marks else start), end


def _nouns(plain: str, start: int, end: int, size: int) -> list[tuple[int, int]] | None:
    """The stretches of so many nouns; None where the marks between them do not make that number."""
    commas = [m.span() for m in _COMMA.finditer(plain, start, end)]
    ands = [m.span() for m in _AND.finditer(plain, commas[-1][1] if commas else start, end)]
    # An 和 may belong to a noun (政策和法规、人事分别): it divides only where the number of nouns asks for it.
    for marks in (sorted([*commas, *ands]), sorted([*commas, *ands[-1:]]), commas):
        if len(marks) == size - 1:
            edges = [start, *(place for mark in marks for place in mark), end]
            nouns = list(zip(edges[::2], edges[1::2], strict=True))
            against = _AGAINST.search(plain, nouns[-1][0], end)
            return [*nouns[:-1], (nouns[-1][0], against.start())] if against else nouns
    return None
