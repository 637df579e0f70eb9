"""The published DuckDB file: core, marts and gate results, every column with its comment, readable by DuckDB 1.4.

In a large release the long tables of the core are not in it twice: they are views on the Parquet beside the file. DuckDB
takes a relative path from the folder it was started in, from its setting `file_search_path`, or here from the variable
`gongkai`; the view `how_to_open` says so to whoever meets the file alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import Table, about
from expectations.duckdb_sql import BESIDE, CONFIG, FOLDER_VARIABLE, HOW_TO_OPEN, literal, quoted
from expectations.generate import column_definitions, comment_statements
from expectations.tables import RESULTS

#: DuckDB 2.0 writes a format of its own unless told otherwise; 1.4 and 1.5 open this one.
STORAGE_VERSION = "v1.4.0"


#: `whole`: every table is in the file; `views`: the long ones are views. Without it the size decides.
SETTING = "GONGKAI_DATABASE"
#: The tables that can be views.
LONG = ("facts", "figures", "checks", "sections")
#: Facts of a release from which on they are: up to here the file is some 1 GB, and a file alone is worth more.
MANY_FACTS = 2_000_000
_SAYS_HOW = f"""
create view published.main.{HOW_TO_OPEN} as select
    'facts, figures, checks and sections are views on the Parquet files in data/ beside this file. Start DuckDB in the '
    'folder of the release, or say: SET VARIABLE gongkai = ''<folder of the release>'';' as en,
    'facts、figures、checks、sections 为指向本文件旁 data/ 目录中 Parquet 文件的视图。请在该版本目录中启动 DuckDB，'
    '或执行：SET VARIABLE gongkai = ''<版本目录>'';' as zh
"""


def tables_beside(warehouse: Path, files: Mapping[str, Sequence[Path]]) -> dict[str, Sequence[Path]]:
    """The tables that become views, each with its Parquet `files` relative to the release; none in a small release.

    Raises `ValueError` for a setting that is none.
    """
    wish = os.environ.get(SETTING, "")
    if wish not in ("", "whole", "views"):
        raise ValueError(f"{SETTING} is {wish!r}; it can be whole or views")
    with duckdb.connect(str(warehouse), read_only=True, config=CONFIG) as connection:
        ((count,),) = connection.execute("select count(*) from facts").fetchall()
    has_views = wish == "views" or (not wish and count >= MANY_FACTS)
    return {name: files[name] for name in LONG} if has_views else {}


def write_database(
    warehouse: Path,
    models: Iterable[type[Table]],
    gate_results: pl.DataFrame,
    path: Path,
    beside: Mapping[str, Sequence[Path]],
) -> None:
    """Copy tables from a warehouse, and the gate's results, to a new DuckDB file; those `beside` it become views.

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
            elif paths := beside.get(about(model).name):
                _view_beside(connection, model, path.parent, paths)
            else:
                order = ", ".join(map(quoted, about(model).key))
                _fill(connection, model, f"from warehouse.main.{quoted(about(model).name)} order by {order}")
        connection.register("results", gate_results)
        _fill(connection, RESULTS[0], "from results")
        if beside:
            connection.execute(_SAYS_HOW)
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


def _view_beside(
    connection: duckdb.DuckDBPyConnection, model: type[Table], folder: Path, paths: Sequence[Path]
) -> None:
    """Write a view on the files of a table, which lie below `folder` now and below any other later."""
    connection.execute(f"set variable {FOLDER_VARIABLE} = {literal(str(folder))}")
    places = ", ".join(f"{BESIDE} || {literal(path.as_posix())}" for path in paths)
    name = f"published.main.{quoted(about(model).name)}"
    connection.execute(f"create view {name} as from read_parquet([{places}], hive_partitioning = false)")
    for statement in comment_statements(model, "published", is_view=True):
        connection.execute(statement)


def _fill(connection: duckdb.DuckDBPyConnection, model: type[Table], rows: str) -> None:
    table = f"published.main.{quoted(about(model).name)}"
    # One transaction: each one is written to the disk by itself, and there is a comment for every column.
    connection.execute("begin")
    connection.execute(f"create table {table} ({column_definitions(model)})")
    connection.execute(f"insert into {table} by name {rows}")
    for statement in comment_statements(model, "published"):
        connection.execute(statement)
    connection.execute("commit")
