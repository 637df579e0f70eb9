"""Holds the ranks of a warehouse against its reports, without the macro that made them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

#: Ranked rows whose field, counted again from the reports themselves, is small, of several kinds, or gives another rank.
_WRONG = """
with ranked as (
    select p.report_year, p.group_kind, p.group_code, p.measure, p.series, p.report_id, p.value, p.value_rank,
        p.member_count, r.scope, r.level, coalesce(r.government_code, r.body_id) as government,
        if(r.body_kind = 'government_office', 'government', r.body_kind) as kind,
        if(r.body_kind = 'department', r.body_function, '') as body_function
    from peer_group_comparison as p join reports as r using (report_id)
    where p.value_rank is not null
)
select a.report_id, a.group_kind, a.group_code, a.measure
from ranked as a
join ranked as b using (report_year, group_kind, group_code, measure, series, scope, level, kind, body_function)
group by a.report_id, a.group_kind, a.group_code, a.measure
having count(*) < 5
    or count(*) <> any_value(a.member_count)
    or count(*) filter (where b.value > a.value) + 1 <> any_value(a.value_rank)
    or (any_value(kind) = 'government' and count(distinct b.government) <> count(*))
    or any_value(scope) = 'not_stated' or any_value(level) = 'unresolved' or any_value(kind) = 'unresolved'
"""
#: A department without a function joins nothing above; so it is asked for apart.
_WITHOUT_FUNCTION = """
select report_id, group_kind, group_code, measure
from peer_group_comparison join reports as r using (report_id)
where value_rank is not null and r.body_kind = 'department' and r.body_function is null
"""
#: Every row says why it has no rank.
_WITHOUT_REASON = """
select report_id, group_kind, group_code, measure
from peer_group_comparison where value_rank is null and unranked_reason is null
"""
#: A share of few cases, a number of the narrative, an organ of a vertical system. Cases decided are shares of disputes.
_BELOW = """
select report_id, group_kind, group_code, p.measure
from peer_group_comparison as p join measures_by_report as b using (report_id, measure) join reports as r using (report_id)
where p.value_rank is not null and (
    p.unit = 'share of 1' and p.denominator < if(p.measure like '%correction_share' or p.measure like '%pending_share', 10, 30)
    or b.basis <> 'facts' or b.grade in ('contradicted', 'conflicting')
    or r.accountability = 'vertical' or b.scope <> r.scope
)
"""
_COUNT = "select count(*) from peer_group_comparison where value_rank is not null"


def wrong_ranks(warehouse: Path) -> list[tuple[Any, ...]]:
    """The rows of `peer_group_comparison` that have a rank and should have none or another one."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        queries = (_WRONG, _WITHOUT_FUNCTION, _WITHOUT_REASON, _BELOW)
        return [row for query in queries for row in connection.execute(query).fetchall()]


def rank_count(warehouse: Path) -> int:
    """How many ranks there are."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        ((count,),) = connection.execute(_COUNT).fetchall()
        return int(count)
