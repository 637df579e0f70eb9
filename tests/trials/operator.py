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
    cells may be lost and which must be marked. A `harmless` operator opens nothing: no reading and no grade may be lost.
    """

    name: str
    formats: frozenset[str] = ALL
    change: Change | None = None
    damage: Damage | None = None
    harmless: bool = False


OPERATORS: dict[str, Operator] = {}


def operator(name: str, formats: frozenset[str] = ALL, *, harmless: bool = False) -> Callable[[Change], Change]:
    """Register a change of a page."""

    def register(change: Change) -> Change:
        OPERATORS[name] = Operator(name, formats, change=change, harmless=harmless)
        return change

    return register


def damaging(name: str, formats: frozenset[str] = ALL) -> Callable[[Damage], Damage]:
    """Register a damage to a document. All of its cells may be lost."""

    def register(damage: Damage) -> Damage:
        OPERATORS[name] = Operator(name, formats, damage=damage)
        return damage

    return register
