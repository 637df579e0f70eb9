"""The parsed gate: a frame against its model, every expectation that is not met as a plain row.

Belongs here: asking pandera and the rules, and saying what was found. Does not belong here: what follows from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
from pandera.errors import SchemaErrors

from expectations.columns import Table, about, polars_schema
from expectations.constraints import constraints
from expectations.duckdb_sql import CONFIG
from expectations.unmet import Unmet

#: pandera's names of what failed → the names of `expectations.constraints`, and three for the shape of the frame.
_CHECKS = {
    "not_nullable": "not_null",
    "isin": "allowed",
    "greater_than_or_equal_to": "range",
    "less_than_or_equal_to": "range",
    "str_matches": "pattern",
    "field_uniqueness": "unique",
    "multiple_fields_uniqueness": "unique",
    "column_in_schema": "unknown_column",
    "column_in_dataframe": "missing_column",
    "column_ordered": "column_order",
    "dtype": "type",
}
#: What is wrong with the shape of a frame.
_SHAPE = {
    "unknown_column": "is not in the contract",
    "missing_column": "is missing",
    "column_order": "does not stand where the contract has it",
}
#: Beyond this an example is cut: a section's text, or a whole row, is no message.
_EXAMPLE_LENGTH = 120


def failures(model: type[Table], frame: pl.DataFrame) -> list[Unmet]:
    """Everything that is wrong with a frame, all at once; empty where it keeps the contract.

    The frame must be eager: of a LazyFrame pandera checks names and types only, so that bad rows would pass.
    The rules are evaluated only where the columns are right; a rule over missing columns has no meaning.
    """
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"the gate needs the rows: a polars DataFrame, not a {type(frame).__name__}")
    if frame.is_empty() and [*frame.schema.items()] == [*polars_schema(model).items()]:
        return []  # many tables of many years have no row, and asking pandera takes as long as for thousands
    found = _of_pandera(model, frame)
    if any(f.check in ("missing_column", "type") for f in found):
        return found
    return found + list(_of_rules(model, frame))


def _of_pandera(model: type[Table], frame: pl.DataFrame) -> list[Unmet]:
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        grouped = errors.failure_cases.group_by("schema_context", "column", "check", maintain_order=True)
        grouped = grouped.agg(pl.col("failure_case").first(), pl.col("index").count().alias("row_count"))
        return [_case(model, case) for case in grouped.iter_rows(named=True)]
    return []


def _case(model: type[Table], case: dict[str, Any]) -> Unmet:
    """One failure of pandera's report: of a column's rows, of the whole key, or of the frame's shape."""
    facts = about(model)
    check = _CHECKS.get(case["check"].partition("(")[0], case["check"])
    if case["schema_context"] == "Column":
        says = _says(model, check, (case["column"],)) or f"{case['column']} is of {case['check']}"
        return _told(facts.name, case["column"], check, case["row_count"], says, case["failure_case"])
    if check == "unique":
        row = json.loads(case["failure_case"])
        key = {name: row[name] for name in facts.key}
        return _told(facts.name, None, check, case["row_count"], _says(model, check, facts.key), key)
    column = case["failure_case"]
    return Unmet(facts.name, column, check, 0, f"{facts.name}: the column {column!r} {_SHAPE.get(check, check)}")


def _says(model: type[Table], kind: str, concerned: tuple[str, ...]) -> str:
    return next((c.says for c in constraints(model) if c.kind == kind and c.columns == concerned), "")


def _of_rules(model: type[Table], frame: pl.DataFrame) -> Iterator[Unmet]:
    facts = about(model)
    if not facts.rules:
        return
    with duckdb.connect(config=CONFIG) as connection:
        connection.register("checked", frame)
        for rule in (c for c in constraints(model) if c.kind == "rule"):
            # A rule whose outcome is null passes, as a CHECK constraint does in SQL.
            bad = connection.sql(f"select {', '.join(facts.key)} from checked where not ({rule.rule})").pl()
            if bad.height:
                yield _told(facts.name, None, rule.name, bad.height, rule.says, bad.row(0, named=True))


def _told(table: str, column: str | None, check: str, row_count: int, says: str, example: object) -> Unmet:
    text = repr(example)
    shown = text if len(text) <= _EXAMPLE_LENGTH else text[: _EXAMPLE_LENGTH - 1] + "…"
    where = f" in {row_count} rows, as here" if row_count > 1 else ""
    return Unmet(table, column, check, row_count, f"{table}: must hold: {says}; found{where} {shown}")
