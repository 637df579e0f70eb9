"""The command `gongkai`. Belongs here: arguments, exit codes, words on the screen; each command imports what it needs.

Exit codes: 0 done, 1 a gate did not open or a step broke, 2 the request makes no sense (as typer's own).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipelines.commands import evaluate, parse
from pipelines.compare_command import compare
from pipelines.doctor import doctor
from pipelines.harvest_commands import sources
from pipelines.measure_commands import measures, trace
from pipelines.query_command import query
from pipelines.refresh_commands import archive, refresh
from pipelines.release_commands import release
from pipelines.serve_command import serve

if TYPE_CHECKING:
    from rich.console import Console

    from assets.run import Outcome
    from pipelines.settings import Workspace

app = typer.Typer(
    name="gongkai",
    help="The comparative open dataset of Chinese government transparency (政府信息公开工作年度报告).",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
sql = typer.Typer(help="The SQL models of the warehouse.", no_args_is_help=True)
app.add_typer(sql, name="sql")
app.command()(refresh)
app.add_typer(sources, name="sources")
app.add_typer(archive, name="archive")
app.add_typer(release, name="release")
app.command()(parse)
app.command()(evaluate)
app.command()(doctor)
app.command()(trace)
app.command()(measures)
app.command()(serve)
app.command()(compare)
app.command()(query)

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Where everything is built.", show_default="workspace/")
]


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
) -> None:
    """Build everything from a folder of reports: parsed tables, warehouse, release. Only what changed is done."""
    # Here only: `pipelines` knows nothing of Dagster, but this command runs its assets.
    from assets import run
    from pipelines import console, settings
    from pipelines.build import BusyError
    from pipelines.harvest.folder import FolderError
    from pipelines.harvest.inbox import default_source

    place, out = settings.workspace(workspace), console.messages()
    reporter = console.TerminalReporter(out)
    options = run.Options(tuple(year or ()), workers, retry, accept_release)
    try:
        outcome = run.build_all(source or default_source(place), place, options, reporter)
    except FolderError as error:
        _stop(out, str(error), 2)
    except (BusyError, run.StepError) as error:
        _stop(out, str(error), 1)
    except KeyboardInterrupt:
        _stop(out, "stopped; what was parsed is kept, and the next build goes on from there", 130)
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
    from assets import home
    from pipelines import console, settings

    if find_spec("dagster_webserver") is None:
        _stop(console.messages(), "Dagster's web server is not installed: pip install 'gongkai[ui]'", 1)
    place = settings.workspace(workspace)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home.prepare(place)),
        "GONGKAI_WORKSPACE": str(place.root),
        **({"GONGKAI_SOURCE": str(source.resolve())} if source else {}),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "GONGKAI_SCHEDULED": "1" if is_scheduled else "0",
    }
    command = [sys.executable, "-m", "dagster", "dev", "-m", "assets.definitions", "-h", "127.0.0.1", "-p", str(port)]
    os.execve(sys.executable, command, environment)


def _close(outcome: Outcome, place: Workspace, out: Console) -> None:
    """Say what came of a build; exit 1 where a gate did not open."""
    from pipelines import console
    from pipelines.build import page_path

    screen = console.results()
    screen.print(console.summary(outcome.digest, outcome.years))
    for warning in outcome.warnings:
        out.print(f"raw gate: {warning}", style="yellow", markup=False)
    if outcome.waiting:
        out.print(f"changed but not asked for: {', '.join(outcome.waiting)}", style="yellow")
    if outcome.failures:
        out.print(console.failures(outcome.failures, place), soft_wrap=True)
        raise typer.Exit(1)
    screen.print(console.outputs(place, page_path(place)), soft_wrap=True)
    if outcome.nothing_changed:
        screen.print("nothing changed: 0 documents parsed")


def _stop(out: Console, message: str, code: int) -> NoReturn:
    out.print(message, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


@sql.command("list")
def list_models() -> None:
    """List the SQL models in the order in which they run: layer, grain, purpose, what they read."""
    from pipelines import console
    from pipelines.warehouse.models import load

    console.results().print(console.models(load().values()))


@sql.command("build")
def build_models(
    select: Annotated[
        str | None, typer.Option(help="Models to run: `name`, `+name` with what it reads, `name+` with what reads it.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Run SQL models from the parsed tables into the candidate, which `gongkai build` gates and puts in place."""
    import duckdb

    from pipelines import build, console, settings
    from pipelines.stamps import NotGatedError
    from pipelines.warehouse.models import ModelError
    from pipelines.warehouse.runner import ContractError

    place, out = settings.workspace(workspace), console.messages()
    try:
        with build.lock(place):
            runs = build.build_models(place, select)
    except (NotGatedError, build.BusyError, ModelError, ContractError, duckdb.Error) as error:
        _stop(out, str(error), 2 if isinstance(error, ModelError) else 1)
    console.results().print(console.model_runs(runs))
    console.results().print(f"built: {place.candidate}", soft_wrap=True)
