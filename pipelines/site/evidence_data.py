"""Tells what the page of evidence shows, a file for each body: measures of its reports with the cells and sentences behind them.

Belongs here: the queries and the files. Does not belong here: how it is shown (`static/evidence.js`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipelines.site.packing import packed, write
from pipelines.site.pages import slug
from pipelines.site.release_data import ReleaseData

_REPORTS = """
select body_id, report_id, report_year as year, body_name as name, form, scope, title, published_on::varchar as published,
    identity_from as told_by, scope_from, scope_sentence
from reports where list_contains($ids, body_id) order by report_year, report_id
"""
_DOCUMENTS = """
select r.body_id, d.report_year as year, d.document_sha256 as sha, d.file_name as file, d.source_url as url, d.format,
    d.stands
from documents as d join reports as r using (report_id)
where list_contains($ids, r.body_id) order by d.report_year, d.stands desc, sha
"""
_MEASURES = """
select body_id, report_year as year, measure, value, state, grade, comparability, scope, formula,
    blank_part_count as blank, replace(evidence_ids, report_id || '/', '') as evidence
from measures_by_report as b join measures as m using (measure)
where list_contains($ids, body_id) and state not in ('absent', 'not_collected')
order by report_year, report_id, m.ordinal
"""
_FACTS = """
with told as (
    select place_id, concat(reason, '; ', evidence, ' (', corrected_by, ', ', corrected_on, ')') as correction
    from corrections where correction_status = 'applied'
)
select r.body_id, f.report_year as year, f.form_table as tab, f.form_row as row_code, f.form_column as column_code,
    f.row_label, f.column_label, f.raw, f.value, f.unit, f.grade, f.locator, f.grid_row, f.grid_column,
    nullif(f.prose_outcome, 'holds') as prose, f.confidence, f.document_sha256 as sha, c.correction
from facts as f join reports as r using (report_id) left join told as c on c.place_id = f.fact_id
where list_contains($ids, r.body_id)
order by f.report_year, f.report_id, f.locator, f.grid_row, f.grid_column, f.fact_id
"""
#: Only the sentences that a measure rests on.
_FIGURES = """
with used as (
    select report_id, unnest(string_split(evidence_ids, ' ')) as figure_id
    from measures_by_report where list_contains($ids, body_id) and evidence_ids is not null
), told as (
    select place_id, concat(reason, '; ', evidence, ' (', corrected_by, ', ', corrected_on, ')') as correction
    from corrections where correction_status = 'applied'
)
select distinct r.body_id, g.report_year as year, 'figures/' || g.ordinal as id, g.ordinal, g.value, g.unit, g.raw,
    g.sentence, g.number_start - g.sentence_start as at, g.section, g.grade, g.scope, g.document_sha256 as sha, c.correction
from figures as g join reports as r using (report_id) join used as u on g.figure_id = u.figure_id
left join told as c on c.place_id = g.figure_id
where list_contains($ids, r.body_id)
order by r.body_id, g.report_year, g.ordinal
"""
#: The rows that a file is made of.
QUERIES = {"reports": _REPORTS, "documents": _DOCUMENTS, "measures": _MEASURES, "facts": _FACTS, "figures": _FIGURES}


def write_evidence(source: ReleaseData, ids: Sequence[str], out: Path) -> None:
    """Write `data/evidence/<body>.js` for some bodies."""
    tables = {name: _by_body(source.frame(query, ids=list(ids))) for name, query in QUERIES.items()}
    for body_id in ids:
        own = {name: frames[body_id] for name, frames in tables.items() if body_id in frames}
        data = {name: {"count": frame.height, "columns": packed(frame)} for name, frame in own.items()}
        write(out, f"evidence/{slug(body_id)}", {"body": body_id, **data})


def _by_body(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parts = frame.partition_by("body_id", as_dict=True, include_key=False)
    return {str(key): part for (key,), part in parts.items()}
