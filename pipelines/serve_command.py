"""`gongkai serve`: the newest release's site on this machine. Registered in `pipelines.cli`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from pipelines import settings
from pipelines.newest import NothingThere
from pipelines.newest import site as newest_site


def serve(
    port: Annotated[int, typer.Option(help="Where to listen, on this machine only; 0 takes a free port.")] = 8000,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Where the releases are.", show_default="workspace/")
    ] = None,
) -> None:
    """Serve the site of the newest release on this machine, with its downloads and the database for its SQL page."""
    from pipelines.site import server

    try:
        folder = newest_site(settings.workspace(workspace))
        running = server.serve(folder, port, "/site/index.html")
    except NothingThere as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"port {port} cannot be used ({error.strerror}); name another one with --port, or 0 for a free one")
    with running:
        Console().print(f"{folder.name}: http://{server.HOST}:{running.server_port}/  (Ctrl+C stops)", soft_wrap=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            Console(stderr=True).print("stopped")


def _stop(message: str) -> NoReturn:
    Console(stderr=True).print(message, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
