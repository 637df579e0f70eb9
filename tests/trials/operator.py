"""An operator: one way to change a report, with what it says about the truth."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.trials.formats import ALL
from tests.trials.page import Page

#: Changes a page, its truth included; None where the page has nothing that it could change.
Change = Callable[[random.Random, Page], Page | None]
#: Changes the bytes of a rendered document.
Damage = Callable[[random.Random, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to change a report.

    `change` works on the page before it is rendered, `damage` on the document; the page that `change` returns says which
    cells may be lost and which must be marked. In the formats in which it is `harmless` no reading and no grade may be
    lost; in others that it opens nothing itself, all cells may be.
    """

    name: str
    formats: frozenset[str] = ALL
    change: Change | None = None
    damage: Damage | None = None
    harmless: frozenset[str] = frozenset()


OPERATORS: dict[str, Operator] = {}


def operator(
    name: str, formats: frozenset[str] = ALL, *, harmless: bool | frozenset[str] = False
) -> Callable[[Change], Change]:
    """Register a change of a page; `harmless` in all of its formats, or in some."""
    at = harmless if isinstance(harmless, frozenset) else formats if harmless else frozenset()

    def register(change: Change) -> Change:
        OPERATORS[name] = Operator(name, formats, change=change, harmless=at)
        return change

    return register


def damaging(name: str, formats: frozenset[str] = ALL) -> Callable[[Damage], Damage]:
    """Register a damage to a document. All of its cells may be lost."""

    def register(damage: Damage) -> Damage:
        OPERATORS[name] = Operator(name, formats, damage=damage)
        return damage

    return register
