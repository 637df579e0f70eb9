"""The options that several commands share, each written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.workspace import DATA

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Where everything is built.", show_default="workspace/")
]
SourcesOption = Annotated[
    Path,
    typer.Option("--sources", envvar="GONGKAI_SOURCES", help="The register.", show_default="the project's own"),
]
HostsOption = Annotated[
    Path,
    typer.Option("--hosts", envvar="GONGKAI_HOSTS", help="What is set for hosts.", show_default="the project's own"),
]
PortalsOption = Annotated[
    Path,
    typer.Option(
        "--portals", envvar="GONGKAI_PORTALS", help="The portals that are known.", show_default="the project's own"
    ),
]
SOURCES, HOSTS, PORTALS = DATA / "sources.csv", DATA / "hosts.csv", DATA / "portals.csv"
