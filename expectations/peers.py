"""Tells what governments are compared by that no report says: residents (`data/population.csv`) and named groups of peers
(`data/peer_groups.csv`), as typed rows.

Residents are counted in a census. The years between two of them lie on a straight line, if the territory did not change
in between (`expectations.territories`); other years are not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from expectations.data_files import DATA, checked_csv
from expectations.governments import governments
from expectations.territories import territory_changes

POPULATION_FILE = DATA / "population.csv"
PEER_GROUPS_FILE = DATA / "peer_groups.csv"


@dataclass(frozen=True, slots=True)
class Residents:
    """Says how many people live in a government's territory in a year, and where that is said."""

    code: str
    name: str
    year: int
    count: int
    source: str
    interpolated: bool = False


@dataclass(frozen=True, slots=True)
class Peer:
    """A government as a member of a group."""

    group: str
    group_zh: str
    code: str
    name: str


@cache
def population(path: Path = POPULATION_FILE) -> tuple[Residents, ...]:
    """The residents of census years in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, ("code", "name", "year", "population", "source"), _residents_faults)
    return tuple(
        Residents(row["code"], row["name"], int(row["year"]), int(row["population"]), row["source"])
        for row in (line.values for line in rows)
    )


@cache
def residents_by_year(path: Path = POPULATION_FILE) -> tuple[Residents, ...]:
    """Every year of which the residents are known, by government and year: counted, and in between interpolated."""
    counted = sorted(population(path), key=lambda row: (row.code, row.year))
    between = [
        row
        for _, of_one in groupby(counted, key=lambda row: row.code)
        for first, last in pairwise(of_one)
        if _is_unchanged(first, last)
        for row in _between(first, last)
    ]
    return tuple(sorted((*counted, *between), key=lambda row: (row.code, row.year)))


def _is_unchanged(first: Residents, last: Residents) -> bool:
    """Tell whether no change of the territory lies behind the first census and up to the last."""
    years = {change.year for change in territory_changes() if change.code == first.code}
    return not any(first.year < year <= last.year for year in years)


def _between(first: Residents, last: Residents) -> Iterator[Residents]:
    for year in range(first.year + 1, last.year):
        gone = (year - first.year) / (last.year - first.year)
        count = round(first.count + gone * (last.count - first.count))
        source = f"{first.source}; {last.source}"
        yield replace(first, year=year, count=count, source=source, interpolated=True)


@cache
def peer_groups(path: Path = PEER_GROUPS_FILE) -> tuple[Peer, ...]:
    """The members of all groups in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, ("group", "group_zh", "code", "name"), _government_faults)
    return tuple(Peer(**row.values) for row in rows)


def _residents_faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from _government_faults(row)
    if not (row["population"].isascii() and row["population"].isdigit()):
        yield f"population is {row['population']!r}; it is a whole number of residents"
    if not (row["year"].isascii() and row["year"].isdigit()):
        yield f"year is {row['year']!r}; it is a year"
    if not row["source"]:
        yield "source is empty; it must be given"


def _government_faults(row: Mapping[str, str]) -> Iterator[str]:
    if row["code"] not in governments():
        yield f"no government {row['code']!r}; it is a code of governments.csv"
