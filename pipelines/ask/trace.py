"""From a published measure back to the cell or the sentence that it was read from: the chain of `gongkai trace`.

Belongs here: asking the warehouse, as plain rows. Does not belong here: words on the screen (`pipelines.cli.show_trace`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.duckdb_sql import CONFIG
from pipelines.ask.newest import NotThere

Row = dict[str, Any]

#: The report of a body and year; a body is named by its id, its name as printed, or its government's name or code.
_REPORT = """
select report_id, report_year, body_id, body_name, scope, form
from reports
where report_year = $year and $body in (body_id, body_name, government_name, government_code, report_id)
order by report_id
"""
_YEARS = """
select string_agg(distinct report_year::varchar, ', ' order by report_year::varchar)
from reports where $body in (body_id, body_name, government_name, government_code)
"""
_MEASURE = """
select b.*, m.measure_zh, m.measure_en, m.definition
from measures_by_report as b join measures as m using (measure)
where b.report_id = $report and b.measure = $measure
"""
_RULE = """
select alternative, comparability, formula, reason, source
from crosswalk where form = $form and measure = $measure order by alternative
"""
_PARTS = """
select distinct t.side, t.term, b.*
from derived_terms as t join measures_by_report as b on b.measure = t.part_measure
where b.report_id = $report and t.measure = $measure
order by t.side desc, t.term
"""
#: The facts and figures of one measure of one report, with their documents. The README shows it as an example.
_EVIDENCE = """
with ids as (
    select unnest(string_split(evidence_ids, ' ')) as id
    from measures_by_report where report_id = $report and measure = $measure
), told as (
    select place_id, concat(reason, '; ', evidence, ' (', corrected_by, ', ', corrected_on, ')') as correction
    from corrections where correction_status = 'applied'
)
select i.id, f.value, f.raw, f.grade, f.row_label, f.column_label, f.locator, f.grid_row, f.grid_column,
    f.verified_by, f.untested_identities, null as sentence, null as section, document_sha256, d.file_name, d.source_url,
    c.correction
from ids as i join facts as f on i.id = f.fact_id left join documents as d using (document_sha256)
left join told as c on c.place_id = i.id
union all
select i.id, g.value, g.raw, g.grade, null, null, null, null, null, null, null,
    g.sentence, g.section, document_sha256, d.file_name, d.source_url, c.correction
from ids as i join figures as g on i.id = g.figure_id left join documents as d using (document_sha256)
left join told as c on c.place_id = i.id
order by id
"""
#: Where the marts show the measure: its place in its series, and among its peers.
_TREND = """
select previous_value, is_comparable, break_reason, segment from trends where report_id = $report and measure = $measure
"""
_PEERS = """
select group_kind, group_zh, value_rank, member_count, missing_count
from peer_group_comparison where report_id = $report and measure = $measure order by group_kind, group_code
"""


@dataclass(frozen=True, slots=True)
class TracedMeasure:
    """One measure of a report: its row, its rows in the marts, the lines of the crosswalk for its form, its evidence.

    A derived measure has `parts` instead, the measures that it is a quotient of, and no lines of its own.
    """

    measure: Row
    trend: Sequence[Row]
    peers: Sequence[Row]
    rules: Sequence[Row]
    evidence: Sequence[Row]
    parts: Sequence[TracedMeasure] = ()


def trace(warehouse: Path, body: str, year: int, measure: str) -> Sequence[TracedMeasure]:
    """The chain of a measure for each report of that body and year. Raises `NotThere`."""
    if not warehouse.is_file():
        raise NotThere(f"there is no warehouse {warehouse}; `gongkai build` makes it")
    with duckdb.connect(str(warehouse), read_only=True, config=CONFIG) as connection:
        reports = _rows(connection, _REPORT, body=body, year=year)
        if not reports:
            raise NotThere(_no_report(connection, body, year))
        return [_link(connection, report["report_id"], measure) for report in reports]


def _no_report(connection: duckdb.DuckDBPyConnection, body: str, year: int) -> str:
    ((years,),) = connection.execute(_YEARS, {"body": body}).fetchall()
    if years:
        return f"{body} has no report of {year}; there are: {years}"
    return f"no body has the id, name or code {body!r}; `select distinct body_id, body_name from reports` lists them"


def _link(connection: duckdb.DuckDBPyConnection, report_id: str, measure: str) -> TracedMeasure:
    found = _rows(connection, _MEASURE, report=report_id, measure=measure)
    if not found:
        raise NotThere(f"there is no measure {measure!r}; `gongkai measures` lists them")
    (row,) = found
    parts = _rows(connection, _PARTS, report=report_id, measure=measure)
    names = dict.fromkeys(part["measure"] for part in parts)
    return TracedMeasure(
        row,
        _rows(connection, _TREND, report=report_id, measure=measure),
        _rows(connection, _PEERS, report=report_id, measure=measure),
        _rows(connection, _RULE, form=row["form"], measure=measure),
        [] if parts else _rows(connection, _EVIDENCE, report=report_id, measure=measure),
        [_link(connection, report_id, name) for name in names],
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[Row]:
    asked = connection.execute(query, values)
    names = [column[0] for column in asked.description or ()]
    return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
