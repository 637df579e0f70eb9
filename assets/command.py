"""The command `gongkai`: that of `pipelines.cli`, and `build` and `ui`, which run the assets of this code location.

Exit codes: 0 done, 1 a gate did not open or a step broke, 2 the request makes no sense (as typer's own).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.app import app
from pipelines.cli.options import WorkspaceOption
from pipelines.workers.engines import EngineName

if TYPE_CHECKING:
    from rich.console import Console

    from assets.in_process import BuildOutcome
    from pipelines.workspace import Workspace


@app.command()
def build(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="A folder of reports, or one report.",
            show_default="what was refreshed and lies in the inbox, else the embedded sample",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    year: Annotated[list[str] | None, typer.Option(help="Only this report year; may be given again.")] = None,
    workers: Annotated[int, typer.Option(help="Worker processes that parse.", show_default="one a core", min=0)] = 0,
    retry: Annotated[bool, typer.Option("--retry", help="Try documents again that crashed or took too much.")] = False,
    accept_release: Annotated[
        str,
        typer.Option(metavar="REASON", help="Release in spite of what the release gate finds; kept in the release."),
    ] = "",
    engine: Annotated[
        EngineName | None,
        typer.Option(
            help="What runs the work: this process, or a Dask cluster.", show_default="$GONGKAI_ENGINE or local"
        ),
    ] = None,
    address: Annotated[
        str,
        typer.Option(
            metavar="tcp://HOST:8786",
            help="The Dask scheduler.",
            show_default="$GONGKAI_DASK_ADDRESS, else a cluster on this machine",
        ),
    ] = "",
) -> None:
    """Build everything from a folder of reports: parsed tables, warehouse, release. Only what changed is done."""
    # Here only: `pipelines` knows nothing of Dagster, but this command runs its assets.
    from assets import in_process
    from expectations.every_file import read_all
    from pipelines.build import BusyError
    from pipelines.catalogue.folder import FolderError
    from pipelines.catalogue.inbox import default_source
    from pipelines.cli import build_screen
    from pipelines.workspace import workspace_at

    read_all()
    place, out = workspace_at(workspace), screen.messages()
    reporter = build_screen.TerminalReporter(out)
    options = in_process.Options(tuple(year or ()), workers, retry, accept_release, engine or "", address)
    try:
        outcome = in_process.build_all(source or default_source(place), place, options, reporter)
    except FolderError as error:
        screen.stop(str(error), 2)
    except (BusyError, in_process.StepError) as error:
        screen.stop(str(error), 1)
    except KeyboardInterrupt:
        screen.stop("stopped; what was parsed is kept, and the next build goes on from there", 130)
    finally:
        reporter.close()
    _close(outcome, place, out)


@app.command()
def ui(
    source: Annotated[Path | None, typer.Argument(help="A folder of reports, or one report.")] = None,
    workspace: WorkspaceOption = None,
    port: Annotated[int, typer.Option(help="Where the interface listens, on this machine only.")] = 3000,
    is_scheduled: Annotated[
        bool,
        typer.Option(
            "--scheduled", help="Refresh by the statutory calendar, and build what is dropped into the inbox."
        ),
    ] = False,
) -> None:
    """Open Dagster's own interface on the workspace: the graph of assets with their checks, run by run."""
    from assets import dagster_home
    from pipelines.workspace import workspace_at

    if find_spec("dagster_webserver") is None:
        screen.stop("Dagster's web server is not installed: pip install 'gongkai[ui]'", 1)
    place = workspace_at(workspace)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(dagster_home.prepare(place)),
        "GONGKAI_WORKSPACE": str(place.root),
        **({"GONGKAI_SOURCE": str(source.resolve())} if source else {}),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "GONGKAI_SCHEDULED": "1" if is_scheduled else "0",
    }
    command = [sys.executable, "-m", "dagster", "dev", "-m", "assets.definitions", "-h", "127.0.0.1", "-p", str(port)]
    os.execve(sys.executable, command, environment)


def _close(outcome: BuildOutcome, place: Workspace, out: Console) -> None:
    """Say what came of a build; exit 1 where a gate did not open."""
    from pipelines.ask import registry
    from pipelines.cli import build_screen, screen
    from pipelines.warehouse.warehouse_steps import page_path

    shown = screen.results()
    shown.print(build_screen.summary(outcome.digest, outcome.years, registry.statuses(place)))
    for warning in outcome.warnings:
        out.print(f"raw gate: {warning}", style="yellow", markup=False)
    if outcome.waiting:
        out.print(f"changed but not asked for: {', '.join(outcome.waiting)}", style="yellow")
    if outcome.closed:
        out.print(build_screen.closed(outcome.closed, place), soft_wrap=True)
        raise typer.Exit(1)
    shown.print(build_screen.outputs(place, page_path(place)), soft_wrap=True)
    if outcome.nothing_changed:
        shown.print("nothing changed: 0 documents parsed")
