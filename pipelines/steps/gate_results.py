"""The contract's table `gate_results` → the verdict of the gate that it is of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.unmet import Unmet
from pipelines.steps.verdicts import Verdict

if TYPE_CHECKING:
    import polars as pl


def verdict(gate: str, results: pl.DataFrame, page: Path, accepted: str = "") -> Verdict:
    """Tell what a gate said, from its results: a row an expectation, met or not."""
    failed = results.filter(~results["success"])
    return Verdict(gate, results.height, tuple(map(_unmet, failed.to_dicts())), page=page, accepted=accepted)


def _unmet(row: dict[str, Any]) -> Unmet:
    return Unmet(row["table_name"], None, row["expectation"], row["unexpected_count"] or 0, row["message"])
