"""The tables of a warehouse as Parquet files, one for each report year where a table has years, more where a year is long.

A file is written again only where its rows changed; and never is more of a table in memory than DuckDB sorts at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.duckdb_sql import CONFIG, literal, quoted
from pipelines.files import write_durably
from pipelines.parquet import ROW_GROUP, parquet_bytes, write_batches
from pipelines.publish.contents import Contents
from pipelines.publish.rows import count_of, fingerprint_of, fingerprints
from pipelines.steps import shards

YEAR = "report_year"
#: Where the tables stand in a release.
DATA = "data"
#: A year of more rows is cut into files by body, of so many rows at most as a rule: some 20 MB.
MOST_ROWS = 1_000_000
#: The columns that a year is cut by: a body's own id, else a report's, which begins with it.
_CUT_BY = ("body_id", "report_id")


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of a table: its rows (SQL), their fingerprint, and its place in a release."""

    rows: str
    fingerprint: str
    path: Path


def export_tables(
    warehouse: Path, models: list[type[Table]], folder: Path, contents: Contents, most_rows: int = MOST_ROWS
) -> dict[str, list[Path]]:
    """Write warehouse tables as Parquet and return the files of each by its name, relative to `folder`, in order.

    A table that has years goes to `data/<table>/report_year=<year>.parquet`, one that has none to `data/<table>.parquet`. Rows
    without a year go to `report_year=unknown`, and so does a table of years without any rows: every table can be read. A
    year of more than `most_rows` goes to `data/<table>/report_year=<year>/<bucket>.parquet`, cut by body as shards are.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute("use warehouse")
        return {about(model).name: _export(connection, model, folder, contents, most_rows) for model in models}


def export_frame(model: type[Table], frame: pl.DataFrame, folder: Path, under: str = DATA) -> list[Path]:
    """Write a frame of a table without years to `<folder>/<under>/<table>.parquet`."""
    path = Path(under, f"{about(model).name}.parquet")
    write_durably(folder / path, parquet_bytes(model, frame))
    return [path]


def _export(
    connection: duckdb.DuckDBPyConnection, model: type[Table], folder: Path, contents: Contents, most_rows: int
) -> list[Path]:
    key = ", ".join(f"{quoted(name)} nulls last" for name in about(model).key)
    files = []
    for part in _parts(connection, model, most_rows):
        query = f"{part.rows} order by {key}"

        def make(path: Path, query: str = query) -> None:
            write_batches(model, connection.sql(query).to_arrow_reader(ROW_GROUP), path)

        contents.file(folder / part.path, [DATA, about(model).name, part.fingerprint], make)
        files.append(part.path)
    return files


def _parts(connection: duckdb.DuckDBPyConnection, model: type[Table], most_rows: int) -> Iterator[_Part]:
    name = about(model).name
    rows = f"from {quoted(name)}"
    if YEAR not in polars_schema(model):
        yield _Part(rows, fingerprint_of(connection, rows), Path(DATA, f"{name}.parquet"))
        return
    years = fingerprints(connection, rows, [YEAR])
    for (year,), said in years.items() or [((None,), "0")]:
        called = f"{YEAR}={'unknown' if year is None else year}"
        own = f"{rows} where {YEAR} is not distinct from {'null' if year is None else year}"
        cut_by = next((column for column in _CUT_BY if column in polars_schema(model)), None)
        bits = shards.depth(count_of(said), most_rows)
        if not bits or cut_by is None:
            yield _Part(own, said, Path(DATA, name, f"{called}.parquet"))
            continue
        bucket = _bucket(cut_by, bits)
        for (value,), of_bucket in fingerprints(connection, own, [bucket]).items():
            yield _Part(f"{own} and {bucket} = '{value}'", of_bucket, Path(DATA, name, called, f"{value}.parquet"))


def _bucket(column: str, bits: int) -> str:
    """SQL for the bucket of a row (`shards.bucket_of`)."""
    body = column if column == "body_id" else f"regexp_replace({column}, '-[^-]*$', '')"
    return f"left(lpad(bin(('0x' || left(sha256({body}), 8))::ubigint), 32, '0'), {bits})"
