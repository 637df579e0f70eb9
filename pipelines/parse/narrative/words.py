"""The words of a section, found in one pass: those of the dictionary's phrasings and those that name the parts.

A word can be both: 申请 is what a number counts (`object`) and stands in the phrasings of indicators (`phrased`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple, cast

import ahocorasick

from expectations.indicators import indicators, verbs
from expectations.narrative_words import narrative_words

#: The title of a document says what that is about, not the sentence; short ones are names (《政府公报》).
_TITLE = re.compile(r"《[^》\n]{15,120}》|《[^》\n]{4,120}》(?=等)")
#: What is counted in with a thing, not what is counted: 政策文件（含规范性文件）182件.
_INCLUDED = re.compile(r"（(?:不含|含|包括|包含|不包括)[^（）\d]{1,25}）")

#: A word farther away says what the sentence is about: it is worth this and a part of its own weight.
_TOPIC, _TOPIC_PART = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the two dictionaries. `worth` goes by its length, `beyond` is what it is worth outside of the number's own
    words; the other parts are classes, "" where it has none; `part` where one of the last four is there; `verb` where it
    says what is done, not what is counted.
    """

    text: str
    length: int
    worth: float
    beyond: float
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


#: Makes a hit of its three parts; the class itself takes three times as long.
_hit = cast(Callable[[tuple[int, int, Word]], Hit], partial(tuple.__new__, Hit))


class Track(NamedTuple):
    """Words of one kind in the order of their ends."""

    hits: Sequence[Hit]
    ends: Sequence[int]

    def ending(self, start: int, end: int) -> Sequence[Hit]:
        """The words that end within a stretch."""
        return self.hits[bisect_right(self.ends, start) : bisect_right(self.ends, end)]

    def within(self, start: int, end: int) -> list[Hit]:
        """The words that lie within a stretch."""
        ends = self.ends
        found = self.hits[bisect_right(ends, start) : bisect_right(ends, end)]
        return [hit for hit in found if hit[0] >= start] if found else []

    def longest_at(self, end: int) -> Hit | None:
        """The longest word that ends exactly there."""
        ends = self.ends
        first = bisect_left(ends, end)
        if first == len(ends) or ends[first] != end:
            return None
        return min(self.hits[first : bisect_right(ends, end)])


class Tracks(NamedTuple):
    """The words of a section: those of phrasings, those of them that tell topics, and those that name parts."""

    phrased: Track
    topics: Track
    objects: Track
    parts: Track


def tracks(plain: str, stretches: Iterable[tuple[int, int]]) -> Tracks:
    """The words in some stretches of a section; a long title's own words are none."""
    plain = _TITLE.sub(_blank, plain) if "《" in plain else plain
    plain = _INCLUDED.sub(_blank, plain) if "（" in plain else plain
    plain = _formulas().sub(_blank, plain)
    phrased: list[Hit] = []
    topics: list[Hit] = []
    objects: list[Hit] = []
    parts: list[Hit] = []
    add_phrased, add_topic, add_object, add_part = phrased.append, topics.append, objects.append, parts.append
    found = _automaton().iter
    for start, end in stretches:
        longest, at = "", -1
        for last, word in found(plain, start, end):
            if last != at:
                longest, at = word.object, last
            elif longest and word.object != longest:
                # 复议申请: of words that end together the longest counts.
                continue
            hit = _hit((last + 1 - word.length, last + 1, word))
            if word.phrased:
                add_phrased(hit)
                if word.topic:
                    add_topic(hit)
            if word.object:
                add_object(hit)
            if word.part:
                add_part(hit)
    return Tracks(*(Track(hits, [hit[1] for hit in hits]) for hits in (phrased, topics, objects, parts)))


@cache
def _formulas() -> re.Pattern[str]:
    """Set phrases where they name no kind: 公民、法人和其他组织提出的申请5件."""
    return re.compile(f"(?:{'|'.join(narrative_words().formulas)})(?=提出|提交|的|向|依法|依申请|申请公开)")


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
            _TOPIC + _TOPIC_PART * worth,
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
