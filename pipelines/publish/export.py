"""The tables of a warehouse as Parquet files, one for each report year where a table has years."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.duckdb_sql import CONFIG, literal, quoted
from pipelines.files import write_durably
from pipelines.parquet import parquet_bytes

YEAR = "report_year"
#: Where the tables stand in a release.
DATA = "data"


def export_tables(warehouse: Path, models: list[type[Table]], folder: Path) -> dict[str, list[Path]]:
    """Write warehouse tables as Parquet and return the files of each by its name, relative to `folder`, in order.

    A table that has years goes to `data/<table>/report_year=<year>.parquet`, one that has none to `data/<table>.parquet`. Rows
    without a year go to `report_year=unknown`, and so does a table of years without any rows: every table can be read.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute("use warehouse")
        return {about(model).name: _export(connection, model, folder) for model in models}


def export_frame(model: type[Table], frame: pl.DataFrame, folder: Path, under: str = DATA) -> list[Path]:
    """Write a frame of a table without years to `<folder>/<under>/<table>.parquet`."""
    path = Path(under, f"{about(model).name}.parquet")
    write_durably(folder / path, parquet_bytes(model, frame))
    return [path]


def _export(connection: duckdb.DuckDBPyConnection, model: type[Table], folder: Path) -> list[Path]:
    name = about(model).name
    if YEAR not in polars_schema(model):
        return export_frame(model, connection.sql(f"from {quoted(name)}").pl(), folder)
    years = connection.execute(f"select distinct {YEAR} from {quoted(name)} order by {YEAR} nulls last").fetchall()
    files = []
    for (year,) in years or [(None,)]:
        rows = connection.sql(f"from {quoted(name)} where {YEAR} is not distinct from ?", params=[year]).pl()
        files.append(Path(DATA, name, f"{YEAR}={'unknown' if year is None else year}.parquet"))
        write_durably(folder / files[-1], parquet_bytes(model, rows))
    return files
