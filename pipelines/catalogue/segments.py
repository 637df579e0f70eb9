"""Records as Parquet, one row a document: its key, its summary, and a list of rows for each parsed table.

A segment is one such file. It is written whole and never changed, and it says by itself whose records it holds, so that
what a kill left unnoted is not parsed again. Belongs here: how records are kept and read back. Does not belong here:
which of them count (`pipelines.catalogue.documents`). pyarrow is loaded where records are kept or read, not before.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pipelines.catalogue.record import Columns, Record, Summary, record_of
from pipelines.catalogue.row_types import ROW_TYPES

if TYPE_CHECKING:  # an unchanged build does not need it
    import pyarrow as pa

#: A document's record: its key, its summary, its tables column by column.
Kept = tuple[str, Summary, Columns]
#: Documents in a row group: what is read of a segment for one record.
ROW_GROUP = 64
#: Where segments lie that are not sorted into shards yet.
UNSORTED = "segments"
_PAIRS = frozenset({"links", "read_with"})


class DamagedSegmentError(Exception):
    """A segment is missing, damaged or of another program."""

    def __init__(self, path: Path, why: object) -> None:
        super().__init__(path, why)
        self.path, self.why = path, why

    def __str__(self) -> str:
        return f"the records {self.path.name} were damaged ({self.why})"


def new_name(folder: str = UNSORTED) -> str:
    """A name for a segment in a folder of the records: no other has it, whichever process or machine asks."""
    return f"{folder}/{uuid.uuid4().hex}.parquet"


def write(path: Path, rows: Sequence[Kept]) -> None:
    """Write records as a segment: whole or not at all."""
    import pyarrow as pa

    keys = pa.array([key for key, _, _ in rows], pa.string())
    summaries = pa.array([dict(zip(_names(), astuple(s), strict=True)) for _, s, _ in rows], _summary_type())
    tables = [_lists(name, [columns.get(name, ()) for _, _, columns in rows]) for name in ROW_TYPES]
    write_table(path, pa.Table.from_arrays([keys, summaries, *tables], schema=schema()))


def write_table(path: Path, table: pa.Table) -> None:
    """Write rows that are Arrow already as a segment: whole or not at all."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        pq.write_table(table, temporary, row_group_size=ROW_GROUP, compression="zstd", write_statistics=False)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read(path: Path, keys: Collection[str] | None = None) -> pa.Table:
    """The records of a segment, or those of some keys. Raises `DamagedSegmentError`."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            table = file.read() if keys is None else file.read_row_groups(_groups(file, frozenset(keys)))
        table = table.cast(schema())
    except (OSError, ValueError, pa.ArrowException) as error:
        raise DamagedSegmentError(path, error) from error
    if keys is None:
        return table
    found = table.filter(pc.is_in(table["key"], value_set=pa.array(sorted(keys), pa.string())))
    if found.num_rows != len(set(keys)):
        raise DamagedSegmentError(path, "documents are missing")
    return found


def _groups(file: Any, keys: frozenset[str]) -> list[int]:
    """The row groups of a segment that hold some keys."""
    if file.metadata.num_row_groups == 1:
        return [0]
    number = range(file.metadata.num_row_groups)
    return [n for n in number if keys.intersection(file.read_row_group(n, columns=["key"])["key"].to_pylist())]


def summaries(path: Path) -> list[tuple[str, Summary]]:
    """The keys and summaries of a segment; none where it is damaged, as after a crash of the machine."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with suppress(OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        table = pq.read_table(path, columns=["key", "summary"], partitioning=None)
        return [(row["key"], _summary(row["summary"])) for row in table.to_pylist()]
    return []


def records(table: pa.Table) -> Iterator[tuple[str, Record]]:
    """The keys and records of rows that `read` gave."""
    for row in range(table.num_rows):
        one = table.slice(row, 1)
        columns = {name: columns for name in ROW_TYPES if (columns := _columns(one, name))}
        yield one["key"][0].as_py(), record_of(_summary(one["summary"][0].as_py()), columns)


def rows_of(table: pa.Table, name: str) -> pa.Table:
    """The rows of one parsed table of all documents, one after the other."""
    import pyarrow as pa

    lists = table[name].combine_chunks()
    if isinstance(lists, pa.ChunkedArray):  # more than one array can hold, or none
        lists = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], lists.type)
    return pa.Table.from_arrays(lists.flatten().flatten(), names=ROW_TYPES[name]._fields)


def _columns(one: pa.Table, name: str) -> tuple[tuple[Any, ...], ...]:
    rows = rows_of(one, name)
    return tuple(tuple(column.to_pylist()) for column in rows.columns) if rows.num_rows else ()


def _summary(content: dict[str, Any]) -> Summary:
    pairs = {name: tuple((first, second) for first, second in content[name]) for name in _PAIRS}
    return Summary(**{**content, **pairs})


def _lists(name: str, of: Sequence[tuple[tuple[Any, ...], ...]]) -> pa.Array:
    """One table of many documents, given column by column, as a list of rows for each document."""
    import pyarrow as pa

    offsets = pa.array([0, *accumulate(len(columns[0]) if columns else 0 for columns in of)], pa.int32())
    there = [columns for columns in of if columns]
    flat = [
        pa.array(list(chain.from_iterable(columns[number] for columns in there)), field.type)
        for number, field in enumerate(_row_type(name))
    ]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(flat, fields=list(_row_type(name))))


# --- types


@cache
def schema() -> pa.Schema:
    """The schema of a segment."""
    import pyarrow as pa

    tables = [pa.field(name, pa.list_(_row_type(name))) for name in ROW_TYPES]
    return pa.schema([pa.field("key", pa.string()), pa.field("summary", _summary_type()), *tables])


@cache
def _row_type(name: str) -> pa.StructType:
    import pyarrow as pa

    return pa.struct([pa.field(column, _type(hint)) for column, hint in get_type_hints(ROW_TYPES[name]).items()])


@cache
def _summary_type() -> pa.StructType:
    import pyarrow as pa

    pairs = pa.list_(pa.list_(pa.string()))
    hints = get_type_hints(Summary)
    return pa.struct([pa.field(name, pairs if name in _PAIRS else _type(hints[name])) for name in _names()])


@cache
def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Summary))


def _type(hint: Any) -> pa.DataType:
    """The type of a column, which may be null."""
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), datetime.date: pa.date32()}
    return next(type for plain, type in types.items() if hint in (plain, plain | None))
