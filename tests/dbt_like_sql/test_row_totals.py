"""The totals of the rows of the requests and disputes tables, on cases small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made.parsed import Cell, Parsed, Warehouse

CASES: dict[str, dict[str, Cell]] = {
    "printed": {"total": 8, "natural_person": 5, "legal_service_org": 3},
    "unclosed": {"total": 8, "natural_person": 5},
    "summed": {"total": None, "natural_person": 2, "legal_service_org": (1, "unverified")},
    "blank": {"total": None, "natural_person": None},
    "footnote": {"total": (None, "unverified", "12²")},
    "lines": {"total": (None, "unverified", "3\n4")},
    "words": {"total": (None, "unverified", "约５０")},
    "part": {"total": None, "natural_person": (None, "verified", "1 或 2"), "legal_service_org": 4},
    "unmapped": {"total": None, "unmapped.1": 7},
    **{f"sign{n}": {"total": (None, "verified", raw), "natural_person": 5} for n, raw in enumerate("/—无-")},
    "worst": {"total": None, "natural_person": (2, "contradicted"), "legal_service_org": (1, "conflicting")},
    "better": {"total": None, "natural_person": (2, "verified"), "legal_service_org": (1, "contradicted")},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    for name, cells in CASES.items():
        parsed.report(f"{name}-2024", {f"requests/granted/{column}": cell for column, cell in cells.items()})
    parsed.report("stranger-2024", {"requests/unmapped.1/total": 1000})
    return parsed.build(Path(tmp_path_factory.mktemp("totals")), "+row_totals")


def total(made: Warehouse, name: str) -> tuple[object, object, object, object]:
    row = made.row("row_totals", report_id=f"{name}-2024", form_table="requests", form_row="granted")
    return row["total_count"], row["basis"], row["grade"], row["fact_count"]


def test_a_printed_total_is_the_total(made: Warehouse) -> None:
    assert total(made, "printed") == (8, "printed", "verified", 1)
    closed = {
        name: made.row("row_totals", report_id=f"{name}-2024", form_table="requests", form_row="granted")["is_closed"]
        for name in ("printed", "unclosed")
    }
    assert closed == {"printed": True, "unclosed": False}


def test_a_blank_total_is_added_up_from_the_applicants(made: Warehouse) -> None:
    assert total(made, "summed") == (3, "summed_parts", "unverified", 2)


def test_a_wholly_blank_row_is_absent_and_not_zero(made: Warehouse) -> None:
    assert total(made, "blank") == (None, "absent", None, 0)


@pytest.mark.parametrize("name", ["footnote", "lines", "words", "part"])
def test_digits_that_are_no_number_make_a_total_unknown_rather_than_smaller(made: Warehouse, name: str) -> None:
    assert total(made, name)[:2] == (None, "absent")


@pytest.mark.parametrize("name", ["sign0", "sign1", "sign2", "sign3"])
def test_a_sign_for_nothing_is_a_blank(made: Warehouse, name: str) -> None:
    assert total(made, name) == (5, "summed_parts", "verified", 1)


def test_the_worst_grade_of_what_makes_a_total_counts(made: Warehouse) -> None:
    assert total(made, "worst") == (3, "summed_parts", "conflicting", 2)
    assert total(made, "better") == (3, "summed_parts", "contradicted", 2)


def test_rows_and_columns_that_no_form_knows_enter_no_sum(made: Warehouse) -> None:
    assert total(made, "unmapped") == (None, "absent", None, 0)
    assert made.table("row_totals").filter(report_id="stranger-2024").height == 0
