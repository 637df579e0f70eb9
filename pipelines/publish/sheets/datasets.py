"""Tells which tables are there for spreadsheets, and how they are cut into files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from expectations.columns import Table, about, polars_schema
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.tables import model_of
from pipelines.publish.sheets.csv_files import write_csv
from pipelines.publish.sheets.workbook import write_workbook

#: What analysts compare with. The cells themselves (`facts`, `figures`, `sections`) are for Parquet and DuckDB.
COMPARISONS = (
    "comparison_by_year",
    "narrative_by_year",
    "trends",
    "peer_group_comparison",
    "outcome_structure",
    "applicant_structure",
    "dispute_outcomes",
    "coverage",
    "quality_scoreboard",
    "indicator_coverage",
    "problem_themes_by_year",
    "problems_over_years",
    "form_breaks",
    "common_measures",
    "measures_by_report",
)
#: A table with more rows has a file for each report year, as CSV too. A sheet can hold 1,048,576 rows, and Excel cuts a
#: longer CSV without a word; but long before that a workbook takes minutes to open.
MOST_ROWS = 200_000
CSV, XLSX = "csv", "xlsx"
#: Rows that are in memory at a time.
_BATCH = 8_192
_YEAR = "report_year"
#: Compression and whole columns work outside Python: two tables at a time take half as long.
_THREADS = 2


def write_sheets(warehouse: Path, version: str, folder: Path, most_rows: int = MOST_ROWS) -> dict[str, list[Path]]:
    """Write `csv/` and `xlsx/` of a folder; the CSV files of each table, relative to it and in order.

    The rows stand in the order of the key.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        with ThreadPoolExecutor(_THREADS) as threads:
            written = threads.map(
                lambda name: _write(connection.cursor(), model_of(name), version, folder, most_rows), COMPARISONS
            )
            return dict(zip(COMPARISONS, written, strict=True))


def _write(
    connection: duckdb.DuckDBPyConnection, model: type[Table], version: str, folder: Path, most_rows: int
) -> list[Path]:
    name, written = about(model).name, []
    for suffix, condition in _parts(connection, model, most_rows):
        rows = f"from {_place(model)} where {condition} order by {', '.join(map(quoted, about(model).key))}"
        count = int(connection.execute(f"select count(*) from {_place(model)} where {condition}").fetchall()[0][0])
        path = Path(CSV, f"{name}{suffix}.csv")
        write_csv(model, connection.sql(rows).to_arrow_reader(_BATCH), folder / path)
        book = folder / XLSX / f"{name}{suffix}.xlsx"
        write_workbook(model, version, count, connection.sql(rows).to_arrow_reader(_BATCH), book)
        written.append(path)
    return written


def _parts(connection: duckdb.DuckDBPyConnection, model: type[Table], most_rows: int) -> list[tuple[str, str]]:
    """Tell what the files of a table are called behind its name, and which rows they have."""
    count = int(connection.execute(f"select count(*) from {_place(model)}").fetchall()[0][0])
    if count <= most_rows or _YEAR not in polars_schema(model):
        return [("", "true")]
    years = connection.execute(f"select distinct {_YEAR} from {_place(model)} order by all").fetchall()
    return [(f"_{year}", f"{_YEAR} = {year}") for (year,) in years]


def _place(model: type[Table]) -> str:
    """The table in full: a cursor does not know what its connection uses."""
    return f"warehouse.main.{quoted(about(model).name)}"
