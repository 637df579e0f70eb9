"""Which indicator a number is of: the phrasing of the dictionary whose words stand nearest to it.

All words of the dictionary are found in one pass over a section; a number is then weighed against those phrasings only
that allow its measure word. Longer words and nearer ones count more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick

from expectations.indicators import Indicator, indicators, verbs
from pipelines.parse.narrative.context import REACH, Window

#: What a word loses for each character of distance.
_FADING, _FARTHEST = 0.02, 35
#: What a word that touches the number is worth besides: it is what is counted, unless it is a verb.
_TOUCHING = 1.5
#: A word farther away says what the sentence is about: it is worth this and a part of its own weight.
_TOPIC, _TOPIC_PART = 0.8, 0.2
#: More in the number's clause; of it is left behind the number, and beyond the sentence.
_CLAUSE, _BEHIND, _BEYOND = 0.3, 0.6, 0.7
#: What an indicator that only catches what no other does is set back.
_FALLBACK = 2.5
#: What is left of a word that stands within another word of the phrasing.
_WITHIN = 0.3

#: Phrasing and group that a word belongs to.
Places = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the dictionary at `start` to `end` of the plain text."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a number may be of; the higher the score, the better its phrasing fits."""

    score: float
    indicator: Indicator


class Matcher:
    """The dictionary made ready for matching: for each word the phrasings and groups it serves, by where it stands."""

    def __init__(self, listed: Iterable[Indicator]) -> None:
        self.phrasings: list[tuple[Indicator, int]] = []
        self.left: Places = defaultdict(list)
        self.right: Places = defaultdict(list)
        self.before: Places = defaultdict(list)
        self.behind: Places = defaultdict(list)
        self.vetoes: dict[str, set[str]] = defaultdict(set)
        self.allowing: dict[str, set[int]] = defaultdict(set)
        for indicator in listed:
            self._add(indicator)
        self.verbs = verbs()
        self.automaton = ahocorasick.Automaton()
        for word in {*self.left, *self.vetoes}:
            self.automaton.add_word(word, word)
        self.automaton.make_automaton()

    def _add(self, indicator: Indicator) -> None:
        for phrasing in indicator.phrasings:
            index = len(self.phrasings)
            self.phrasings.append((indicator, len(phrasing)))
            for measure in indicator.measures:
                self.allowing[measure].add(index)
            for group, terms in enumerate(phrasing):
                for place, words in (
                    (self.left, terms.near),
                    (self.right, [word for word in terms.near if word not in terms.before]),
                    (self.before, (*terms.before, *terms.around)),
                    (self.behind, terms.around),
                ):
                    for word in words:
                        place[word].append((index, group))
        for word in indicator.unless:
            self.vetoes[word].add(indicator.code)

    def hits(self, plain: str) -> list[Hit]:
        """All words of the dictionary in a section, in the order of their ends."""
        return [Hit(end - len(word) + 1, end + 1, word) for end, word in self.automaton.iter(plain)]

    def candidates(self, hits: Sequence[Hit], window: Window, measure: str | None) -> list[Candidate]:
        """The indicators whose phrasing fits a number with this measure word, the best first.

        `measure` None asks for any. `hits` are those that end behind `window.reach` and in the number's sentence.
        """
        allowed = self.allowing.get(measure, set()) if measure is not None else None
        if allowed is not None and not allowed:
            return []
        found: dict[int, dict[int, tuple[float, Hit]]] = {}
        vetoed: set[str] = set()
        for hit in hits:
            weight, places, own = self._weight(hit, window)
            if own and hit.word in self.vetoes:
                vetoed |= self.vetoes[hit.word]
            for index, group in places.get(hit.word, ()):
                if allowed is None or index in allowed:
                    groups = found.setdefault(index, {})
                    if group not in groups or weight > groups[group][0]:
                        groups[group] = (weight, hit)
        return self._ranked(found, vetoed)

    def _weight(self, hit: Hit, window: Window) -> tuple[float, Places, bool]:
        """How much a word counts, for which groups, and whether it is one of the number's own words."""
        size = min(0.5 + 0.5 * len(hit.word), 3.5)
        if window.left <= hit.start and hit.end <= window.begin:
            return self._own(hit.word, size, max(0, window.anchor - hit.end)), self.left, True
        if window.resume <= hit.start and hit.end <= window.right:
            return self._own(hit.word, size, max(0, hit.start - window.resume - 1)), self.right, True
        topic = _TOPIC + _TOPIC_PART * size
        if window.clause <= hit.start and hit.end <= window.clause_end:
            if window.listed and hit.end <= window.begin and hit.word not in self.verbs:
                return topic, self.before, False
            return topic + _CLAUSE, self.left if hit.end <= window.begin else self.right, False
        if hit.end <= window.begin:
            within = 1.0 if hit.start >= window.sentence else _BEYOND
            return topic * within * (1 - (window.begin - hit.end) / (1.5 * REACH)), self.before, False
        return topic * _BEHIND * max(0.1, 1 - (hit.start - window.resume) / (1.5 * REACH)), self.behind, False

    def _own(self, word: str, size: float, distance: int) -> float:
        touching = _TOUCHING if distance == 0 and word not in self.verbs else 0.0
        return size * (1 - min(distance, _FARTHEST) * _FADING) + touching

    def _ranked(self, found: dict[int, dict[int, tuple[float, Hit]]], vetoed: set[str]) -> list[Candidate]:
        best: dict[str, Candidate] = {}
        for index, groups in found.items():
            indicator, count = self.phrasings[index]
            if len(groups) < count or indicator.code in vetoed:
                continue
            score = _score(groups.values()) - _FALLBACK * indicator.fallback
            if indicator.code not in best or score > best[indicator.code].score:
                best[indicator.code] = Candidate(score, indicator)
        return sorted(best.values(), key=lambda c: (-c.score, c.indicator.code))


def _score(groups: Iterable[tuple[float, Hit]]) -> float:
    """The sum of the words' weights; of a word within another (公开 in 主动公开) little is left."""
    counted: list[Hit] = []
    score = 0.0
    for weight, hit in sorted(groups, key=lambda g: g[1].start - g[1].end):
        inside = any(other.start <= hit.start and hit.end <= other.end for other in counted)
        score += weight * _WITHIN if inside else weight
        counted.append(hit)
    return score


@cache
def matcher() -> Matcher:
    """The matcher of the dictionary."""
    return Matcher(indicators().values())
