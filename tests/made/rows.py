"""Rows made from the contract itself: one that keeps it, and for every constraint some that break exactly that.

Nothing here knows a table or a column: a new one is covered as soon as it is declared.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from re import _parser as parser  # the standard library's own reading of a pattern
from typing import Any

import duckdb
import polars as pl
import sqlglot
from sqlglot import exp

from expectations.columns import Column, Table, columns, polars_schema
from expectations.constraints import Constraint, constraints

Row = dict[str, Any]


def frame(model: type[Table], rows: list[Row]) -> pl.DataFrame:
    """Rows as a frame of the contract's columns and types."""
    return pl.DataFrame(rows, schema=polars_schema(model), orient="row")


def valid_row(model: type[Table]) -> Row:
    """A row that keeps every constraint."""
    return {c.name: _valid(c) for c in columns(model)}


def _valid(column: Column) -> Any:
    if column.nullable:
        return None
    if column.allowed:
        return column.allowed[0]
    if column.pattern is not None:
        return _matching(column.pattern)
    lowest = 1 if column.minimum is None else column.minimum
    by_type = {pl.String: "x", pl.Int64: int(lowest), pl.Float64: float(lowest), pl.Boolean: True}
    return by_type.get(column.polars, datetime.date(2024, 1, 31))


def _matching(pattern: str) -> str:
    text = "".join(_letters(parser.parse(pattern)))
    assert re.search(pattern, text), f"cannot make a text for {pattern!r}: teach tests/rows.py"
    return text


def _letters(parsed: Any) -> Iterator[str]:
    for code, argument in parsed:
        kind = str(code)
        if kind == "LITERAL":
            yield chr(argument)
        elif kind == "IN":
            first, what = argument[0]
            yield chr(what[0] if str(first) == "RANGE" else what)
        elif kind == "MAX_REPEAT":
            yield "".join(_letters(argument[2])) * max(1, argument[0])
        elif kind == "SUBPATTERN":
            yield from _letters(argument[3])


def broken_rows(model: type[Table]) -> Iterator[tuple[Constraint, list[Row]]]:
    """For every constraint on rows, rows that do not meet it. A constraint that cannot be broken is an error."""
    by_name = {c.name: c for c in columns(model)}
    for constraint in constraints(model):
        if constraint.kind == "columns":
            continue
        if constraint.kind == "rule":
            yield constraint, [_breaking(model, constraint)]
        elif constraint.kind == "unique":
            yield constraint, [valid_row(model), valid_row(model)]
        else:
            column = by_name[constraint.columns[0]]
            yield constraint, [{**valid_row(model), column.name: bad} for bad in _bad(column, constraint.kind)]


def _bad(column: Column, kind: str) -> list[Any]:
    if kind == "not_null":
        return [None]
    if kind == "allowed":
        return ["no such word"]
    if kind == "pattern":
        return [next(text for text in ("", "?", "\n") if not re.search(column.pattern or "", text))]
    numbers = [
        None if column.minimum is None else column.minimum - 1,
        None if column.maximum is None else column.maximum + 1,
    ]
    return [int(n) if column.polars is pl.Int64 else float(n) for n in numbers if n is not None]


def _breaking(model: type[Table], constraint: Constraint) -> Row:
    """A row that a rule is false for: the first of all combinations of telling values of the rule's columns."""
    assert constraint.rule is not None
    names = sorted({c.name for c in sqlglot.parse_one(constraint.rule, dialect="duckdb").find_all(exp.Column)})
    by_name = {c.name: c for c in columns(model)}
    with duckdb.connect() as connection:
        for name in names:
            connection.register(
                f"values_{name}",
                pl.DataFrame({name: _telling(by_name[name])}, schema_overrides={name: by_name[name].polars}),
            )
        combinations = " cross join ".join(f"values_{name}" for name in names)
        found = connection.sql(f"select * from {combinations} where not ({constraint.rule}) limit 1").pl().to_dicts()
    assert found, f"nothing breaks {constraint.name}: a rule that cannot fail proves nothing"
    return {**valid_row(model), **found[0]}


def _telling(column: Column) -> list[Any]:
    values: list[Any] = [None] if column.nullable else []
    if column.allowed:
        return values + list(column.allowed)
    if column.polars is pl.Boolean:
        return [*values, True, False]
    if column.polars is pl.String:
        return [*values, "", "x"]
    top = 2 if column.maximum is None else column.maximum
    return values + [n for n in (0, 1, 2, 2024) if (column.minimum or 0) <= n <= max(top, column.minimum or 0)]
