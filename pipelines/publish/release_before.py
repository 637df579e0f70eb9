"""The release before the one that is being made: its tables and columns, side by side with those of the new one.

Files of the same hash have the same rows: only the others are read of the release before. Belongs here: opening both.
Does not belong here: what follows from a difference (`release_gate`, `changes`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.columns import Table, about, columns
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.tables import SCHEMA_VERSION, WAREHOUSE
from pipelines.files import read_json
from pipelines.publish import release
from pipelines.publish.contents import Contents
from pipelines.publish.known_hashes import hash_of
from pipelines.publish.release import ReleaseError
from pipelines.publish.sums import NoSumsError, read_sums, verify

#: Both sides as schemas of one connection, and as far as they stand in files that only one of them has.
BEFORE, NOW = "before", "now"
BEFORE_PART, NOW_PART = "before_part", "now_part"
PACKAGE = "datapackage.json"
#: Where this says `all`, every file of the release before is read and proved by its hash.
PROVE = "GONGKAI_PROVE"


@dataclass(frozen=True, slots=True)
class Before:
    """A release: the columns of its tables with their Data Package types, the Parquet files of each table, and their hashes.

    `damage` says why it cannot be compared with; empty where it can. Without a release there are no tables either.
    """

    folder: Path | None = None
    version: str | None = None
    schema_version: int | None = None
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    damage: str = ""
    hashes: Mapping[Path, str] = field(default_factory=dict)

    def contents(self, table: str) -> dict[tuple[str, str], Path]:
        """The files of a table by name and hash: what two sides share has the same."""
        return {(file.name, self.hashes[file]): file for file in self.files.get(table, ())}


def look_back(folder: Path | None, contents: Contents | None = None) -> Before:
    """Read what a release says of itself. None gives an empty `Before`.

    Without the store of contents every file is proved by its hash. With it a file that has the size and time of its
    content is believed, but for a part of them that changes from run to run; `GONGKAI_PROVE=all` believes none.
    """
    if folder is None:
        return Before()
    try:
        said, sums = release.about(folder), read_sums(folder)
        believes = contents is not None and os.environ.get(PROVE) != "all"
        verified = verify(folder, contents.as_recorded) if contents and believes else verify(folder)
    except (ReleaseError, NoSumsError) as error:
        return Before(folder, folder.name, damage=str(error))
    if not verified.whole:
        return _damaged(folder, (verified.missing + verified.damaged)[0])
    if contents:
        contents.take_over(folder, sums)
    resources = (read_json(folder / PACKAGE) or {}).get("resources", ())
    tables = [r for r in resources if r.get("format") == "parquet"]
    return Before(
        folder,
        said["version"],
        said.get("schema_version"),
        {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in tables},
        {r["name"]: [folder / file["path"] for file in r["files"]] for r in tables},
        hashes={folder / path: sha256 for path, sha256 in sums.items()},
    )


def of_candidate(folder: Path, version: str, files: Mapping[str, Sequence[Path]]) -> Before:
    """The side of a candidate whose Parquet is there: `files` of each table, relative to its folder."""
    names = [about(model).name for model in WAREHOUSE]
    tables = {about(model).name: {c.name: c.datapackage for c in columns(model)} for model in WAREHOUSE}
    own = {name: [folder / path for path in files[name]] for name in names}
    hashes = {file: hash_of(file) for paths in own.values() for file in paths}
    return Before(folder, version, SCHEMA_VERSION, tables, own, hashes=hashes)


def proved(before: Before, now: Before) -> Before:
    """The release before with the files proved by their hash that are read beside `now`: those that `now` does not have."""
    for table in before.files:
        for (_, sha256), file in _apart(before, now, table).items():
            if hash_of(file) != sha256:
                return _damaged(before.folder or file.parent, file.name)
    return before


@contextmanager
def between(before: Before, now: Before) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables of the contract of two releases, all in today's columns.

    In the schemas `before` and `now` they are whole, in `before_part` and `now_part` they have the rows of files that
    the other side does not have. What a release does not have is null there, or an empty table.
    """
    with duckdb.connect(config=CONFIG) as connection:
        for schema in (BEFORE, NOW, BEFORE_PART, NOW_PART):
            connection.execute(f"create schema {schema}")
        for model in WAREHOUSE:
            name = about(model).name
            old, new = _apart(before, now, name).values(), _apart(now, before, name).values()
            shared = [file for content, file in now.contents(name).items() if content in before.contents(name)]
            parts = {
                BEFORE: f"{_rows(before, model, old)} union all {_rows(now, model, shared)}",
                NOW: _rows(now, model, now.files.get(name, ())),
                BEFORE_PART: _rows(before, model, old),
                NOW_PART: _rows(now, model, new),
            }
            for schema, rows in parts.items():
                connection.execute(f"create view {schema}.{quoted(name)} as {rows}")
        yield connection


def _apart(one: Before, other: Before, table: str) -> dict[tuple[str, str], Path]:
    """The files of a table that the other side does not have."""
    there = other.contents(table)
    return {content: file for content, file in one.contents(table).items() if content not in there}


def _damaged(folder: Path, file: str) -> Before:
    return Before(folder, folder.name, damage=f"{file} of {folder.name} is missing or damaged")


def _rows(side: Before, model: type[Table], files: Iterable[Path]) -> str:
    """The SELECT for files of a table of a release; a column that is of another type there counts as missing."""
    listed_files = ", ".join(literal(str(file)) for file in files)
    there = side.tables.get(about(model).name, {}) if listed_files else {}
    listed = ", ".join(
        f"{quoted(c.name) if there.get(c.name) == c.datapackage else 'null'}::{c.duckdb} as {quoted(c.name)}"
        for c in columns(model)
    )
    return f"select {listed} " + (
        f"from read_parquet([{listed_files}], hive_partitioning = false)" if listed_files else "where false"
    )
