"""The wide table against the measures: what a test asks of every warehouse, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from expectations.crosswalk import measures


def compared_codes() -> list[str]:
    """The codes of the measures that are columns of `comparison_by_year`."""
    return [code for code, measure in measures().items() if measure.compared]


def differing_figures(database: Path) -> tuple[int, list[tuple[str, str, float | None, float | None]]]:
    """How many figures were compared, report by report and measure by measure, and those that differ.

    A figure that one of the two tables lacks differs, and so does a report that has no line.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        wide = connection.sql(f"select report_id, {', '.join(compared_codes())} from comparison_by_year").pl()
        told = connection.sql("select report_id, measure, value from measures_by_report").pl()
    told = told.filter(pl.col("measure").is_in(compared_codes()))
    long = wide.unpivot(index="report_id", variable_name="measure", value_name="figure").with_columns(told=pl.lit(True))
    both = long.join(told.with_columns(measured=pl.lit(True)), on=["report_id", "measure"], how="full", coalesce=True)
    there = pl.col("told").is_not_null() & pl.col("measured").is_not_null()
    differing = both.filter(~(there & pl.col("figure").eq_missing(pl.col("value"))))
    return both.height, differing.select("report_id", "measure", "figure", "value").rows()


def reports_by_form(database: Path, table: str) -> dict[str, int]:
    """How many lines of each form a table has."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return dict(connection.execute(f"select form, count(*) from {table} group by form").fetchall())
