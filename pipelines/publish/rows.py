"""Fingerprints of rows: the same rows of a table have the same one, in whatever order they come.

Two sums over a hash of every row, which DuckDB makes at ten million rows a second. They tell whether a file must be
made again, and prove nothing to a reader: that is for `SHA256SUMS`. Another DuckDB may hash otherwise, and makes
everything anew (the program's version is part of every key, `contents`).
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from expectations.duckdb_sql import ROW_SUMS


def fingerprint_of(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The fingerprint of all rows of a query."""
    return fingerprints(connection, query, ())[()]


def fingerprints(
    connection: duckdb.DuckDBPyConnection, query: str, parts: Sequence[str]
) -> dict[tuple[object, ...], str]:
    """The fingerprint of the rows of each part of a query, by the values of its columns or expressions `parts`.

    The parts are in the order of these values, nulls last. Without `parts` there is one, of rows or of none.
    """
    named = [f"{part} as part_{number}" for number, part in enumerate(parts)]
    group = ", ".join(f"part_{number}" for number in range(len(parts)))
    hashed = f"select {', '.join([*named, 'hash(r) as h'])} from ({query}) as r"
    grouped = (
        f"group by {group} order by {', '.join(f'{name} nulls last' for name in group.split(', '))}" if group else ""
    )
    rows = connection.execute(f"select {', '.join([*([group] if group else []), ROW_SUMS])} from ({hashed}) {grouped}")
    return {row[: len(parts)]: " ".join(map(str, row[len(parts) :])) for row in rows.fetchall()}


def count_of(fingerprint: str) -> int:
    """The number of rows that a fingerprint is of."""
    return int(fingerprint.partition(" ")[0])
