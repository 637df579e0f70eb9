"""Two bodies side by side, as rows: who they are, and a measure's years with their breaks.

Belongs here: asking the database, and sparklines as text. Does not belong here: the table on the screen
(`pipelines.cli.compare`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.ask.newest import NotThere

if TYPE_CHECKING:
    import duckdb

_BODY = """
select body_id, body_name, level, province_name, if(body_kind = 'government_office', 'government', body_kind) as kind,
    body_function
from bodies
where $name in (body_id, body_name, government_name, government_code) or list_contains(string_split(names_printed, '、'), $name)
order by body_kind <> 'government', body_id
"""
_LIKE = (
    "select body_name, body_id from bodies where contains(body_name, $name) order by length(body_name), body_id limit 5"
)
_MEASURES = "select measure, measure_zh, measure_en, unit, is_main from measures order by ordinal"
_POINTS = """
select b.report_year, b.measure, b.value, b.state, b.grade, b.comparability, b.scope, b.series, t.break_reason, t.segment
from measures_by_report as b left join trends as t using (report_id, measure)
where b.body_id = $body and list_contains($measures, b.measure)
order by b.report_year, b.report_id
"""
_BARS = "▁▂▃▄▅▆▇█"
DOUBTFUL = ("contradicted", "conflicting")


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a measure: its value or why there is none, and whether it continues the year before."""

    year: int
    value: float | None
    state: str
    grade: str | None
    comparability: str
    scope: str
    series: str
    break_reason: str | None
    segment: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two bodies, with the years of each measure."""

    body_id: str
    name: str
    level: str
    province: str | None
    kind: str
    function: str | None
    points: Mapping[tuple[str, int], Point]


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """A measure with its names and unit."""

    code: str
    zh: str
    en: str
    unit: str
    is_main: bool


def measures(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> list[ComparedMeasure]:
    """The measures asked for, in that order; without any, the main ones. Raises `NotThere`."""
    known = {row[0]: ComparedMeasure(*row) for row in connection.execute(_MEASURES).fetchall()}
    if unknown := [code for code in wanted if code not in known]:
        raise NotThere(f"no measure {', '.join(unknown)}; `gongkai measures` lists them")
    return [known[code] for code in wanted] if wanted else [measure for measure in known.values() if measure.is_main]


def side(connection: duckdb.DuckDBPyConnection, name: str, codes: Sequence[str]) -> Side:
    """A body by its id, name, division or code, or by a part of its name that no other has. Raises `NotThere`."""
    body_id, printed, level, province, kind, function = find_body(connection, name)
    rows: list[tuple[Any, ...]] = connection.execute(_POINTS, {"body": body_id, "measures": list(codes)}).fetchall()
    points = {(row[1], row[0]): Point(row[0], *row[2:]) for row in rows}
    return Side(body_id, printed, level, province, kind, function, points)


def find_body(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str, str, str | None, str, str | None]:
    """The body with the id, name, division or code, or with a part of its name that no other has: id, name, level,
    province, kind, function. Raises `NotThere`."""
    found = connection.execute(_BODY, {"name": name}).fetchall()
    if not found:
        like = connection.execute(_LIKE, {"name": name}).fetchall()
        if len(like) != 1:
            near = (
                f"; there are {'、'.join(row[0] for row in like)}"
                if like
                else '; `gongkai query "from bodies"` lists them'
            )
            raise NotThere(f"no body has the id, name or code {name!r}{near}")
        found = connection.execute(_BODY, {"name": like[0][1]}).fetchall()
    chosen: tuple[str, str, str, str | None, str, str | None] = found[0]
    return chosen


def sparkline(points: Sequence[Point | None], most: float) -> str:
    """One character a year, the height its share of `most`; a gap where there is no value or the series breaks.

    A break puts a blank between two years that have values; a year without a value is a blank itself, so that null is
    never as low as 0. What is contradicted or conflicting is a cross.
    """
    drawn = ""
    before: Point | None = None
    for point in points:
        if point is None or point.value is None:
            drawn += " "
            continue
        if before is not None and before.segment != point.segment and not drawn.endswith(" "):
            drawn += " "
        drawn += "×" if point.grade in DOUBTFUL else _bar(point.value, most)
        before = point
    return drawn


def _bar(value: float, most: float) -> str:
    if most <= 0 or value <= 0:
        return _BARS[0]
    return _BARS[min(len(_BARS) - 1, int(value / most * (len(_BARS) - 1) + 0.5))]
