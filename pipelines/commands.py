"""`gongkai parse` and `gongkai evaluate`: one report, and many against gold. Registered in `pipelines.cli`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from pipelines import evaluate as scoring
from pipelines import parse as parsing
from pipelines import read as reading
from pipelines import show
from pipelines.harvest.folder import scan
from pipelines.parse import Hints, Report, Unparseable
from pipelines.read import Document, Unreadable

#: Wide enough for the requests table when the output is no terminal.
WIDTH = 160


def parse(
    file: Annotated[Path, typer.Argument(help="An annual report: HTML or text.", exists=True, dir_okay=False)],
    json_to: Annotated[
        Path | None, typer.Option("--json", help="Also write everything as JSON to this file; - for standard output.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year it is about, where the document does not say.")] = None,
    body: Annotated[str | None, typer.Option(help="The body, where the document does not say.")] = None,
) -> None:
    """Print one report: identity, the three tables as on the form, failed checks."""
    hints = Hints(file.name, report_year=year, body_name=body)
    try:
        document, report = _parsed(file, hints)
    except (Unreadable, Unparseable) as problem:
        _fail(f"{file}: {problem.message} [{problem.code}]", problem.hint)
    if json_to is not None and str(json_to) == "-":
        sys.stdout.write(_json(document, report, hints))
        return
    _console().print(show.report(report, document))
    if json_to is not None:
        json_to.write_text(_json(document, report, hints), encoding="utf-8")
        _console().print(f"written: {json_to}", soft_wrap=True)


def evaluate(
    reports: Annotated[list[Path], typer.Argument(help="Reports, or folders of reports.", exists=True)],
    gold: Annotated[
        Path, typer.Option(help="Folder with cells/<stem>.csv (or the CSVs themselves).", exists=True, file_okay=False)
    ],
    skip: Annotated[
        Path | None, typer.Option(help="CSV key,table,row,column of cells to leave out.", exists=True)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Compare parsed facts with gold cells. A report's key is its file's stem; reports without gold are named."""
    cells = gold / "cells" if (gold / "cells").is_dir() else gold
    skipped = scoring.read_skip(skip) if skip else set()
    found: list[scoring.Score] = []
    for file in _files(reports):
        path = cells / f"{file.stem}.csv"
        if path.exists():
            wanted = scoring.read_gold(path)
            found += scoring.score(file.stem, wanted, _facts(file), skipped)
        else:
            Console(stderr=True).print(f"[yellow]{file.name}: no gold cells, left out[/]")
    if not found:
        _fail("none of the reports has gold cells", f"looked for {cells}/<stem>.csv")
    if as_json:
        sys.stdout.write(json.dumps(scoring.as_json(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _console().print(show.scores(found))


def _parsed(file: Path, hints: Hints) -> tuple[Document, Report]:
    document = reading.read(file.read_bytes(), file.name)
    return document, parsing.parse(document, hints)


def _facts(file: Path) -> Iterable[Any]:
    """The facts of a report; none of one that cannot be read, so that all its gold cells count as missing."""
    try:
        return _parsed(file, Hints(file.name))[1].facts
    except (Unreadable, Unparseable) as problem:
        Console(stderr=True).print(f"[yellow]{file.name}: {problem.message} [{problem.code}][/]", markup=True)
        return ()


def _files(paths: list[Path]) -> Iterator[Path]:
    """The reports named, and those in the folders named, as `gongkai build` finds them."""
    for path in paths:
        if path.is_dir():
            yield from (found.path for found in scan(path).found)
        else:
            yield path


def _json(document: Document, report: Report, hints: Hints) -> str:
    """The report as the tables of the dataset, a list of rows each."""
    from pipelines.record import record
    from pipelines.version import program_version

    tables = record(document, report, hints, program_version()).tables
    rows = {
        name: [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        for name, columns in tables.items()
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def _fail(message: str, hint: str | None) -> None:
    console = Console(stderr=True)
    console.print(message, style="bold red", markup=False, soft_wrap=True)
    if hint:
        console.print(f"what would help: {hint}", markup=False, soft_wrap=True)
    raise typer.Exit(1)
