"""The words of a section, found in one pass: those of the dictionary's phrasings and those that name the parts.

A word can be both: 申请 is what a number counts (`object`) and stands in the phrasings of indicators (`phrased`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import ahocorasick

from expectations.indicators import indicators, verbs
from expectations.narrative_words import narrative_words

#: The title of a document says what that is about, not the sentence; short ones are names (《政府公报》).
_TITLE = re.compile(r"《[^》\n]{15,120}》|《[^》\n]{4,120}》(?=等)")
#: What is counted in with a thing, not what is counted: 政策文件（含规范性文件）182件.
_INCLUDED = re.compile(r"（(?:不含|含|包括|包含|不包括)[^（）\d]{1,25}）")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the two dictionaries. `worth` goes by its length; the other parts are classes, "" where it has none;
    `part` where one of the last four is there; `verb` where it says what is done, not what is counted.
    """

    text: str
    length: int
    worth: float
    phrased: bool
    topic: bool
    object: str
    action: str
    channel: str
    time: str
    modifier: str
    part: bool
    verb: bool


class Hit(NamedTuple):
    """A word at `start` to `end` of the plain text."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True)
class Track:
    """Words of one kind in the order of their ends."""

    hits: Sequence[Hit]
    ends: Sequence[int]

    def ending(self, start: int, end: int) -> Sequence[Hit]:
        """The words that end within a stretch."""
        return self.hits[bisect_right(self.ends, start) : bisect_right(self.ends, end)]

    def within(self, start: int, end: int) -> list[Hit]:
        """The words that lie within a stretch."""
        return [hit for hit in self.ending(start, end) if hit.start >= start]

    def longest_at(self, end: int) -> Hit | None:
        """The longest word that ends exactly there."""
        found = self.hits[bisect_left(self.ends, end) : bisect_right(self.ends, end)]
        return min(found, key=lambda hit: hit.start, default=None)


@dataclass(frozen=True, slots=True)
class Tracks:
    """The words of a section: those of phrasings, those of them that tell topics, and those that name parts."""

    phrased: Track
    topics: Track
    objects: Track
    parts: Track


def tracks(plain: str, stretches: Iterable[tuple[int, int]]) -> Tracks:
    """The words in some stretches of a section; a long title's own words are none."""
    plain = _TITLE.sub(_blank, plain) if "《" in plain else plain
    plain = _INCLUDED.sub(_blank, plain) if "（" in plain else plain
    phrased: list[Hit] = []
    topics: list[Hit] = []
    objects: list[Hit] = []
    parts: list[Hit] = []
    found = _automaton().iter
    for start, end in stretches:
        longest, at = "", -1
        for last, word in found(plain, start, end):
            if last != at:
                longest, at = word.object, last
            elif longest and word.object != longest:
                # 复议申请: of words that end together the longest counts.
                continue
            hit = Hit(last + 1 - word.length, last + 1, word)
            if word.phrased:
                phrased.append(hit)
                if word.topic:
                    topics.append(hit)
            if word.object:
                objects.append(hit)
            if word.part:
                parts.append(hit)
    return Tracks(*(Track(hits, [hit.end for hit in hits]) for hits in (phrased, topics, objects, parts)))


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


@cache
def _automaton() -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for word in _words():
        made.add_word(word.text, word)
    made.make_automaton()
    return made


def _words() -> Iterable[Word]:
    named = narrative_words()
    phrasings = [phrasing for one in indicators().values() for phrasing in one.phrasings]
    topics = {w for phrasing in phrasings for terms in phrasing for w in (*terms.before, *terms.around)}
    phrased = {w for phrasing in phrasings for terms in phrasing for w in terms.near}
    phrased.update(*(one.unless for one in indicators().values()))
    roles = (named.objects, named.actions, named.channels, named.times, named.modifiers)
    for text in sorted(phrased.union(topics, *roles)):
        worth = min(0.5 + 0.5 * len(text), 3.5)
        yield Word(
            text,
            len(text),
            worth,
            text in phrased,
            text in topics,
            named.objects.get(text, ""),
            named.actions.get(text, ""),
            named.channels.get(text, ""),
            named.times.get(text, ""),
            named.modifiers.get(text, ""),
            any(text in role for role in roles[1:]),
            text in verbs(),
        )
