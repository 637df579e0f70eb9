"""Tells which tables are there for spreadsheets, and how they are cut into files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.columns import Table, about, polars_schema
from expectations.duckdb_sql import CONFIG, literal, quoted
from expectations.tables import model_of
from pipelines.publish.contents import Contents
from pipelines.publish.rows import count_of, fingerprint_of, fingerprints
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
#: A table with more rows has a file for each report year, and a year with more has no workbook: a sheet can hold 1,048,576
#: rows, and Excel cuts a longer CSV without a word; but long before that a workbook takes minutes to open.
MOST_ROWS = 200_000
CSV, XLSX = "csv", "xlsx"
#: Rows that are in memory at a time.
_BATCH = 8_192
_YEAR = "report_year"
#: Compression and whole columns work outside Python: two tables at a time take half as long.
_THREADS = 2


def write_sheets(
    warehouse: Path, folder: Path, contents: Contents, most_rows: int = MOST_ROWS, longest_sheet: int = MOST_ROWS
) -> dict[str, list[Path]]:
    """Write `csv/` and `xlsx/` of a folder; the CSV files of each table, relative to it and in order.

    The rows stand in the order of the key. A part of more than `longest_sheet` rows is a CSV only.
    """
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        with ThreadPoolExecutor(_THREADS) as threads:
            written = threads.map(
                lambda name: _write(
                    connection.cursor(), model_of(name), folder, contents, _Limits(most_rows, longest_sheet)
                ),
                COMPARISONS,
            )
            return dict(zip(COMPARISONS, written, strict=True))


@dataclass(frozen=True, slots=True)
class _Limits:
    """Rows of a table that stays in one file, and rows of a workbook."""

    one_file: int
    sheet: int


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one file (SQL): what it is called behind the table's name, its rows' fingerprint."""

    suffix: str
    rows: str
    fingerprint: str


def _write(
    connection: duckdb.DuckDBPyConnection, model: type[Table], folder: Path, contents: Contents, limits: _Limits
) -> list[Path]:
    name, written = about(model).name, []
    key = ", ".join(map(quoted, about(model).key))
    for part in _parts(connection, model, limits.one_file):
        count = count_of(part.fingerprint)

        def rows(query: str = f"{part.rows} order by {key}") -> pa.RecordBatchReader:
            return connection.sql(query).to_arrow_reader(_BATCH)

        def make_csv(path: Path) -> None:
            write_csv(model, rows(), path)

        def make_book(path: Path, count: int = count) -> None:
            write_workbook(model, count, rows(), path)

        path = Path(CSV, f"{name}{part.suffix}.csv")
        contents.file(folder / path, [CSV, name, part.fingerprint], make_csv)
        if count <= limits.sheet:
            book = folder / XLSX / f"{name}{part.suffix}.xlsx"
            contents.file(book, [XLSX, name, part.fingerprint], make_book)
        written.append(path)
    return written


def _parts(connection: duckdb.DuckDBPyConnection, model: type[Table], most_rows: int) -> list[_Part]:
    """The files of a table: one, or where it is long and has years one for each."""
    rows = f"from {_place(model)}"
    whole = fingerprint_of(connection, rows)
    if count_of(whole) <= most_rows or _YEAR not in polars_schema(model):
        return [_Part("", rows, whole)]
    years = fingerprints(connection, rows, [_YEAR])
    return [_Part(f"_{year}", f"{rows} where {_YEAR} = {year}", said) for (year,), said in years.items()]


def _place(model: type[Table]) -> str:
    """The table in full: a cursor does not know what its connection uses."""
    return f"warehouse.main.{quoted(about(model).name)}"
