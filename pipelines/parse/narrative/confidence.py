"""How sure a name is: the odds that it is right, by signs of doubt that the dictionary states (`data/indicators.yaml`)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from expectations.indicators import Indicator, doubts
from expectations.narrative_words import narrative_words
from pipelines.parse.narrative.naming import Candidate
from pipelines.parse.narrative.parts import Thing, own_verb
from pipelines.parse.narrative.readings import Reading

#: A lead over the next combination that leaves a rival near, and very near.
_NEAR, _VERY_NEAR = 2.5, 1.5
#: A combination that fits no better is weak, or very weak.
_WEAK, _VERY_WEAK = 4.0, 2.5
#: How a noun stands that does not touch its number from the left.
_LOOSE = frozenset({"behind", "before", "none"})
#: So many characters that no word explains are a doubt.
_UNEXPLAINED = 4


def of_amount(options: Sequence[Candidate], reading: Reading) -> float:
    """The confidence in the best combination of a number."""
    return sure(*_of_rival(options, reading.thing), *_of_fit(options[0], reading), *_of_noun(options[0], reading))


def of_change(options: Sequence[Candidate], reading: Reading) -> float:
    """The confidence in what a change is of; its noun stands before by nature: 申请数量较去年回落12.3%."""
    return sure(*_of_rival(options, reading.thing), *_of_fit(options[0], reading))


def of_part(reading: Reading) -> float:
    """The confidence in the name of a part, which its whole holds."""
    return sure("part", "unexplained") if _unexplained(reading) >= _UNEXPLAINED else sure("part")


@lru_cache(maxsize=1024)
def sure(*signs: str) -> float:
    """The share of right names among those with these signs of doubt."""
    stated = doubts()
    odds = stated["start"] + sum(stated[sign] for sign in signs)
    return round(1 / (1 + math.exp(-odds)), 2)


def _of_rival(options: Sequence[Candidate], head: Thing) -> Iterator[str]:
    best = options[0]
    rival = next((one for one in options[1:] if not _are_kin(best.indicator, one.indicator)), None)
    if rival is None or best.score - rival.score >= _NEAR:
        return
    yield "rival_near"
    if head.place in _LOOSE:
        yield "rival_loose"
    if best.score - rival.score < _VERY_NEAR and rival.indicator.group != best.indicator.group:
        yield "other_family"


def _are_kin(one: Indicator, other: Indicator) -> bool:
    """Tell whether one indicator is part of the other."""
    if other.code in one.children or one.code in other.children:
        return True
    return other.part_of == one.code or one.part_of == other.code


def _of_fit(best: Candidate, reading: Reading) -> Iterator[str]:
    if best.score < _WEAK:
        yield "weak_fit"
    if best.score < _VERY_WEAK:
        yield "very_weak"
    if best.indicator.tier == "general" and not best.named:
        yield "by_default"
    if reading.numeral.unit == "%":
        yield "rate"
    if _unexplained(reading) >= _UNEXPLAINED:
        yield "unexplained"


def _of_noun(best: Candidate, reading: Reading) -> Iterator[str]:
    head = reading.thing
    if head.place == "before":
        yield "noun_before"
    elif best.indicator.stock and head.place == "behind" and own_verb(reading.window, reading.tracks, head) is None:
        yield "stock"


def _unexplained(reading: Reading) -> int:
    """How many characters of the number's own words to the left are of no word of the dictionaries."""
    window, tracks = reading.window, reading.tracks
    left = window.left
    filling = narrative_words().filling
    said = list(reading.own_left)
    if _counted(said, filling) < _UNEXPLAINED:
        return 0
    for track in (tracks.phrased, tracks.parts, tracks.objects):
        for start, end, _ in track.within(left, window.begin):
            said[start - left : end - left] = "，" * (end - start)
    return _counted(said, filling)


def _counted(said: Sequence[str], filling: frozenset[str]) -> int:
    return sum([character not in filling and not character.isdigit() for character in said])
