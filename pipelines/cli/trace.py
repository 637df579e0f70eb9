"""`gongkai trace`: where a number comes from. Registered in `pipelines.cli.app`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import workspace_at


def trace(
    body: Annotated[str, typer.Argument(help="Body: its id, its name as printed, or its government's name or code.")],
    year: Annotated[int, typer.Argument(help="Report year.")],
    measure: Annotated[str, typer.Argument(help="Code of the measure; `gongkai measures` lists them.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Print where a measure comes from: formula, facts and figures, and the literal cell or sentence of each."""
    from pipelines.ask.newest import NotThere
    from pipelines.ask.trace import trace as find
    from pipelines.cli import show_trace

    try:
        links = find(workspace_at(workspace).warehouse, body, year, measure)
    except NotThere as error:
        screen.stop(str(error), 2)
    for link in links:
        screen.results(screen.WIDE).print(show_trace.chain(link))
