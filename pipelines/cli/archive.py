"""`gongkai archive`: is the archive whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    pass

archive = typer.Typer(help="The archive of every document and response (WARC).", no_args_is_help=True)


@archive.command()
def verify(workspace: WorkspaceOption = None) -> None:
    """Prove every object of the archive by its hash, and that index and archive agree; exit 1 where they do not."""
    from contextlib import closing

    from pipelines.archive import by_hash as archives
    from pipelines.cli import show_refresh
    from pipelines.harvest.ledger import index
    from pipelines.harvest.ledger.database import Ledger

    place = workspace_at(workspace)
    found = archives.verify(place.archive)
    with closing(Ledger(place.ledger if place.ledger.is_file() else None)) as ledger:
        rows = [fetch for run in ledger.runs() for fetch in ledger.in_run(run["run_id"])]
        problems = index.problems(place.archive, rows)
    for part in show_refresh.verified(found, problems):
        screen.results().print(part, soft_wrap=True)
    if found.damaged or problems:
        raise typer.Exit(1)
    screen.results().print("the archive is whole")
