"""Tells which theme a statement has: the words of `data/problem_themes.yaml`, weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from expectations.themes import FALLBACK, themes

#: How much more a term of the first clause weighs.
_FIRST = 3
#: What the terms of a second theme weigh at least, together and without the weight of the first clause.
_NAMED = 4
_SPACE = re.compile(r"\s+")
_CLAUSE = re.compile(r"[，,。；;：:]")
#: A statement turns from what goes well to its matter: 虽然解读形式有所丰富，但… Without praise before it, it only goes on.
_TURN = re.compile(r"^[^。；;]*(?:虽|尽管|取得|进展|成效|有所|较好|已)[^。；;]*?(?:(?<![不非])但(?!凡|愿)|然而)")


@dataclass(frozen=True, slots=True)
class Matter:
    """Holds what a statement is about: its theme, the words that say so, and a second theme where two are named."""

    theme: str
    terms: frozenset[str]
    second: str | None = None


@cache
def _terms() -> tuple[re.Pattern[str], Mapping[str, tuple[str, int]]]:
    """One pattern for all terms, the longest first, and each term's theme and weight."""
    known = {term: (theme.code, weight) for theme in themes().values() for term, weight in theme.terms.items()}
    return re.compile("|".join(re.escape(term) for term in sorted(known, key=len, reverse=True))), known


def matter(text: str) -> Matter:
    """The theme whose terms weigh most; terms of the first clause count threefold, a tie goes to the one that comes first.

    The second is the other theme whose terms weigh most, where they name its matter (`_NAMED`). What is praised before a
    turn is no matter of a statement, if anything behind it is.
    """
    joined = _SPACE.sub("", text)
    turn = _TURN.match(joined) if "但" in joined or "然而" in joined else None
    return (_matter(joined[turn.end() :]) if turn else None) or _matter(joined) or Matter(FALLBACK, frozenset())


def _matter(joined: str) -> Matter | None:
    """The matter of a text without white space; None where it has no term."""
    stop = _CLAUSE.search(joined)
    first = stop.start() if stop else len(joined)
    found = _found(joined)
    scores: dict[str, int] = {}
    weights: dict[str, int] = {}
    for place, theme, weight in found.values():
        scores[theme] = scores.get(theme, 0) + weight * (_FIRST if place < first else 1)
        weights[theme] = weights.get(theme, 0) + weight
    if not scores:
        return None
    best = max(scores, key=lambda theme: scores[theme])
    named = {theme: weight for theme, weight in weights.items() if theme != best and weight >= _NAMED}
    second = max(named, key=lambda theme: named[theme], default=None)
    return Matter(best, frozenset(t for t, (_, theme, _) in found.items() if theme == best), second)


def _found(joined: str) -> dict[str, tuple[int, str, int]]:
    """Each term of a text once: its first place, theme and weight, in the text's order."""
    pattern, known = _terms()
    found: dict[str, tuple[int, str, int]] = {}
    for match in pattern.finditer(joined):
        found.setdefault(match[0], (match.start(), *known[match[0]]))
    return found
