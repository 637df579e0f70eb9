"""One walk at a time in a workspace: a refresh, a probe and a discovery share the hosts that they ask.

Nothing else belongs here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.workspace import Workspace


class BusyError(Exception):
    """Another walk is at work in the workspace."""


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Keep walks of one workspace apart; a build may run beside one. The system frees the lock of a dead process.

    Raises `BusyError`.
    """
    workspace.ledger.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(workspace.ledger.with_name("refresh.lock"), is_singleton=True, thread_local=False)
    try:
        held.acquire(timeout=0)
    except Timeout as error:
        raise BusyError(f"another refresh is working in {workspace.root}; wait until it has finished") from error
    try:
        yield
    finally:
        held.release()
