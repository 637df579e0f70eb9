"""What steps leave behind for the next one: a stamp that says of what a product was made, and what a gate said.

Belongs here: names and reading. Does not belong here: when a stamp is written (`pipelines.build`, `pipelines.publish.release_steps`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.files import read_json
from pipelines.workspace import Workspace


class NotGatedError(Exception):
    """A step was asked for whose input has not passed its gate."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gate said: expectations in all, the rows of `gate_results` that keep it closed, and the page."""

    count: int
    failed: list[dict[str, Any]]
    page: Path


def stamp_path(workspace: Workspace, product: str) -> Path:
    """Where the stamp of a product is."""
    return workspace.root / "state" / f"{product}.json"


def made_of(workspace: Workspace, product: str) -> str | None:
    """The fingerprint of what a product was made of; None where that is not known."""
    return (read_json(stamp_path(workspace, product)) or {}).get("made_of")
