"""`gongkai evaluate`: many reports against gold."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from pipelines.catalogue.examine import Refused
from pipelines.catalogue.folder import scan
from pipelines.catalogue.inspection import FileJob, Inspected
from pipelines.cli import screen, show_report
from pipelines.cli.loose_files import WIDTH, inspected
from pipelines.evaluate import cells as scoring
from pipelines.evaluate import figures as figure_scoring
from pipelines.parse import Hints, Report


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
    results = inspected([FileJob(file, Hints(file.name)) for file in files])
    found: dict[str, Any]
    table: RenderableType
    if figures:
        read = [_figure_score(file, folder, results[file]) for file in files]
        found, table = figure_scoring.as_json(read), show_report.figure_scores(read)
    else:
        skipped = scoring.read_skip(skip) if skip else set()
        cells = [score for file in files for score in _cell_scores(file, folder, results[file], skipped)]
        found, table = scoring.as_json(cells), show_report.scores(cells)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        screen.results(WIDTH).print(table)


def _with_gold(files: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """The files that have gold; the others are named. None at all ends the command."""
    wanted: list[Path] = []
    for file in files:
        if (folder / f"{file.stem}.csv").exists():
            wanted.append(file)
        else:
            screen.messages().print(f"[yellow]{file.name}: no gold {kind}, left out[/]")
    if not wanted:
        screen.stop(f"none of the reports has gold {kind}", 1, f"looked for {folder}/<stem>.csv")
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


def _report(file: Path, found: Inspected) -> Report | None:
    """A report; None of a file that cannot be read, which is told, so that all its gold counts as missing."""
    if not isinstance(found, Refused):
        return found[1]
    screen.messages().print(f"{file.name}: {found.message} [{found.code}]", style="yellow", markup=False)
    return None


def _files(paths: list[Path]) -> Iterator[Path]:
    """The reports named, and those in the folders named, as `gongkai build` finds them."""
    for path in paths:
        if path.is_dir():
            yield from (found.path for found in scan(path).found if found.path)
        else:
            yield path
