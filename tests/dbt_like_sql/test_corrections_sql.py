"""What the warehouse says of each line of the register of corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.corrections import Correction
from pipelines.warehouse.runner import build
from tests.made.parsed import Parsed, Warehouse, _sha

CELL = "requests/received_new/total"
REPORT = "somewhere-2024"


def line(**changed: str) -> Correction:
    values = {
        "document_sha256": _sha(REPORT), "kind": "cell", "form_table": "", "form_row": "", "form_column": "",
        "indicator": "", "sentence": "", "printed": "12", "corrected": "21", "reason": "digits exchanged",
        "evidence": "the body's notice of 2025-03-01", "by": "An Editor", "on": "2026-11-30",
    }  # fmt: skip
    return Correction(**{**values, **changed})


def cell(place: str = CELL, **changed: str) -> Correction:
    table, row, column = place.split("/")
    return line(form_table=table, form_row=row, form_column=column, **changed)


def figure(**changed: str) -> Correction:
    return line(kind="figure", indicator="requests_received", **{"printed": "12件", **changed})


def outcome(folder: Path, parsed: Parsed, *lines: Correction) -> list[dict[str, Any]]:
    target = folder / "warehouse.duckdb"
    build(parsed.write(folder / "tables"), target, "+corrections", corrections=lines)
    return Warehouse(target).table("corrections").to_dicts()


def report(grade: str = "corrected", value: float = 21, raw: str = "12") -> Parsed:
    return Parsed().report(REPORT, {CELL: (value, grade, raw)})


@pytest.mark.parametrize(
    ("parsed", "correction", "status", "printed_now"),
    [
        (report(), cell(), "applied", "12"),
        (report("verified", 13, "13"), cell(), "printed_differs", "13"),
        (report("verified", 12), cell("requests/carried_in/total"), "no_such_cell", None),
        (report("verified", 12), cell(document_sha256="0" * 64), "document_gone", None),
    ],
)
def test_a_line_says_what_became_of_it(
    tmp_path: Path, parsed: Parsed, correction: Correction, status: str, printed_now: str | None
) -> None:
    (row,) = outcome(tmp_path, parsed, correction)
    assert (row["correction_status"], row["printed_now"]) == (status, printed_now)
    assert (row["corrected_value"], row["corrected_by"], str(row["corrected_on"])) == (21.0, "An Editor", "2026-11-30")


def test_a_document_that_does_not_stand_is_said_not_to(tmp_path: Path) -> None:
    parsed = report()
    parsed.add("documents", report_id=REPORT, report_year=2024, document_sha256="e" * 64, stands=False)
    (row,) = outcome(tmp_path, parsed, cell(document_sha256="e" * 64))
    assert (row["correction_status"], row["report_id"], row["place_id"]) == ("not_standing", REPORT, None)


@pytest.mark.parametrize(
    ("figures", "lines", "status"),
    [
        ([("12件", "corrected", "全年收到申请12件。")], [figure()], ["applied"]),
        ([("13件", "verified", "全年收到申请13件。")], [figure()], ["printed_differs"]),
        ([("12件", "verified", "收到12件。"), ("12件", "verified", "去年12件。")], [figure()], ["ambiguous"]),
        (
            [("12件", "corrected", "收到12件。"), ("12件", "verified", "去年12件。")],
            [figure(sentence="收到")],
            ["applied"],
        ),
        ([("12件", "verified", "收到12件。")], [figure(), figure(sentence="收到")], ["ambiguous", "ambiguous"]),
        ([("12件", "verified", "收到12件。")], [figure(sentence="没有")], ["no_such_cell"]),
    ],
)
def test_a_figure_is_told_by_its_indicator_text_and_sentence(
    tmp_path: Path, figures: list[tuple[str, str, str]], lines: list[Correction], status: list[str]
) -> None:
    parsed = Parsed().report(REPORT)
    for raw, grade, sentence in figures:
        parsed.figure(REPORT, "requests_received", 12.0, raw=raw, grade=grade, sentence=sentence)
    assert [row["correction_status"] for row in outcome(tmp_path, parsed, *lines)] == status


def test_a_corrected_number_enters_measures_and_marks_them(tmp_path: Path) -> None:
    row = report().when_asked(tmp_path).row("measures_by_report", report_id=REPORT, measure="requests_received")
    assert (row["value"], row["grade"], row["state"]) == (21.0, "corrected", "stated")


def test_no_register_no_rows(tmp_path: Path) -> None:
    assert outcome(tmp_path, report("verified", 12)) == []
