"""The types of the rows against the contract: the same tables, columns, order and types."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any, get_type_hints

import polars as pl
import pytest

from expectations.columns import Column, Table, about, columns
from expectations.tables import PARSED
from pipelines.catalogue.row_types import ROW_TYPES, Tables

PYTHON: dict[Any, Any] = {
    pl.String: str,
    pl.Int64: int,
    pl.Float64: float,
    pl.Boolean: bool,
    pl.Date: datetime.date,
}


def declared(column: Column) -> Any:
    """The Python type of a column of the contract."""
    kind = PYTHON[column.polars]
    return kind | None if column.nullable else kind


def test_the_tables_are_those_of_the_contract_in_its_order() -> None:
    assert list(Tables().by_name()) == [about(model).name for model in PARSED]


@pytest.mark.parametrize("model", PARSED, ids=lambda model: about(model).name)
def test_a_row_has_the_columns_of_its_table_in_order_and_type(model: type[Table]) -> None:
    fields = get_type_hints(ROW_TYPES[about(model).name])
    assert list(fields.items()) == [(column.name, declared(column)) for column in columns(model)]


def test_what_workers_import_is_light() -> None:
    code = (
        "import sys, pipelines.catalogue.record; print({'polars', 'pandera', 'pyarrow', 'dagster'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
