"""`changes/` of a release: the table as Parquet and CSV, and the page."""

from __future__ import annotations

from pathlib import Path

import duckdb

from expectations.columns import about
from expectations.tables import model_of
from pipelines.files import write_durably
from pipelines.parquet import write_batches
from pipelines.publish.changes.changelog import changelog
from pipelines.publish.changes.differences import TABLE, compare
from pipelines.publish.release_before import Before
from pipelines.publish.sheets.csv_files import write_csv

FOLDER = "changes"


def write(connection: duckdb.DuckDBPyConnection, before: Before, version: str, folder: Path) -> list[Path]:
    """Write `changes/` into a folder; the Parquet files, relative to it.

    A first release, and one behind a damaged release, has the table without rows and a page that says so.
    """
    model = model_of(TABLE)
    compare(connection)
    if before.folder is None or before.damage:
        connection.execute(f"delete from {TABLE}")
    ordered = f"from {TABLE} order by {', '.join(about(model).key)}"
    path = Path(FOLDER, f"{TABLE}.parquet")
    write_batches(model, connection.sql(ordered).to_arrow_reader(), folder / path)
    write_csv(model, connection.sql(ordered).to_arrow_reader(), folder / FOLDER / f"{TABLE}.csv")
    page = changelog(connection, before, version)
    write_durably(folder / FOLDER / "CHANGES.md", page.encode())
    return [path]
