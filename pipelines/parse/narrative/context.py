"""The words around a number, by nearness: its own words to the left and right, its clause, what came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.parse.narrative.numerals import Numeral
from pipelines.parse.narrative.prose import Prose

#: How far back words may stand that a number still leans on.
REACH = 160
_LEFT_ENDS = frozenset("，；。：！？\n（ ")
_RIGHT_ENDS = frozenset("，；。：！？\n（）、 ")
_OPENINGS = {"）": "（", "》": "《", "”": "“"}


@dataclass(frozen=True, slots=True)
class Window:
    """Places in the plain text around a number at `begin` to `resume`.

    Its own words are `left` to `begin` and `resume` to `right`: up to a punctuation mark or another number. Its clause is
    `clause` to `clause_end`, its sentence `sentence` to `sentence_end`; `reach` is the farthest that counts.
    """

    begin: int
    resume: int
    left: int
    right: int
    clause: int
    clause_end: int
    sentence: int
    sentence_end: int
    reach: int


def windows(prose: Prose, found: Sequence[Numeral]) -> list[Window]:
    """The window of each number of a section."""
    made: list[Window] = []
    for k, numeral in enumerate(found):
        before = found[k - 1].end if k else 0
        after = next((n.begin for n in found[k + 1 : k + 3] if n.begin >= numeral.resume), len(prose.plain))
        made.append(_window(prose, numeral, before, after))
    return made


def _window(prose: Prose, numeral: Numeral, before: int, after: int) -> Window:
    plain = prose.plain
    sentence, sentence_end = prose.sentence(numeral.start)
    clause = _back(plain, numeral.begin, sentence)
    right = _forth(plain, numeral.resume, sentence_end)
    return Window(
        begin=numeral.begin,
        resume=numeral.resume,
        left=min(max(clause, before), numeral.begin),
        right=max(min(right, after), numeral.resume),
        clause=clause,
        clause_end=right,
        sentence=sentence,
        sentence_end=sentence_end,
        reach=max(0, numeral.begin - REACH),
    )


def _back(plain: str, place: int, limit: int) -> int:
    """The mark before a place that ends its clause; brackets and titles on the way are passed over whole."""
    while place > limit and plain[place - 1] not in _LEFT_ENDS:
        opening = _OPENINGS.get(plain[place - 1])
        opened = plain.rfind(opening, limit, place) if opening else -1
        place = opened if opened >= 0 else place - 1
    return place


def _forth(plain: str, place: int, limit: int) -> int:
    while place < limit and plain[place] not in _RIGHT_ENDS:
        place += 1
    return place
