"""Runs a model for the parts of it that are due, on the parts of its inputs that these depend on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.columns import about, columns
from expectations.duckdb_sql import literal, quoted
from expectations.generate import column_definitions
from expectations.tables import TABLES
from pipelines.parquet import write_batches, write_rows
from pipelines.warehouse import due
from pipelines.warehouse.contract_shape import compare
from pipelines.warehouse.due import Scope, batches, keys_of, made_of
from pipelines.warehouse.models import BODY, REPORT, SOURCE, WHOLE, YEAR, Model
from pipelines.warehouse.part_store import Key, Part, PartStore
from pipelines.warehouse.shard_reports import REPORTS, Shards, changed_bodies

#: What a model makes of a batch, the reports of a batch, the bodies that changed, and a table of no rows for each model.
_MADE, _BATCH, _CHANGED = "made_rows", "reports_of_batch", "changed_bodies"
_ROWS = 65_536
#: What the store remembers of a model: the code that was found to make the contract's columns.
_SHAPE = "shape"
_REPORT, _BODY, _YEAR = "report_id", "body_id", "report_year"
Stamps = dict[Key, tuple[str, dict[str, str]]]


@dataclass(slots=True)
class House:
    """What a build works with: its connection and store, the shards, the code of each model and the parts so far.

    `shapes` are the columns of each table that parts are read from, with their types. `parts` are of all tables but the dictionaries.
    """

    connection: duckdb.DuckDBPyConnection
    store: PartStore
    models: Mapping[str, Model]
    codes: Mapping[str, str]
    shards: Shards
    parts: dict[str, list[Part]]
    shapes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def refresh(house: House, model: Model, afresh: bool = False, on_part: Callable[[int, int], None] | None = None) -> int:
    """Bring the parts of a model up to its inputs; how many were run. `afresh` runs all, and leaves them due.

    `on_part` is told how many of the due parts are done.
    """
    keys = keys_of(model.unit, house.shards)
    units = {name: each.unit for name, each in house.models.items()}
    now = made_of(model, house.codes[model.name], keys, units, house.parts)
    check(house, model)
    shards = house.shards.buckets() if model.unit == BODY else {}
    stamps: Stamps = {key: (now[key], shards.get(key[1], {}) if model.unit == BODY else {}) for key in keys}
    known = {} if afresh else house.store.stamps(model.name)
    waiting = [key for key in keys if known.get(key) != stamps[key]]
    parts = [part for part in house.parts[model.name] if _is_of(model.unit, part, keys)]
    done = 0
    for batch in batches(model.unit, waiting, house.shards):
        before = known.get(batch[0])
        bodies = _changed(house, before, stamps[batch[0]]) if model.unit == BODY else None
        parts = (
            _bodies(house, model, batch, parts, bodies) if model.unit == BODY else _batch(house, model, batch, parts)
        )
        done += len(batch)
        # What is done stays done when the next batch is killed.
        held = {key: stamp for key, stamp in stamps.items() if key not in waiting[done:]}
        house.store.keep(model.name, parts, {**{k: known[k] for k in waiting[done:] if k in known}, **held})
        if on_part is not None:
            on_part(done, len(waiting))
    if afresh or not waiting:
        house.store.keep(model.name, parts, {} if afresh and model.unit == BODY else stamps)
    house.parts[model.name] = sorted(parts)
    return len(waiting)


def _is_of(unit: str, part: Part, keys: Sequence[Key]) -> bool:
    """Tell whether a part is one that the model has still."""
    if unit == BODY:
        return ("", part.bucket) in keys
    return part.key in keys


def _changed(
    house: House, before: tuple[str, dict[str, str]] | None, now: tuple[str, dict[str, str]]
) -> list[str] | None:
    """The bodies to run; None for all of the bucket."""
    if before is None or before[0] != now[0]:
        return None
    return changed_bodies(house.connection, house.store, before[1], now[1])


def _batch(house: House, model: Model, batch: Sequence[Key], parts: Sequence[Part]) -> list[Part]:
    """Run whole shards or years, or everything; the parts of the model after it."""
    scope = Scope(model.unit, frozenset(batch))
    if model.unit == REPORT:
        wanted = ", ".join(f"({literal(year)}, {literal(bucket)})" for year, bucket in batch)
        house.connection.execute(
            f"create or replace temp table {_BATCH} as select * from {REPORTS} where (year, bucket) in ({wanted})"
        )
    _show(house, model, scope, lambda name: _of_batch(house, name) if _is_coarser(house, model, name) else "")
    _make(house, model)
    made = []
    for key in batch:
        rows = f"from {_MADE} where {_place(model.unit, key)}"
        part = _write(house, model, key, rows)
        made += [part] if part else []
    return [part for part in parts if part.key not in batch] + made


def _is_coarser(house: House, model: Model, name: str) -> bool:
    """Tell whether the parts of an input hold reports that are not of the batch."""
    return model.unit == REPORT and house.models[name].unit == YEAR


def _place(unit: str, key: Key) -> str:
    """The condition on the rows that a part has."""
    year, bucket = key
    if unit == WHOLE:
        return "true"
    if unit == YEAR:
        return f"{_YEAR} = {year}"
    asked = f"select {_REPORT} from {_BATCH} where year = {literal(year)} and bucket = {literal(bucket)}"
    return f"{_REPORT} in ({asked})"


def _bodies(
    house: House, model: Model, batch: Sequence[Key], parts: Sequence[Part], bodies: list[str] | None
) -> list[Part]:
    """Run the bodies of a bucket that changed, or all of them, some at a time; the parts of the model after it."""
    (key,) = batch
    bucket, before = key[1], [part for part in parts if part.bucket == key[1]]
    others = [part for part in parts if part.bucket != bucket]
    if bodies is None:
        _some_bodies(house, model, key)
        return others + _by_year(house, model, bucket, {})
    house.connection.execute(f"create or replace temp table {_CHANGED} (body_id varchar)")
    house.connection.executemany(f"insert into {_CHANGED} values (?)", [[body] for body in bodies] or [[None]])
    _some_bodies(house, model, key, f"and {_BODY} in (from {_CHANGED})")
    years = _changed_years(house, before)
    made = _by_year(house, model, bucket, {part.year: part for part in before}, years)
    return others + [part for part in before if part.year not in years] + made


def _some_bodies(house: House, model: Model, key: Key, condition: str = "") -> None:
    """Make the rows of the bodies of a bucket, so many bodies at a time as have some `BATCH` reports."""
    where = f"from {REPORTS} where bucket = {literal(key[1])} {condition}"
    count = int(house.connection.execute(f"select count(*) {where}").fetchall()[0][0])
    pieces = max(1, -(-count // due.BATCH))
    for piece in range(pieces):
        house.connection.execute(
            f"create or replace temp table {_BATCH} as select * {where} and hash({_BODY}) % {pieces} = {piece}"
        )
        is_whole = pieces == 1 and not condition
        _show(house, model, Scope(BODY, frozenset([key])), lambda name: "" if is_whole else _of_batch(house, name))  # noqa: B023
        _make(house, model, more=piece > 0)


def _changed_years(house: House, before: Sequence[Part]) -> set[str]:
    """The years ("" for a table without) of which the changed bodies have other rows than they had."""
    names = {name for name, _ in _described(house)}
    year = f"{_YEAR}::varchar" if _YEAR in names else "''"
    if not before:
        return {str(found) for (found,) in house.connection.execute(f"select distinct {year} from {_MADE}").fetchall()}
    listed = ", ".join(map(quoted, sorted(names)))
    old = f"select {listed} from {_read(house, before)} where {_BODY} in (from {_CHANGED})"
    new = f"select {listed} from {_MADE}"
    rows = f"(({old}) except all ({new})) union all (({new}) except all ({old}))"
    return {str(found) for (found,) in house.connection.execute(f"select distinct {year} from ({rows})").fetchall()}


def _described(house: House) -> list[tuple[str, str]]:
    return [(str(name), str(kind)) for name, kind, *_ in house.connection.execute(f"describe {_MADE}").fetchall()]


def _by_year(
    house: House, model: Model, bucket: str, before: Mapping[str, Part], years: set[str] | None = None
) -> list[Part]:
    """Write what was made, a part a year, with the rows of the other bodies of the part before."""
    described = _described(house)
    has_years = any(name == _YEAR for name, _ in described)
    if years is None:
        asked = f"select distinct {_YEAR}::varchar from {_MADE}" if has_years else "select ''"
        years = {str(year) for (year,) in house.connection.execute(asked).fetchall()}
    listed = ", ".join(quoted(name) for name, _ in described)
    made = []
    for year in sorted(years):
        rows = f"from {_MADE}" + (f" where {_YEAR} = {year}" if has_years else "")
        if old := before.get(year):
            kept = f"where {_BODY} not in (select {_BODY} from {_CHANGED} where {_BODY} is not null)"
            rows = f"from (select {listed} {rows} union all select {listed} from {_read(house, [old])} {kept})"
        part = _write(house, model, (year, bucket), rows)
        made += [part] if part else []
    return made


# --- shapes


def check(house: House, model: Model) -> None:
    """Learn the columns of what a model makes. Raises `ContractError` where they are not those of its contract.

    What was made of the same SQL before has the contract's columns: its parts were written with them.
    """
    contract = TABLES.get(model.name)
    if contract is not None:
        house.shapes[model.name] = [(c.name, c.duckdb) for c in columns(contract)]
    code = house.codes[model.name]
    if contract is not None and house.store.answer(f"{_SHAPE}/{model.name}", code) is not None:
        return
    for schema, names in (("main", model.needs), (SOURCE, model.sources)):
        for name in sorted(names & house.parts.keys()):
            view = f"create or replace view memory.{schema}.{quoted(name)} as {no_rows(house.shapes[name])}"
            house.connection.execute(view)
    described = house.connection.execute(f"describe {model.sql}").fetchall()
    made = [(str(name), str(kind)) for name, kind, *_ in described]
    if contract is None:
        house.shapes[model.name] = made
    else:
        compare(model.name, made, contract)
        house.store.remember(f"{_SHAPE}/{model.name}", code, "")


# --- inputs


def _show(house: House, model: Model, scope: Scope, condition: Callable[[str], str]) -> None:
    """Let the SQL find under the name of each table that it reads the parts that it is to read."""
    for schema, names in (("main", model.needs), (SOURCE, model.sources)):
        for name in sorted(names & house.parts.keys()):
            rows = _rows(house, name, [part for part in house.parts[name] if scope.holds(part)])
            place = f"memory.{schema}.{quoted(name)}"
            house.connection.execute(f"create or replace view {place} as {rows} {condition(name)}")


def _of_batch(house: House, name: str) -> str:
    """The condition that keeps the rows of the batch, where the table says of which body or report they are."""
    names = {column for column, _ in house.shapes[name]}
    if _BODY in names:
        return f"where {_BODY} in (select {_BODY} from {_BATCH})"
    return f"where {_REPORT} in (select {_REPORT} from {_BATCH})" if _REPORT in names else ""


def _rows(house: House, name: str, parts: Sequence[Part]) -> str:
    return f"select * from {_read(house, parts)}" if parts else no_rows(house.shapes[name])


def no_rows(shape: Sequence[tuple[str, str]]) -> str:
    """A SELECT that has columns and no row. It has a FROM, so that a condition can follow."""
    listed = ", ".join(f"null::{kind} as {quoted(name)}" for name, kind in shape)
    return f"select * from (select {listed} where false)"


def _read(house: House, parts: Sequence[Part]) -> str:
    return read([house.store.path(part) for part in parts])


def read(paths: Sequence[Path]) -> str:
    """What to write behind `from` for the rows of some files."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}], hive_partitioning = false)"


# --- outputs


def _make(house: House, model: Model, more: bool = False) -> None:
    """Run the SELECT; its rows are `_MADE`, behind those that are there where there are to be more."""
    contract = TABLES.get(model.name)
    if more:
        house.connection.execute(f"insert into {_MADE} by name {model.sql}")
    elif contract is None:
        house.connection.execute(f"create or replace temp table {_MADE} as {model.sql}")
    else:
        house.connection.execute(f"create or replace temp table {_MADE} ({column_definitions(contract)})")
        house.connection.execute(f"insert into {_MADE} by name {model.sql}")


def _write(house: House, model: Model, key: Key, rows: str) -> Part | None:
    """Write rows as a part; None where there are none."""
    count = int(house.connection.execute(f"select count(*) {rows}").fetchall()[0][0])
    if not count:
        return None
    contract = TABLES.get(model.name)
    if contract is None:
        reader = house.connection.sql(f"select * {rows} order by all").to_arrow_reader(_ROWS)
        return house.store.add(model.name, key, count, lambda path: write_rows(reader.schema, reader, path))
    listed = ", ".join(quoted(c.name) for c in columns(contract))
    order = ", ".join(map(quoted, about(contract).key)) or "all"
    reader = house.connection.sql(f"select {listed} {rows} order by {order}").to_arrow_reader(_ROWS)
    return house.store.add(model.name, key, count, lambda path: write_batches(contract, reader, path))
