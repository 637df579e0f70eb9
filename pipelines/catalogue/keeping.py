"""Parse records from the time they are made: kept in segments, found again after a kill, sorted into shards.

What is parsed is written every so often, in segments of whatever came. When all is there, records move to the folder of
their shard. At each moment every record that is noted lies whole in the segment that the state names: the new segment is
written first, then the state, and the old one goes last.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalogue import documents, segments
from pipelines.catalogue.record import Record, Summary, columns_of
from pipelines.catalogue.segments import DamagedSegmentError, Kept
from pipelines.files import sweep
from pipelines.steps import state
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa

#: Documents that wait in memory for the disk at most, and seconds that one waits: what a kill can cost.
MOST_WAITING = 64
MOST_SECONDS = 10.0
#: Documents that are sorted at a time, some 250 KB each.
BATCH = 1_024
#: Segments that the records of a shard may lie in.
MOST_SEGMENTS = 32


class RecordError(Exception):
    """A parse record is missing or damaged. It was removed: the next build parses its document again."""


def folder_of(workspace: Workspace, version: str) -> Path:
    """Tell where the records lie that a version of the program made."""
    return workspace.parsed / version


class Keeper:
    """Keeps records in a folder as they come, a segment at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, Kept] = {}
        self._since = time.monotonic()

    def keep(self, key: str, kept: Kept) -> None:
        """Take a record; a second one of the same document replaces it."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting[key] = kept

    @property
    def is_due(self) -> bool:
        """Tell whether what waits should be written."""
        late = time.monotonic() - self._since > MOST_SECONDS
        return len(self._waiting) >= MOST_WAITING or (late and bool(self._waiting))

    def flush(self) -> tuple[str, list[tuple[str, Summary]]] | None:
        """Write what waits; the segment's name, and whose records it has. None where nothing waits."""
        if not self._waiting:
            return None
        kept, self._waiting = list(self._waiting.values()), {}
        name = segments.new_name()
        segments.write(self._folder / name, kept)
        return name, [(key, summary) for key, summary, _ in kept]


def put(rows: sqlite3.Connection, folder: Path, version: str, records: Iterable[tuple[str, Record]]) -> None:
    """Keep records that took no parsing."""
    keeper = Keeper(folder)
    for key, record in records:
        keeper.keep(key, (key, record.summary, columns_of(record)))
        if keeper.is_due:
            _note(rows, version, keeper)
    _note(rows, version, keeper)


def _note(rows: sqlite3.Connection, version: str, keeper: Keeper) -> None:
    if written := keeper.flush():
        with state.together(rows):
            documents.note(rows, version, *written)


def load(rows: sqlite3.Connection, folder: Path, keys: Iterable[str]) -> Iterator[tuple[str, Record]]:
    """The records of some documents, segment by segment. Raises `RecordError` where one is damaged."""
    for file, of in _by_file(rows, folder.name, keys).items():
        yield from segments.records(read(rows, folder, file, of))


def read(rows: sqlite3.Connection, folder: Path, file: str, keys: Sequence[str]) -> pa.Table:
    """Some records of a segment. One that is damaged is removed and its documents forgotten. Raises `RecordError`."""
    try:
        return segments.read(folder / file, keys)
    except DamagedSegmentError as error:
        (folder / file).unlink(missing_ok=True)
        documents.forget_file(rows, file)
        raise RecordError(f"{error} and are removed; build again") from error


def _by_file(rows: sqlite3.Connection, version: str, keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if not (file := documents.file_of(rows, version, key)):
            raise RecordError(f"there is no record of {key}; build again")
        found[file].append(key)
    return found


# --- after a kill, and after another version


def take_over(rows: sqlite3.Connection, workspace: Workspace, version: str) -> None:
    """Note the records of this version that lie there unnoted, and forget those whose segment is gone."""
    folder = folder_of(workspace, version)
    sweep(folder, "**/.*.tmp")
    written = {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    known = documents.all_files(rows, version)
    for file in sorted(known - written.keys()):
        documents.forget_file(rows, file)
    for file in sorted(written.keys() - known, key=lambda name: (written[name], name)):
        with state.together(rows):
            _adopt(rows, version, folder, file, written)


def _adopt(rows: sqlite3.Connection, version: str, folder: Path, file: str, written: Mapping[str, int]) -> None:
    """Note the records of a segment, but those of documents of which a later one has a record. What is damaged goes."""
    found = segments.summaries(folder / file)
    there = ((key, summary, documents.file_of(rows, version, key)) for key, summary in found)
    documents.note(rows, version, file, [(k, s) for k, s, other in there if written.get(other, 0) < written[file]])
    if not found:
        (folder / file).unlink(missing_ok=True)


def remove_old(workspace: Workspace, version: str) -> None:
    """Remove what other versions of the program parsed, and what they kept elsewhere."""
    for path in workspace.parsed.glob("*"):
        if path.name != version:
            shutil.rmtree(path, ignore_errors=True)
    (workspace.root / "catalogue.json").unlink(missing_ok=True)
    shutil.rmtree(workspace.root / "state" / "years", ignore_errors=True)


# --- sorting into shards


def sort(rows: sqlite3.Connection, folder: Path) -> None:
    """Move records to the folders of their shards, and put together what lies in too many segments.

    A segment that turns out damaged is removed, and its documents are forgotten: they are parsed again. Raises
    `RecordError` then.
    """
    batch: list[tuple[str, list[tuple[str, str]]]] = []
    for file, of in documents.misplaced(rows):
        batch.append((file, of))
        if sum(len(keys) for _, keys in batch) >= BATCH:
            _move(rows, folder, batch)
            batch = []
    _move(rows, folder, batch)
    for crowded in documents.crowded(rows, MOST_SEGMENTS):
        held = documents.in_folder(rows, crowded)
        _move(rows, folder, [(file, [(key, crowded) for key in keys]) for file, keys in held.items()])
    _sweep(rows, folder)


def _move(rows: sqlite3.Connection, folder: Path, batch: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """Write some records anew, a segment for each folder of a shard."""
    import pyarrow as pa

    if not batch:
        return
    target = {key: to for _, of in batch for key, to in of}
    table = pa.concat_tables([read(rows, folder, file, [key for key, _ in of]) for file, of in batch])
    places: dict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(table["key"].to_pylist()):
        places[target[key]].append(row)
    for to, numbers in sorted(places.items()):
        part = table.take(pa.array(numbers))
        name = segments.new_name(to)
        segments.write_table(folder / name, part)
        with state.together(rows):
            documents.moved(rows, name, part["key"].to_pylist())


def _sweep(rows: sqlite3.Connection, folder: Path) -> None:
    """Remove the segments that have no record of any document any more."""
    used = documents.all_files(rows, folder.name)
    for path in folder.rglob("*.parquet"):
        if path.relative_to(folder).as_posix() not in used:
            path.unlink(missing_ok=True)
