"""Tells where the reading of section 5 stands, and what it has found so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.parse.shortcomings.cues import COMMITMENT, PROBLEM, UNSET, Cue, cue, nothing
from pipelines.parse.shortcomings.enumeration import Item
from pipelines.parse.shortcomings.sentences import trim

#: What a page leaves behind its last line.
_PAGE_NUMBERS = re.compile(r"\n[\s\d—－-]+\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """One stretch that tells a problem or a promise.

    `number` is that of its mark (0: none), `style` the mark's style, `path` the round of problems and answers and then
    the items that it stands in: two statements of one item belong together.
    """

    mode: str
    start: int
    end: int
    number: int
    style: str
    path: tuple[int, ...]


@dataclass(slots=True)
class Walk:
    """Says where the walk is: mode, round, whether clauses are listed (`told`), whether a list has just been read."""

    text: str
    year: int | None
    mode: str = UNSET
    round: int = 0
    told: bool = False
    listed: bool = False
    found: list[Statement] = field(default_factory=list)

    def add(self, mode: str, start: int, end: int, path: tuple[int, ...], item: Item | None = None) -> None:
        """Take a stretch down as a statement, unless it says nothing."""
        start, end = trim(self.text, start, end)
        page = _PAGE_NUMBERS.search(self.text, start, end)
        start, end = trim(self.text, start, page.start() if page else end)
        if start >= end:
            return
        said = self.text[start:end]
        if len(said) < 3 or mode not in (PROBLEM, COMMITMENT) or nothing(said):
            return
        number, style = (item.mark.number, item.mark.style) if item else (0, "")
        self.found.append(Statement(mode, start, end, number, style, (self.round, *path)))

    def turn(self, mode: str) -> None:
        """Change the mode; problems after promises begin a new round."""
        if mode == PROBLEM and self.mode == COMMITMENT:
            self.round += 1
        self.mode, self.told = mode, False

    def cue(self, start: int, end: int, inside: bool) -> Cue | None:
        """The cue of a stretch, its content counted from the stretch's beginning."""
        begin, stop = trim(self.text, start, end)
        # Punctuation behind a heading is what tells it from a sentence.
        found = cue(self.text[begin : min(end, stop + 1)], self.year, inside)
        if found is None or found.content is None:
            return found
        return Cue(found.mode, begin + found.content - start)
