"""The warehouse gate: the great-expectations suites over the tables of a DuckDB file, as a table of results.

Belongs here: running suites and reading their answers. Does not belong here: what is expected (`expectations.suites`),
or what follows from a failure. great-expectations takes seconds to import: it is imported when a gate is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.constraints import constraints
from expectations.duckdb_sql import CONFIG
from expectations.suites import suite
from expectations.tables import RESULTS, WAREHOUSE

#: How long an example in a message may be.
_EXAMPLE_LENGTH = 160


def run(warehouse: Path, models: Iterable[type[Table]] = WAREHOUSE, layer: str = "warehouse") -> pl.DataFrame:
    """Run the suite of every model on its table in a DuckDB file, which is opened read-only.

    Returns the table `gate_results` of the contract in the order of its key, one row an expectation. A missing table,
    a missing column or an error of the database is a failed expectation with its message, never an exception. Raises
    `FileNotFoundError` where there is no file.
    """
    if not warehouse.is_file():
        raise FileNotFoundError(f"there is no warehouse {warehouse} to run the suites on; build it first")
    with _source(warehouse) as source:
        rows = [row for model in models for row in _results(source, model)]
    frame = pl.DataFrame([{"layer": layer, **row} for row in rows], schema=polars_schema(RESULTS[0]))
    return frame.sort(about(RESULTS[0]).key)


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
