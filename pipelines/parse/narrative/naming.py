"""Names the indicator of a number: of the dictionary's combinations those that the structure allows, the best first.

The structure decides first: the class of the head noun, the measure word, and in a breakdown what its whole can hold.
Among what is left the combination wins whose words stand nearest; longer words count more. A combination is looked up
by its rarest group of words, so most are never looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from expectations.indicators import Indicator, Terms, indicators
from pipelines.parse.narrative.context import REACH, Window
from pipelines.parse.narrative.parts import NOTHING, Thing
from pipelines.parse.narrative.words import Hit, Track, Tracks

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
#: What a combination loses of which no word is one of the number's own.
_NOT_OWN = 0.8
#: What is left of a word that stands within another word of the combination.
_WITHIN = 0.3


class Candidate(NamedTuple):
    """An indicator that a number may be of; the higher the score, the better its combination fits.

    `specific` where the number's own words name the matter, `touching` where one of them touches it; `named` where a
    noun of them is the indicator's, be that specific or general.
    """

    score: float
    indicator: Indicator
    specific: bool
    touching: bool
    named: bool


class WordMatch(NamedTuple):
    """A word near a number: what it weighs, whether it is one of its own words, whether it touches it."""

    weight: float
    hit: Hit
    own: bool
    touching: bool


#: The weightiest place of each word in one zone around a number, and the nearest of each word beyond its clause.
Zone = dict[str, WordMatch]
Topics = dict[str, Hit]


@dataclass(frozen=True, slots=True)
class _Group:
    """The words of one group by the zone that they may stand in."""

    left: frozenset[str]
    right: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Combination:
    """One combination of an indicator, ready to be tried."""

    indicator: Indicator
    groups: tuple[_Group, ...]
    vetoes: frozenset[str]
    words: frozenset[str]


#: The combinations by their number in the dictionary, for each word of their rarest group.
Places = defaultdict[str, dict[int, _Combination]]


@dataclass(frozen=True, slots=True)
class _Index:
    """For each word the combinations whose rarest group it is in, by zone; for one measure word only."""

    left: Mapping[str, dict[int, _Combination]]
    right: Mapping[str, dict[int, _Combination]]
    before: Mapping[str, dict[int, _Combination]]
    behind: Mapping[str, dict[int, _Combination]]


@dataclass(frozen=True, slots=True)
class _Zones:
    """The words around one number."""

    left: Zone
    right: Zone
    before: Topics
    behind: Topics
    own: Set[str]


class Table:
    """The dictionary made ready: which combinations an indicator means."""

    def __init__(self, listed: Iterable[Indicator]) -> None:
        self.combinations = [
            _combination(indicator, tuple(map(_group, phrasing)))
            for indicator in listed
            for phrasing in indicator.phrasings
        ]
        self.indexes: dict[str | None, _Index] = {}
        self.counts = Counter(
            word for one in self.combinations for group in one.groups for word in (*group.left, *group.before)
        )

    def candidates(
        self, tracks: Tracks, window: Window, measure: str | None, thing: Thing = NOTHING
    ) -> list[Candidate]:
        """The indicators that may be of a number with this measure word (None: any) and head noun, the best first.

        An indicator that does not count things of the noun's class is left out, unless a word of its combination is that
        noun. Words of publishing behind a noun that follows the number rule nothing out: 9个政务新媒体发布信息50条.
        """
        zones = _zones(tracks, window, thing.end if thing.place == "behind" else 0)
        if not (zones.left or zones.right):
            return []
        best: dict[str, Candidate] = {}
        kind = thing.kind
        heads = _heads(zones, window, thing.end) if kind else frozenset()
        present = {*zones.left, *zones.right, *zones.before, *zones.behind}
        for combination in _started(self._index(measure), zones):
            indicator = combination.indicator
            if kind and indicator.objects and kind not in indicator.objects and heads.isdisjoint(combination.words):
                continue
            if not combination.vetoes.isdisjoint(zones.own):
                continue
            for group in combination.groups:
                if group.words.isdisjoint(present):
                    break
            else:
                made = _tried(combination, zones, window)
                if made and (indicator.code not in best or made.score > best[indicator.code].score):
                    best[indicator.code] = made
        return _ranked(best)

    def _index(self, measure: str | None) -> _Index:
        """The combinations that allow a measure word, made when first asked for; None asks for all."""
        if measure not in self.indexes:
            places: tuple[Places, ...] = tuple(defaultdict(dict) for _ in range(4))
            for number, combination in enumerate(self.combinations):
                if measure is None or measure in combination.indicator.measures:
                    _enter(places, number, combination, self._rarest(combination))
            self.indexes[measure] = _Index(*(dict(zone) for zone in places))
        return self.indexes[measure]

    def _rarest(self, combination: _Combination) -> _Group:
        return min(combination.groups, key=lambda group: sum(self.counts[w] for w in group.left | group.before))


def _started(index: _Index, zones: _Zones) -> Iterable[_Combination]:
    """The combinations of which the rarest group is there, each once."""
    found: dict[int, _Combination] = {}
    pairs = (
        (index.left, zones.left),
        (index.right, zones.right),
        (index.before, zones.before),
        (index.behind, zones.behind),
    )
    for places, zone in pairs:
        if places:
            for word in zone:
                listed = places.get(word)
                if listed:
                    found.update(listed)
    return found.values()


def _zones(tracks: Tracks, window: Window, right_end: int) -> _Zones:
    left: Zone = {}
    right: Zone = {}
    own: set[str] = set()
    tail = window.listed.tail if window.listed else None
    for hit in tracks.phrased.within(window.clause, window.clause_end):
        text = hit.word.text
        if window.begin < hit.end and hit.start < window.resume:
            if tail and tail[0] <= hit.start and hit.end <= tail[1]:
                weight = _TOPIC + _TOPIC_PART * hit.word.worth
                _keep(left, text, WordMatch(weight, hit, False, False))
            continue
        if (
            hit.start >= window.left
            and hit.end <= window.right
            and not (right_end and hit.end > right_end and (hit.word.action == "disclose" or hit.word.object == "item"))
        ):
            own.add(text)
        if window.examples and not hit.word.verb and _is_example(hit, window.examples):
            continue
        _keep(left if hit.end <= window.begin else right, text, _weighed(hit, window))
    before, behind = _topics(tracks.topics, window) if left or right else ({}, {})
    return _Zones(left, right, before, behind, own)


def _weighed(hit: Hit, window: Window) -> WordMatch:
    """Tell how much a word of the number's clause counts."""
    worth = hit.word.worth
    if hit.start < window.left or hit.end > window.right:
        return WordMatch(_TOPIC + _TOPIC_PART * worth + _CLAUSE, hit, False, False)
    distance = window.anchor - hit.end if hit.end <= window.begin else hit.start - window.resume - 1
    touching = distance <= 0 and not hit.word.verb
    weight = worth * (1 - min(max(0, distance), _FARTHEST) * _FADING) + _TOUCHING * touching
    return WordMatch(weight, hit, True, distance <= 0)


def _tried(combination: _Combination, zones: _Zones, window: Window) -> Candidate | None:
    """The candidate where every group of a combination is there, and one of its words in the number's clause."""
    words: list[WordMatch] = []
    started = False
    for group in combination.groups:
        word = _best(group.left, zones.left, _best(group.right, zones.right, None))
        started = started or word is not None
        if group.before:
            word = _best_topic(group.before, zones.before, window, word)
            word = _best_topic(group.behind, zones.behind, window, word)
        if word is None:
            return None
        words.append(word)
    if not started:
        return None
    own = [word for word in words if word.own]
    nouns = [word for word in own if not word.hit.word.verb]
    score = _score(words) - (0.0 if own else _NOT_OWN)
    specific = bool(nouns) and combination.indicator.tier == "specific"
    return Candidate(score, combination.indicator, specific, any(w.touching for w in nouns), bool(nouns))


def _heads(zones: _Zones, window: Window, head: int) -> frozenset[str]:
    """The words that are the head noun, which ends at `head`, or stand between it and the number."""
    near = (*zones.left.items(), *zones.right.items())
    return frozenset(text for text, match in near if not match.hit.word.verb and _is_head(match.hit, window, head))


def _is_head(hit: Hit, window: Window, head: int) -> bool:
    """Tell whether a word holds the head noun that ends at `head`, or stands between it and the number."""
    if head > window.begin:
        return hit.start < head <= hit.end
    return head <= hit.end <= window.begin


def _combination(indicator: Indicator, groups: tuple[_Group, ...]) -> _Combination:
    words = frozenset().union(*(group.left for group in groups))
    return _Combination(indicator, groups, frozenset(indicator.unless), words)


def _group(terms: Terms) -> _Group:
    near, before, around = map(frozenset, (terms.near, terms.before, terms.around))
    return _Group(near, near - before, before | around, around, near | before | around)


def _enter(places: Sequence[Places], number: int, combination: _Combination, group: _Group) -> None:
    for zone, words in zip(places, (group.left, group.right, group.before, group.behind), strict=True):
        for word in words:
            zone[word][number] = combination


def _keep(zone: Zone, word: str, match: WordMatch) -> None:
    known = zone.get(word)
    if known is None or match.weight > known.weight:
        zone[word] = match


def _best(words: frozenset[str], zone: Zone, known: WordMatch | None) -> WordMatch | None:
    """The weightiest of some words in a zone, or the one known where that weighs more."""
    if words.isdisjoint(zone):
        return known
    for word in words & zone.keys():
        match = zone[word]
        if known is None or match.weight > known.weight:
            known = match
    return known


def _topics(track: Track, window: Window) -> tuple[Topics, Topics]:
    """The words beyond the number's clause, before and behind it, the nearest of each: what the sentence is about.

    A channel runs to the end of its sentence, never over a full stop; from a heading it reaches what follows.
    """
    before: Topics = {}
    behind: Topics = {}
    clause, clause_end, lead = window.clause, window.clause_end, window.lead
    for hit in track.ending(window.reach, window.sentence_end):
        start, end, word = hit
        if end <= clause:
            if start >= lead or not word.channel:
                before[word.text] = hit
        elif start >= clause_end:
            behind.setdefault(word.text, hit)
    return before, behind


def _best_topic(words: frozenset[str], zone: Topics, window: Window, known: WordMatch | None) -> WordMatch | None:
    """The weightiest of some words of topics, or the one known where that weighs more."""
    if words.isdisjoint(zone):
        return known
    for word in words & zone.keys():
        weight = _topic(zone[word], window)
        if known is None or weight > known.weight:
            known = WordMatch(weight, zone[word], False, False)
    return known


def _topic(hit: Hit, window: Window) -> float:
    """Tell how much a word beyond the number's clause counts."""
    topic = _TOPIC + _TOPIC_PART * hit.word.worth
    if hit.end <= window.begin:
        within = 1.0 if hit.start >= window.sentence else _BEYOND
        return topic * within * (1 - (window.begin - hit.end) / (1.5 * REACH))
    return topic * _BEHIND * max(0.1, 1 - (hit.start - window.resume) / (1.5 * REACH))


def _is_example(hit: Hit, examples: tuple[int, int]) -> bool:
    return examples[0] <= hit.start and hit.end <= examples[1]


def _ranked(best: Mapping[str, Candidate]) -> list[Candidate]:
    named = any(c.specific and (c.touching or c.score >= _CLEARLY) for c in best.values())
    ranked = (c._replace(score=c.score - _SETBACK) if _is_set_back(c, named) else c for c in best.values())
    return sorted(ranked, key=lambda c: (-c.score, c.indicator.code))


def _is_set_back(candidate: Candidate, named: bool) -> bool:
    return candidate.indicator.tier == "fallback" or (named and not candidate.specific)


def _score(words: Sequence[WordMatch]) -> float:
    """The sum of the words' weights; of a word within another (公开 in 主动公开) little is left."""
    if len(words) == 1:
        return words[0].weight
    counted: list[Hit] = []
    score = 0.0
    for word in sorted(words, key=_length, reverse=True):
        start, end, _ = word.hit
        weight = word.weight
        for other in counted:
            if other.start <= start and end <= other.end:
                weight *= _WITHIN
                break
        score += weight
        counted.append(word.hit)
    return score


def _length(word: WordMatch) -> int:
    return word.hit.end - word.hit.start


@cache
def table() -> Table:
    """The table of the dictionary."""
    return Table(indicators().values())
