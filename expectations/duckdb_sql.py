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


#: The variable that tells a release's views where the release lies, and how they ask for it.
FOLDER_VARIABLE = "gongkai"
#: The view that says so to a person; it is there only where views on Parquet are.
HOW_TO_OPEN = "how_to_open"
BESIDE = f"coalesce(getvariable('{FOLDER_VARIABLE}') || '/', '')"

#: Sums over the hashes `h` of rows, in whatever order they come: the fingerprint of the rows.
ROW_SUMS = "count(*), sum(h::hugeint), bit_xor(h), sum(hash(h, 1)::hugeint)"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def confine(connection: duckdb.DuckDBPyConnection, folder: str) -> bool:
    """Let a connection to a release's database, or to a warehouse, read nothing but it and the Parquet of its views.

    True where a release has such views. Then the Parquet could be written, too: whoever runs the statements of others must
    refuse those that write. The views of a warehouse name single files, which can be read alone.
    """
    has_views = bool(connection.execute(f"from duckdb_views() where view_name = '{HOW_TO_OPEN}'").fetchall())
    if has_views:
        connection.execute(f"set variable {FOLDER_VARIABLE} = {literal(folder)}")
        connection.execute(f"set allowed_directories = [{literal(f'{folder}/data/')}]")
    if files := files_of_views(connection):
        connection.execute(f"set allowed_paths = [{', '.join(map(literal, files))}]")
    connection.execute("set enable_external_access = false")
    return has_views


#: A Parquet file of the machine, as the SQL of a view names it.
_FILE = re.compile(r"'(/(?:[^']|'')+\.parquet|[A-Za-z]:(?:[^']|'')+\.parquet)'")


def files_of_views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The Parquet files that the views of a database name by absolute paths, in order."""
    views = connection.execute("select sql from duckdb_views() where not internal").fetchall()
    return sorted({path.replace("''", "'") for (sql,) in views for path in _FILE.findall(str(sql))})
