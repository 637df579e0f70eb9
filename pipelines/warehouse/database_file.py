"""The DuckDB file of a warehouse: views on the parts, the dictionaries as tables, every column with its comment.

The paths in it are absolute: it is a file of the workspace. A release has files of its own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import about, columns
from expectations.duckdb_sql import CONFIG, files_of_views, literal, quoted
from expectations.generate import column_definitions, comment_statements
from expectations.tables import TABLES
from pipelines.warehouse.models import Model
from pipelines.warehouse.part_store import PartStore
from pipelines.warehouse.run_parts import no_rows, read

#: The name under which the file that is being written is attached.
_CATALOG = "warehouse"


def write(target: Path, store: PartStore, models: Mapping[str, Model], given: Mapping[str, pl.DataFrame]) -> None:
    """Write the file in one step for those who read it: what is built, no inner model."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with duckdb.connect(config=CONFIG) as connection:
            connection.execute(f"attach {literal(str(temporary))} as {_CATALOG}")
            connection.execute(f"use {_CATALOG}.main")
            connection.execute("begin")
            built = store.built()
            for name, model in models.items():
                if name in built and name in TABLES:
                    _table(connection, store, model, given.get(name))
            connection.execute("commit")
            connection.execute("use memory.main")
            connection.execute(f"detach {_CATALOG}")
        _swap(temporary, target)
    finally:
        sweep(target)


def _table(
    connection: duckdb.DuckDBPyConnection, store: PartStore, model: Model, dictionary: pl.DataFrame | None
) -> None:
    contract = TABLES[model.name]
    place = f"{_CATALOG}.main.{quoted(model.name)}"
    kind = "view"
    if dictionary is not None:
        kind = "table"
        connection.execute(f"create table {place} ({column_definitions(contract)})")
        connection.register("dictionary", dictionary)
        order = ", ".join(map(quoted, about(contract).key))
        connection.execute(f"insert into {place} by name from dictionary order by {order}")
        connection.unregister("dictionary")
    elif about(contract).is_view:
        connection.execute(f"create view {place} as {model.sql}")
    else:
        paths = [store.path(part) for part in store.parts(model.name)]
        listed = ", ".join(f"cast({quoted(c.name)} as {c.duckdb}) as {quoted(c.name)}" for c in columns(contract))
        rows = read(paths) if paths else f"({no_rows([(c.name, c.duckdb) for c in columns(contract)])})"
        connection.execute(f"create view {place} as select {listed} from {rows}")
    for statement in comment_statements(contract, _CATALOG):
        connection.execute(re.sub(r"^comment on (table|view)", f"comment on {kind}", statement))


def parts_of(file: Path) -> set[Path]:
    """The Parquet files that a warehouse reads; none where there is no such file."""
    if not file.is_file():
        return set()
    with duckdb.connect(str(file), read_only=True, config=CONFIG) as connection:
        return set(map(Path, files_of_views(connection)))


def _swap(temporary: Path, target: Path) -> None:
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    # A log left beside the old file by someone who wrote to it must not be replayed onto the new one.
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    temporary.replace(target)


def sweep(target: Path) -> None:
    """Remove what a killed build left: the half-built file, its log. One build works at a time."""
    for left in target.parent.glob(f".{target.name}.*.tmp*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
