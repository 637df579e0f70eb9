"""`gongkai parse`: one report, as the tables of its form. Registered in `pipelines.cli.app`."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.catalogue.examine import Refused
from pipelines.catalogue.inspection import FileJob
from pipelines.cli import screen, show_report
from pipelines.cli.loose_files import WIDTH, inspected
from pipelines.parse import Hints, Report
from pipelines.read import Document

_REPORT = (
    "An annual report: HTML, text, PDF, Word, Excel, RTF, a scan or picture, or a ZIP file of such. The format is told from the content. "
    "`gongkai doctor` says which formats need what is not installed."
)
#: Tables in which a report that was read, and that is looked at alone, has no part.
_NOT_SAID = frozenset({"revisions", "quarantine"})


def parse(
    file: Annotated[Path, typer.Argument(help=_REPORT, exists=True, dir_okay=False)],
    json_to: Annotated[
        Path | None, typer.Option("--json", help="Also write everything as JSON to this file; - for standard output.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year it is about, where the document does not say.")] = None,
    body: Annotated[str | None, typer.Option(help="The body, where the document does not say.")] = None,
    member: Annotated[str, typer.Option(help="The file in a ZIP file that holds several reports.")] = "",
) -> None:
    """Print one report of any format: identity, tables as on the form, figures and problems, failed checks."""
    hints = Hints(file.name, report_year=year, body_name=body)
    found = next(iter(inspected([FileJob(file, hints, member=member)]).values()))
    if isinstance(found, Refused):
        screen.stop(f"{file}: {found.message} [{found.code}]", 1, found.hint)
    document, report = found
    if json_to is not None and str(json_to) == "-":
        sys.stdout.write(_json(document, report, hints))
        return
    screen.results(WIDTH).print(show_report.report(report, document))
    if json_to is not None:
        json_to.write_text(_json(document, report, hints), encoding="utf-8")
        screen.results(WIDTH).print(f"written: {json_to}", soft_wrap=True)


def _json(document: Document, report: Report, hints: Hints) -> str:
    """The report as the tables of the dataset, a list of rows each, which is empty where it says nothing of the kind."""
    from pipelines.catalogue.rows import rows_of
    from pipelines.steps.fingerprints import program_version

    tables = rows_of(document, report, hints, program_version()).by_name()
    said = {name: [row._asdict() for row in rows] for name, rows in tables.items() if name not in _NOT_SAID}
    return json.dumps(said, ensure_ascii=False, indent=1, default=datetime.date.isoformat) + "\n"
