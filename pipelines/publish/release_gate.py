"""The release gate: a candidate against the release before it, as rows of the contract's `gate_results`.

Nothing of a report may be lost, no column broken, and no share worse than `gate_bounds` allows. Belongs here: finding that.
Does not belong here: the bounds, or what follows from a finding (`pipelines.publish.release_steps`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl

from expectations.columns import about, columns, polars_schema
from expectations.tables import RESULTS, SCHEMA_VERSION, TABLES, WAREHOUSE
from pipelines.publish.gate_bounds import BOUNDS, QUARANTINED, Bound
from pipelines.publish.release_before import BEFORE, BEFORE_PART, NOW, NOW_PART, Before

LAYER = "release"
#: Ids that a message names.
_NAMED = 5
#: Documents that stand in tables, and those that were turned away: together what was given.
_DOCUMENTS = (
    "(select document_sha256, false as turned_away from {schema}.documents union all "
    "select document_sha256, true from {schema}.quarantine group by document_sha256)"
)


def findings(connection: duckdb.DuckDBPyConnection, before: Before) -> pl.DataFrame:
    """Compare both sides of `release_before.between`; one row an expectation, met or not, in the order of the key.

    A first release has nothing to be compared with, so that every expectation is met. A release before that is damaged
    is a finding of its own, and the only one.
    """
    rows = [_row("release", "before_is_whole", not before.damage, None, 0, before.damage or "can be compared with")]
    if before.folder is not None and not before.damage:
        rows += [*_lost(connection), *_emptied(connection), *_schema(before), *_quality(connection)]
    frame = pl.DataFrame([{"layer": LAYER, **row} for row in rows], schema=polars_schema(RESULTS[0]))
    return frame.sort(about(RESULTS[0]).key)


def _row(table: str, expectation: str, success: bool, looked_at: int | None, bad: int, message: str) -> dict[str, Any]:
    return {
        "table_name": table,
        "expectation": expectation,
        "success": success,
        "element_count": looked_at,
        "unexpected_count": bad,
        "message": message,
    }


def _lost(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Reports that are gone, and reports that have fewer facts than they had; looked for in the files that differ."""
    count = _number(connection, f"select count(*) from {BEFORE}.reports")
    gone = f"from {BEFORE_PART}.reports anti join {NOW_PART}.reports using (report_id)"
    yield _told(connection, "reports", "no_report_lost", count, gone, "every report of the release before is there")
    fewer = (
        f"from (select report_id, count(*) as had from {BEFORE_PART}.facts group by all) as b "
        f"join {NOW}.reports using (report_id) "
        f"left join (select report_id, count(*) as has from {NOW_PART}.facts group by all) as n using (report_id) "
        "where coalesce(has, 0) < had"
    )
    yield _told(connection, "facts", "no_fact_lost", count, fewer, "no report has fewer facts than it had")


def _told(
    connection: duckdb.DuckDBPyConnection, table: str, name: str, count: int, bad: str, says: str
) -> dict[str, Any]:
    lost = _number(connection, f"select count(*) {bad}")
    ids = connection.execute(f"select report_id {bad} order by report_id limit {_NAMED}").fetchall()
    named = ", ".join(str(report_id) for (report_id,) in ids) + (", …" if lost > _NAMED else "")
    return _row(table, name, not lost, count, lost, f"{says}; not so for {named}" if lost else says)


def _emptied(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    says = "a table that had rows has some"
    for model in WAREHOUSE:
        name = about(model).name
        had, has = (_number(connection, f'select count(*) from {schema}."{name}"') for schema in (BEFORE, NOW))
        empty = bool(had) and not has
        yield _row(
            name, "not_emptied", not empty, had, had if empty else 0, f"{says}; all {had} are gone" if empty else says
        )


def _schema(before: Before) -> Iterator[dict[str, Any]]:
    """Tables and columns that are gone or of another type: allowed only under a new `SCHEMA_VERSION`."""
    now = {name: {c.name: c.datapackage for c in columns(model)} for name, model in TABLES.items()}
    says = f"columns of schema version {before.schema_version} stay"
    raised = before.schema_version != SCHEMA_VERSION
    for table, had in before.tables.items():
        has = now.get(table)
        if has is None:
            broken = ["the table is gone"]
        else:
            broken = [f"{c} is gone" for c in had if c not in has]
            broken += [f"{c} was {kind} and is {has[c]}" for c, kind in had.items() if has.get(c, kind) != kind]
        message = f"{says}; {', '.join(broken)}" if broken else says
        yield _row(table, "schema_stays", raised or not broken, len(had), len(broken), message)


def _quality(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    for bound in (*BOUNDS, QUARANTINED):
        (bad_before, of_before), (bad, of) = (_counts(connection, bound, schema) for schema in (BEFORE, NOW))
        was, now = (part / whole if whole else 0.0 for part, whole in ((bad_before, of_before), (bad, of)))
        worse = bool(of_before) and now - was > bound.most_share and bad - bad_before > bound.most_count
        says = (
            f"{bound.name}: at most {bound.most_share:.0%} of all more than before, or {bound.most_count} rows; "
            f"{was:.2%} ({bad_before}) before, {now:.2%} ({bad}) now. {bound.reason}"
        )
        yield _row(bound.table, bound.name, not worse, of, bad - bad_before if worse else 0, says)


def _counts(connection: duckdb.DuckDBPyConnection, bound: Bound, schema: str) -> tuple[int, int]:
    rows = _DOCUMENTS.format(schema=schema) if bound is QUARANTINED else f"{schema}.{bound.table}"
    found = connection.execute(
        f"select count(*) filter (where ({bound.bad}) and ({bound.of})), count(*) filter (where {bound.of}) from {rows}"
    ).fetchall()
    return int(found[0][0]), int(found[0][1])


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
