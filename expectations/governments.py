"""Governments over time: the division tree, its former nodes, other names, and zones outside it, as typed rows.

Sources: `data/governments.csv` (GB/T 2260 and the statistical codes of zones, as of 2023), `data/divisions_history.csv`
(the code tables 县以上行政区划代码 of the years since 2006, as the GB2260 project keeps them, compared with one another;
what became of each by 县级以上行政区划变更情况 of the Ministry of Civil Affairs),
`data/aliases.csv` (short names of autonomous divisions), `data/zones.csv` (zones whose name does not begin with a
division). Belongs here: reading and checking the rows. Does not belong here: which of them a printed name means
(`pipelines.bodies.divisions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.data_files import DATA, CsvRow, DataFileError, checked_csv, refuse
from expectations.vocabulary import DIVISION_CHANGES

#: Levels of the tree, from the top.
TREE_LEVELS = ("province", "prefecture", "county")
#: The year of the oldest change that is kept, and a year beyond which a change cannot be known.
_YEARS = range(2007, 2101)
_CODE = re.compile(r"[0-9]{6}")
_NODE = ("code", "name", "level", "parent_code")
_FORMER = (
    "code", "name", "level", "parent_code", "valid_to", "change", "successor_code", "successor_name", "source",
)  # fmt: skip
_ALIAS = ("name", "code", "full_name")
_ZONE = ("name", "parent_code", "source")


class GovernmentError(DataFileError):
    """A register of governments that contradicts itself or another one, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Government:
    """One node of today's tree. `parent_code` is None for a province."""

    code: str
    name: str
    level: str
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class Former:
    """A division that is no longer in the tree under this name or place.

    `code` and `parent_code` are those of its time; a code can have been given to another division since. `valid_to` is
    the year of the change: a report of that year is published after it. `change` is `renamed` (the same government goes
    on under another name or status), `moved` (under another parent), `merged` (into another government) or `abolished`
    (divided among several: no successor).
    """

    code: str
    name: str
    level: str
    parent_code: str
    valid_to: int
    change: str
    successor_code: str | None
    source: str

    @property
    def goes_on(self) -> bool:
        """Tell whether the successor is the same government."""
        return self.change in ("renamed", "moved")


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone without a code, known by a name that no division begins; and the government that it is of."""

    name: str
    parent_code: str


def is_zone_code(code: str) -> bool:
    """Tell whether a code is the statistical code of a zone (130171), not that of a government.

    The fifth digit 7 is a zone's, but for the divisions directly under a province (469027), which have 90 before it.
    """
    return code[4] == "7" and code[2:4] != "90"


@cache
def governments(folder: Path = DATA) -> Mapping[str, Government]:
    """Today's tree by code. Raises `GovernmentError`."""
    path = folder / "governments.csv"
    rows = checked_csv(path, _NODE, _node_faults, GovernmentError)
    tree = {row.values["code"]: _node(row.values) for row in rows}
    refuse(path, _tree_problems(rows, tree), GovernmentError)
    return tree


@cache
def former_divisions(folder: Path = DATA) -> tuple[Former, ...]:
    """The former divisions in the order of their end. Raises `GovernmentError`."""
    path, today = folder / "divisions_history.csv", governments(folder)
    rows = checked_csv(path, _FORMER, lambda row: _former_faults(row, today), GovernmentError)
    refuse(path, _history_problems(rows, today), GovernmentError)
    found = [_former(row.values) for row in rows]
    return tuple(sorted(found, key=lambda former: (former.valid_to, former.code)))


@cache
def aliases(folder: Path = DATA) -> Mapping[str, tuple[str, ...]]:
    """Other names of today's divisions, each with the codes that it can mean. Raises `GovernmentError`."""
    today = governments(folder)
    found: dict[str, tuple[str, ...]] = {}
    for row in checked_csv(folder / "aliases.csv", _ALIAS, lambda row: _alias_faults(row, today), GovernmentError):
        name = row.values["name"]
        found[name] = (*found.get(name, ()), row.values["code"])
    return found


@cache
def zones(folder: Path = DATA) -> Mapping[str, Zone]:
    """Zones by name. Raises `GovernmentError`."""
    path, today = folder / "zones.csv", governments(folder)
    rows = checked_csv(path, _ZONE, lambda row: _zone_faults(row, today), GovernmentError)
    refuse(path, _twice(rows, "name"), GovernmentError)
    return {row.values["name"]: Zone(row.values["name"], row.values["parent_code"]) for row in rows}


def _node(row: Mapping[str, str]) -> Government:
    return Government(row["code"], row["name"], row["level"], row["parent_code"] or None)


def _former(row: Mapping[str, str]) -> Former:
    return Former(
        row["code"], row["name"], row["level"], row["parent_code"], int(row["valid_to"]), row["change"],
        row["successor_code"] or None, row["source"],
    )  # fmt: skip


def _node_faults(row: Mapping[str, str]) -> Iterator[str]:
    if not _CODE.fullmatch(row["code"]):
        yield f"{row['code']!r} is no code of six digits"
    if row["level"] not in TREE_LEVELS:
        yield f"{row['name']} has the level {row['level']!r}; it is one of {', '.join(TREE_LEVELS)}"
    elif (row["level"] == "province") == bool(row["parent_code"]):
        yield f"{row['name']} has {'a' if row['parent_code'] else 'no'} parent; all but provinces have one"


def _tree_problems(rows: Sequence[CsvRow], tree: Mapping[str, Government]) -> Iterator[tuple[int, str]]:
    yield from _twice(rows, "code")
    for row in rows:
        parent = row.values["parent_code"]
        if parent and parent not in tree:
            yield row.number, f"no parent of {row.values['name']}: {parent} is no code of this file"


def _former_faults(row: Mapping[str, str], today: Mapping[str, Government]) -> Iterator[str]:
    year, successor, now = row["valid_to"], row["successor_code"], today.get(row["code"])
    named = today[successor].name if successor in today else None
    if not _CODE.fullmatch(row["code"]):
        yield f"the code {row['code']!r} has not six digits"
    if row["level"] not in TREE_LEVELS[1:]:
        yield f"the level is {row['level']!r}; it is one of {', '.join(TREE_LEVELS[1:])}"
    if not (year.isascii() and year.isdigit() and int(year) in _YEARS):
        yield f"the year is {year!r}; it is one from {_YEARS[0]} to {_YEARS[-1]}"
    if row["change"] not in DIVISION_CHANGES:
        yield f"the change is {row['change']!r}; it is one of {', '.join(DIVISION_CHANGES)}"
    elif (not successor) != (row["change"] == "abolished"):
        yield f"{row['name']} is {row['change']}; only what is abolished has no successor"
    if successor and named != row["successor_name"]:
        yield f"the successor {successor} is {named or 'no code of the tree'}, not {row['successor_name']}"
    if not row["source"]:
        yield "source is empty; it must be given"
    if now is not None and now.name == row["name"]:
        yield f"{row['name']}: the tree of today still has it"


def _history_problems(rows: Sequence[CsvRow], today: Mapping[str, Government]) -> Iterator[tuple[int, str]]:
    yield from _twice(rows, "code")
    codes = {row.values["code"] for row in rows}
    for row in rows:
        if (parent := row.values["parent_code"]) not in today and parent not in codes:
            yield row.number, f"no parent of {row.values['name']}: {parent!r} is neither in the tree nor in this file"


def _alias_faults(row: Mapping[str, str], today: Mapping[str, Government]) -> Iterator[str]:
    node = today.get(row["code"])
    if node is None or node.name != row["full_name"]:
        yield f"{row['code']} is not {row['full_name']}; in the tree it is {node.name if node else 'nothing'}"


def _zone_faults(row: Mapping[str, str], today: Mapping[str, Government]) -> Iterator[str]:
    if row["parent_code"] not in today:
        yield f"no government {row['parent_code']!r}; it is a code of governments.csv"
    if not row["name"] or not row["source"]:
        yield "name or source is empty; both must be given"


def _twice(rows: Sequence[CsvRow], column: str) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for row in rows:
        value = row.values[column]
        if value in first:
            yield row.number, f"the {column} {value} stands twice, on line {first[value]} too"
        first.setdefault(value, row.number)
