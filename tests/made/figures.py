"""Made figures that satisfy the identities of a form, and mutations of them. No figure comes from the program."""

from __future__ import annotations

import random

from expectations.forms import forms

Cells = dict[tuple[str, str, str], int | None]
APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
RESULTS = ("upheld", "corrected", "other", "pending")
BALANCE_ROWS = ("received_new", "carried_in", "total_processed", "carried_out")


def made(form: str, seed: int, single_other: bool | None = None) -> Cells:
    """A whole report's cells by (table, row, column). Sums are right by construction; about half the cells are zero."""
    dice = random.Random(seed)
    single = form == "2019" if single_other is None else single_other
    cells: Cells = {}
    for block in forms()[form].tables["proactive"].blocks:
        for row in block.rows:
            for column in block.columns:
                cells["proactive", row.code, column.code] = dice.choice(
                    [0, dice.randint(1, 99), dice.randint(100, 99999)]
                )
    outcomes = [r.code for r in forms()[form].tables["requests"].rows if r.code not in BALANCE_ROWS]
    outcomes = [c for c in outcomes if (not c.startswith("other.") if single else c != "other")]
    for column in APPLICANTS:
        values = {row: dice.choice([0, 0, dice.randint(1, 60)]) for row in outcomes}
        values["granted"] += dice.randint(1, 300) if column == "natural_person" else 0
        processed = sum(values.values())
        carried_out = dice.randint(0, 9)
        carried_in = dice.randint(0, min(9, processed + carried_out))
        values |= {
            "total_processed": processed,
            "carried_out": carried_out,
            "carried_in": carried_in,
            "received_new": processed + carried_out - carried_in,
        }
        for row, value in values.items():
            cells["requests", row, column] = value
    for row in [*outcomes, *BALANCE_ROWS]:
        cells["requests", row, "total"] = sum(cells["requests", row, c] or 0 for c in APPLICANTS)
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        parts = {c: dice.choice([0, dice.randint(1, 40)]) for c in RESULTS}
        for column, value in {**parts, "total": sum(parts.values())}.items():
            cells["disputes", row, column] = value
    return cells


def request_rows(form: str, cells: Cells) -> list[str]:
    """The row codes of the requests table that the cells have, in the form's order."""
    present = {row for table, row, _ in cells if table == "requests"}
    return [r.code for r in forms()[form].tables["requests"].rows if r.code in present]
