"""Tells what stands on the page of coverage and quality. Belongs here: its queries; no words, no drawing."""

from __future__ import annotations

from typing import Any

from pipelines.site.release_data import ReleaseData

#: Bodies listed as the least consistent ones.
LISTED = 50
_YEARS = """
select report_year as year,
    count(*) filter (where coverage_state = 'present') as present,
    count(*) filter (where coverage_state = 'contradicted') as contradicted,
    count(*) filter (where coverage_state = 'absent') as absent
from coverage group by report_year order by report_year
"""
_GRADES = """
select report_year as year, count(*) as facts,
    count(*) filter (where grade = 'verified') as verified,
    count(*) filter (where grade = 'unverified') as unverified,
    count(*) filter (where grade = 'contradicted') as contradicted,
    count(*) filter (where grade = 'conflicting') as conflicting,
    count(*) filter (where grade = 'corrected') as corrected
from facts group by report_year order by report_year
"""
_CHECKS = "select *, failing_report_count > 0 as is_failing from check_testability order by failing_report_count desc, form, check_code"
_FAILING = f"""
select * from quality_scoreboard where fails_share > 0 or contradicted_fact_count > 0
order by fails_share desc nulls last, contradicted_fact_count desc, body_id limit {LISTED}
"""
_BETWEEN = """
select check_code, outcome, count(*) as places from (
    select check_code, outcome from cross_year_checks union all select check_code, outcome from hierarchy_checks
) group by check_code, outcome order by check_code, outcome
"""
_BREAKS = """
select b.measure, b.report_year as year, b.form, b.form_before, b.comparability_before, b.comparability, b.reason
from form_breaks as b join measures as m using (measure)
where m.is_main and not b.is_comparable
    and b.comparability <> 'not_collected' and b.comparability_before <> 'not_collected'
order by b.report_year, m.ordinal
"""
_QUARANTINE = "select stage, code, count(*) as documents, min(message) as message from quarantine group by stage, code order by documents desc, stage, code"

#: What was not applied comes first.
_CORRECTIONS = """
select c.*, r.body_name, r.body_id, r.report_year as year
from corrections as c left join reports as r using (report_id)
order by c.correction_status = 'applied', c.correction_status, c.correction_id
"""


def quality(source: ReleaseData) -> dict[str, Any]:
    """The tables of the page by name."""
    queries = {
        "by_year": _YEARS,
        "grades": _GRADES,
        "checks": _CHECKS,
        "failing": _FAILING,
        "between": _BETWEEN,
        "breaks": _BREAKS,
        "quarantine": _QUARANTINE,
        "corrections": _CORRECTIONS,
    }
    return {name: source.rows(query) for name, query in queries.items()}
