"""The published DuckDB file: core, marts and gate results, every column with its comment, readable by DuckDB 1.4."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import Table, about
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.generate import column_definitions, comment_statements
from expectations.tables import RESULTS

#: DuckDB 2.0 writes a format of its own unless told otherwise; 1.4 and 1.5 open this one.
STORAGE_VERSION = "v1.4.0"


def write_database(warehouse: Path, models: Iterable[type[Table]], gate_results: pl.DataFrame, path: Path) -> None:
    """Copy tables from a warehouse, and the gate's results, to a new DuckDB file.

    The rows stand in the order of the key. The file's bytes differ from run to run, and cannot be
    kept from it: DuckDB 2.0 gives each file a random identifier, its threads write blocks in the order in which they
    are done, and even with one thread the headers of compressed segments have bytes that nobody sets. Compare the
    Parquet instead.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute(f"attach {literal(str(path))} as published (storage_version {literal(STORAGE_VERSION)})")
        for model in models:
            if about(model).is_view:
                _view(connection, model)
            else:
                order = ", ".join(map(quoted, about(model).key))
                _fill(connection, model, f"from warehouse.main.{quoted(about(model).name)} order by {order}")
        connection.register("results", gate_results)
        _fill(connection, RESULTS[0], "from results")
        connection.execute("detach published")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _view(connection: duckdb.DuckDBPyConnection, model: type[Table]) -> None:
    """Write a view down as the warehouse has it. It names tables without a catalog, and so reads those beside it."""
    asked = "select sql from duckdb_views() where database_name = 'warehouse' and view_name = ?"
    ((sql,),) = connection.execute(asked, [about(model).name]).fetchall()
    connection.execute("use published")
    connection.execute(str(sql))
    for statement in comment_statements(model, "published"):
        connection.execute(statement)
    connection.execute("use memory")


def _fill(connection: duckdb.DuckDBPyConnection, model: type[Table], rows: str) -> None:
    table = f"published.main.{quoted(about(model).name)}"
    # One transaction: each one is written to the disk by itself, and there is a comment for every column.
    connection.execute("begin")
    connection.execute(f"create table {table} ({column_definitions(model)})")
    connection.execute(f"insert into {table} by name {rows}")
    for statement in comment_statements(model, "published"):
        connection.execute(statement)
    connection.execute("commit")
