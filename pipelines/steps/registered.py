"""The lines of the registers of corrections that count for a workspace, and what tells apart one state of them from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

from expectations.corrections import Correction, corrections
from pipelines.files import fingerprint
from pipelines.workspace import Workspace


def registered(workspace: Workspace) -> tuple[Correction, ...]:
    """The project's lines and those of the workspace. Raises `expectations.data_files.DataFileError`."""
    return corrections(workspace.corrections)


def lines_fingerprint(lines: Iterable[Correction]) -> str:
    """Changes when a line does; empty where there is none."""
    parts = [part for line in lines for part in astuple(line)]
    return fingerprint(parts) if parts else ""
