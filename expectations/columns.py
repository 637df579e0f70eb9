"""Tells how a table is declared: one pandera model a table, one `column(...)` a column, and nothing said twice.

Everything that describes the data elsewhere (DuckDB comments, Parquet metadata, great-expectations suites,
`datapackage.json`, the dictionary) is generated from these declarations by `expectations.generate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

import pandera.polars as pa
import polars as pl

#: What a column may hold, by the annotation in the model: (polars, DuckDB, Data Package v2).
TYPES: Mapping[Any, tuple[type[pl.DataType], str, str]] = {
    str: (pl.String, "VARCHAR", "string"),
    int: (pl.Int64, "BIGINT", "integer"),
    float: (pl.Float64, "DOUBLE", "number"),
    bool: (pl.Boolean, "BOOLEAN", "boolean"),
    pl.Date: (pl.Date, "DATE", "date"),
}


class Table(pa.DataFrameModel):
    """A table of the dataset. Exactly the declared columns, in the declared order, in the declared types."""

    class Config:
        """pandera's switches: no column more, none less, none converted in silence."""

        strict = True
        ordered = True
        coerce = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column as every generated artefact sees it. `allowed` is empty where any value of the type may stand.

    `share_of` names the columns of a share's numerator and denominator where these are not `<name>_numerator` and
    `<name>_denominator`.
    """

    name: str
    polars: type[pl.DataType]
    duckdb: str
    datapackage: str
    zh: str
    description: str
    unit: str | None
    nullable: bool
    unique: bool
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    pattern: str | None
    share_of: tuple[str, str] | None

    @property
    def comment(self) -> str:
        """The description with the Chinese original and the unit, as DuckDB comments and Parquet metadata carry it."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        return f"{self.zh}: {self.description}{unit}"


def column(
    description: str,
    *,
    zh: str,
    unit: str | None = None,
    nullable: bool = False,
    unique: bool = False,
    allowed: Iterable[str] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str | None = None,
    share_of: tuple[str, str] | None = None,
) -> Any:
    """Declare a column: what it means (English), its Chinese original, unit, and what values it may hold."""
    facts = {
        "unit": unit,
        "allowed": tuple(allowed),
        "minimum": minimum,
        "maximum": maximum,
        "pattern": pattern,
        "share_of": share_of,
    }
    checks: dict[str, Any] = {}
    if facts["allowed"]:
        checks["isin"] = list(allowed)
    if minimum is not None:
        checks["ge"] = minimum
    if maximum is not None:
        checks["le"] = maximum
    if pattern is not None:
        checks["str_matches"] = pattern
    return pa.Field(title=zh, description=description, nullable=nullable, unique=unique, metadata=facts, **checks)


@cache
def columns(model: type[Table]) -> tuple[Column, ...]:
    """The columns of a model in order."""
    hints = get_type_hints(model)
    schema = model.to_schema()
    return tuple(_column(name, hints[name], declared) for name, declared in schema.columns.items())


def _column(name: str, hint: Any, declared: Any) -> Column:
    polars, duckdb, datapackage = TYPES[hint]
    facts = declared.metadata
    return Column(
        name=name,
        polars=polars,
        duckdb=duckdb,
        datapackage=datapackage,
        zh=declared.title,
        description=declared.description,
        unit=facts["unit"],
        nullable=declared.nullable,
        unique=declared.unique,
        allowed=facts["allowed"],
        minimum=facts["minimum"],
        maximum=facts["maximum"],
        pattern=facts["pattern"],
        share_of=facts["share_of"],
    )


#: A column to be: its name, its annotation, and what `column` made of it.
Declared = tuple[str, Any, Any]


def declared(known: Column, **other: Any) -> Declared:
    """A column declared once more; `name`, `description` and what else `column` takes can be other."""
    kind = next(hint for hint, (polars, _, _) in TYPES.items() if polars is known.polars)
    names = ("zh", "unit", "nullable", "unique", "allowed", "minimum", "maximum", "pattern", "share_of")
    facts = {**{fact: getattr(known, fact) for fact in ("name", "description", *names)}, **other}
    name, description = facts.pop("name"), facts.pop("description")
    return name, kind, column(description, **facts)


def extended(name: str, doc: str, base: type[Table], more: Iterable[Declared], config: type) -> type[Table]:
    """A table whose columns are those of `base` and then `more`, for tables whose columns a dictionary lists."""
    listed = list(more)
    annotations = {column_name: kind for column_name, kind, _ in listed}
    fields = {column_name: made for column_name, _, made in listed}
    namespace = {"__annotations__": annotations, "__module__": base.__module__, "__doc__": doc, "Config": config}
    return type(name, (base,), {**namespace, **fields})


@dataclass(frozen=True, slots=True)
class About:
    """Holds what a table is: its grain, what was done to make it, what a reader must not assume, and its rules.

    `key` names the columns that identify a row. `rules` are SQL conditions over one row that must not be false
    (null passes, as in SQL): the great-expectations suite and the tests are generated from them. A view holds no rows of
    its own in a database.
    """

    name: str
    zh: str
    grain: str
    description: str
    key: tuple[str, ...]
    rules: Mapping[str, str]
    is_view: bool


def about(model: type[Table]) -> About:
    """The table-level facts that a model declares in its `Config`."""
    config: Any = model.Config
    facts = config.metadata or {}
    return About(
        name=str(config.name),
        zh=str(config.title),
        grain=facts["grain"],
        description=str(config.description),
        key=tuple(config.unique or ()),
        rules=facts.get("rules", {}),
        is_view=facts.get("is_view", False),
    )


def polars_schema(model: type[Table]) -> pl.Schema:
    """The polars schema to build a frame with, so that an empty frame has the right types too."""
    return pl.Schema({c.name: c.polars for c in columns(model)})
