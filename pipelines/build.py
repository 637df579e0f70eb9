"""Tells what there is to do, and the lock on the workspace.

Each step is a plain function of the workspace that the Dagster assets call. A step's product is named in a stamp with
the fingerprint of what it was made of; stamps are removed before a product is replaced and written after, so that a
kill at any moment leaves at worst a whole product without a stamp, which is made again. Belongs here: order, freshness,
the lock. Does not belong here: how a warehouse is made (`pipelines.warehouse`), or the step behind it
(`pipelines.publish.release_steps`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.catalogue import catalogue as catalogues
from pipelines.publish import release_steps
from pipelines.steps.fingerprints import program_version
from pipelines.steps.year_stamps import years_on_disk
from pipelines.tabulate import years
from pipelines.warehouse.warehouse_steps import warehouse_is_fresh
from pipelines.workers import tools
from pipelines.workspace import Workspace


class BusyError(Exception):
    """Another build holds the workspace."""


@contextmanager
def lock(workspace: Workspace, wait: float = 0) -> Iterator[None]:
    """Keep the workspace to this process for a while; nested uses are one. The system frees it when a process dies.

    Raises `BusyError` when another process still holds it after `wait` seconds.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    held = FileLock(workspace.root / "build.lock", is_singleton=True, thread_local=False)
    try:
        held.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(f"another build is working in {workspace.root}; wait until it has finished") from error
    try:
        yield
    finally:
        held.release()


# --- what there is to do


@dataclass(frozen=True, slots=True)
class Plan:
    """Holds what a build would have to do."""

    documents: int
    parse: int
    catalogue: bool
    years: tuple[str, ...]
    warehouse: bool
    release: bool

    @property
    def nothing(self) -> bool:
        """Tell whether everything is as it should be."""
        return not (self.parse or self.catalogue or self.years or self.warehouse or self.release)


def plan(source: Path, workspace: Workspace, given: frozenset[str] | None = None) -> Plan:
    """Compare a source with the workspace, changing nothing but the archive. `given` are the tools, all by default.

    Raises `pipelines.catalogue.folder.FolderError`.
    """
    found = catalogues.survey(source, workspace)
    current = catalogues.load(workspace)
    changed = current.version != program_version() or current.source != found.fingerprint
    keys = {*found.keys, *(() if changed else catalogues.listed_keys(workspace))}
    due = set(catalogues.unparsed(workspace, keys))
    come = catalogues.waiting(workspace, tools.available() if given is None else given)
    due.update(key for key in come if key in keys)
    stale = tuple(years.stale(workspace, current))
    return Plan(
        documents=len(found.keys),
        parse=len(due),
        catalogue=changed or set(years_on_disk(workspace)) != set(current.years),
        years=stale,
        warehouse=bool(stale) or not warehouse_is_fresh(workspace),
        release=bool(stale) or not release_steps.is_fresh(workspace),
    )
