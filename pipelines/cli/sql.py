"""`gongkai sql`: the SQL models of the warehouse."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption

sql = typer.Typer(help="The SQL models of the warehouse.", no_args_is_help=True)


@sql.command("list")
def list_models() -> None:
    """List the SQL models in the order in which they run: layer, grain, purpose, what they read."""
    from pipelines.cli import build_screen
    from pipelines.warehouse.models import load

    screen.results().print(build_screen.models(load().values()))


@sql.command("build")
def build_models(
    select: Annotated[
        str | None, typer.Option(help="Models to run: `name`, `+name` with what it reads, `name+` with what reads it.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Run SQL models from the parsed tables into the candidate, which `gongkai build` gates and puts in place."""
    import duckdb

    from pipelines import build
    from pipelines.cli import build_screen, screen
    from pipelines.steps.stamps import NotGatedError
    from pipelines.warehouse import warehouse_steps
    from pipelines.warehouse.models import ModelError
    from pipelines.warehouse.runner import ContractError
    from pipelines.workspace import workspace_at

    place = workspace_at(workspace)
    try:
        with build.lock(place):
            runs = warehouse_steps.build_models(place, select)
    except (NotGatedError, build.BusyError, ModelError, ContractError, duckdb.Error) as error:
        screen.stop(str(error), 2 if isinstance(error, ModelError) else 1)
    screen.results().print(build_screen.model_runs(runs))
    screen.results().print(f"built: {place.candidate}", soft_wrap=True)
