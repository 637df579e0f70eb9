"""Tells which indicator a number is of: the phrasing of the dictionary whose words stand nearest to it.

All words of the dictionary are found in one pass over a section; a number is then weighed against those phrasings only
that allow its measure word. Longer words and nearer ones count more.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import ahocorasick

from expectations.indicators import Indicator, Terms, indicators, verbs
from pipelines.parse.narrative.context import REACH, Window

#: What a word loses for each character of distance.
_FADING, _FARTHEST = 0.02, 35
#: What a word that touches the number is worth besides: it is what is counted, unless it is a verb.
_TOUCHING = 1.5
#: A word farther away says what the sentence is about: it is worth this and a part of its own weight.
_TOPIC, _TOPIC_PART = 0.8, 0.2
#: More in the number's clause; of it is left behind the number, and beyond the sentence.
_CLAUSE, _BEHIND, _BEYOND = 0.3, 0.6, 0.7
#: How far a general indicator is set back where a specific one touches the number or fits so well, a fallback always.
_SETBACK, _CLEARLY = 2.5, 2.0
#: What a phrasing loses of which no word is one of the number's own.
_NOT_OWN = 0.8
#: What is left of a word that stands within another word of the phrasing.
_WITHIN = 0.3

#: The title of a document says what that is about, not the sentence; short ones are names (《政府公报》).
_TITLE = re.compile(r"《[^》\n]{15,120}》|《[^》\n]{4,120}》(?=等)")

#: What is counted in with a thing, not what is counted: 政策文件（含规范性文件）182件.
_INCLUDED = re.compile(r"（(?:不含|含|包括|包含|不包括)[^（）\d]{1,25}）")

#: Phrasing and group that a word belongs to; of topics the groups by the phrasing.
Places = dict[str, list[tuple[int, int]]]
TopicPlaces = dict[str, dict[int, list[int]]]


class Hit(NamedTuple):
    """A word of the dictionary at `start` to `end` of the plain text, and what it is worth by its length."""

    start: int
    end: int
    word: str
    worth: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The words of a section in the order of their ends: all, and those that may say what a sentence is about."""

    all: Sequence[Hit]
    ends: Sequence[int]
    topics: Sequence[Hit]
    topic_ends: Sequence[int]

    def within(self, start: int, end: int) -> Iterator[Hit]:
        """The words that lie within a stretch."""
        found = self.all[bisect_right(self.ends, start) : bisect_right(self.ends, end)]
        return (hit for hit in found if hit.start >= start)

    def topics_within(self, start: int, end: int) -> Sequence[Hit]:
        """The words of topics that end within a stretch."""
        return self.topics[bisect_right(self.topic_ends, start) : bisect_right(self.topic_ends, end)]


class Candidate(NamedTuple):
    """An indicator that a number may be of; the higher the score, the better its phrasing fits.

    `specific` where the number's own words name the matter, `touching` where one of them touches it; `named` where a
    noun of them is the indicator's, be that specific or general.
    """

    score: float
    indicator: Indicator
    specific: bool
    touching: bool
    named: bool


class WordMatch(NamedTuple):
    """A word of a phrasing near a number: what it weighs, whether it is one of its own words, whether it touches it."""

    weight: float
    hit: Hit
    own: bool
    touching: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """For each word the phrasings and groups it serves, by where it stands; for one measure word only."""

    left: Places
    right: Places
    before: TopicPlaces
    behind: TopicPlaces


class Matcher:
    """The dictionary made ready for matching."""

    def __init__(self, listed: Iterable[Indicator]) -> None:
        self.verbs = verbs()
        self.phrasings = [(indicator, phrasing) for indicator in listed for phrasing in indicator.phrasings]
        self.vetoes = [frozenset(indicator.unless) for indicator, _ in self.phrasings]
        self.sizes = [len(phrasing) for _, phrasing in self.phrasings]
        self.indexes: dict[str | None, _Index] = {}
        self.topics = {w for _, phrasing in self.phrasings for t in phrasing for w in (*t.before, *t.around)}
        words = {word for _, phrasing in self.phrasings for terms in phrasing for word in terms.near}
        self.automaton = ahocorasick.Automaton()
        for word in words.union(*(indicator.unless for indicator, _ in self.phrasings)):
            self.automaton.add_word(word, (word, min(0.5 + 0.5 * len(word), 3.5), word in self.topics))
        self.automaton.make_automaton()

    def _index(self, measure: str | None) -> _Index:
        """The phrasings that allow a measure word, made when first asked for; None asks for all."""
        if measure not in self.indexes:
            made = _Index(defaultdict(list), defaultdict(list), defaultdict(dict), defaultdict(dict))
            for number, (indicator, phrasing) in enumerate(self.phrasings):
                if measure is None or measure in indicator.measures:
                    for group, terms in enumerate(phrasing):
                        _enter(made, terms, (number, group))
            self.indexes[measure] = made
        return self.indexes[measure]

    def hits(self, plain: str, stretches: Iterable[tuple[int, int]]) -> Hits:
        """The words of the dictionary in some stretches of a section; a long title's own words are none."""
        plain = _TITLE.sub(lambda title: "\0" * len(title[0]), plain)
        plain = _INCLUDED.sub(lambda bracket: "\0" * len(bracket[0]), plain)
        found: list[Hit] = []
        topics: list[Hit] = []
        for start, end in stretches:
            for last, (word, worth, is_topic) in self.automaton.iter(plain, start, end):
                hit = Hit(last - len(word) + 1, last + 1, word, worth)
                found.append(hit)
                if is_topic:
                    topics.append(hit)
        return Hits(found, [hit.end for hit in found], topics, [hit.end for hit in topics])

    def candidates(self, hits: Hits, window: Window, measure: str | None) -> list[Candidate]:
        """The indicators whose phrasing fits a number with this measure word, the best first; None asks for any."""
        index = self._index(measure)
        found: dict[int, dict[int, WordMatch]] = {}
        own: set[str] = set()
        for hit in hits.within(window.clause, window.clause_end):
            if window.begin < hit.end and hit.start < window.resume:
                tail = window.listed and window.listed.tail
                if tail and tail[0] <= hit.start and hit.end <= tail[1] and hit.word in index.left:
                    _keep(found, index.left[hit.word], WordMatch(_TOPIC + _TOPIC_PART * hit.worth, hit, False, False))
                continue
            if window.examples and _is_example(hit, window.examples) and hit.word not in self.verbs:
                continue
            places = index.left if hit.end <= window.begin else index.right
            if hit.start >= window.left and hit.end <= window.right:
                own.add(hit.word)
            if hit.word in places:
                _keep(found, places[hit.word], self._weighed(hit, window))
        if found:
            _keep_topics(found, hits, window, index)
        return self._ranked(found, own)

    def _weighed(self, hit: Hit, window: Window) -> WordMatch:
        """Tell how much a word of the number's clause counts."""
        if hit.start < window.left or hit.end > window.right:
            return WordMatch(_TOPIC + _TOPIC_PART * hit.worth + _CLAUSE, hit, False, False)
        distance = window.anchor - hit.end if hit.end <= window.begin else hit.start - window.resume - 1
        touching = distance <= 0 and hit.word not in self.verbs
        weight = hit.worth * (1 - min(max(0, distance), _FARTHEST) * _FADING) + _TOUCHING * touching
        return WordMatch(weight, hit, True, distance <= 0)

    def _ranked(self, found: dict[int, dict[int, WordMatch]], words: set[str]) -> list[Candidate]:
        best: dict[str, Candidate] = {}
        for number, groups in found.items():
            if len(groups) < self.sizes[number] or not words.isdisjoint(self.vetoes[number]):
                continue
            indicator = self.phrasings[number][0]
            own = [word for word in groups.values() if word.own]
            score = _score(groups.values()) - _NOT_OWN * (not own)
            if indicator.code not in best or score > best[indicator.code].score:
                nouns = [word for word in own if word.hit.word not in self.verbs]
                touching = any(word.touching for word in nouns)
                specific = indicator.tier == "specific" and bool(nouns)
                best[indicator.code] = Candidate(score, indicator, specific, touching, bool(nouns))
        named = any(c.specific and (c.touching or c.score >= _CLEARLY) for c in best.values())
        ranked = (c._replace(score=c.score - _SETBACK) if _is_set_back(c, named) else c for c in best.values())
        return sorted(ranked, key=lambda c: (-c.score, c.indicator.code))


def _enter(index: _Index, terms: Terms, place: tuple[int, int]) -> None:
    for word in terms.near:
        index.left[word].append(place)
        if word not in terms.before:
            index.right[word].append(place)
    number, group = place
    for word in (*terms.before, *terms.around):
        index.before[word].setdefault(number, []).append(group)
    for word in terms.around:
        index.behind[word].setdefault(number, []).append(group)


def _is_example(hit: Hit, examples: tuple[int, int]) -> bool:
    return examples[0] <= hit.start and hit.end <= examples[1]


def _topic(hit: Hit, window: Window) -> WordMatch:
    """Tell how much a word beyond the number's clause counts: it says what the sentence is about."""
    topic = _TOPIC + _TOPIC_PART * hit.worth
    if hit.end <= window.begin:
        within = 1.0 if hit.start >= window.sentence else _BEYOND
        return WordMatch(topic * within * (1 - (window.begin - hit.end) / (1.5 * REACH)), hit, False, False)
    nearness = max(0.1, 1 - (hit.start - window.resume) / (1.5 * REACH))
    return WordMatch(topic * _BEHIND * nearness, hit, False, False)


def _keep(found: dict[int, dict[int, WordMatch]], places: Sequence[tuple[int, int]], word: WordMatch) -> None:
    """Keep the weightiest word for each group of each phrasing."""
    weight = word.weight
    for number, group in places:
        groups = found.get(number)
        if groups is None:
            found[number] = {group: word}
        elif (known := groups.get(group)) is None or weight > known.weight:
            groups[group] = word


def _keep_topics(found: dict[int, dict[int, WordMatch]], hits: Hits, window: Window, index: _Index) -> None:
    """Words beyond the clause, for phrasings of which a word stands in it: no number is told by its topic alone."""
    clause, clause_end, before, behind = window.clause, window.clause_end, index.before, index.behind
    for hit in hits.topics_within(window.reach, window.sentence_end):
        if hit.end <= clause:
            places = before.get(hit.word)
        elif hit.start >= clause_end:
            places = behind.get(hit.word)
        else:
            continue
        started = found.keys() & places if places else None
        if started and places:
            word = _topic(hit, window)
            _keep(found, [(number, group) for number in started for group in places[number]], word)


def _is_set_back(candidate: Candidate, named: bool) -> bool:
    return candidate.indicator.tier == "fallback" or (named and not candidate.specific)


def _score(groups: Iterable[WordMatch]) -> float:
    """The sum of the words' weights; of a word within another (公开 in 主动公开) little is left."""
    words = list(groups)
    if len(words) == 1:
        return words[0].weight
    counted: list[Hit] = []
    score = 0.0
    for word in sorted(words, key=lambda word: word.hit.start - word.hit.end):
        hit = word.hit
        inside = any(other.start <= hit.start and hit.end <= other.end for other in counted)
        score += word.weight * _WITHIN if inside else word.weight
        counted.append(hit)
    return score


@cache
def matcher() -> Matcher:
    """The matcher of the dictionary."""
    return Matcher(indicators().values())
