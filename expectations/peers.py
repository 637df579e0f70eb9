"""Tells what governments are compared by that no report says: residents (`data/population.csv`), named groups of peers
(`data/peer_groups.csv`), and the kinds of counties, as typed rows.

The kind of a county stands in its name: 区, 县 (with 自治县, 旗, 自治旗) or 市. Districts of the four municipalities are
a kind of their own: their government ranks above those of other districts. 特区 and 林区 are of no kind.

Residents are counted in a census. The years between two of them lie on a straight line, if the territory did not change
in between (`expectations.territories`); other years are not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, groupby, pairwise
from pathlib import Path

from expectations.data_files import DATA, checked_csv
from expectations.governments import Former, Government, former_divisions, governments, is_zone_code
from expectations.territories import territory_changes

POPULATION_FILE = DATA / "population.csv"
PEER_GROUPS_FILE = DATA / "peer_groups.csv"
#: Kinds of counties by code: their Chinese names.
COUNTY_KINDS: Mapping[str, str] = {
    "municipal_district": "直辖市的区",
    "district": "市辖区（不含直辖市）",
    "county": "县（含自治县、旗）",
    "county_level_city": "县级市",
}
_MUNICIPALITIES = ("11", "12", "31", "50")
_NO_KIND = ("特区", "林区")


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
    """A government as a member of a group, and by what it is one; empty where its name and code say so."""

    group: str
    group_zh: str
    code: str
    name: str
    source: str = ""


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
    rows = checked_csv(path, ("group", "group_zh", "code", "name", "source"), _government_faults)
    return tuple(Peer(**row.values) for row in rows)


@cache
def county_groups() -> tuple[Peer, ...]:
    """The counties of today and of former times by their kind, in the order of the kinds and codes."""
    nodes: Iterator[Government | Former] = chain(governments().values(), former_divisions())
    found = {(kind, node.code, node.name) for node in nodes if (kind := county_kind(node.code, node.name, node.level))}
    order = list(COUNTY_KINDS)
    return tuple(
        Peer(kind, COUNTY_KINDS[kind], code, name)
        for kind, code, name in sorted(found, key=lambda one: (order.index(one[0]), *one[1:]))
    )


def county_kind(code: str, name: str, level: str) -> str | None:
    """The kind of a county by its code and name; None for other levels, zones, and what is of no kind."""
    if level != "county" or is_zone_code(code) or name.endswith(_NO_KIND):
        return None
    if name.endswith("区"):
        return "municipal_district" if code[:2] in _MUNICIPALITIES else "district"
    return {"县": "county", "旗": "county", "市": "county_level_city"}.get(name[-1])


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
