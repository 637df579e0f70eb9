"""What the assets are given: the workspace, the source and the limits.

Belongs here: configuration. Does not belong here: work.
"""

import os
from contextlib import AbstractContextManager
from pathlib import Path

import dagster as dg

from pipelines import build
from pipelines.settings import SAMPLE, Workspace, workspace
from pipelines.workers import Limits

#: Seconds that a run waits for another one that is writing to the same workspace.
PATIENCE = 600


class Gongkai(dg.ConfigurableResource[None]):
    """The workspace, the source of documents, and what one document may take.

    `source` defaults to `$GONGKAI_SOURCE`, else the sample; `workspace` to `$GONGKAI_WORKSPACE`, else `workspace/`
    where Dagster runs; `workers` 0 means one a core.
    """

    source: str = ""
    workspace: str = ""
    workers: int = 0
    seconds: float = Limits().seconds
    memory_mb: int = Limits().memory_mb
    retry: bool = False

    @property
    def place(self) -> Workspace:
        """The workspace's folders."""
        return workspace(Path(self.workspace) if self.workspace else None)

    @property
    def source_path(self) -> Path:
        """The folder or file of documents."""
        return Path(self.source or os.environ.get("GONGKAI_SOURCE") or SAMPLE)

    def lock(self) -> AbstractContextManager[None]:
        """The workspace for this run alone."""
        return build.lock(self.place, wait=PATIENCE)
