"""The ledger of a workspace, wherever it is opened: made again from the archive's index where it is missing or outdated.

Nothing else belongs here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.archive import by_hash
from pipelines.archive.store import store
from pipelines.harvest.ledger.database import Ledger, OutdatedLedgerError
from pipelines.workspace import Workspace


@contextmanager
def opened(workspace: Workspace) -> Iterator[Ledger]:
    """The ledger, closed afterwards; one in memory where nothing was ever fetched.

    What it says decides which documents there are, so one that was lost, or that another version of the program made, is
    made again from the index. Raises `pipelines.archive.by_hash.ArchiveError` where that is damaged.
    """
    if not workspace.ledger.is_file():
        clear(workspace)
    try:
        ledger = Ledger(workspace.ledger if workspace.ledger.is_file() or _is_indexed(workspace) else None)
    except OutdatedLedgerError:
        workspace.ledger.replace(workspace.ledger.with_suffix(".outdated.sqlite"))
        clear(workspace)
        ledger = Ledger(workspace.ledger)
    try:
        if not ledger.runs() and _is_indexed(workspace):
            from pipelines.harvest.ledger import index  # a build without changes does not load polars

            index.restore(ledger, workspace.archive)
        yield ledger
    finally:
        ledger.close()


def clear(workspace: Workspace) -> None:
    """Remove what SQLite keeps beside a ledger that is gone: it would be taken for a part of the next one."""
    for name in ("-wal", "-shm"):
        workspace.ledger.with_name(workspace.ledger.name + name).unlink(missing_ok=True)


def _is_indexed(workspace: Workspace) -> bool:
    return any(store(workspace.archive).names(by_hash.INDEX))
