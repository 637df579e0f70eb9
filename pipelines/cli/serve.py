"""`gongkai serve`: the newest release's site on this machine. Registered in `pipelines.cli.app`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.ask.newest import NothingBuilt
from pipelines.ask.newest import site as newest_site
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import workspace_at


def serve(
    port: Annotated[int, typer.Option(help="Where to listen, on this machine only; 0 takes a free port.")] = 8000,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the site of the newest release on this machine, with its downloads and the database for its SQL page."""
    from pipelines.site import server

    try:
        folder = newest_site(workspace_at(workspace))
        running = server.serve(folder, port, "/site/index.html")
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except OSError as error:
        screen.stop(
            f"port {port} cannot be used ({error.strerror}); name another one with --port, or 0 for a free one", 1
        )
    with running:
        screen.results().print(
            f"{folder.name}: http://{server.HOST}:{running.server_port}/  (Ctrl+C stops)", soft_wrap=True
        )
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            screen.messages().print("stopped")
