"""`gongkai query`: SQL over the newest release, which it cannot change or leave. Registered in `pipelines.cli.app`."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.ask.newest import NothingBuilt, database, opened
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    import duckdb

#: What a terminal would obey instead of showing: control characters, and marks that turn the direction of writing.
_OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HELP = "One SELECT or several statements; the last one's rows are printed. `from reports limit 10` is one."


def query(
    sql: Annotated[str, typer.Argument(help=_HELP, metavar="SQL")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV, safe for spreadsheets.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all rows as JSON, a list of objects.")] = False,
    limit: Annotated[int, typer.Option(help="Rows that the grid shows.", min=1)] = 100,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask the newest release (else the warehouse) in SQL. Nothing is written, and no other file or host is reached.

    `gongkai query "show tables"` lists the tables, `gongkai query "describe trends"` the columns of one. The grid is as
    wide as the terminal; --csv and --json have every column.
    """
    if as_csv and as_json:
        screen.stop("--csv and --json exclude one another", 2)
    import duckdb

    try:
        with opened(database(workspace_at(workspace))) as connection:
            _refuse_writing(connection, sql)
            if not as_csv and not as_json:
                rows = connection.sql(sql)
                sys.stdout.write(_grid(rows, limit) if rows else "")
                return
            asked = connection.execute(sql)
            names = [column[0] for column in asked.description or ()]
            found = asked.fetchall()
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except duckdb.Error as error:
        screen.stop(str(error), 2)
    if as_csv:
        write_csv(names, found)
    else:
        listed = [dict(zip(names, row, strict=True)) for row in found]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1, default=_as_json) + "\n")


def _refuse_writing(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Stop where a statement writes a file: where the database has views on Parquet, these could be written otherwise."""
    import duckdb

    for statement in connection.extract_statements(sql):
        if statement.type in (duckdb.StatementType.COPY, duckdb.StatementType.EXPORT):
            screen.stop("nothing is written here: print the rows with --csv, and send them to a file", 2)


def write_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print CSV in which no text is a formula."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[harmless(value) for value in row] for row in rows])


def _as_json(value: Any) -> Any:
    """Tell what JSON has no type for: decimals are numbers, all else (dates, blobs) is text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _grid(rows: duckdb.DuckDBPyRelation, limit: int) -> str:
    """The rows as DuckDB draws them, as wide as there is room: columns and rows that do not fit are left out and counted.

    DuckDB escapes most of what a terminal would obey; the rest is U+FFFD.
    """
    drawn = io.StringIO()
    with redirect_stdout(drawn):
        rows.show(max_width=screen.results(screen.WIDE).width, max_rows=limit)
    return _OBEYED.sub("\ufffd", drawn.getvalue())
