"""Governments over time: the division tree, its former nodes, other names, and zones outside it, as typed rows.

Sources: `data/governments.csv` (GB/T 2260 and the statistical codes of zones, as of 2023), `data/divisions_history.csv`
(the code tables 县以上行政区划代码 of the years since 2006, as the GB2260 project keeps them, compared with one another;
what became of each by 县级以上行政区划变更情况 of the Ministry of Civil Affairs),
`data/aliases.csv` (short names of autonomous divisions), `data/zones.csv` (zones whose name does not begin with a
division). Belongs here: reading and checking the rows. Does not belong here: which of them a printed name means
(`pipelines.bodies.divisions`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.vocabulary import DIVISION_CHANGES

DATA = Path(__file__).resolve().parents[1] / "data"
#: Levels of the tree, from the top.
TREE_LEVELS = ("province", "prefecture", "county")
#: The year of the oldest change that is kept, and a year beyond which a change cannot be known.
_YEARS = range(2007, 2101)
_CODE = re.compile(r"[0-9]{6}")


class GovernmentError(ValueError):
    """A register of governments contradicts itself or another one."""


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
        """Whether the successor is the same government."""
        return self.change in ("renamed", "moved")


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone without a code, known by a name that no division begins; and the government that it is of."""

    name: str
    parent_code: str


def is_zone_code(code: str) -> bool:
    """Whether a code is the statistical code of a zone (130171), not that of a government.

    The fifth digit 7 is a zone's, but for the divisions directly under a province (469027), which have 90 before it.
    """
    return code[4] == "7" and code[2:4] != "90"


@cache
def governments(folder: Path = DATA) -> Mapping[str, Government]:
    """Today's tree by code. Raises `GovernmentError`."""
    rows = {}
    for row in _rows(folder / "governments.csv", ("code", "name", "level", "parent_code")):
        node = Government(row["code"], row["name"], row["level"], row["parent_code"] or None)
        _demand(bool(_CODE.fullmatch(node.code)), f"governments.csv: {node.code!r} is no code of six digits")
        _demand(node.code not in rows, f"governments.csv: the code {node.code} stands twice")
        _demand(node.level in TREE_LEVELS, f"governments.csv: {node.name} has the level {node.level!r}")
        rows[node.code] = node
    for node in rows.values():
        _demand((node.parent_code is None) == (node.level == "province"), f"governments.csv: {node.name} has no parent")
        _demand(node.parent_code is None or node.parent_code in rows, f"governments.csv: no parent of {node.name}")
    return rows


@cache
def former_divisions(folder: Path = DATA) -> tuple[Former, ...]:
    """The former divisions in the order of their end. Raises `GovernmentError`."""
    fields = (
        "code", "name", "level", "parent_code", "valid_to", "change", "successor_code", "successor_name", "source",
    )  # fmt: skip
    today = governments(folder)
    found: list[Former] = []
    for row in _rows(folder / "divisions_history.csv", fields):
        place = f"divisions_history.csv: {row['name']} ({row['code']})"
        successor = row["successor_code"] or None
        _demand(bool(_CODE.fullmatch(row["code"])), f"{place}: the code has not six digits")
        _demand(row["level"] in TREE_LEVELS[1:], f"{place}: the level is {row['level']!r}")
        _demand(
            row["valid_to"].isdigit() and int(row["valid_to"]) in _YEARS, f"{place}: the year is {row['valid_to']!r}"
        )
        _demand(row["change"] in DIVISION_CHANGES, f"{place}: the change is {row['change']!r}")
        _demand(
            (successor is None) == (row["change"] == "abolished"), f"{place}: only what is abolished has no successor"
        )
        named = today[successor].name if successor and successor in today else None
        _demand(successor is None or named == row["successor_name"], f"{place}: the successor is {named}")
        _demand(bool(row["source"]), f"{place}: no source")
        former = Former(
            row["code"], row["name"], row["level"], row["parent_code"], int(row["valid_to"]), row["change"],
            successor, row["source"],
        )  # fmt: skip
        now = today.get(former.code)
        _demand(now is None or now.name != former.name, f"{place}: the tree of today still has it")
        found.append(former)
    codes = {former.code for former in found}
    _demand(len(codes) == len(found), "divisions_history.csv: a code stands twice")
    for former in found:
        known = former.parent_code in today or former.parent_code in codes
        _demand(known, f"divisions_history.csv: no parent of {former.name}")
    return tuple(sorted(found, key=lambda former: (former.valid_to, former.code)))


@cache
def aliases(folder: Path = DATA) -> Mapping[str, tuple[str, ...]]:
    """Other names of today's divisions, each with the codes that it can mean. Raises `GovernmentError`."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(folder / "aliases.csv", ("name", "code", "full_name")):
        node = governments(folder).get(row["code"])
        _demand(
            node is not None and node.name == row["full_name"], f"aliases.csv: {row['code']} is not {row['full_name']}"
        )
        found[row["name"]] = (*found.get(row["name"], ()), row["code"])
    return found


@cache
def zones(folder: Path = DATA) -> Mapping[str, Zone]:
    """Zones by name. Raises `GovernmentError`."""
    found: dict[str, Zone] = {}
    for row in _rows(folder / "zones.csv", ("name", "parent_code", "source")):
        _demand(row["parent_code"] in governments(folder), f"zones.csv: no government {row['parent_code']}")
        _demand(
            bool(row["source"]) and row["name"] not in found, f"zones.csv: {row['name']} stands twice or without source"
        )
        found[row["name"]] = Zone(row["name"], row["parent_code"])
    return found


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        _demand(tuple(reader.fieldnames or ()) == fields, f"{path.name}: the columns are not {', '.join(fields)}")
        for row in reader:
            _demand(None not in row and None not in row.values(), f"{path.name}: a row has too many or too few fields")
            yield row


def _demand(holds: bool, complaint: str) -> None:
    if not holds:
        raise GovernmentError(complaint)
