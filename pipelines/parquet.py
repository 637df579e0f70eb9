"""Tables of the contract as Parquet files: written the one way, read back typed.

Belongs here: how a frame becomes a file. Does not belong here: what is in it, or where the file stands.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.columns import Table, about, polars_schema
from expectations.generate import arrow_schema
from pipelines.files import write_atomically

#: Rows in a row group: a multiple of DuckDB's vector, small enough that one group of section texts fits in memory.
ROW_GROUP = 65_536


def write_parquet(
    model: type[Table], frame: pl.DataFrame, path: Path, key_value: Mapping[str, str] | None = None
) -> None:
    """Write a table of the contract atomically, as `parquet_bytes` has it."""
    write_atomically(path, parquet_bytes(model, frame, key_value), durable=True)


def parquet_bytes(model: type[Table], frame: pl.DataFrame, key_value: Mapping[str, str] | None = None) -> bytes:
    """A table of the contract as a Parquet file: zstd, sorted by the model's key, described by its metadata.

    The same rows give the same bytes in whatever order they come, given that the key is unique, as the gate demands.
    `frame` must have exactly the contract's columns and types, in any order; else `ValueError`. `key_value` is added
    to the file's metadata (`expectations.generate.arrow_schema`).
    """
    ordered = _conforming(model, frame).sort(about(model).key, nulls_last=True, maintain_order=True)
    schema = arrow_schema(model, key_value)
    # A combined chunk, or the pages would follow the chunks that the frame happens to be made of.
    table = ordered.rechunk().to_arrow().cast(schema).combine_chunks()
    sink = pa.BufferOutputStream()
    with _writer(about(model).key, schema, sink) as writer:
        writer.write_table(table.replace_schema_metadata(schema.metadata), row_group_size=ROW_GROUP)
    return bytes(sink.getvalue().to_pybytes())


def write_batches(model: type[Table], batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write a table of the contract that comes in batches, sorted by its key, without ever holding all of it.

    The same rows give the same bytes, however they are cut into batches, and those of `parquet_bytes`.
    """
    write_rows(arrow_schema(model), batches, path, about(model).key)


def write_rows(schema: pa.Schema, batches: Iterable[pa.RecordBatch], path: Path, key: Sequence[str] = ()) -> None:
    """The same for a table that has no contract."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        with _writer(key, schema, file) as writer:
            for group in _groups(schema, batches):
                writer.write_table(group.combine_chunks(), row_group_size=ROW_GROUP)
        file.flush()
        os.fsync(file.fileno())


def _groups(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches cut anew into tables of `ROW_GROUP` rows; an empty one where there are no rows."""
    waiting = schema.empty_table()
    any_yet = False
    for batch in batches:
        rows = pa.Table.from_batches([batch]).select(schema.names).cast(schema)
        waiting = pa.concat_tables([waiting, rows])
        while waiting.num_rows >= ROW_GROUP:
            yield waiting.slice(0, ROW_GROUP)
            waiting, any_yet = waiting.slice(ROW_GROUP), True
    if waiting.num_rows or not any_yet:
        yield waiting


def _writer(key: Sequence[str], schema: pa.Schema, sink: Any) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        compression_level=6,
        sorting_columns=pq.SortingColumn.from_ordering(schema, [(name, "ascending") for name in key]) if key else None,
    )


def _conforming(model: type[Table], frame: pl.DataFrame) -> pl.DataFrame:
    declared = polars_schema(model)
    wrong = {
        name: f"{frame.schema.get(name, 'missing')} instead of {declared.get(name, 'nothing')}"
        for name in [*declared, *(n for n in frame.columns if n not in declared)]
        if frame.schema.get(name) != declared.get(name)
    }
    if wrong:
        told = "; ".join(f"{name} is {what}" for name, what in wrong.items())
        raise ValueError(f"this is not the table {about(model).name!r} of the contract: {told}")
    return frame.select(declared.names())


def read_parquet(model: type[Table], paths: Iterable[Path]) -> pl.DataFrame:
    """The rows of some files of one table in the files' order; empty, with the contract's types, where there are none.

    What is in the files is returned as it is: whether it keeps the contract is for the gate to say.
    """
    frames = [pl.read_parquet(path, hive_partitioning=False) for path in paths]
    return pl.concat(frames) if frames else pl.DataFrame(schema=polars_schema(model))
