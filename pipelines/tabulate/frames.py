"""Records → the parsed tables as polars frames, exactly as the contract declares them.

Records that are Arrow become frames as they are, column by column; those that must be looked at first (several documents
of one report, a correction) become rows on the way. What a row says stands in `pipelines.catalogue.rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

import polars as pl
import pyarrow as pa

from expectations.columns import Table, about, polars_schema
from expectations.tables import PARSED
from pipelines.catalogue import segments
from pipelines.catalogue.record import Record
from pipelines.tabulate.reconcile import reconcile

#: Reports that are turned into a frame at a time, so that a large year needs little memory.
_BATCH = 500


def frames(records: Iterable[Record]) -> dict[str, pl.DataFrame]:
    """The parsed tables of some documents by name, each in the order of its key; a table without rows is empty.

    The documents of one report must stand next to each other in `records`: they are reconciled to one statement.
    """
    reconciled = _reports(records)
    batches: list[dict[str, pl.DataFrame]] = []
    while batch := list(islice(reconciled, _BATCH)):
        batches.append({about(model).name: _frame(model, batch) for model in PARSED})
    return {about(model).name: _whole(model, batches) for model in PARSED}


def of_arrow(table: pa.Table) -> dict[str, pl.DataFrame]:
    """The parsed tables of records that stand for themselves: each the only one of its report, as it was parsed."""
    return {about(model).name: _of_arrow(model, table) for model in PARSED}


def _of_arrow(model: type[Table], table: pa.Table) -> pl.DataFrame:
    rows = pl.from_arrow(segments.rows_of(table, about(model).name))
    if not isinstance(rows, pl.DataFrame):
        raise TypeError(f"{about(model).name} is no table")
    return rows.cast(polars_schema(model)).sort(about(model).key)


def merged(parts: Sequence[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """The parsed tables of several sets of documents as one, each in the order of its key."""
    if len(parts) == 1:
        return parts[0]
    return {about(model).name: _whole(model, list(parts)) for model in PARSED}


def _reports(records: Iterable[Record]) -> Iterator[Record]:
    for report_id, group in groupby(records, key=lambda record: record.summary.report_id):
        if report_id is None:
            yield from group
        else:
            yield reconcile(list(group))


def _frame(model: type[Table], records: list[Record]) -> pl.DataFrame:
    name, schema = about(model).name, polars_schema(model)
    rows = [row for record in records for row in getattr(record.tables, name)]
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(dict(zip(schema, map(list, columns), strict=True)), schema=schema)


def _whole(model: type[Table], batches: list[dict[str, pl.DataFrame]]) -> pl.DataFrame:
    facts = about(model)
    if not batches:
        return pl.DataFrame(schema=polars_schema(model))
    return pl.concat([batch[facts.name] for batch in batches], rechunk=True).sort(facts.key)
