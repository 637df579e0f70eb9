"""Holds what the checks of figures share: a check with those that take part in it, and how it names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.indicators import indicators
from pipelines.parse.report import Check, Fact, Figure

#: Figures that say more or less than they print hold against a number on the right side of it.
AT_LEAST = frozenset({"超", "余", "多", "不少于"})
AT_MOST = frozenset({"近", "不足", "不超过"})
_INEXACT = AT_LEAST | AT_MOST | {"约"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A check with the figures and cells that take part in it."""

    check: Check
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...] = ()


def are_exact(figures: Iterable[Figure]) -> bool:
    """Tell whether all numbers are printed as they are, without 超, 近 or 约."""
    return not any(figure.qualifier in _INEXACT for figure in figures)


def name(figure: Figure) -> str:
    """The indicator's Chinese name; the figure's own words where it has none."""
    return indicators()[figure.indicator].zh if figure.indicator else figure.subject


def place(index: int, *figures: Figure) -> str:
    """A check's place: the figure's number in the report, and the indicators that take part."""
    return "/".join([str(index + 1), *(figure.indicator or "unmapped" for figure in figures)])
