"""`gongkai trace` and `gongkai measures`: where a number comes from. Registered in `pipelines.cli`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines import settings

#: Wide enough for a sentence, or the formulas of four forms, when the output is no terminal.
WIDTH = 200


def trace(
    body: Annotated[str, typer.Argument(help="Body: its id, its name as printed, or its government's name or code.")],
    year: Annotated[int, typer.Argument(help="Report year.")],
    measure: Annotated[str, typer.Argument(help="Code of the measure; `gongkai measures` lists them.")],
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help="Where the warehouse is.")] = None,
) -> None:
    """Print where a measure comes from: formula, facts and figures, and the literal cell or sentence of each."""
    from pipelines import show_trace
    from pipelines.trace import NotThere
    from pipelines.trace import trace as find

    try:
        links = find(settings.workspace(workspace).warehouse, body, year, measure)
    except NotThere as error:
        Console(stderr=True).print(str(error), style="bold red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from error
    for link in links:
        _console().print(show_trace.chain(link))


def measures(
    measure: Annotated[list[str] | None, typer.Argument(help="Codes of measures.", show_default="all")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, with reasons and sources.")] = False,
) -> None:
    """Print what each form offers of each measure, and how comparable that is."""
    from expectations import crosswalk
    from pipelines import show_trace

    known = crosswalk.measures()
    if unknown := [code for code in measure or () if code not in known]:
        message = f"no measure {', '.join(unknown)}; there are: {', '.join(known)}"
        Console(stderr=True).print(message, style="bold red", markup=False, soft_wrap=True)
        raise typer.Exit(2)
    if as_markdown:
        sys.stdout.write(show_trace.markdown(measure or known))
    else:
        _console().print(show_trace.measure_table(measure or known))


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)
