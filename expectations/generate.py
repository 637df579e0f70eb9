"""Tells what is generated from the contract: DuckDB comments, Arrow and Parquet metadata, Data Package schemas.

Belongs here: turning `columns(model)` and `about(model)` into other formats. Does not belong here: any text of its own
about a table or column; that stands once, in the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from expectations.columns import Column, Table, about, columns
from expectations.duckdb_sql import literal, quoted

_ARROW: Mapping[type[pl.DataType], pa.DataType] = {
    pl.String: pa.string(),
    pl.Int64: pa.int64(),
    pl.Float64: pa.float64(),
    pl.Boolean: pa.bool_(),
    pl.Date: pa.date32(),
}


def table_comment(model: type[Table]) -> str:
    """Chinese name, description and grain of a table in one paragraph."""
    facts = about(model)
    return f"{facts.zh}: {facts.description} Grain: {facts.grain}."


def comment_statements(model: type[Table], catalog: str | None = None, *, is_view: bool = False) -> list[str]:
    """SQL that comments a DuckDB table of the model's name and every one of its columns.

    `catalog` is the attached database that the table stands in; None for the one in use. `is_view` where a table of the
    contract is a view there.
    """
    table = quoted(about(model).name)
    place = f"{quoted(catalog)}.main.{table}" if catalog else table
    return [
        f"comment on {'view' if is_view or about(model).is_view else 'table'} {place} is {literal(table_comment(model))}",
        *(f"comment on column {place}.{quoted(c.name)} is {literal(c.comment)}" for c in columns(model)),
    ]


def typed_select(model: type[Table], schema: str) -> str:
    """SQL for the rows of a table of the model's name in a schema: the contract's columns and types, in the key's order."""
    casts = ",\n    ".join(f"cast({quoted(c.name)} as {c.duckdb}) as {quoted(c.name)}" for c in columns(model))
    key = ", ".join(map(quoted, about(model).key))
    return f"select\n    {casts}\nfrom {schema}.{quoted(about(model).name)}\norder by {key}"


def column_definitions(model: type[Table]) -> str:
    """The columns with their DuckDB types, as they stand between the parentheses of `create table`."""
    return ", ".join(f"{quoted(c.name)} {c.duckdb}" for c in columns(model))


def arrow_schema(model: type[Table], key_value: Mapping[str, str] | None = None) -> pa.Schema:
    """The Arrow schema that Parquet is written with: types, a description for each field, facts about the table.

    `key_value` is added to the table's own metadata. Every field may physically hold nulls: a null where the contract
    forbids one is for the gate to report, not for the writer to die of.
    """
    facts = about(model)
    metadata = {
        "name": facts.name,
        "title_zh": facts.zh,
        "grain": facts.grain,
        "description": facts.description,
        "primary_key": ",".join(facts.key),
        **(key_value or {}),
    }
    return pa.schema([_arrow_field(c) for c in columns(model)], metadata=metadata)


def _arrow_field(column: Column) -> pa.Field:
    metadata = {"description": column.description, "zh": column.zh}
    if column.unit:
        metadata["unit"] = column.unit
    return pa.field(column.name, _ARROW[column.polars], metadata=metadata)


def table_schema(model: type[Table]) -> dict[str, Any]:
    """The model as a Table Schema of Data Package v2. `unit` is a property of our own.

    An empty string is a blank cell of the document, and a null is a null. `nan` is in no file: it is what readers that go
    through pandas, such as frictionless, make of the nulls of a column of numbers.
    """
    return {
        "fields": [_field(c) for c in columns(model)],
        "primaryKey": list(about(model).key),
        "missingValues": ["nan"],
    }


def _field(column: Column) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": column.datapackage,
        "title": column.zh,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    return {**field, "constraints": _constraints(column)}


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.unique:
        constraints["unique"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    return constraints
