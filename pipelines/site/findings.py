"""The headline findings of the newest year: each a sentence, a small table, and the query that gives it.

Belongs here: which findings there are, and their queries, which run unchanged on the release's database. Does not belong
here: a ranking or median of our own: `peer_group_comparison` and `trends` have them. An extreme is named with its cases
and its interval, and only from a ranking, which a share of few cases is not in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.site.release_data import ReleaseData, Row

#: Measures of which the home page shows how bodies of a level differ.
SPREADS = ("merits_disclosure_share", "denied_share", "reconsiderations_correction_share")
#: A year with fewer reports than this is said to be young.
FEW = 20
#: Changes of fewer requests than this say nothing in per cent.
LEAST = 30

_YEAR = "select max(report_year) as year from reports"
_COVERAGE = """\
select level, count(*) as reports, count(*) filter (where c.contradicted_fact_count > 0) as contradicted
from comparison_by_year as c
where report_year = {year}
group by level
order by level"""
#: The fullest field of each level: ranked numbers for the whole territory, of one series.
_SPREAD = """\
select p.group_code as level, p.member_count, p.missing_count, p.median_value, p.value_rank, p.report_year,
    p.body_id, p.body_name, p.measure, p.value, p.numerator, p.denominator, p.interval_low, p.interval_high,
    p.unit, p.grade
from peer_group_comparison as p
where p.report_year = {year} and p.measure = '{measure}' and p.group_kind = 'level' and p.scope = 'territory'
    and p.field_kind = 'government' and p.value_rank is not null
qualify rank() over (partition by p.group_code order by p.member_count desc, p.series) = 1
order by p.member_count desc, p.group_code, p.value_rank, p.body_id"""
_RISES = """\
select report_year, body_id, body_name, level, measure, unit, grade, comparability, previous_value, value, value_change_share
from trends
where report_year = {year} and measure = 'requests_received' and is_comparable and previous_value >= {least}
order by value_change_share desc, body_id"""
_THEMES = """\
select theme, sum(naming_report_count)::bigint as naming, sum(report_count)::bigint as reports
from problem_themes_by_year
where report_year = {year}
group by theme
having naming > 0
order by naming desc, theme"""
_GRADES = """\
select grade, count(*) as facts
from facts
where report_year = {year}
group by grade
order by facts desc, grade"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `says` is the key of its sentence with its values; `preset` leads to the comparison page."""

    code: str
    query: str
    says: str
    values: Mapping[str, Any]
    rows: Sequence[Row]
    measure: str | None = None
    preset: Mapping[str, Any] = field(default_factory=dict)


def newest_year(source: ReleaseData) -> int | None:
    """The newest year that a report is about; None without reports."""
    year: int | None = source.row(_YEAR)["year"]
    return year


def findings(source: ReleaseData, year: int) -> list[Finding]:
    """The findings of a year. One for which there is no data is left out."""
    found = [_coverage(source, year), *(_spread(source, year, measure) for measure in SPREADS)]
    found += [_rises(source, year), _themes(source, year), _grades(source, year)]
    return [finding for finding in found if finding is not None]


def _coverage(source: ReleaseData, year: int) -> Finding:
    query = _COVERAGE.format(year=year)
    rows = source.rows(query)
    totals = {name: sum(row[name] for row in rows) for name in ("reports", "contradicted")}
    return Finding("coverage", query, "finding.coverage_text", {"year": year, **totals}, rows)


def _spread(source: ReleaseData, year: int, measure: str) -> Finding | None:
    """Level by level: the median, and who is highest and lowest. The sentence speaks of the fullest level."""
    query = _SPREAD.format(year=year, measure=measure)
    rows = [_ends(level) for level in _levels(source.rows(query))]
    if not rows:
        return None
    first = rows[0]
    preset = {"measure": measure, "year": year, "level": first["level"], "scope": "territory"}
    return Finding("spread", query, "finding.spread_text", first, rows, measure, preset)


def _levels(rows: Sequence[Row]) -> Iterator[list[Row]]:
    levels: dict[str, list[Row]] = {}
    for row in rows:
        levels.setdefault(row["level"], []).append(row)
    return iter(levels.values())


def _ends(rows: Sequence[Row]) -> dict[str, Any]:
    high, low = rows[0], rows[-1]
    return {
        "level": high["level"],
        "count": high["member_count"],
        "missing": high["missing_count"],
        "median": high["median_value"],
        "unit": high["unit"],
        "high": high,
        "low": low,
    }


def _rises(source: ReleaseData, year: int) -> Finding | None:
    query = _RISES.format(year=year, least=LEAST)
    rows = source.rows(query)
    if not rows:
        return None
    changes = sorted(row["value_change_share"] for row in rows)
    middle = len(changes) // 2
    values = {
        "least": LEAST,
        "count": len(rows),
        "up": sum(change > 0 for change in changes),
        "down": sum(change < 0 for change in changes),
        "median": changes[middle] if len(changes) % 2 else (changes[middle - 1] + changes[middle]) / 2,
    }
    preset = {"measure": "requests_received", "year": year}
    shown = rows if len(rows) <= 6 else [*rows[:3], *rows[-3:]]
    return Finding("rises", query, "finding.rises_text", values, shown, "requests_received", preset)


def _themes(source: ReleaseData, year: int) -> Finding | None:
    query = _THEMES.format(year=year)
    rows = source.rows(query)
    if not rows:
        return None
    return Finding("themes", query, "finding.themes_text", rows[0], rows[:5])


def _grades(source: ReleaseData, year: int) -> Finding | None:
    query = _GRADES.format(year=year)
    rows = source.rows(query)
    if not rows:
        return None
    counts = {row["grade"]: row["facts"] for row in rows}
    values = {
        "year": year,
        "facts": sum(counts.values()),
        "verified": counts.get("verified", 0),
        "contradicted": counts.get("contradicted", 0),
    }
    return Finding("grades", query, "finding.grades_text", values, rows)
