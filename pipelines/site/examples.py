"""The example queries of the SQL page, which also run with `gongkai query`. Belongs here: SQL for readers, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_RANKING = """\
select value_rank, member_count, unranked_reason, body_name, round(100 * value, 1) as per_cent, grade, field_kind, scope
from peer_group_comparison
where report_year = {year} and measure = 'granted_or_partial_share' and group_kind = 'level' and group_code = '{level}'
order by field_kind, scope, value_rank nulls last, body_name"""
_EVIDENCE = """\
select f.report_year, r.body_name, f.value, f.raw, f.grade, f.row_label, f.column_label, f.locator, d.file_name, d.source_url
from facts as f join reports as r using (report_id) join documents as d on f.document_sha256 = d.document_sha256
where f.report_year = {year} and f.form_row = 'received_new' and f.form_column = 'total'
order by f.value desc nulls last limit 50"""
_BREAKS = """\
select body_name, report_year, form, value, segment, break_reason, grade
from trends
where measure = 'requests_received' and body_id = '{body}'
order by report_year"""
_THEMES = """\
select report_year, theme, sum(naming_report_count) as naming, sum(report_count) as reports
from problem_themes_by_year
group by all
order by report_year desc, naming desc, theme"""
_JOINS = """\
select body_name, report_year, requests_carried_in, carried_over_gap
from comparison_by_year
where carried_over_gap <> 0
order by report_year desc, abs(carried_over_gap) desc, body_name limit 100"""
_SENTENCES = """\
select body_name, report_year, section, unnest(regexp_extract_all(text, '[^。；！？\\n]*政策解读[^。；！？\\n]*[。；！？]?')) as sentence
from sections join reports using (report_id, report_year)
where contains(text, '政策解读')
order by report_year desc, body_name, section limit 100"""
_QUERIES: Mapping[str, str] = {
    "ranking": _RANKING,
    "evidence": _EVIDENCE,
    "breaks": _BREAKS,
    "themes": _THEMES,
    "joins": _JOINS,
    "sentences": _SENTENCES,
}


def examples(year: int, level: str, body: str) -> Sequence[Mapping[str, str]]:
    """The queries with a year, level and body that the release has."""
    safe = body.replace("'", "''")
    return [{"code": code, "query": text.format(year=year, level=level, body=safe)} for code, text in _QUERIES.items()]
