"""`gongkai query`: SQL over the newest release, which it cannot change or leave. Registered in `pipelines.cli.app`."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.ask.newest import NothingBuilt, database, opened
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import workspace_at

#: Wide enough for a sentence when the output is no terminal.
WIDTH = 200
#: What a terminal would obey instead of showing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HELP = "One SELECT or several statements; the last one's rows are printed. `from reports limit 10` is one."


def query(
    sql: Annotated[str, typer.Argument(help=_HELP, metavar="SQL")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV, safe for spreadsheets.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all rows as JSON, a list of objects.")] = False,
    limit: Annotated[int, typer.Option(help="Rows that the table shows.", min=1)] = 100,
    workspace: WorkspaceOption = None,
) -> None:
    """Ask the newest release (else the warehouse) in SQL. Nothing is written, and no other file or host is reached.

    `gongkai query "show tables"` lists the tables, `gongkai query "describe trends"` the columns of one.
    """
    if as_csv and as_json:
        screen.stop("--csv and --json exclude one another", 2)
    import duckdb

    try:
        with opened(database(workspace_at(workspace))) as connection:
            asked = connection.execute(sql)
            names = [column[0] for column in asked.description or ()]
            rows = asked.fetchall()
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except duckdb.Error as error:
        screen.stop(str(error), 2)
    if as_csv:
        write_csv(names, rows)
    elif as_json:
        found = [dict(zip(names, row, strict=True)) for row in rows]
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1, default=_as_json) + "\n")
    else:
        _print(names, rows, limit)


def write_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print CSV in which no text is a formula."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[harmless(value) for value in row] for row in rows])


def _as_json(value: Any) -> Any:
    """What JSON has no type for: decimals are numbers, all else (dates, blobs) is text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def shown(value: Any) -> Text:
    """A value for the terminal: null is told from 0 and from an empty text, and nothing is obeyed."""
    if value is None:
        return Text("null", style="dim")
    if isinstance(value, float):
        return Text(f"{value:,.10g}")
    return Text(_CONTROL.sub("\ufffd", str(value)))


def _print(names: Sequence[str], rows: Sequence[Sequence[Any]], limit: int) -> None:
    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    table = Table(header_style="bold")
    for place, name in enumerate(names):
        kinds = {type(row[place]) for row in rows if row[place] is not None}
        table.add_column(Text(name), justify="right" if kinds and kinds <= {int, float} else "left")
    for row in rows[:limit]:
        table.add_row(*(shown(value) for value in row))
    console.print(table)
    more = f", {limit} shown; --limit shows more" if len(rows) > limit else ""
    console.print(f"{len(rows):,} rows{more}")
