"""`gongkai parse` and `gongkai evaluate`: one report, and many against gold. Registered in `pipelines.cli`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console, RenderableType

from pipelines import evaluate as scoring
from pipelines import evaluate_figures as figure_scoring
from pipelines import show
from pipelines.harvest.folder import scan
from pipelines.inspection import Inspected, Job, inspect
from pipelines.intake import Refused
from pipelines.parse import Hints, Report
from pipelines.read import Document

#: Wide enough for the requests table when the output is no terminal.
WIDTH = 160
_REPORT = (
    "An annual report: HTML, text, PDF, Word, Excel, RTF, a scan or picture, or a ZIP archive of such. The format is told from the content. "
    "`gongkai doctor` says which formats need what is not installed."
)


def parse(
    file: Annotated[Path, typer.Argument(help=_REPORT, exists=True, dir_okay=False)],
    json_to: Annotated[
        Path | None, typer.Option("--json", help="Also write everything as JSON to this file; - for standard output.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year it is about, where the document does not say.")] = None,
    body: Annotated[str | None, typer.Option(help="The body, where the document does not say.")] = None,
    member: Annotated[str, typer.Option(help="The file in a ZIP archive that holds several.")] = "",
) -> None:
    """Print one report of any format: identity, tables as on the form, figures and problems, failed checks."""
    hints = Hints(file.name, report_year=year, body_name=body)
    found = next(iter(_inspected([Job(file, hints, member=member)]).values()))
    if isinstance(found, Refused):
        _fail(f"{file}: {found.message} [{found.code}]", found.hint)
    document, report = found
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
        Path,
        typer.Option(
            help="Folder with cells/<stem>.csv (with --figures: narrative/<stem>.csv), or the CSVs themselves.",
            exists=True,
            file_okay=False,
        ),
    ],
    figures: Annotated[
        bool, typer.Option("--figures", help="Compare the narrative's figures instead of the tables' cells.")
    ] = False,
    skip: Annotated[
        Path | None, typer.Option(help="CSV key,table,row,column of cells to leave out.", exists=True)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Compare what was parsed with gold: facts with cells, or figures with statements of the narrative.

    A report's key is its file's stem; reports without gold are named and left out.
    """
    kind = "narrative" if figures else "cells"
    folder = gold / kind if (gold / kind).is_dir() else gold
    files = _with_gold(_files(reports), folder, kind)
    results = _inspected([Job(file, Hints(file.name)) for file in files])
    found: dict[str, Any]
    table: RenderableType
    if figures:
        read = [_figure_score(file, folder, results[file]) for file in files]
        found, table = figure_scoring.as_json(read), show.figure_scores(read)
    else:
        skipped = scoring.read_skip(skip) if skip else set()
        cells = [score for file in files for score in _cell_scores(file, folder, results[file], skipped)]
        found, table = scoring.as_json(cells), show.scores(cells)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        _console().print(table)


def _with_gold(files: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """The files that have gold; the others are named. None at all ends the command."""
    wanted: list[Path] = []
    for file in files:
        if (folder / f"{file.stem}.csv").exists():
            wanted.append(file)
        else:
            Console(stderr=True).print(f"[yellow]{file.name}: no gold {kind}, left out[/]")
    if not wanted:
        _fail(f"none of the reports has gold {kind}", f"looked for {folder}/<stem>.csv")
    return wanted


def _cell_scores(
    file: Path, folder: Path, found: Inspected, skipped: set[tuple[str, str, str, str]]
) -> list[scoring.Score]:
    report = _report(file, found)
    gold = scoring.read_gold(folder / f"{file.stem}.csv")
    return scoring.score(file.stem, gold, report.facts if report else (), skipped)


def _figure_score(file: Path, folder: Path, found: Inspected) -> figure_scoring.FigureScore:
    report = _report(file, found)
    gold = figure_scoring.read_statements(folder / f"{file.stem}.csv", figure_scoring.read_names())
    return figure_scoring.score_figures(
        file.stem, gold, report.figures if report else (), report.sections if report else ()
    )


def _inspected(jobs: list[Job]) -> dict[Path, Inspected]:
    """What is in each file, read in workers with limits, so that no file can hang or end the command."""
    console = Console(stderr=True)
    results: dict[Path, Inspected] = {}
    with console.status("reading …") if console.is_terminal else nullcontext():
        for job, found in inspect(jobs):
            results[job.path] = found
    return results


def _report(file: Path, found: Inspected) -> Report | None:
    """A report; None of a file that cannot be read, which is told, so that all its gold counts as missing."""
    if not isinstance(found, Refused):
        return found[1]
    Console(stderr=True).print(f"{file.name}: {found.message} [{found.code}]", style="yellow", markup=False)
    return None


def _files(paths: list[Path]) -> Iterator[Path]:
    """The reports named, and those in the folders named, as `gongkai build` finds them."""
    for path in paths:
        if path.is_dir():
            yield from (found.path for found in scan(path).found if found.path)
        else:
            yield path


def _json(document: Document, report: Report, hints: Hints) -> str:
    """The report as the tables of the dataset, a list of rows each, which is empty where it says nothing of the kind."""
    from pipelines.rows import rows_of
    from pipelines.version import program_version

    return json.dumps(rows_of(document, report, hints, program_version()), ensure_ascii=False, indent=1) + "\n"


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def _fail(message: str, hint: str | None) -> NoReturn:
    console = Console(stderr=True)
    console.print(message, style="bold red", markup=False, soft_wrap=True)
    if hint:
        console.print(f"what would help: {hint}", markup=False, soft_wrap=True)
    raise typer.Exit(1)
