"""Tells what the assets are given: the workspace, the source and the limits.

Belongs here: configuration. Does not belong here: work.
"""

import os
from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg
from pydantic import Field

from pipelines import build
from pipelines.catalogue.inbox import default_source
from pipelines.harvest.fetch.policy import Policy, policy
from pipelines.harvest.run import Registers, registers
from pipelines.harvest.walk.plan import Asked
from pipelines.workers.engine import Engine
from pipelines.workers.engines import engine_of
from pipelines.workers.pool import Limits
from pipelines.workspace import Workspace, workspace_at

#: Seconds that a run waits for another one that is writing to the same workspace.
PATIENCE = 600


class Gongkai(dg.ConfigurableResource[None]):
    """The workspace, the source of documents, and what one document may take.

    `source` defaults to `$GONGKAI_SOURCE`, else what was refreshed and dropped into the inbox, else the sample; `workspace` to `$GONGKAI_WORKSPACE`, else `workspace/`
    where Dagster runs; `workers` 0 means one a core; `engine` and `address` as for `pipelines.workers.engines.engine_of`;
    `accept_release` is the reason to release in spite of the release gate.
    """

    source: str = ""
    workspace: str = ""
    workers: int = 0
    seconds: float = Limits().seconds
    memory_mb: int = Limits().memory_mb
    retry: bool = False
    accept_release: str = ""
    engine: str = ""
    address: str = ""

    def runs_on(self) -> Engine:
        """Tell what runs shards."""
        return engine_of(self.engine, self.address, self.workers or None)

    @property
    def place(self) -> Workspace:
        """The workspace's folders."""
        return workspace_at(Path(self.workspace) if self.workspace else None)

    @property
    def source_path(self) -> Path:
        """The folder or file of documents."""
        named = self.source or os.environ.get("GONGKAI_SOURCE")
        return Path(named) if named else default_source(self.place)

    def lock(self) -> AbstractContextManager[None]:
        """The workspace for this run alone."""
        return build.lock(self.place, wait=PATIENCE)


class Harvest(dg.ConfigurableResource[None]):
    """Holds what a refresh asks for, and by which registers. How sites are treated, `GONGKAI_HARVEST_…` says.

    `years` and `only` as in `gongkai refresh`; `sources` and `hosts` default to `$GONGKAI_SOURCES` and `$GONGKAI_HOSTS`,
    else the project's own; `workspace` as for `Gongkai`.
    """

    workspace: str = ""
    sources: str = ""
    hosts: str = ""
    years: list[int] = Field(default_factory=list)
    only: str = ""

    @property
    def place(self) -> Workspace:
        """The workspace's folders."""
        return workspace_at(Path(self.workspace) if self.workspace else None)

    def registers(self) -> Registers:
        """The registers as they stand now."""
        files = (self.sources or os.environ.get("GONGKAI_SOURCES"), self.hosts or os.environ.get("GONGKAI_HOSTS"))
        return registers(*(Path(file) if file else None for file in files))

    def asked(self) -> Asked:
        """Tell which reports are wanted."""
        return Asked(frozenset(self.years) or None, self.only or None)

    def policy(self) -> Policy:
        """Tell how sites are treated."""
        return policy()
