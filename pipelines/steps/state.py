"""The state of a workspace in one SQLite file that is queried, never loaded whole.

It can be lost: all that it says is found again from the source, the parse records and the parsed tables. One that is
damaged, or that another version of the program made, is begun anew. Belongs here: the file and its tables. Does not
belong here: what is asked of them (`pipelines.catalogue.documents`, `pipelines.steps.shard_stamps`).
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.workspace import Workspace

#: `source_files`: hashes by what the system says of a file. `documents`: every document that this version has parsed,
#: `listed` those of the dataset, `file` where its record lies. `shards`: what the listed documents make.
#: `stamps`: the shards that have parsed tables, of what these were made, what they are and what their gate said.
_SCHEMA = """
create table if not exists said (name text primary key, value text not null) without rowid;
create table if not exists source_files (
    path blob primary key, size integer not null, mtime_ns integer not null, ctime_ns integer not null,
    inode integer not null, sha256 text not null, holds_files integer not null
) without rowid;
create table if not exists documents (
    key text primary key, version text not null, file text not null, listed integer not null default 0,
    year text not null, bucket text,
    document_sha256 text not null, file_name text not null, report_year integer, report_id text, published_on text,
    fact_count integer not null, format text not null, stage text, code text, body_name text, cell_count integer not null,
    by_ocr integer not null, container_sha256 text, source_url text, fetched_at text, links text not null,
    read_with text not null, body_id text
) without rowid;
create index if not exists documents_by_shard on documents (listed, year, bucket, report_id, key);
create index if not exists documents_by_hash on documents (document_sha256);
create index if not exists documents_by_file on documents (file, version);
create table if not exists shards (
    year text not null, bucket text not null, documents integer not null, made text not null,
    primary key (year, bucket)
) without rowid;
create table if not exists stamps (
    year text not null, bucket text not null, made_of text not null, files text not null, digest text not null,
    verdict text, primary key (year, bucket)
) without rowid;
"""
_VERSION = zlib.crc32(_SCHEMA.encode()) & 0x7FFFFFFF


@contextmanager
def opened(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """The state, closed afterwards. Each statement is a transaction, but within `with rows: …` after `begin`."""
    rows = _open(path(workspace))
    try:
        yield rows
    finally:
        rows.close()


@contextmanager
def together(rows: sqlite3.Connection) -> Iterator[None]:
    """Make some statements one transaction: all of them are kept or none."""
    rows.execute("begin immediate")
    try:
        yield
    except BaseException:
        rows.execute("rollback")
        raise
    rows.execute("commit")


def path(workspace: Workspace) -> Path:
    """Tell where the state of a workspace lies."""
    return workspace.root / "state.sqlite"


def say(rows: sqlite3.Connection, name: str, value: str) -> None:
    """Keep one word of the whole under a name."""
    rows.execute("insert or replace into said values (?, ?)", (name, value))


def said(rows: sqlite3.Connection, name: str) -> str:
    """Tell what is kept under a name; empty where nothing is."""
    found = rows.execute("select value from said where name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        rows = _connect(path)
        if rows.execute("pragma user_version").fetchone()[0] == _VERSION:
            return rows
        is_new = not rows.execute("select count(*) from sqlite_master").fetchone()[0]
        if not is_new:
            rows.close()
            _remove(path)
            rows = _connect(path)
    except sqlite3.DatabaseError:  # damaged, or no database at all
        _remove(path)
        rows = _connect(path)
    rows.executescript(_SCHEMA)
    rows.execute(f"pragma user_version = {_VERSION}")
    return rows


def _connect(path: Path) -> sqlite3.Connection:
    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute("pragma journal_mode = wal")
    rows.execute("pragma synchronous = normal")
    rows.execute("pragma temp_store = file")
    return rows


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
