"""Tells how DuckDB is opened and how SQL is written down safely, everywhere in this program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

#: No extension is fetched or loaded behind our back: what is not in the wheel is not used.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


#: A Parquet file of the machine, as the SQL of a view names it.
_FILE = re.compile(r"'(/(?:[^']|'')+\.parquet|[A-Za-z]:(?:[^']|'')+\.parquet)'")


def files_of_views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The Parquet files that the views of a database name by absolute paths, in order."""
    views = connection.execute("select sql from duckdb_views() where not internal").fetchall()
    return sorted({path.replace("''", "'") for (sql,) in views for path in _FILE.findall(str(sql))})
