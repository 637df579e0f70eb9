"""The rows of `changes`: facts, measures, reports and bodies of two releases, joined on their keys.

A reason is told from documents and versions, in this order: the report is new or gone; another document stands for it;
the measure is new, gone or made otherwise; a further document came to the report; another parser read the same bytes.
What is left was computed anew because something else changed: other reports of the body, a register, a later step.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from expectations.columns import about, columns
from expectations.duckdb_sql import quoted
from expectations.tables import model_of

#: The table of differences that `compare` makes, in the contract's columns of `changes`.
TABLE = "changes"
#: Reasons of reports that hold for everything the report says, before any other.
_FIRST = "('new_report', 'report_gone', 'revision')"

_REPORTS = """
create or replace temp table report_changes as
with before_side as (
    select r.report_id, r.report_year, r.body_id, r.body_name, r.document_sha256,
        list_sort(list(d.document_sha256)) as documents,
        any_value(d.parser_version) filter (where d.document_sha256 = r.document_sha256) as parser_version
    from before.reports as r left join before.documents as d using (report_id) group by all
), now_side as (
    select r.report_id, r.report_year, r.body_id, r.body_name, r.document_sha256,
        list_sort(list(d.document_sha256)) as documents,
        any_value(d.parser_version) filter (where d.document_sha256 = r.document_sha256) as parser_version
    from now.reports as r left join now.documents as d using (report_id) group by all
)
select report_id,
    coalesce(n.report_year, b.report_year) as report_year,
    coalesce(n.body_id, b.body_id) as body_id,
    coalesce(n.body_name, b.body_name) as body_name,
    b.document_sha256 as old_document_sha256,
    n.document_sha256 as new_document_sha256,
    case
        when b.body_id is null then 'new_report'
        when n.body_id is null then 'report_gone'
        when b.document_sha256 <> n.document_sha256 then 'revision'
        when b.documents is distinct from n.documents then 'other_document'
        when b.parser_version is distinct from n.parser_version then 'new_program'
        else 'recomputed'
    end as reason
from before_side as b full join now_side as n using (report_id)
"""

_FACTS = """
insert into changes by name
select 'facts' as table_name, fact_id as row_id, r.report_id, r.report_year, r.body_id, r.body_name,
    case when b.raw is null then 'appeared' when n.raw is null then 'vanished' else 'changed' end as change,
    r.reason, b.value as old_value, n.value as new_value, b.raw as old_text, n.raw as new_text,
    b.grade as old_grade, n.grade as new_grade, r.old_document_sha256, r.new_document_sha256
from (from before_part.facts where report_year = $year) as b
full join (from now_part.facts where report_year = $year) as n using (fact_id)
join report_changes as r on r.report_id = coalesce(n.report_id, b.report_id)
where (b.value, b.raw, b.grade) is distinct from (n.value, n.raw, n.grade)
"""

#: A measure without a value on the side where it stands alone is none that appeared or vanished.
_MEASURES = f"""
insert into changes by name
with formulas as (
    select measure, form, coalesce(b.alternative, n.alternative) as alternative,
        (b.formula, b.series) is distinct from (n.formula, n.series) as is_other
    from before.crosswalk as b full join now.crosswalk as n using (measure, form, alternative)
), redefined as (
    select measure, form from formulas where is_other
    union
    select measure, null from before.measures as b join now.measures as n using (measure)
    where b.derivation is distinct from n.derivation
)
select 'measures_by_report' as table_name, report_id || '/' || measure as row_id,
    r.report_id, r.report_year, r.body_id, r.body_name,
    case when b.state is null then 'appeared' when n.state is null then 'vanished' else 'changed' end as change,
    case
        when r.reason in {_FIRST} then r.reason
        when measure not in (select measure from before.measures) then 'new_measure'
        when measure not in (select measure from now.measures) then 'measure_removed'
        when exists (from redefined as d where d.measure = b.measure and coalesce(d.form, n.form) = n.form)
            then 'redefined'
        else r.reason
    end as reason,
    b.value as old_value, n.value as new_value, b.state as old_text, n.state as new_text,
    b.grade as old_grade, n.grade as new_grade, r.old_document_sha256, r.new_document_sha256
from (from before_part.measures_by_report where report_year = $year) as b
full join (from now_part.measures_by_report where report_year = $year) as n using (report_id, measure)
join report_changes as r using (report_id)
where (b.value, b.state, b.grade) is distinct from (n.value, n.state, n.grade)
    and (b.value is not null or n.value is not null or (b.state is not null and n.state is not null))
"""


def compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `changes` of both sides of `release_before.between`, one report year after the other.

    Only files that differ are compared: a file with the same hash has the same rows.
    """
    declared = columns(model_of(TABLE))
    connection.execute(
        f"create or replace temp table {TABLE} ({', '.join(f'{quoted(c.name)} {c.duckdb}' for c in declared)})"
    )
    connection.execute(_REPORTS)
    for table, query in (("facts", _FACTS), ("measures_by_report", _MEASURES)):
        differing = f"select report_year from before_part.{table} union select report_year from now_part.{table}"
        for (year,) in connection.execute(f"{differing} order by all").fetchall():
            connection.execute(query, {"year": year})
    connection.execute(_rows("reports", ("report_id", "document_sha256")))
    connection.execute(_rows("bodies", ("body_id",)))


def _rows(table: str, aside: Iterable[str]) -> str:
    """The query for a table that is compared column by column. `aside` are those that are told in columns of their own."""
    model = model_of(table)
    (key,) = about(model).key
    names = [c.name for c in columns(model) if c.name not in aside]
    both = f"b.{key} is not null and n.{key} is not null"
    old, new = (_differing(side, names) for side in ("b", "n"))
    every = ", ".join(quoted(c.name) for c in columns(model))
    sides = [f"({', '.join(f'{side}.{quoted(c.name)}' for c in columns(model))})" for side in ("b", "n")]
    shared = _REPORT_ROWS if table == "reports" else _BODY_ROWS
    return f"""
insert into changes by name
select '{table}' as table_name, {key} as row_id,
    case when b.{key} is null then 'appeared' when n.{key} is null then 'vanished' else 'changed' end as change,
    case when {both} then nullif({old}, '') end as old_text, case when {both} then nullif({new}, '') end as new_text,
    {shared["columns"]}
from (select {every} from before_part.{table}) as b full join (select {every} from now_part.{table}) as n using ({key})
{shared["join"]}
where {sides[0]} is distinct from {sides[1]}
"""


def _differing(side: str, names: Iterable[str]) -> str:
    """SQL for the columns of one side that differ, as `name: value; …`."""
    parts = (
        f"case when b.{quoted(n)} is distinct from n.{quoted(n)} "
        f"then '{n}: ' || coalesce({side}.{quoted(n)}::varchar, 'null') end"
        for n in names
    )
    return f"concat_ws('; ', {', '.join(parts)})"


_REPORT_ROWS = {
    "columns": (
        "r.report_id, r.report_year, r.body_id, r.body_name, r.reason, r.old_document_sha256, r.new_document_sha256"
    ),
    "join": "join report_changes as r using (report_id)",
}
#: A body is another one because of its reports: the first reason that one of them has, in the order above.
_BODY_ROWS = {
    "columns": (
        "coalesce(n.body_name, b.body_name) as body_name, body_id, coalesce(r.reason, 'recomputed') as reason, "
        "null as report_id, null as report_year"
    ),
    "join": """left join (
    select body_id, first(reason order by list_position(
        ['new_report', 'report_gone', 'revision', 'other_document', 'new_program', 'recomputed'], reason)) as reason
    from report_changes group by body_id
) as r using (body_id)""",
}
