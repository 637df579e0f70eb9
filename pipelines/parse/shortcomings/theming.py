"""Tells which theme a statement has: the words of `data/problem_themes.yaml`, weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from expectations.themes import FALLBACK, themes

#: How much more a term of the first clause weighs.
_FIRST = 3
_SPACE = re.compile(r"\s+")
_CLAUSE = re.compile(r"[，,。；;：:]")


@dataclass(frozen=True, slots=True)
class Matter:
    """Holds what a statement is about: its theme, and the words that say so."""

    theme: str
    terms: frozenset[str]


@cache
def _terms() -> tuple[re.Pattern[str], Mapping[str, tuple[str, int]]]:
    """One pattern for all terms, the longest first, and each term's theme and weight."""
    known = {term: (theme.code, weight) for theme in themes().values() for term, weight in theme.terms.items()}
    return re.compile("|".join(re.escape(term) for term in sorted(known, key=len, reverse=True))), known


def matter(text: str) -> Matter:
    """The theme whose terms weigh most; terms of the first clause count threefold, a tie goes to the one that comes first."""
    joined = _SPACE.sub("", text)
    stop = _CLAUSE.search(joined)
    first = stop.start() if stop else len(joined)
    pattern, known = _terms()
    scores: dict[str, int] = {}
    seen: dict[str, str] = {}
    for match in pattern.finditer(joined):
        theme, weight = known[match[0]]
        if match[0] not in seen:
            seen[match[0]] = theme
            scores[theme] = scores.get(theme, 0) + weight * (_FIRST if match.start() < first else 1)
    if not scores:
        return Matter(FALLBACK, frozenset())
    best = max(scores, key=lambda theme: scores[theme])
    return Matter(best, frozenset(term for term, theme in seen.items() if theme == best))
