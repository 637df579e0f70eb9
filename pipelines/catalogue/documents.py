"""The documents that this version of the program has parsed, in the workspace's state: what is known, listed, and where.

Belongs here: the rows of `documents` and `shards` (`pipelines.steps.state`), in and out, a few at a time. Does not belong
here: the records themselves (`pipelines.catalogue.segments`), or which document must be parsed
(`pipelines.catalogue.catalogue`).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby

from pipelines.catalogue.record import Summary
from pipelines.steps import state
from pipelines.steps.shards import Shard, bucket_of, depth

_PAIRS = frozenset({"links", "read_with"})
_SUMMARY = tuple(field.name for field in fields(Summary))
_COLUMNS = ", ".join(_SUMMARY)
_NOTED = ("key", "version", "file", "year", *_SUMMARY)
_NOTE = f"""
insert into documents ({", ".join(_NOTED)}) values ({", ".join("?" * len(_NOTED))})
on conflict (key) do update set bucket = null, {", ".join(f"{name} = excluded.{name}" for name in _NOTED[1:])}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the catalogue. `key` names its record: the hash of the bytes and that of the hints."""

    key: str
    summary: Summary

    @property
    def year(self) -> str:
        """The partition that the document belongs to: its report year, or `unknown`."""
        return self.summary.year

    @property
    def made(self) -> str:
        """Tell what names the record as it is now: its key, and how the document was read when last it was."""
        return f"{self.key} {self.summary.code} {self.summary.read_with}"


def note(rows: sqlite3.Connection, version: str, file: str, summaries: Iterable[tuple[str, Summary]]) -> None:
    """Note that the records of some documents lie in a segment."""
    rows.executemany(_NOTE, ((key, version, file, summary.year, *_values(summary)) for key, summary in summaries))


def _values(summary: Summary) -> Iterator[object]:
    for name in _SUMMARY:
        value = getattr(summary, name)
        yield json.dumps(value, ensure_ascii=False) if name in _PAIRS else value


def _summary(row: Iterable[object]) -> Summary:
    content: dict[str, object] = dict(zip(_SUMMARY, row, strict=True))
    for name in _PAIRS:
        content[name] = tuple((first, second) for first, second in json.loads(str(content[name])))
    content["by_ocr"] = bool(content["by_ocr"])
    return Summary(**content)  # type: ignore[arg-type]


def entry(rows: sqlite3.Connection, key: str) -> Entry:
    """A document by its key. Raises `KeyError`."""
    found = rows.execute(f"select {_COLUMNS} from documents where key = ?", (key,)).fetchone()
    if found is None:
        raise KeyError(key)
    return Entry(key, _summary(found))


def entries(rows: sqlite3.Connection, where: str = "listed = 1", *values: object) -> Iterator[Entry]:
    """The documents that a condition names, those of one report together. They are read one by one."""
    query = f"select key, {_COLUMNS} from documents where {where} order by year, coalesce(report_id, ''), key"
    for key, *summary in rows.execute(query, values):
        yield Entry(key, _summary(summary))


def is_listed(rows: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether the document of a hash is a current one."""
    query = "select 1 from documents where document_sha256 = ? and listed = 1"
    return rows.execute(query, (sha256,)).fetchone() is not None


def archived(rows: sqlite3.Connection, after: str) -> list[str]:
    """The hashes of the current documents whose bytes are archived: those after a hash in order, then the others."""
    query = """
        select document_sha256 from documents where listed = 1 and coalesce(stage, '') <> 'raw'
        order by document_sha256 <= ?, document_sha256"""
    return [str(sha256) for (sha256,) in rows.execute(query, (after,))]


def files(rows: sqlite3.Connection, year: str, bucket: str) -> dict[str, tuple[str, ...]]:
    """The keys of a shard's listed documents by the segment that has their records."""
    query = "select file, key from documents where listed = 1 and year = ? and bucket = ? order by file, key"
    found = rows.execute(query, (year, bucket))
    return {file: tuple(key for _, key in of) for file, of in groupby(found, key=lambda row: str(row[0]))}


def forget_file(rows: sqlite3.Connection, file: str) -> None:
    """Forget the documents whose records lie in a segment that is gone or damaged: they are parsed again."""
    rows.execute("delete from documents where file = ?", (file,))


# --- what is listed


def wanted(rows: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Begin a look at a source: the keys of its documents, each listed under the same key unless `told` otherwise."""
    rows.execute("drop table if exists temp.wanted")
    rows.execute("create temp table wanted (key text primary key, listed_key text not null) without rowid")
    rows.executemany("insert or ignore into temp.wanted values (?, ?)", ((key, key) for key in keys))


def told(rows: sqlite3.Connection, keys: Mapping[str, str]) -> None:
    """List documents under other keys than those they were found with: pages told more of them."""
    rows.executemany("update temp.wanted set listed_key = ? where key = ?", ((new, key) for key, new in keys.items()))


def due(rows: sqlite3.Connection, version: str, codes: Iterable[str] = ()) -> Iterator[str]:
    """The keys to be listed that have no record of this version, or one with one of some codes."""
    marks = list(codes)
    query = f"""
        select listed_key from temp.wanted left join documents on documents.key = listed_key
        where documents.version is not ? or code in ({", ".join("?" * len(marks))}) order by 1"""
    return (str(key) for (key,) in rows.execute(query, (version, *marks)).fetchall())


def with_tools(rows: sqlite3.Connection, where: str) -> list[Entry]:
    """The documents that a tool read or could read, of those that a condition names."""
    return list(entries(rows, f"(read_with <> '[]' or code like 'needs%') and {where}"))


def list_wanted(rows: sqlite3.Connection, version: str, source: str) -> bool:
    """Make the wanted documents the listed ones, cut into shards; tell whether anything is other than it was."""
    keys = "(select listed_key from temp.wanted)"
    with state.together(rows):
        changed = rows.execute("delete from documents where version <> ?", (version,)).rowcount
        changed += rows.execute(f"update documents set listed = 0 where listed = 1 and key not in {keys}").rowcount
        changed += rows.execute(f"update documents set listed = 1 where listed = 0 and key in {keys}").rowcount
        fresh = rows.execute("select count(*) from documents where bucket is null").fetchone()[0]
        as_before = state.said(rows, "version") == version and state.said(rows, "source") == source
        if changed or fresh or not as_before:
            _cut(rows)
            state.say(rows, "version", version)
            state.say(rows, "source", source)
        return bool(changed or fresh or not as_before)


def _cut(rows: sqlite3.Connection) -> None:
    """Give each document its bucket, and say of each shard what its documents are."""
    years = rows.execute("select count(*) from documents where listed = 1 group by year").fetchall()
    bits = depth(max((count for (count,) in years), default=0))
    only_new = state.said(rows, "bits") == str(bits)
    rows.create_function("bucket_of", 2, bucket_of, deterministic=True)
    rows.execute(
        f"update documents set bucket = bucket_of(coalesce(body_id, document_sha256), ?) where {'bucket is null' if only_new else '1'}",
        (bits,),
    )
    state.say(rows, "bits", str(bits))
    made = list(_shards(rows))
    rows.execute("delete from shards")
    rows.executemany("insert into shards values (?, ?, ?, ?)", made)


def _shards(rows: sqlite3.Connection) -> Iterator[tuple[str, str, int, str]]:
    query = "select year, bucket, key, code, read_with from documents where listed = 1 order by 1, 2, 3"
    for (year, bucket), of in groupby(rows.execute(query), key=lambda row: (row[0], row[1])):
        whole, count = hashlib.sha256(), 0
        for _, _, key, code, read_with in of:
            whole.update(f"{key} {code} {read_with}\0".encode())
            count += 1
        yield str(year), str(bucket), count, whole.hexdigest()


def shards(rows: sqlite3.Connection) -> dict[Shard, str]:
    """The shards that have listed documents, in order, each with what tells apart one set of them from another."""
    found = rows.execute("select year, bucket, made from shards order by 1, 2")
    return {Shard(year, bucket): made for year, bucket, made in found}


def shards_of(rows: sqlite3.Connection, sha256: str) -> list[Shard]:
    """The shards in which the document of a hash is listed: one, or none."""
    query = "select distinct year, bucket from documents where document_sha256 = ? and listed = 1"
    return [Shard(year, bucket) for year, bucket in rows.execute(query, (sha256,))]


# --- where records lie


def misplaced(rows: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The segments that hold records of documents of other folders than theirs: file, (key, folder of its shard)."""
    query = """
        select file, key, 'report_year=' || year || '/bucket=' || bucket as folder from documents
        where substr(file, 1, length(folder) + 1) <> folder || '/' order by file, key"""
    for file, of in groupby(rows.execute(query).fetchall(), key=lambda row: str(row[0])):
        yield file, [(str(key), str(folder)) for _, key, folder in of]


def crowded(rows: sqlite3.Connection, most: int) -> list[str]:
    """The folders of shards whose records lie in more than so many segments."""
    query = """
        select 'report_year=' || year || '/bucket=' || bucket as folder from documents
        group by year, bucket having count(distinct file) > ? order by 1"""
    return [str(folder) for (folder,) in rows.execute(query, (most,))]


def in_folder(rows: sqlite3.Connection, folder: str) -> dict[str, list[str]]:
    """The keys by segment of the records that lie in a folder."""
    query = "select file, key from documents where file >= ? and file < ? order by file, key"
    found = rows.execute(query, (f"{folder}/", f"{folder}0")).fetchall()
    return {file: [str(key) for _, key in of] for file, of in groupby(found, key=lambda row: str(row[0]))}


def moved(rows: sqlite3.Connection, file: str, keys: Iterable[str]) -> None:
    """Note that records lie in another segment now."""
    rows.executemany("update documents set file = ? where key = ?", ((file, key) for key in keys))


def all_files(rows: sqlite3.Connection, version: str) -> set[str]:
    """The segments that have a record of any document that this version parsed."""
    found = rows.execute("select distinct file from documents where version = ?", (version,))
    return {str(file) for (file,) in found}


def file_of(rows: sqlite3.Connection, version: str, key: str) -> str:
    """The segment that has this version's record of a document; empty where there is none."""
    found = rows.execute("select file from documents where key = ? and version = ?", (key, version)).fetchone()
    return str(found[0]) if found else ""
