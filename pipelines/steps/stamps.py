"""Tells what steps leave behind for the next one: a stamp that says of what a product was made, and what its gate said.

A stamp is removed before its product is replaced and written after it. A stamp without a verdict is that of a product
whose gate was not asked yet.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.files import read_json, write_json
from pipelines.steps.verdicts import Verdict
from pipelines.steps.year_stamps import verdict_of_year
from pipelines.workspace import Workspace

#: What each gate judges: the product in whose stamp its verdict stands. The parsed gate judges shards, whose stamps stand
#: in the state (`pipelines.steps.year_stamps`).
_JUDGED = {
    "raw_gate": "source",
    "warehouse_gate": "candidate",
    "release_gate": "release",
}


class NotGatedError(Exception):
    """A step was asked for whose input has not passed its gate."""


def stamp_path(workspace: Workspace, product: str) -> Path:
    """Tell where the stamp of a product is."""
    return workspace.root / "state" / f"{product}.json"


def made_of(workspace: Workspace, product: str) -> str | None:
    """The fingerprint of what a product was made of; None where that is not known."""
    return (read_json(stamp_path(workspace, product)) or {}).get("made_of")


def keep_verdict(workspace: Workspace, verdict: Verdict) -> Verdict:
    """Write into the stamp of what a gate judged what it said, and give it back."""
    path = _judged(workspace, verdict.gate)
    write_json(path, {**(read_json(path) or {}), "verdict": verdict.as_json()})
    return verdict


def verdict_of(workspace: Workspace, gate: str, year: str = "") -> Verdict | None:
    """Tell what a gate said of the product that there is now; None where it was not asked, or by another program.

    `year` is the report year that the parsed gate is asked about.
    """
    if gate == "parsed_gate":
        return verdict_of_year(workspace, year)
    content = read_json(_judged(workspace, gate)) or {}
    try:
        return Verdict.of(content["verdict"])
    except (KeyError, TypeError):
        return None


def is_open(workspace: Workspace, gate: str, year: str = "") -> bool:
    """Tell whether a gate was asked of the product that there is now, and opened."""
    verdict = verdict_of(workspace, gate, year)
    return verdict is not None and verdict.is_open


def _judged(workspace: Workspace, gate: str) -> Path:
    return stamp_path(workspace, _JUDGED[gate])
