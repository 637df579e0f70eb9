"""Tells what stands on the page of a body, asked for many bodies at once.

Belongs here: the queries and the shape that the template draws. Does not belong here: words, HTML, drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.site.measures import HEADLINES, PageMeasure
from pipelines.site.release_data import ReleaseData, Row, by

_BODIES = "select * from bodies where list_contains($ids, body_id) order by body_id"
_REPORTS = """
select r.body_id, r.report_id, r.report_year, r.body_name, r.form, r.scope, r.title, r.published_on, r.fact_count,
    r.failed_check_count, d.file_name, d.source_url, d.document_sha256, d.format, d.stands
from reports as r join documents as d using (report_id)
where list_contains($ids, r.body_id)
order by r.report_year desc, r.report_id, d.stands desc, d.document_sha256
"""
#: Main measures only; the page of evidence has all of them.
_CELLS = """
select b.body_id, b.report_id, b.report_year as year, b.measure, b.value, b.unit, b.state, b.grade, b.comparability,
    b.numerator, b.denominator, b.interval_low, b.interval_high, t.segment, t.break_reason, t.is_comparable, t.value_change, t.value_change_share
from measures_by_report as b
join measures as m on b.measure = m.measure and m.is_main
left join trends as t on b.report_id = t.report_id and b.measure = t.measure
where list_contains($ids, b.body_id)
order by b.report_year, b.report_id
"""
_PEERS = """
select p.body_id, p.report_year as year, p.group_kind, p.group_code, p.group_zh, p.measure, p.value, p.unit, p.grade,
    p.numerator, p.denominator, p.interval_low, p.interval_high, p.value_rank, p.member_count, p.missing_count, p.percentile, p.median_value, p.scope, p.field_kind as kind,
    p.level, p.body_function
from peer_group_comparison as p
join bodies as b on p.body_id = b.body_id and p.report_year = b.last_year
where list_contains($ids, p.body_id) and p.value_rank is not null
order by p.group_kind, p.group_code, p.measure, p.report_id
"""
#: What the law changed for what is drawn.
_LAWS = """
select measure, report_year as year, legal_date, legal_kind, reason_zh, reason_en, source
from legal_breaks where list_contains($measures, measure) order by legal_date, legal_kind, year
"""
_CHECKS = """
select body_id, report_year as year, check_code, place, left_value, right_value, difference, outcome, message
from (
    select report_id, report_year, check_code, place, left_value, right_value, difference, outcome, message, 1 as kind
    from checks where outcome = 'fails'
    union all
    select report_id, report_year, check_code, place, left_value, right_value, difference, outcome, message, 2
    from cross_year_checks where outcome in ('fails', 'flagged')
    union all
    select report_id, report_year, check_code, place, left_value, right_value, difference, outcome, message, 3
    from hierarchy_checks where outcome = 'fails'
) as c join reports as r using (report_id, report_year)
where list_contains($ids, body_id)
order by report_year desc, kind, check_code, place, report_id
"""
_PROBLEMS = """
select o.body_id, o.report_year as year, o.state, o.theme, o.second_theme, o.text, o.previous_report_year, c.text as commitment
from problems_over_years as o
left join problems as p on o.problem_id = p.problem_id and o.state <> 'no_longer_named'
left join commitments as c on p.commitment_id = c.commitment_id
where list_contains($ids, o.body_id)
order by o.report_year desc, o.report_id, o.state = 'no_longer_named', o.problem_id
"""
_COMMITMENTS = """
select r.body_id, c.report_year as year, c.theme, c.text
from commitments as c join reports as r using (report_id)
left join problems as p on c.commitment_id = p.commitment_id
where list_contains($ids, r.body_id) and p.problem_id is null
order by c.report_year desc, c.report_id, c.ordinal
"""
_TEXTS = """
select t.*, t.report_year as year, n.body_name as nearest_name, n.body_id as nearest_body
from text_reuse as t left join reports as n on t.nearest_report_id = n.report_id
where list_contains($ids, t.body_id) and t.part = 'whole'
order by t.report_year desc, t.report_id
"""
_QUALITY = "select * from quality_scoreboard where list_contains($ids, body_id)"
_KINDS = {
    "reports": _REPORTS,
    "cells": _CELLS,
    "peers": _PEERS,
    "checks": _CHECKS,
    "problems": _PROBLEMS,
    "commitments": _COMMITMENTS,
    "texts": _TEXTS,
    "quality": _QUALITY,
}
#: All rows that a page is made of: those of its body, and those that every page has.
QUERIES = {"bodies": _BODIES, **_KINDS}
SHARED = ("from measures", "from legal_breaks")


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure to be drawn: its points, and between which years."""

    measure: PageMeasure
    points: Sequence[Row]
    first: int
    last: int


def pages(source: ReleaseData, ids: Sequence[str], measures: Sequence[PageMeasure]) -> Iterator[dict[str, Any]]:
    """Tell what the template `body` draws, body by body, in the order of their ids."""
    laws = source.rows(_LAWS, measures=list(HEADLINES))
    found = {kind: by(source.rows(query, ids=list(ids)), "body_id") for kind, query in _KINDS.items()}
    for body in source.rows(_BODIES, ids=list(ids)):
        own = {kind: groups.get(body["body_id"], []) for kind, groups in found.items()}
        page = _page(body, own, measures)
        yield {**page, "laws": _laws(laws, page["charts"])}


def _page(body: Row, own: Mapping[str, list[Row]], measures: Sequence[PageMeasure]) -> dict[str, Any]:
    years = sorted({report["report_year"] for report in own["reports"]})
    table = {(cell["measure"], cell["year"]): cell for cell in own["cells"]}
    stated = {cell["measure"] for cell in own["cells"] if cell["value"] is not None}
    shown = [measure for measure in measures if measure.code in stated]
    first = sorted((m for m in shown if m.code in HEADLINES), key=lambda m: HEADLINES.index(m.code))
    return {
        "body": body,
        "years": years,
        "groups": _grouped(shown),
        "cells": table,
        "latest": [_headline(m, table.get((m.code, years[-1])), own["peers"]) for m in first],
        "charts": list(_charts(shown, table, years)),
        "repeats": _repeats(own["texts"], years),
        "peers": [row for row in own["peers"] if row["measure"] in HEADLINES],
        "names": {measure.code: measure for measure in measures},
        **{kind: own[kind] for kind in ("reports", "checks", "problems", "commitments", "texts")},
        "quality": own["quality"][0] if own["quality"] else None,
    }


def _grouped(measures: Sequence[PageMeasure]) -> list[tuple[str, list[PageMeasure]]]:
    groups: dict[str, list[PageMeasure]] = {}
    for measure in measures:
        groups.setdefault(measure.group, []).append(measure)
    return list(groups.items())


def _headline(measure: PageMeasure, cell: Row | None, peers: Sequence[Row]) -> dict[str, Any]:
    place = [row for row in peers if row["measure"] == measure.code and row["group_kind"] == "level"]
    return {"measure": measure, "cell": cell, "peer": place[0] if place else None}


def _charts(
    measures: Sequence[PageMeasure], cells: Mapping[tuple[str, int], Row], years: Sequence[int]
) -> Iterator[Chart]:
    for code in HEADLINES:
        measure = next((measure for measure in measures if measure.code == code), None)
        if measure is None:
            continue
        points = [_point(cells[code, year]) for year in years if (code, year) in cells]
        stated = [point for point in points if point["value"] is not None]
        if len(stated) > 1:
            stated[0]["is_break"] = False
            yield Chart(measure, stated, years[0], years[-1])


def _repeats(texts: Sequence[Row], years: Sequence[int]) -> tuple[Sequence[Row], int, int] | None:
    """The shares of repeated sentences as points of a chart; None where fewer than two are known. A missing year breaks."""
    shares = [(row["year"], row["repeated_share"]) for row in reversed(texts) if row["repeated_share"] is not None]
    if len(shares) < 2:
        return None
    points: list[Row] = []
    for year, value in shares:
        follows = bool(points) and points[-1]["year"] == year - 1
        segment = points[-1]["segment"] + (not follows) if points else 1
        is_break = bool(points) and not follows
        points.append({"year": year, "value": value, "segment": segment, "kind": "sound", "is_break": is_break})
    return points, years[0], years[-1]


def _laws(laws: Sequence[Row], charts: Sequence[Chart]) -> list[Row]:
    """The changes in law that touch a drawn measure in a year after its first one, each once."""
    spans = {chart.measure.code: (chart.points[0]["year"], chart.points[-1]["year"]) for chart in charts}
    seen: dict[tuple[Any, ...], Row] = {}
    for law in laws:
        first, last = spans.get(law["measure"], (0, 0))
        if first < law["year"] <= last:
            seen.setdefault((law["legal_date"], law["legal_kind"], law["reason_en"]), law)
    return list(seen.values())


def _point(cell: Row) -> Row:
    doubtful = cell["grade"] in ("contradicted", "conflicting")
    return {
        "year": cell["year"],
        "value": cell["value"],
        "low": cell["interval_low"],
        "high": cell["interval_high"],
        "segment": cell["segment"],
        "kind": "contradicted" if doubtful else "approximate" if cell["comparability"] == "approximate" else "sound",
        "is_break": cell["break_reason"] is not None,
    }
