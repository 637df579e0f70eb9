"""Brings the parts of all models up to the parsed shards, then writes a DuckDB file that reads them in place.

The file holds a view for each table, on Parquet files that never change, and the dictionaries as tables. It takes the old
one's place only when it is whole. Belongs here: the order of a build. Does not belong here: which parts are due (`due`),
how one is made (`run_parts`), or whether the numbers are right (`warehouse_gate`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import about, columns
from expectations.corrections import Correction
from expectations.duckdb_sql import quoted
from expectations.tables import DICTIONARIES, PARSED, TABLES, model_of
from pipelines.warehouse import database_file, dictionaries, shard_reports
from pipelines.warehouse.contract_shape import ContractError
from pipelines.warehouse.limits import config
from pipelines.warehouse.model_code import codes
from pipelines.warehouse.models import INNER, REGISTER, SOURCE, Model, ModelError, load, macros, select
from pipelines.warehouse.part_store import PartStore
from pipelines.warehouse.run_parts import House, check, no_rows, refresh
from pipelines.warehouse.texts import sql_functions
from pipelines.workspace import SQL

__all__ = ["ContractError", "ModelRun", "build", "store_beside"]

_PARSED = {about(model).name for model in PARSED}
_DICTIONARIES = {about(model).name for model in DICTIONARIES}


@dataclass(frozen=True, slots=True)
class ModelRun:
    """One model that was run. `rows` is None for a view; `parts` of `part_count` parts were due."""

    name: str
    layer: str
    rows: int | None
    seconds: float
    grain: str
    purpose: str
    caution: str
    unit: str
    parts: int
    part_count: int


def store_beside(target: Path) -> Path:
    """The folder of the parts of a warehouse file, where none is named."""
    return target.with_name(f"{target.stem}.parts")


def build(
    tables: Path,
    target: Path,
    select: str | None = None,
    on_model: Callable[[ModelRun], None] | None = None,
    folder: Path = SQL,
    corrections: Sequence[Correction] = (),
    store: Path | None = None,
) -> list[ModelRun]:
    """Build the warehouse `target` from the shards in `tables` and return what was brought up to them, in order.

    Only parts whose inputs changed are run. The parts lie in the folder `store`, `target`'s own where none is named; the
    file reads them and the dictionaries. `select` names the models to run (`pipelines.warehouse.models.select`), all
    parts of them; the other tables are kept as they stand in the store. `on_model` is called after each model. `corrections`
    are the lines of the register.

    A reader of `target` sees the old file or the new one. When the build fails, the old one stays: `ModelError` for a
    model or selection that makes no sense, `ContractError` for columns that are not the contract's, `duckdb.Error` for
    SQL that fails.
    """
    models = load(folder)
    chosen = _chosen(models, select)
    _known(models)
    target.parent.mkdir(parents=True, exist_ok=True)
    database_file.sweep(target)
    with closing(PartStore(store or store_beside(target))) as parts:
        _require(parts, models, chosen)
        if select is None:
            parts.forget_others(models)
        given = {**dictionaries.frames(), REGISTER: dictionaries.register(corrections)}
        runs = _run_all(parts, tables, models, chosen, given, macros(folder), select is not None, on_model)
        database_file.write(target, parts, models, given)
    return runs


def _chosen(models: dict[str, Model], selection: str | None) -> set[str]:
    return {model.name for model in select(models, selection)}


def _known(models: Mapping[str, Model]) -> None:
    """Raise `ContractError` where a model that is to be published has no contract."""
    for model in models.values():
        if model.layer != INNER and model.name not in TABLES:
            raise ContractError(
                f"the model {model.name!r} makes a table that the contract does not know: {', '.join(TABLES)}"
            )


def _require(store: PartStore, models: Mapping[str, Model], chosen: set[str]) -> None:
    """Raise `ModelError` where a chosen model reads a table that is neither chosen nor built."""
    there = store.built()
    for name in sorted(chosen):
        if missing := sorted(models[name].needs - there - chosen):
            raise ModelError(f"{name} reads {', '.join(missing)}, not built yet: select '+{name}' to build them too")


def _run_all(
    store: PartStore,
    tables: Path,
    models: Mapping[str, Model],
    chosen: set[str],
    given: Mapping[str, pl.DataFrame],
    macro_statements: Sequence[str],
    afresh: bool,
    on_model: Callable[[ModelRun], None] | None,
) -> list[ModelRun]:
    runs: list[ModelRun] = []

    def ran(model: Model, rows: int | None, begun: float, parts: int, part_count: int) -> None:
        seconds = time.perf_counter() - begun
        texts = (model.grain, model.purpose, model.caution)
        runs.append(ModelRun(model.name, model.layer, rows, seconds, *texts, model.unit, parts, part_count))
        if on_model is not None:
            on_model(runs[-1])

    with _opened(store, models, given, macro_statements) as connection:
        taken: dict[str, float] = {}
        for name in sorted(_PARSED & chosen):
            taken[name] = time.perf_counter()
            shard_reports.take(store, tables, name)
        house = _house(connection, store, models, given, macro_statements)
        for name, model in models.items():
            begun = taken.get(name, time.perf_counter())
            contract = TABLES.get(name)
            if name not in chosen:
                if name in house.parts:
                    check(house, model)
            elif name in given:
                store.keep(name, [], {})
                ran(model, given[name].height, begun, 0, 0)
            elif name in _PARSED:
                ran(model, sum(part.rows for part in house.parts[name]), begun, 0, len(house.parts[name]))
            elif contract is not None and about(contract).is_view:
                check(house, model)
                store.keep(name, [], {})
                ran(model, None, begun, 0, 0)
            else:
                due = refresh(house, model, afresh)
                parts = house.parts[name]
                ran(model, sum(part.rows for part in parts), begun, due, max(due, len(parts)))
    return runs


@contextmanager
def _opened(
    store: PartStore, models: Mapping[str, Model], given: Mapping[str, pl.DataFrame], macro_statements: Sequence[str]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that knows the dictionaries, the macros and the functions over texts."""
    with duckdb.connect(config=config(store.folder / ".spill")) as connection:
        connection.execute(f"create schema {SOURCE}")
        sql_functions.register(connection)
        for macro in macro_statements:
            connection.execute(macro)
        for name, frame in given.items():
            connection.register("dictionary", frame)
            connection.execute(f"create table memory.{SOURCE}.{quoted(name)} as from dictionary")
            connection.unregister("dictionary")
            if name in models:
                connection.execute(f"create table memory.main.{quoted(name)} as {models[name].sql}")
        yield connection


def _house(
    connection: duckdb.DuckDBPyConnection,
    store: PartStore,
    models: Mapping[str, Model],
    given: Mapping[str, pl.DataFrame],
    macro_statements: Sequence[str],
) -> House:
    parts = {name: store.parts(name) for name in (*_PARSED, *models) if name not in given}
    shapes = {name: [(c.name, c.duckdb) for c in columns(model_of(name))] for name in _PARSED}
    for name in _PARSED:
        view = f"create or replace view memory.{SOURCE}.{quoted(name)} as {no_rows(shapes[name])}"
        connection.execute(view)
    shards = shard_reports.look(connection, store, parts)
    return House(connection, store, models, codes(models, macro_statements, given), shards, parts, shapes)
