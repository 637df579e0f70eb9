"""The release before the one that is being made: its tables and columns, side by side with those of a warehouse.

Belongs here: opening both. Does not belong here: what follows from a difference (`gate`, `changes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.columns import Table, about, columns
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.tables import WAREHOUSE
from pipelines.files import read_json
from pipelines.publish import release
from pipelines.publish.release import ReleaseError
from pipelines.publish.sums import NoSumsError, verify

#: Both sides as schemas of one connection.
BEFORE, NOW = "before", "now"
PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Before:
    """A release: the columns of its tables with their Data Package types, and the Parquet files of each table.

    `damage` says why it cannot be compared with; empty where it can. Without a release there are no tables either.
    """

    folder: Path | None = None
    version: str | None = None
    schema_version: int | None = None
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    damage: str = ""


def look_back(folder: Path | None) -> Before:
    """Read what a release says of itself, every file proved by its hash. None gives an empty `Before`."""
    if folder is None:
        return Before()
    try:
        said, verified = release.about(folder), verify(folder)
    except (ReleaseError, NoSumsError) as error:
        return Before(folder, folder.name, damage=str(error))
    if not verified.whole:
        first = (verified.missing + verified.damaged)[0]
        return Before(folder, folder.name, damage=f"{first} of {folder.name} is missing or damaged")
    resources = (read_json(folder / PACKAGE) or {}).get("resources", ())
    tables = [r for r in resources if r.get("format") == "parquet"]
    return Before(
        folder,
        said["version"],
        said.get("schema_version"),
        {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in tables},
        {r["name"]: [folder / file["path"] for file in r["files"]] for r in tables},
    )


@contextmanager
def side_by_side(warehouse: Path, before: Before) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables of the contract in the schemas `before` and `now`, both in today's columns.

    What the release before does not have is null there, or an empty table.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        names = [about(model).name for model in WAREHOUSE]
        _schema(connection, BEFORE, {about(model).name: _rows(before, model) for model in WAREHOUSE})
        _schema(connection, NOW, {name: f"from warehouse.main.{quoted(name)}" for name in names})
        yield connection


@contextmanager
def between(before: Before, now: Before) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for two releases."""
    with duckdb.connect(config=CONFIG) as connection:
        for schema, side in ((BEFORE, before), (NOW, now)):
            _schema(connection, schema, {about(model).name: _rows(side, model) for model in WAREHOUSE})
        yield connection


def _schema(connection: duckdb.DuckDBPyConnection, schema: str, tables: Mapping[str, str]) -> None:
    connection.execute(f"create schema {schema}")
    for name, rows in tables.items():
        connection.execute(f"create view {schema}.{quoted(name)} as {rows}")


def _rows(before: Before, model: type[Table]) -> str:
    """The SELECT for a table of a release; a column that is of another type there counts as missing."""
    name = about(model).name
    files = ", ".join(literal(str(file)) for file in before.files.get(name, ()))
    there = before.tables.get(name, {}) if files else {}
    listed = ", ".join(
        f"{quoted(c.name) if there.get(c.name) == c.datapackage else 'null'}::{c.duckdb} as {quoted(c.name)}"
        for c in columns(model)
    )
    return f"select {listed} " + (
        f"from read_parquet([{files}], hive_partitioning = false)" if files else "where false"
    )
