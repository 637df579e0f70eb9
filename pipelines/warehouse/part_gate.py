"""The suites as SQL of our own, part by part: for tables that are too long to be looked at whole at each build.

What a part was found to hold is remembered with the part, so that only new parts are read; the counts are those of the
whole table. The messages are those of great-expectations (`warehouse_gate`); a test holds both against each other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from expectations.columns import Table, columns
from expectations.constraints import Constraint, constraints
from expectations.duckdb_sql import literal, quoted
from expectations.suites import every_row
from pipelines.files import fingerprint
from pipelines.warehouse.part_store import Part, PartStore

_ROWS, _OF_REPORTS = "rows", "of_reports"
_REPORT = "report_id"
#: Rows that examples are taken from.
_MOST_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one constraint: rows looked at, rows against it, an example; None where it has no rows."""

    constraint: Constraint
    success: bool
    looked_at: int | None
    against: int | None
    example: str | None


def look(
    connection: duckdb.DuckDBPyConnection, model: type[Table], place: str, store: PartStore, parts: Sequence[Part]
) -> list[Found]:
    """What the suite of a table finds. `place` is the table in the connection, `parts` are its files in the store."""
    asked = fingerprint(f"{each.name} {each.rule}" for each in constraints(model))
    counts = [_counts(connection, model, store, part, asked) for part in parts]
    rows = sum(int(count[_ROWS]) for count in counts)
    apart = all(count[_OF_REPORTS] for count in counts) and _is_apart(connection, model, store, parts)
    return [_found(connection, model, place, each, counts, rows, apart) for each in constraints(model)]


def _found(
    connection: duckdb.DuckDBPyConnection,
    model: type[Table],
    place: str,
    constraint: Constraint,
    counts: Sequence[dict[str, Any]],
    rows: int,
    apart: bool,
) -> Found:
    if constraint.kind == "columns":
        names = [name for name, *_ in connection.execute(f"describe {place}").fetchall()]
        return Found(constraint, names == list(constraint.columns), None, None, repr(names))
    against = sum(int(count[constraint.name]) for count in counts)
    if constraint.kind == "unique" and not apart:
        against = _repeated(connection, place, constraint)
    example = _example(connection, model, place, constraint) if against else None
    return Found(constraint, not against, rows, against, example)


def _counts(
    connection: duckdb.DuckDBPyConnection, model: type[Table], store: PartStore, part: Part, asked: str
) -> dict[str, Any]:
    """Rows of a part, rows against each constraint, and whether every key in it begins with its report."""
    if known := store.answer(part.file, asked):
        answer: dict[str, Any] = json.loads(known)
        return answer
    declared = {c.name: c for c in columns(model)}
    rows = f"read_parquet({literal(str(store.path(part)))}, hive_partitioning = false)"
    single = [each for each in constraints(model) if each.kind not in ("columns", "unique")]
    conditions = [f"count(*) filter (where not ({every_row(each, declared)[0]}))" for each in single]
    listed = ", ".join(["count(*)", _of_reports(model), *conditions])
    ((count, of_reports, *against),) = connection.execute(f"select {listed} from {rows}").fetchall()
    found: dict[str, Any] = {_ROWS: count, _OF_REPORTS: bool(of_reports)}
    found |= {each.name: number for each, number in zip(single, against, strict=True)}
    for each in constraints(model):
        if each.kind == "unique":
            found[each.name] = _repeated(connection, rows, each)
    store.remember(part.file, asked, json.dumps(found))
    return found


def _of_reports(model: type[Table]) -> str:
    """SQL that tells whether rows of different reports cannot have the same key: each key holds its report."""
    names = {c.name for c in columns(model)}
    keys = [each.columns for each in constraints(model) if each.kind == "unique" and _REPORT not in each.columns]
    if _REPORT not in names or any(len(key) > 1 for key in keys):
        return "false"
    begins = [f"starts_with({quoted(key)}, {_REPORT} || '/')" for (key,) in keys]
    return f"coalesce(bool_and({' and '.join([f'not contains({_REPORT}, chr(47))', *begins])}), true)"


def _is_apart(
    connection: duckdb.DuckDBPyConnection, model: type[Table], store: PartStore, parts: Sequence[Part]
) -> bool:
    """Tell whether no report is in two parts: then no key is either, and each part can be looked at by itself."""
    listed = ", ".join(literal(str(store.path(part))) for part in parts)
    reports = (
        f"select distinct {_REPORT}, filename from read_parquet([{listed}], hive_partitioning = false, filename = true)"
    )
    twice = f"select {_REPORT} from ({reports}) group by {_REPORT} having count(*) > 1 limit 1"
    return not parts or not connection.execute(twice).fetchall()


def _repeated(connection: duckdb.DuckDBPyConnection, place: str, constraint: Constraint) -> int:
    """Rows whose key another row has too; a key of nulls is none."""
    key = ", ".join(map(quoted, constraint.columns))
    there = " or ".join(f"{quoted(name)} is not null" for name in constraint.columns)
    groups = f"select count(*) as n from {place} where {there} group by {key} having count(*) > 1"
    return int(connection.execute(f"select coalesce(sum(n), 0) from ({groups})").fetchall()[0][0])


def _example(connection: duckdb.DuckDBPyConnection, model: type[Table], place: str, constraint: Constraint) -> str:
    """The example that great-expectations gives: the smallest of some, as Python writes it."""
    if constraint.kind == "unique":
        key = ", ".join(map(quoted, constraint.columns))
        there = " or ".join(f"{quoted(name)} is not null" for name in constraint.columns)
        shown = constraint.columns[0] if len(constraint.columns) == 1 else None
        rows = f"select {key} from {place} where {there} group by {key} having count(*) > 1"
    else:
        condition, shown = every_row(constraint, {c.name: c for c in columns(model)})
        rows = f"select distinct {quoted(shown) if shown else '*'} from {place} where not ({condition})"
    found = connection.execute(f"{rows} order by all limit {_MOST_EXAMPLES}")
    names = [name for name, *_ in found.description or ()]
    records = found.fetchall()
    return min(repr(row[0] if shown else dict(zip(names, row, strict=True))) for row in records)
