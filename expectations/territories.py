"""Governments whose territory changed, by the former divisions of `data/divisions_history.csv`.

Belongs here: which government gained or lost which division in which year. Does not belong here: the divisions
themselves (`expectations.governments`), or any series that breaks over a change (`dbt_like_sql/marts/trends.sql`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from expectations.governments import Former, former_divisions, governments


@dataclass(frozen=True, slots=True)
class TerritoryChange:
    """Says that a government of today gained or lost `division`; reports from `year` on are of the new territory."""

    code: str
    name: str
    year: int
    division: str
    source: str


@cache
def territory_changes() -> tuple[TerritoryChange, ...]:
    """The changes by government, year and division. Raises `expectations.governments.GovernmentError`."""
    parents = _parents()
    found = {
        (code, former.valid_to, f"{former.name} ({former.code})"): former.source
        for former in former_divisions()
        for code in _changed(former, parents)
        if code in governments()
    }
    return tuple(
        TerritoryChange(code, governments()[code].name, year, division, source)
        for (code, year, division), source in sorted(found.items())
    )


def _parents() -> Mapping[str, str]:
    """The parent of each code: of former divisions that of their time, where today's tree does not know the code."""
    known = {former.code: former.parent_code for former in former_divisions()}
    known |= {node.code: node.parent_code for node in governments().values() if node.parent_code}
    return known


def _changed(former: Former, parents: Mapping[str, str]) -> set[str]:
    """The codes of those above the division only before or only after; and the government that took it in.

    A parent under a new name or code is the same: 毕节地区 as 毕节市 gained nothing. A division that was divided among
    several says nothing of who gained it.
    """
    if former.successor_code is None:
        return set()
    now = {f.code: f.successor_code for f in former_divisions() if f.goes_on and f.successor_code}
    before = {now.get(code, code) for code in (former.parent_code, *_above(former.parent_code, parents))}
    after = set(_above(former.successor_code, parents))
    gained = {former.successor_code} if former.change == "merged" else set()
    return (before ^ (after | gained)) - {former.code}


def _above(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    while (parent := parents.get(code)) is not None:
        yield parent
        code = parent
