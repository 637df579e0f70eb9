"""Names the indicator of a number: of the dictionary's combinations those that the structure allows, the best first.

The structure decides first: the class of the head noun, the measure word, and in a breakdown what its whole can hold.
Among what is left the combination wins whose words stand nearest; longer words count more. A combination is looked up
by its rarest group of words, so most are never looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter
from typing import NamedTuple, cast

from expectations.indicators import Indicator, Terms, indicators
from expectations.narrative_words import narrative_words
from pipelines.parse.narrative.context import REACH, Window
from pipelines.parse.narrative.parts import NOTHING, Thing
from pipelines.parse.narrative.words import Hit, Track, Tracks

#: What a word loses for each character of distance.
_FADING, _FARTHEST = 0.02, 35
#: What is left of a word's worth, by its distance.
_FADED = tuple(1 - distance * _FADING for distance in range(_FARTHEST + 1))
#: What a word that touches the number is worth besides: it is what is counted, unless it is a verb.
_TOUCHING = 1.5
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


#: Makes a candidate of its parts; the class itself takes three times as long.
_candidate = cast(Callable[[tuple[float, Indicator, bool, bool, bool]], Candidate], partial(tuple.__new__, Candidate))
_WEIGHT = itemgetter(0)
#: A word near a number: what it weighs, where it is, whether it is one of its own words, whether it touches it, and
#: whether it stands before it.
WordMatch = tuple[float, Hit, bool, bool, bool]
#: The weightiest place of each word on one side of a number, and the nearest of each word beyond its clause.
Zone = dict[str, WordMatch]
Topics = dict[str, Hit]


class _Group(NamedTuple):
    """The words of one group by the zone that they may stand in."""

    left: frozenset[str]
    right: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Combination:
    """One combination of an indicator, ready to be tried. `all_of` are the words of each of its groups."""

    indicator: Indicator
    code: str
    objects: frozenset[str]
    never: frozenset[str]
    acts: frozenset[str]
    is_specific: bool
    groups: tuple[_Group, ...]
    all_of: tuple[frozenset[str], ...]
    vetoes: frozenset[str]
    words: frozenset[str]


#: The combinations by their number in the dictionary, for each word of their rarest group.
Places = defaultdict[str, dict[int, _Combination]]


class _Index(NamedTuple):
    """For each word the combinations whose rarest group it is in, by zone; for one measure word only."""

    left: Mapping[str, dict[int, _Combination]]
    right: Mapping[str, dict[int, _Combination]]
    before: Mapping[str, dict[int, _Combination]]
    behind: Mapping[str, dict[int, _Combination]]


class _Zones(NamedTuple):
    """The words around one number: by side, those near it with the weightiest first, and all that it has of its own."""

    left: Zone
    right: Zone
    before: Topics
    behind: Topics
    near: list[WordMatch]
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
        self, tracks: Tracks, window: Window, measure: str | None, thing: Thing = NOTHING, verb: Hit | None = None
    ) -> list[Candidate]:
        """The indicators that may be of a number with this measure word (None: any), head noun and verb, the best first.

        An indicator that does not count things of the noun's class is left out, unless a word of its combination is that
        noun. Words of publishing behind a noun that follows the number rule nothing out: 9个政务新媒体发布信息50条.
        """
        zones = _zones(tracks, window, thing.end if thing.place == "behind" else 0)
        if not zones.near:
            return []
        best: dict[str, Candidate] = {}
        kind, own = thing.kind, zones.own
        heads: frozenset[str] | None = None
        action = verb.word.action if verb else ""
        present = {*zones.left, *zones.right, *zones.before, *zones.behind}
        for combination in _started(self.indexes.get(measure) or self._index(measure), zones):
            for words in combination.all_of:
                if words.isdisjoint(present):
                    break
            else:
                if action in combination.never:
                    continue
                if not combination.vetoes.isdisjoint(own) and not _leads(combination, zones, window, thing, verb):
                    continue
                if kind and combination.objects and kind not in combination.objects:
                    heads = _heads(zones, window, thing.end) if heads is None else heads
                    if heads.isdisjoint(combination.words):
                        continue
                known = best.get(combination.code)
                made = _tried(combination, zones, window)
                if made and (known is None or made[0] > known[0]):
                    best[combination.code] = made
        return _ranked(best) if best else []

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
    """The words around a number; of each word on each side the weightiest place."""
    left: Zone = {}
    right: Zone = {}
    own: set[str] = set()
    begin, resume, own_left, own_right = window.begin, window.resume, window.left, window.right
    tail = window.listed.tail if window.listed else None
    examples, anchor = window.examples, window.anchor
    for hit in tracks.phrased.within(window.clause, window.clause_end):
        start, end, word = hit
        text = word.text
        if begin < end and start < resume:
            if tail and tail[0] <= start and end <= tail[1]:
                _keep(left, text, (word.beyond, hit, False, False, True))
            continue
        is_own = start >= own_left and end <= own_right
        if is_own and not (right_end and end > right_end and (word.action == "disclose" or word.object == "item")):
            own.add(text)
        if examples and not word.verb and _is_example(hit, examples):
            continue
        before = end <= begin
        if is_own:
            distance = anchor - end if before else start - resume - 1
            weight = word.worth * _FADED[distance if 0 < distance < _FARTHEST else _FARTHEST * (distance > 0)]
            match = (weight if word.verb or distance > 0 else weight + _TOUCHING, hit, True, distance <= 0, before)
        else:
            match = (word.beyond + _CLAUSE, hit, False, False, before)
        zone = left if before else right
        known = zone.get(text)
        if known is None or match[0] > known[0]:
            zone[text] = match
    before_, behind = _topics(tracks.topics, window) if left or right else ({}, {})
    near = sorted([*left.values(), *right.values()], key=_WEIGHT, reverse=True)
    return _Zones(left, right, before_, behind, near, own)


def _tried(combination: _Combination, zones: _Zones, window: Window) -> Candidate | None:
    """The candidate where every group of a combination is there, and one of its words in the number's clause."""
    matches: list[WordMatch] = []
    started = own = noun = touching = False
    near = zones.near
    for left, right, before, behind, _ in combination.groups:
        word: WordMatch | None = None
        for match in near:
            if match[1][2].text in (left if match[4] else right):
                word = match
                started = True
                break
        if before:
            word = _best_topic(before, zones.before, window, word)
            word = _best_topic(behind, zones.behind, window, word)
        if word is None:
            return None
        matches.append(word)
        if word[2]:
            own = True
            if not word[1][2].verb:
                noun = True
                touching = touching or word[3]
    if not started:
        return None
    score = _score(matches) if own else _score(matches) - _NOT_OWN
    return _candidate((score, combination.indicator, noun and combination.is_specific, touching, noun))


def _leads(combination: _Combination, zones: _Zones, window: Window, thing: Thing, verb: Hit | None) -> bool:
    """Tell whether a combination is of the verb and its noun, and all that rules it out stands before that verb."""
    if verb is None:
        return False
    near = [m[1] for m in zones.near if m[2]]
    if verb.word.action not in combination.acts or thing.kind not in combination.objects:
        if thing.place != "touching" or thing.kind not in narrative_words().heads:
            return False
        mine = (hit for hit in near if hit.word.text in combination.words and not hit.word.verb)
        if not any(_is_head(hit, window, thing.end) for hit in mine):
            return False
    return not any(hit.word.text in combination.vetoes and hit.end > verb.start for hit in near)


def _heads(zones: _Zones, window: Window, head: int) -> frozenset[str]:
    """The words that are the head noun, which ends at `head`, or stand between it and the number."""
    return frozenset(m[1].word.text for m in zones.near if not m[1].word.verb and _is_head(m[1], window, head))


def _is_head(hit: Hit, window: Window, head: int) -> bool:
    """Tell whether a word holds the head noun that ends at `head`, or stands between it and the number."""
    if head > window.begin:
        return hit.start < head <= hit.end
    return head <= hit.end <= window.begin


def _combination(indicator: Indicator, groups: tuple[_Group, ...]) -> _Combination:
    words = frozenset().union(*(group.left for group in groups))
    return _Combination(
        indicator,
        indicator.code,
        indicator.objects,
        indicator.never,
        indicator.acts,
        indicator.tier == "specific",
        groups,
        tuple(group.words for group in groups),
        frozenset(indicator.unless),
        words,
    )


def _group(terms: Terms) -> _Group:
    near, before, around = map(frozenset, (terms.near, terms.before, terms.around))
    return _Group(near, near - before, before | around, around, near | before | around)


def _enter(places: Sequence[Places], number: int, combination: _Combination, group: _Group) -> None:
    for zone, words in zip(places, (group.left, group.right, group.before, group.behind), strict=True):
        for word in words:
            zone[word][number] = combination


def _keep(zone: Zone, word: str, match: WordMatch) -> None:
    known = zone.get(word)
    if known is None or match[0] > known[0]:
        zone[word] = match


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
    for text, hit in zone.items():
        if text in words:
            weight = _topic(hit, window)
            if known is None or weight > known[0]:
                known = (weight, hit, False, False, False)
    return known


def _topic(hit: Hit, window: Window) -> float:
    """Tell how much a word beyond the number's clause counts."""
    topic = hit.word.beyond
    if hit.end <= window.begin:
        within = 1.0 if hit.start >= window.sentence else _BEYOND
        return topic * within * (1 - (window.begin - hit.end) / (1.5 * REACH))
    return topic * _BEHIND * max(0.1, 1 - (hit.start - window.resume) / (1.5 * REACH))


def _is_example(hit: Hit, examples: tuple[int, int]) -> bool:
    return examples[0] <= hit.start and hit.end <= examples[1]


def _ranked(best: Mapping[str, Candidate]) -> list[Candidate]:
    named = any(c.specific and (c.touching or c.score >= _CLEARLY) for c in best.values())
    ranked = [c._replace(score=c.score - _SETBACK) if _is_set_back(c, named) else c for c in best.values()]
    return sorted(ranked, key=_rank) if len(ranked) > 1 else ranked


def _rank(candidate: Candidate) -> tuple[float, str]:
    return -candidate[0], candidate[1].code


def _is_set_back(candidate: Candidate, named: bool) -> bool:
    return candidate.indicator.tier == "fallback" or (named and not candidate.specific)


def _score(words: list[WordMatch]) -> float:
    """The sum of the words' weights; of a word within another (公开 in 主动公开) little is left."""
    if len(words) == 1:
        return words[0][0]
    words.sort(key=_length, reverse=True)
    score = 0.0
    for k, (weight, (start, end, _), _, _, _) in enumerate(words):
        within = any(other[1][0] <= start and end <= other[1][1] for other in words[:k]) if k else False
        score += weight * _WITHIN if within else weight
    return score


def _length(word: WordMatch) -> int:
    return word[1][1] - word[1][0]


@cache
def table() -> Table:
    """The table of the dictionary."""
    return Table(indicators().values())
