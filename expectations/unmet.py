"""Tells what a gate finds: one expectation that is not met. Stamps are read with it, so nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unmet:
    """One expectation of a table that some of its rows do not meet.

    `column` is None where the expectation concerns the table. `row_count` counts the rows that do not meet it, and is 0
    where the shape of the table is wrong, not its rows. `message` says what is expected, with an example of what was
    found instead.
    """

    table: str
    column: str | None
    check: str
    row_count: int
    message: str
