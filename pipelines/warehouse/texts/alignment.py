"""Two texts → which sentences of the later one are repeated, changed or new, and which of the earlier one are gone.

Belongs here: pairing sentences. Does not belong here: what a sentence is (`sentences`), which texts are compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Indel

from pipelines.warehouse.texts.sentences import Sentence

State = Literal["repeated", "nearly", "changed", "new", "gone"]
#: From here on a sentence is nearly repeated: a word or two differ.
NEARLY = 0.8
#: From here on it is one that was reworded. Between reports of different bodies, pairs that say other things stay below.
CHANGED = 0.6
#: More pairs than these are not compared one by one: in such texts only sentences that are the same are found.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its counterpart. Of a new one `before` is None, of one that is gone `now`. `similarity` is 0 to 1."""

    state: State
    before: Sentence | None
    now: Sentence | None
    similarity: float


def aligned(before: Sequence[Sentence], now: Sequence[Sentence]) -> list[Pair]:
    """Pair the sentences of two texts one to one: those of `now` in their order, then those that are gone.

    Sentences with the same key are `repeated`. Of the others the likest are paired first, as `nearly` or `changed`. The
    likeness is rapidfuzz's normalised insertions and deletions over the keys, so numbers count for nothing.
    """
    partners = _same(before, now)
    repeated = frozenset(partners)
    partners |= _near(before, now, partners)
    pairs = [_pair(before, now[place], partners.get(place), place in repeated) for place in range(len(now))]
    taken = {place for place, _ in partners.values()}
    return pairs + [Pair("gone", old, None, 0.0) for place, old in enumerate(before) if place not in taken]


def _pair(before: Sequence[Sentence], new: Sentence, partner: tuple[int, float] | None, is_same: bool) -> Pair:
    if partner is None:
        return Pair("new", None, new, 0.0)
    state: State = "repeated" if is_same else "nearly" if partner[1] >= NEARLY else "changed"
    return Pair(state, before[partner[0]], new, partner[1])


def _same(before: Sequence[Sentence], now: Sequence[Sentence]) -> dict[int, tuple[int, float]]:
    """Place in `now` → place in `before` and likeness, for keys that are the same; the first with the first."""
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, old in enumerate(before):
        waiting[old.key].append(place)
    return {place: (waiting[new.key].popleft(), 1.0) for place, new in enumerate(now) if waiting[new.key]}


def _near(
    before: Sequence[Sentence], now: Sequence[Sentence], paired: dict[int, tuple[int, float]]
) -> dict[int, tuple[int, float]]:
    """The same for sentences that are nearly alike, the likest first."""
    taken = {place for place, _ in paired.values()}
    old = [place for place in range(len(before)) if place not in taken]
    new = [place for place in range(len(now)) if place not in paired]
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return {}
    likeness = process.cdist(
        [now[place].key for place in new],
        [before[place].key for place in old],
        scorer=Indel.normalized_similarity,
        score_cutoff=CHANGED,
    )
    rows, columns = likeness.nonzero()
    ranked = sorted((-float(likeness[r, c]), new[r], old[c]) for r, c in zip(rows, columns, strict=True))
    found: dict[int, tuple[int, float]] = {}
    for negative, place, partner in ranked:
        if place not in found and partner not in taken:
            found[place] = (partner, -negative)
            taken.add(partner)
    return found


def in_reading_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs as they are read: a sentence that is gone stands behind its neighbour of the earlier text."""
    kept = [pair for pair in pairs if pair.now is not None]
    gone = sorted((pair for pair in pairs if pair.now is None), key=_place_before)
    known = sorted((_place_before(pair), place) for place, pair in enumerate(kept) if pair.before is not None)
    behind: dict[int, list[Pair]] = {}
    for pair in gone:
        at = bisect_right(known, (_place_before(pair), len(kept))) - 1
        behind.setdefault(known[at][1] if at >= 0 else -1, []).append(pair)
    ordered = behind.get(-1, [])
    for place, pair in enumerate(kept):
        ordered = [*ordered, pair, *behind.get(place, [])]
    return ordered


def _place_before(pair: Pair) -> int:
    return pair.before.start if pair.before is not None else -1
