"""Tells what governments are compared by that no report says: residents (`data/population.csv`) and named groups of peers
(`data/peer_groups.csv`), as typed rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.data_files import DATA, checked_csv
from expectations.governments import governments

POPULATION_FILE = DATA / "population.csv"
PEER_GROUPS_FILE = DATA / "peer_groups.csv"


@dataclass(frozen=True, slots=True)
class Residents:
    """Says how many people live in a government's territory, and where that is said."""

    code: str
    name: str
    count: int
    source: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A government as a member of a group."""

    group: str
    group_zh: str
    code: str
    name: str


@cache
def population(path: Path = POPULATION_FILE) -> tuple[Residents, ...]:
    """The residents in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, ("code", "name", "population", "source"), _residents_faults)
    return tuple(
        Residents(row["code"], row["name"], int(row["population"]), row["source"])
        for row in (line.values for line in rows)
    )


@cache
def peer_groups(path: Path = PEER_GROUPS_FILE) -> tuple[Peer, ...]:
    """The members of all groups in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, ("group", "group_zh", "code", "name"), _government_faults)
    return tuple(Peer(**row.values) for row in rows)


def _residents_faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from _government_faults(row)
    if not (row["population"].isascii() and row["population"].isdigit()):
        yield f"population is {row['population']!r}; it is a whole number of residents"
    if not row["source"]:
        yield "source is empty; it must be given"


def _government_faults(row: Mapping[str, str]) -> Iterator[str]:
    if row["code"] not in governments():
        yield f"no government {row['code']!r}; it is a code of governments.csv"
