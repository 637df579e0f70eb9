"""Tells what a gate said: one type for the raw gate, the parsed gate, the warehouse gate and the release gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from expectations.unmet import Unmet


@dataclass(frozen=True, slots=True)
class Verdict:
    """Holds what a gate said of its product.

    `expectations` is how many there are in all, `unmet` those that are not met. `year` is the report year of the parsed
    gate, else empty. `page` shows what was found, where there is a page. `accepted` is the reason to go on all the same.
    """

    gate: str
    expectations: int
    unmet: tuple[Unmet, ...] = ()
    year: str = ""
    page: Path | None = None
    accepted: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the product may go on."""
        return not self.unmet or bool(self.accepted)

    @property
    def name(self) -> str:
        """The gate with its year, as a sentence names it: `parsed_gate of 2024`."""
        return f"{self.gate} of {self.year}" if self.year else self.gate

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain JSON, for a stamp."""
        return {**asdict(self), "page": self.page and str(self.page)}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Verdict:
        """The verdict that was kept as JSON. Raises `KeyError` or `TypeError` where another program kept it."""
        unmet = tuple(Unmet(**each) for each in content["unmet"])
        return cls(**{**content, "unmet": unmet, "page": content["page"] and Path(content["page"])})


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """What a gate said of several parts of a product as one verdict. What several do not meet is told once.

    Raises `IndexError` where there is none.
    """
    unmet: dict[tuple[str, str | None, str], Unmet] = {}
    for found in (found for verdict in verdicts for found in verdict.unmet):
        place = found.table, found.column, found.check
        before = unmet.get(place)
        unmet[place] = replace(before, row_count=before.row_count + found.row_count) if before else found
    page = next((verdict.page for verdict in verdicts if verdict.page), None)
    return replace(verdicts[0], unmet=tuple(unmet.values()), page=page)
