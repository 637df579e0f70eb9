"""The parsed tables on the disk: the stamps of their shards, which say of what they were made, and years as their sum.

`pipelines.tabulate.years` makes them. What comes after knows the tables and their stamps, not the maker. A stamp whose
`made_of` is empty is that of a shard that is being written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import fingerprint, sha256_of
from pipelines.steps import state
from pipelines.steps.digest import Digest
from pipelines.steps.shards import Shard, on_disk, shard_path
from pipelines.steps.verdicts import Verdict, together
from pipelines.workspace import Workspace

#: A file's SHA-256, then its size, times and inode when it was hashed.
Hashed = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class ShardStamp:
    """Holds what is known of a shard's Parquet: fingerprint of its inputs, its files by table, what they hold, and what
    the parsed gate said, if it was asked."""

    made_of: str
    files: dict[str, Hashed]
    digest: Digest
    verdict: Verdict | None = None

    def is_on_disk(self, workspace: Workspace, shard: Shard) -> bool:
        """Tell whether the files are what they were; only one that looks otherwise is read."""
        found = ((shard_path(workspace.tables, table, shard), hashed) for table, hashed in self.files.items())
        return all(_is_same(path, hashed) for path, hashed in found)


@dataclass(frozen=True, slots=True)
class YearStamp:
    """Holds what is known of a year's Parquet: fingerprint of its inputs, SHA-256 by `<table>/<bucket>`, what it holds."""

    made_of: str
    files: dict[str, str]
    digest: Digest


def hashed(path: Path) -> Hashed:
    """The hash of a file and what it looks like."""
    status = path.stat()
    return sha256_of(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _is_same(path: Path, before: Hashed) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    looks = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return looks == before[1:] or sha256_of(path) == before[0]


def years_on_disk(workspace: Workspace) -> list[str]:
    """The years that have Parquet, whole or not."""
    with state.opened(workspace) as rows:
        begun = {str(year) for (year,) in rows.execute("select distinct year from stamps")}
    return sorted(begun | {shard.year for shard in on_disk(workspace.tables)})


def stamp_of(workspace: Workspace, year: str) -> YearStamp | None:
    """The stamp of a year; None where one of its shards has none."""
    with state.opened(workspace) as rows:
        found = stamps(rows, year)
    if not found or not all(stamp.made_of for stamp in found.values()):
        return None
    files = {f"{table}/{s.bucket}": of[0] for s, stamp in found.items() for table, of in stamp.files.items()}
    made_of = fingerprint(f"{shard.bucket} {stamp.made_of}" for shard, stamp in found.items())
    digests = [stamp.digest for stamp in found.values()]
    return YearStamp(made_of, files, digests[0] if len(digests) == 1 else Digest.together(digests))


def verdict_of_year(workspace: Workspace, year: str) -> Verdict | None:
    """Tell what the parsed gate said of all shards of a year; None where it was not asked of one."""
    with state.opened(workspace) as rows:
        said = [stamp.verdict for stamp in stamps(rows, year).values()]
    known = [verdict for verdict in said if verdict]
    return together(known) if known and len(known) == len(said) else None


def stamps(rows: sqlite3.Connection, year: str | None = None) -> dict[Shard, ShardStamp]:
    """The stamps of all shards, or of those of a year, in order. One of another program is as if it were being written."""
    query = "select year, bucket, made_of, files, digest, verdict from stamps where ? is null or year = ? order by 1, 2"
    found = rows.execute(query, (year, year))
    return {Shard(of, bucket): _stamp(*rest) for of, bucket, *rest in found}


def _stamp(made_of: str, files: str, digest: str, verdict: str | None) -> ShardStamp:
    try:
        known = {table: _hashed(*of) for table, of in json.loads(files).items()}
        said = Verdict.of(json.loads(verdict)) if verdict else None
        return ShardStamp(made_of, known, Digest(**json.loads(digest)), said)
    except (KeyError, TypeError, ValueError):
        return ShardStamp("", {}, Digest())


def _hashed(sha256: str, size: int, mtime_ns: int, ctime_ns: int, inode: int) -> Hashed:
    return sha256, size, mtime_ns, ctime_ns, inode


def begin(rows: sqlite3.Connection, shards: Iterable[Shard], gone: Iterable[Shard] = ()) -> None:
    """Say that shards are being written, and that others are not there any more."""
    with state.together(rows):
        for shard in shards:
            _write(rows, shard, ShardStamp("", {}, Digest()))
        rows.executemany(
            "delete from stamps where year = ? and bucket = ?", [(shard.year, shard.bucket) for shard in gone]
        )


def write(rows: sqlite3.Connection, shard: Shard, stamp: ShardStamp) -> None:
    """Write the stamp of a shard."""
    with state.together(rows):
        _write(rows, shard, stamp)


def _write(rows: sqlite3.Connection, shard: Shard, stamp: ShardStamp) -> None:
    verdict = json.dumps(stamp.verdict.as_json(), ensure_ascii=False) if stamp.verdict else None
    digest: Mapping[str, object] = asdict(stamp.digest)
    content = (stamp.made_of, json.dumps(stamp.files), json.dumps(digest, ensure_ascii=False), verdict)
    rows.execute("insert or replace into stamps values (?, ?, ?, ?, ?, ?)", (shard.year, shard.bucket, *content))
