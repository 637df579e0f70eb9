"""The source that grows by itself: what refreshes have archived, and what is dropped into the inbox folder.

Belongs here: putting the two together. Does not belong here: finding files (`pipelines.catalogue.folder`) or documents in the
ledger (`pipelines.catalogue.harvested`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipelines import files
from pipelines.catalogue import folder, harvested
from pipelines.catalogue.folder import FoundDocument, Scan
from pipelines.harvest.ledger import opening
from pipelines.workspace import SAMPLE, Workspace


def default_source(workspace: Workspace) -> Path:
    """Tell what is built where no source is named: the inbox with all that was harvested, else the embedded sample."""
    return workspace.inbox if _dropped(workspace.inbox) or _has_harvested(workspace) else SAMPLE


def scan(source: Path, workspace: Workspace) -> Scan:
    """The documents of a source; those of the inbox are what lies in it and what refreshes have archived.

    Raises `pipelines.catalogue.folder.FolderError`.
    """
    if source.resolve() != workspace.inbox.resolve():  # it may be a link to where files are dropped
        return folder.scan(source)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    found = folder.scan(source)
    found.found += _harvested(workspace)
    return found


def fingerprint(inbox: Path) -> str:
    """Changes when a document of the inbox or what is known of them comes, goes or changes; empty where none lies there."""
    found = folder.scan(inbox).found if inbox.is_dir() else []
    lines = sorted(_state(inbox, each.path) for each in found if each.path)
    return files.fingerprint([*lines, _state(inbox, inbox / folder.SIDECAR)]) if lines else ""


def _state(inbox: Path, path: Path) -> str:
    with suppress(FileNotFoundError):  # taken away while we look
        status = path.stat()
        return f"{path.relative_to(inbox).as_posix()}\0{status.st_size}\0{status.st_mtime_ns}"
    return ""


def _harvested(workspace: Workspace) -> Iterator[FoundDocument]:
    with opening.opened(workspace) as ledger:
        yield from harvested.found(ledger.changes(), ledger.moved())


def _has_harvested(workspace: Workspace) -> bool:
    with opening.opened(workspace) as ledger:
        return any(True for _ in ledger.documents())


def _dropped(inbox: Path) -> bool:
    return inbox.is_dir() and any(folder.scan(inbox).found)
