"""Runs the SQL models into a DuckDB file that takes the old one's place only when it is whole.

Belongs here: building, checking the shape against the contract, commenting, swapping. Does not belong here: whether the
numbers are right (`gate`).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.columns import Table, about, columns
from expectations.corrections import Correction
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.generate import column_definitions, comment_statements
from expectations.tables import PARSED, TABLES
from pipelines.steps import shards
from pipelines.warehouse import dictionaries
from pipelines.warehouse.models import REGISTER, SOURCE, Model, ModelError, load, macros, select
from pipelines.warehouse.texts import sql_functions
from pipelines.workspace import SQL

#: The name under which the file that is being built is attached.
_CATALOG = "warehouse"


class ContractError(Exception):
    """A model yields other columns than its table has in the contract."""


@dataclass(frozen=True, slots=True)
class ModelRun:
    """One model that was run. `rows` is None for a view."""

    name: str
    layer: str
    rows: int | None
    seconds: float
    grain: str
    purpose: str
    caution: str


def build(
    tables: Path,
    target: Path,
    select: str | None = None,
    on_model: Callable[[ModelRun], None] | None = None,
    folder: Path = SQL,
    corrections: Sequence[Correction] = (),
) -> list[ModelRun]:
    """Build the warehouse `target` from the parsed Parquet in `tables` and return what was run, in order.

    `select` names the models to run (`pipelines.warehouse.models.select`); the other tables are kept as they stand in
    the present `target`. `on_model` is called after each model. `corrections` are the lines of the register. Macros and functions live for the build only: the file
    that results refers to nothing outside itself.

    A reader of `target` sees the old file or the new one. When the build fails, the old one stays: `ModelError` for a
    model or selection that makes no sense, `ContractError` for columns that are not the contract's, `duckdb.Error` for
    SQL that fails.
    """
    models = load(folder)
    chosen = _chosen(models, select)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if select is not None and target.exists():
            shutil.copyfile(target, temporary)
        with _opened(temporary) as connection:
            sql_functions.register(connection)
            for macro in macros(folder):
                connection.execute(macro)
            _register_sources(connection, tables, corrections)
            _require(connection, models, chosen)
            runs = _run_all(connection, models, chosen, on_model)
        _swap(temporary, target)
    finally:
        _sweep(target)
    return runs


def _chosen(models: dict[str, Model], selection: str | None) -> set[str]:
    return {model.name for model in select(models, selection)}


def _require(connection: duckdb.DuckDBPyConnection, models: dict[str, Model], chosen: set[str]) -> None:
    """Raise `ModelError` where a chosen model reads a table that is neither chosen nor in the file."""
    there = {str(row[0]) for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for name in sorted(chosen):
        if missing := sorted(models[name].needs - there - chosen):
            raise ModelError(f"{name} reads {', '.join(missing)}, not built yet: select '+{name}' to build them too")


@contextmanager
def _opened(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that keeps sources and macros in memory and tables in `file`; names are looked up in both."""
    with duckdb.connect(config={**CONFIG, "temp_directory": f"{file}.spill"}) as connection:
        connection.execute(f"attach {literal(str(file))} as {_CATALOG}")
        connection.execute(f"create schema {SOURCE}")
        connection.execute(f"set search_path = 'memory.main,{_CATALOG}.main'")
        yield connection
        connection.execute("use memory.main")
        connection.execute(f"detach {_CATALOG}")


def _register_sources(connection: duckdb.DuckDBPyConnection, tables: Path, corrections: Sequence[Correction]) -> None:
    """The parsed Parquet as views of the schema `source`, the dictionaries and the register of corrections as tables of it.

    A parsed table without files is empty, with the contract's types.
    """
    for name, frame in {**dictionaries.frames(), REGISTER: dictionaries.register(corrections)}.items():
        connection.register("dictionary", frame)
        connection.execute(f"create table memory.{SOURCE}.{quoted(name)} as from dictionary")
        connection.unregister("dictionary")
    for model in PARSED:
        name = about(model).name
        files = shards.files(tables, name)
        if files:
            listed = ", ".join(literal(str(file)) for file in files)
            rows = f"select * from read_parquet([{listed}], hive_partitioning = false)"
        else:
            nulls = ", ".join(f"null::{c.duckdb} as {quoted(c.name)}" for c in columns(model))
            rows = f"select {nulls} where false"
        connection.execute(f"create view memory.{SOURCE}.{quoted(name)} as {rows}")


def _run_all(
    connection: duckdb.DuckDBPyConnection,
    models: dict[str, Model],
    chosen: set[str],
    on_model: Callable[[ModelRun], None] | None,
) -> list[ModelRun]:
    runs: list[ModelRun] = []
    for model in models.values():
        if model.name in chosen:
            runs.append(_run(connection, model))
            if on_model is not None:
                on_model(runs[-1])
    return runs


def _run(connection: duckdb.DuckDBPyConnection, model: Model) -> ModelRun:
    contract = TABLES.get(model.name)
    if contract is None:
        raise ContractError(
            f"the model {model.name!r} makes a table that the contract does not know: {', '.join(TABLES)}"
        )
    begun = time.perf_counter()
    _compare(connection, model, contract)
    rows = _make(connection, model, contract)
    seconds = time.perf_counter() - begun
    return ModelRun(model.name, model.layer, rows, seconds, model.grain, model.purpose, model.caution)


def _make(connection: duckdb.DuckDBPyConnection, model: Model, contract: type[Table]) -> int | None:
    """Make the table, its columns in the contract's order, and count its rows; or the view, which has none."""
    place = f"{_CATALOG}.main.{quoted(model.name)}"
    # One transaction: each one is written to the disk by itself, and there is a comment for every column.
    connection.execute("begin")
    if about(contract).is_view:
        connection.execute(f"create or replace view {place} as {model.sql}")
    else:
        connection.execute(f"create or replace table {place} ({column_definitions(contract)})")
        connection.execute(f"insert into {place} by name {model.sql}")
    for statement in comment_statements(contract, _CATALOG):
        connection.execute(statement)
    connection.execute("commit")
    if about(contract).is_view:
        return None
    return int(connection.execute(f"select count(*) from {place}").fetchall()[0][0])


def _compare(connection: duckdb.DuckDBPyConnection, model: Model, contract: type[Table]) -> None:
    """Raise `ContractError` where the SELECT yields other columns or types than the contract; of a view, another order."""
    described = connection.execute(f"describe {model.sql}").fetchall()
    made = [(str(name), str(kind)) for name, kind, *_ in described]
    declared = [(c.name, c.duckdb) for c in columns(contract)]
    if made == declared or (sorted(made) == sorted(declared) and not about(contract).is_view):
        return
    told = [f"missing {name} {kind}" for name, kind in declared if name not in dict(made)]
    told += [f"unknown {name} {kind}" for name, kind in made if name not in dict(declared)]
    told += [f"{n} is {k}, not {dict(declared)[n]}" for n, k in made if dict(declared).get(n, k) != k]
    order = ", ".join(name for name, _ in declared)
    raise ContractError(
        f"the model {model.name!r} does not make the columns of the contract: "
        + ("; ".join(told) or f"their order must be {order}")
    )


def _swap(temporary: Path, target: Path) -> None:
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    # A log left beside the old file by someone who wrote to it must not be replayed onto the new one.
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    temporary.replace(target)


def _sweep(target: Path) -> None:
    """Remove what a killed build left: the half-built file, its log, its spill folder. One build works at a time."""
    for left in target.parent.glob(f".{target.name}.*.tmp*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
