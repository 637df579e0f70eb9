"""The warehouse gate: the great-expectations suites over the tables of a DuckDB file, as a table of results.

great-expectations looks at tables of moderate size. Long ones are looked at part by part (`part_gate`), with the same
messages. What was found of a table whose parts did not change since is remembered: `element_count` is always that of the
whole table. Belongs here: running suites and reading their answers. Does not belong here: what is expected (`expectations.suites`),
or what follows from a failure. great-expectations takes seconds to import: it is imported when a gate is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.constraints import constraints
from expectations.duckdb_sql import CONFIG, quoted
from expectations.suites import suite
from expectations.tables import RESULTS, TABLES, WAREHOUSE
from pipelines.files import fingerprint
from pipelines.steps.fingerprints import library_version
from pipelines.warehouse import part_gate
from pipelines.warehouse.limits import config
from pipelines.warehouse.part_store import Part, PartStore

#: How long an example in a message may be.
_EXAMPLE_LENGTH = 160
#: Rows of a table that great-expectations looks at.
MODERATE = 200_000
#: Under which the results of a table are remembered.
_GATE = "gate"


def run(
    warehouse: Path,
    models: Iterable[type[Table]] = WAREHOUSE,
    layer: str = "warehouse",
    parts: Path | None = None,
    moderate: int = MODERATE,
) -> pl.DataFrame:
    """Run the suite of every model on its table in a DuckDB file, which is opened read-only.

    `parts` is the folder of the parts that the file reads; tables of more than `moderate` rows in it are looked at part by
    part. Returns the table `gate_results` of the contract in the order of its key, one row an expectation. A missing table,
    a missing column or an error of the database is a failed expectation with its message, never an exception. Raises
    `FileNotFoundError` where there is no file.
    """
    if not warehouse.is_file():
        raise FileNotFoundError(f"there is no warehouse {warehouse} to run the suites on; build it first")
    listed, rows = list(models), list[dict[str, Any]]()
    if parts is not None:
        rows, listed = _in_parts(warehouse, listed, parts, moderate)
    if listed:
        with _source(warehouse) as source:
            found = {about(model).name: _results(source, model) for model in listed}
        rows += [row for each in found.values() for row in each]
        if parts is not None:
            _remember(parts, found)
    frame = pl.DataFrame([{"layer": layer, **row} for row in rows], schema=polars_schema(RESULTS[0]))
    return frame.sort(about(RESULTS[0]).key)


def _in_parts(
    warehouse: Path, models: Iterable[type[Table]], folder: Path, moderate: int
) -> tuple[list[dict[str, Any]], list[type[Table]]]:
    """The results of long tables and of those that did not change; and the tables that are left."""
    rows, left = list[dict[str, Any]](), list[type[Table]]()
    spill = config(folder / ".spill")
    with (
        closing(PartStore(folder)) as store,
        duckdb.connect(str(warehouse), read_only=True, config=spill) as connection,
    ):
        for model in models:
            name, held = about(model).name, store.parts(about(model).name)
            if (known := store.answer(f"{_GATE}/{name}", _asked(model, held))) is not None and held:
                rows += json.loads(known)
            elif sum(part.rows for part in held) > moderate:
                found = part_gate.look(connection, model, quoted(name), store, held)
                rows += [_told(name, each) for each in found]
            else:
                left.append(model)
    return rows, left


def _remember(folder: Path, found: Mapping[str, list[dict[str, Any]]]) -> None:
    """Keep the results of tables that have parts, until their parts change."""
    with closing(PartStore(folder)) as store:
        for name, rows in found.items():
            if held := store.parts(name):
                store.remember(f"{_GATE}/{name}", _asked(TABLES[name], held), json.dumps(rows, ensure_ascii=False))


def _asked(model: type[Table], parts: Iterable[Part]) -> str:
    demands = [f"{each.name} {each.says} {each.rule}" for each in constraints(model)]
    return fingerprint([*demands, *(part.file for part in parts), library_version("great-expectations")])


def _told(table: str, found: part_gate.Found) -> dict[str, Any]:
    says = found.constraint.says
    message = says if found.success else f"{says}; found {_cut(found.example or 'nothing')}"
    return _row(table, found.constraint.name, found.success, found.looked_at, found.against, message)


@contextmanager
def _source(warehouse: Path) -> Iterator[Any]:
    """The DuckDB file as a great-expectations data source, closed at the end so that the file can be replaced."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    from pipelines.warehouse import dialect

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(
        name=warehouse.stem,
        connection_string=f"{dialect.URL}{warehouse.resolve()}",
        kwargs={"connect_args": {"read_only": True, "config": CONFIG}},
    )
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


def _results(source: Any, model: type[Table]) -> list[dict[str, Any]]:
    from great_expectations.datasource.fluent.interfaces import TestConnectionError

    name = about(model).name
    try:
        asset = source.add_table_asset(name=name, table_name=name)
    except TestConnectionError:
        return [_row(name, c.name, False, message=f"{c.says}; the table is missing") for c in constraints(model)]
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    answers = _answers(batch, suite(model), "BASIC")
    # Examples cost a query each: they are asked for only of what was looked at and failed.
    if failed := {name for name, answer in answers.items() if answer.result.get("unexpected_count")}:
        answers |= _answers(batch, suite(model, failed), "SUMMARY")
    return [_result(name, answer) for answer in answers.values()]


def _answers(batch: Any, asked: Any, result_format: str) -> dict[str, Any]:
    """Tell what great-expectations says of each expectation of a suite, by the constraint's name."""
    results = batch.validate(asked, result_format=result_format).results
    return {answer.expectation_config.meta["name"]: answer for answer in results}


def _row(
    table: str, expectation: str, success: bool, looked_at: int | None = None, bad: int | None = None, message: str = ""
) -> dict[str, Any]:
    return {
        "table_name": table,
        "expectation": expectation,
        "success": success,
        "element_count": looked_at,
        "unexpected_count": bad,
        "message": message,
    }


def _result(table: str, answer: Any) -> dict[str, Any]:
    meta, result = answer.expectation_config.meta, answer.result
    return _row(
        table,
        meta["name"],
        bool(answer.success),
        result.get("element_count"),
        result.get("unexpected_count"),
        meta["says"] if answer.success else f"{meta['says']}; found {_example(answer)}",
    )


def _example(answer: Any) -> str:
    """Tell what was found instead: an error, a value, a row, or the columns."""
    if error := _error(answer.exception_info):
        return _cut(f"an error: {error}")
    if examples := answer.result.get("partial_unexpected_list"):
        return _cut(min(map(repr, examples)))
    return _cut(repr(answer.result.get("observed_value", "nothing")))


def _error(info: Mapping[str, Any]) -> str | None:
    """The first message of an exception's report, which is flat or one level deeper, by metric."""
    reports = [info, *(value for value in info.values() if isinstance(value, Mapping))]
    messages = sorted(str(r["exception_message"]) for r in reports if r.get("raised_exception"))
    return messages[0] if messages else None


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXAMPLE_LENGTH else flat[: _EXAMPLE_LENGTH - 1] + "…"
