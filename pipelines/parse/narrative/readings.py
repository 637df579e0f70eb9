"""The numbers of a section as readings: each with the words around it and the structure that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.parse.narrative import glued_tables
from pipelines.parse.narrative.context import Window, said_of, stretches, windows
from pipelines.parse.narrative.numerals import Numeral, numerals
from pipelines.parse.narrative.parts import Thing, thing
from pipelines.parse.narrative.prose import APART, PARAGRAPH, Prose
from pipelines.parse.narrative.trees import Placed, open_bracket
from pipelines.parse.narrative.words import Tracks, tracks
from pipelines.parse.report import Span

#: A label between two cells.
_LABEL = re.compile(r"[\u4e00-\u9fff（）]{2,16}")


class Reading(NamedTuple):
    """A number with all that tells what it means. `bracket` is the place of the bracket that is open at it, else -1;
    `own_left` are its own words to the left.
    """

    prose: Prose
    numeral: Numeral
    window: Window
    tracks: Tracks
    sentence: Span
    thing: Thing
    bracket: int
    own_left: str

    @property
    def sentence_words(self) -> str:
        """The whole sentence that it stands in."""
        return self.prose.plain[self.window.sentence : self.window.sentence_end]

    @property
    def own_right(self) -> str:
        """Its own words to the right."""
        return self.prose.plain[self.window.resume : self.window.right]


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of the same section before a number; the first of them is the report's figure number `first`."""

    placed: Sequence[Placed]
    first: int

    def __getitem__(self, index: int) -> Placed:
        """The figure with an index of the report."""
        return self.placed[index - self.first]

    def amounts(self, reading: Reading) -> list[int]:
        """The amounts before a number in its sentence with its measure word, the last first."""
        found: list[int] = []
        for index in range(len(self.placed) - 1, -1, -1):
            placed = self.placed[index]
            if placed.sentence != reading.window.sentence:
                break
            if placed.figure.aspect == "amount" and placed.figure.unit == reading.numeral.unit:
                found.append(index + self.first)
        return found

    def in_sentence(self, reading: Reading) -> list[int]:
        """The figures before a number in its sentence, in order."""
        sentence = reading.window.sentence
        start = len(self.placed)
        while start and self.placed[start - 1].sentence == sentence:
            start -= 1
        return list(range(start + self.first, len(self.placed) + self.first))


def readings(text: Prose) -> Iterator[Reading]:
    """The numbers of a section that may be statements, in order."""
    tables = glued_tables.stretches(text.plain)
    found = [n for n in numerals(text) if not _is_cell(text.plain, n) and not glued_tables.is_within(n.begin, tables)]
    found = _without_rows(text.plain, found)
    if not found:
        return
    made = windows(text, found)
    words = tracks(text.plain, stretches(made))
    sentences: dict[int, Span] = {}
    taken = 0
    for numeral, around in zip(found, made, strict=True):
        window = _behind_noun(around, taken)
        if window.sentence not in sentences:
            sentences[window.sentence] = text.span(window.sentence, window.sentence_end)
        bracket = open_bracket(text.plain, window.sentence, numeral.begin)
        for each in said_of(text.plain, numeral, window):
            counted = thing(text.plain, each, words)
            taken = counted.end if counted.place == "behind" else 0
            own = text.plain[each.left : each.begin]
            yield Reading(text, numeral, each, words, sentences[window.sentence], counted, bracket, own)


def _behind_noun(window: Window, taken: int) -> Window:
    """The window without the noun of the number before: of 53个部门2261项事项 the first counts 部门."""
    if not window.left < taken <= window.begin:
        return window
    clause = max(window.clause, taken) if window.clause == window.left else window.clause
    return window._replace(left=taken, clause=clause)


def _without_rows(plain: str, found: list[Numeral]) -> list[Numeral]:
    """The numbers without those of rows: 行政许可 42 行政处罚 0 has nothing but labels between bare numbers."""
    cells: set[int] = set()
    for k in range(1, len(found)):
        one, other = found[k - 1], found[k]
        if one.unit or other.unit or one.qualifier or one.han:
            continue
        if _LABEL.fullmatch(plain, one.resume, other.begin):
            cells.update((k - 1, k))
    return [numeral for k, numeral in enumerate(found) if k not in cells] if cells else found


def _is_cell(plain: str, numeral: Numeral) -> bool:
    """Tell whether a number stands among others, or a sum below one: a row of a table that lost its rules."""
    around = plain[numeral.begin - 1 : numeral.begin], plain[numeral.end : numeral.end + 1]
    if numeral.unit:
        return (
            "元" in numeral.unit and around[0] == PARAGRAPH and plain[numeral.begin - 2 : numeral.begin - 1].isdigit()
        )
    return APART in around
