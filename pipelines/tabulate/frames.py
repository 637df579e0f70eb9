"""Records → the parsed tables as polars frames, exactly as the contract declares them.

This is the one place where rows become frames. What a row says stands in `pipelines.catalogue.rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.tables import PARSED
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
