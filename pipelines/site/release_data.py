"""The release's DuckDB file, read as plain rows or as frames. Belongs here: opening and asking; no query of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.duckdb_sql import CONFIG, confine
from pipelines.workspace import SQL

Row = dict[str, Any]


class ReleaseData:
    """A read-only connection to the database of a release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str, **values: Any) -> list[Row]:
        """The rows of a query as dictionaries."""
        asked = self._connection.execute(query, values)
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]

    def row(self, query: str, **values: Any) -> Row:
        """The one row of a query. Raises `ValueError` where there is another number of rows."""
        (row,) = self.rows(query, **values)
        return row

    def frame(self, query: str, **values: Any) -> pl.DataFrame:
        """The rows of a query as a frame."""
        found: pl.DataFrame = self._connection.sql(query, params=values or None).pl()
        return found


@contextmanager
def opened(database: Path, threads: int | None = None) -> Iterator[ReleaseData]:
    """Open a database for reading; it can reach nothing but itself. Queries can use the macros of `dbt_like_sql`."""
    config = {**CONFIG, **({"threads": threads} if threads else {})}
    with duckdb.connect(str(database), read_only=True, config=config) as connection:
        for macro in sorted((SQL / "macros").glob("*.sql")):
            connection.execute(macro.read_text(encoding="utf-8").replace("create macro", "create temp macro", 1))
        confine(connection, str(database.resolve().parent))
        yield ReleaseData(connection)


def by(rows: Sequence[Row], key: str) -> Mapping[Any, list[Row]]:
    """Rows by the value of a column, each group in the order of the rows."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
