"""The parts that the tables of a warehouse are made of: immutable Parquet files, and what is known of each.

A file is named by its content, so that the parts of a candidate stand beside those of the present warehouse:
`trends/report_year=2024/bucket=010/<sha256>.parquet`. Which files are the parts of a table now, and of what each part
was made, stands in `parts.sqlite`. A kill leaves files that nothing names; `prune` takes them away.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.files import sha256_of

_SCHEMA = """
create table if not exists parts (model text, year text, bucket text, file text, row_count integer,
    primary key (model, year, bucket));
create table if not exists stamps (model text, year text, bucket text, made_of text, shards text,
    primary key (model, year, bucket));
create table if not exists built (model text primary key);
create table if not exists hashes (path text primary key, size integer, mtime integer, inode integer, sha256 text);
create table if not exists looked_at (file text, asked text, answer text, primary key (file, asked));
"""
_DATABASE = "parts.sqlite"
_NAME_LENGTH = 32
#: The folder of what `pipelines.warehouse.shard_reports` knows of shards, by their fingerprint.
DIGESTS = "digests"

#: A report year and a bucket; "" for either stands for all of them.
Key = tuple[str, str]


@dataclass(frozen=True, order=True, slots=True)
class Part:
    """One file of a table. `file` is relative to the store."""

    year: str
    bucket: str
    file: str
    rows: int

    @property
    def key(self) -> Key:
        """Its year and bucket."""
        return self.year, self.bucket


class PartStore:
    """The files of a folder and what is known of them. One process works on it at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._state = sqlite3.connect(self.folder / _DATABASE, isolation_level=None)
        self._state.execute("pragma journal_mode = wal")
        self._state.execute("pragma synchronous = normal")
        self._state.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the state."""
        self._state.close()

    def path(self, part: Part) -> Path:
        """Tell where the file of a part lies."""
        return self.folder / part.file

    # --- what there is

    def parts(self, model: str) -> list[Part]:
        """The parts of a table in order; those whose file is gone are left out."""
        asked = "select year, bucket, file, row_count from parts where model = ? order by year, bucket"
        found = [Part(*row) for row in self._state.execute(asked, [model])]
        return [part for part in found if self.path(part).is_file()]

    def stamps(self, model: str) -> dict[Key, tuple[str, dict[str, str]]]:
        """Of what each part was made, and of which shards, by year, where it is of unit body."""
        rows = self._state.execute("select year, bucket, made_of, shards from stamps where model = ?", [model])
        return {(year, bucket): (made_of, json.loads(shards)) for year, bucket, made_of, shards in rows}

    def built(self) -> set[str]:
        """The models that were built, with rows or without."""
        return {name for (name,) in self._state.execute("select model from built")}

    # --- what becomes of a model

    def keep(
        self,
        model: str,
        parts: Iterable[Part],
        stamps: Mapping[Key, tuple[str, dict[str, str]]],
    ) -> None:
        """Replace all that is known of a model, in one step."""
        self._state.execute("begin")
        for table in ("parts", "stamps"):
            self._state.execute(f"delete from {table} where model = ?", [model])
        self._state.executemany(
            "insert into parts values (?, ?, ?, ?, ?)", [(model, p.year, p.bucket, p.file, p.rows) for p in parts]
        )
        self._state.executemany(
            "insert into stamps values (?, ?, ?, ?, ?)",
            [(model, *key, made_of, json.dumps(shards)) for key, (made_of, shards) in stamps.items()],
        )
        self._state.execute("insert or ignore into built values (?)", [model])
        self._state.execute("commit")

    def forget_others(self, models: Collection[str]) -> None:
        """Forget the models that there are not any more."""
        for name in self.built() - set(models):
            for table in ("parts", "stamps", "built"):
                self._state.execute(f"delete from {table} where model = ?", [name])

    # --- files

    def add(self, model: str, key: Key, rows: int, write: Callable[[Path], None]) -> Part:
        """Write a file and give it its name; one that is there already is not written twice."""
        temporary = self.folder / f".{os.getpid()}.tmp"
        try:
            write(temporary)
            part = self._part(model, key, rows, sha256_of(temporary))
            place = self.path(part)
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        return part

    def take(self, model: str, key: Key, path: Path, rows: Callable[[Path], int]) -> Part:
        """Take a file over as it is: a hard link where the disk can, so that it stays when its maker replaces it."""
        part = self._part(model, key, 0, self.file_hash(path))
        place = self.path(part)
        if not place.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, place)
            except OSError:
                shutil.copyfile(path, place)
        return Part(*key, part.file, rows(place))

    def _part(self, model: str, key: Key, rows: int, sha256: str) -> Part:
        year, bucket = key
        folders = [model, *([f"report_year={year}"] if year else []), *([f"bucket={bucket}"] if bucket else [])]
        return Part(year, bucket, "/".join([*folders, f"{sha256[:_NAME_LENGTH]}.parquet"]), rows)

    def file_hash(self, path: Path) -> str:
        """SHA-256 of a file, remembered by its size, time and inode."""
        stat = path.stat()
        now = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        asked = "select size, mtime, inode, sha256 from hashes where path = ?"
        known = self._state.execute(asked, [str(path)]).fetchone()
        if known and known[:3] == now:
            return str(known[3])
        found = sha256_of(path)
        self._state.execute("insert or replace into hashes values (?, ?, ?, ?, ?)", [str(path), *now, found])
        return found

    # --- what a gate saw

    def answer(self, file: str, asked: str) -> str | None:
        """What was found when a file was asked something; None where it was not asked."""
        found = self._state.execute("select answer from looked_at where file = ? and asked = ?", [file, asked])
        row = found.fetchone()
        return str(row[0]) if row else None

    def remember(self, file: str, asked: str, answer: str) -> None:
        """Keep what was found, in the place of what was found before: a file never changes, a question can."""
        self._state.execute("delete from looked_at where file = ?", [file])
        self._state.execute("insert or replace into looked_at values (?, ?, ?)", [file, asked, answer])

    # --- tidying

    def prune(self, others: Collection[str]) -> None:
        """Remove the files that no part names, nor `others`, given relative to the store."""
        kept = {file for (file,) in self._state.execute("select file from parts")} | set(others)
        shards = [json.loads(told) for (told,) in self._state.execute("select shards from stamps")]
        kept |= {f"{DIGESTS}/{digest}.parquet" for told in shards for digest in told.values()}
        for path in list(self.folder.glob("*/**/*.parquet")):
            if path.relative_to(self.folder).as_posix() not in kept:
                path.unlink(missing_ok=True)
        gone = [
            (file,)
            for (file,) in self._state.execute("select distinct file from looked_at where file like '%.parquet'")
            if file not in kept
        ]
        self._state.executemany("delete from looked_at where file = ?", gone)
