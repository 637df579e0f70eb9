"""The tasks "write the parsed tables of this shard" and "hold them against the contract".

A task reads and writes files only, wherever it runs: what it is to know comes with it, and counts and hashes go back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from expectations.corrections import Correction
from expectations.tables import model_of
from expectations.unmet import Unmet
from pipelines.catalogue import segments
from pipelines.files import sweep
from pipelines.parquet import read_parquet, write_parquet
from pipelines.steps.digest import Digest
from pipelines.steps.shards import Shard, shard_path
from pipelines.steps.year_stamps import Hashed, hashed
from pipelines.tabulate import parsed_gate
from pipelines.tabulate.shard_records import ShardRecords


@dataclass(frozen=True, slots=True)
class ShardTask:
    """A shard to write: the folder of the records, that of the tables, the keys of its documents by segment, the lines of
    the register about them by hash."""

    shard: Shard
    folder: Path
    tables: Path
    files: dict[str, tuple[str, ...]]
    lines: dict[str, list[Correction]]


@dataclass(frozen=True, slots=True)
class ShardMade:
    """Says what was written: the files by table, and what they hold."""

    files: dict[str, Hashed]
    digest: Digest


@dataclass(frozen=True, slots=True)
class GateTask:
    """A shard to hold against the contract: the folder of the tables, and which tables there are."""

    shard: Shard
    tables: Path
    names: tuple[str, ...]


def tabulate(task: ShardTask) -> Iterator[ShardMade]:
    """Write all parsed tables of a shard from the records of its documents.

    Raises `pipelines.catalogue.segments.DamagedSegmentError` where records cannot be read.
    """
    tables = parsed_gate.gated_frames(_records(task))
    files = {}
    for table, frame in tables.items():
        path = shard_path(task.tables, table, task.shard)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        write_parquet(model_of(table), frame, path)
        files[table] = hashed(path)
    yield ShardMade(files, Digest.of(tables))


def _records(task: ShardTask) -> ShardRecords:
    read = [segments.read(task.folder / file, keys) for file, keys in task.files.items()]
    return ShardRecords(pa.concat_tables(read).sort_by("key").combine_chunks(), task.lines)


def gate(task: GateTask) -> Iterator[tuple[Unmet, ...]]:
    """Hold a shard's Parquet against the contract; tell what it does not meet."""
    written = {n: read_parquet(model_of(n), [shard_path(task.tables, n, task.shard)]) for n in task.names}
    yield parsed_gate.unmet(written)
