"""`gongkai measures`: what each form offers of each measure."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipelines.cli import screen


def measures(
    measure: Annotated[list[str] | None, typer.Argument(help="Codes of measures.", show_default="all")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, with reasons and sources.")] = False,
) -> None:
    """Print what each form offers of each measure, and how comparable that is."""
    from expectations import crosswalk
    from pipelines.cli import show_trace

    known = crosswalk.measures()
    if unknown := [code for code in measure or () if code not in known]:
        screen.stop(f"no measure {', '.join(unknown)}; there are: {', '.join(known)}", 2)
    if as_markdown:
        sys.stdout.write(show_trace.markdown(measure or known))
    else:
        screen.results(screen.WIDE).print(show_trace.measure_table(measure or known))
