"""What the SQL computes, on cases small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.tables import CORE, MARTS
from tests.made.parsed import Cell, Parsed, Warehouse
from tests.made.rows import Row

#: A whole, sound requests table: 100 new, 10 carried in; 60+5+8+12+3+2 = 90 processed, 20 carried out.
TOTALS = {
    "received_new": 100,
    "carried_in": 10,
    "granted": 60,
    "partially_granted": 5,
    "denied.state_secret": 3,
    "denied.deliberative_process": 5,
    "unavailable.not_held": 12,
    "not_processed.duplicate": 3,
    "other.other": 2,
    "total_processed": 90,
    "carried_out": 20,
}


def requests(changes: dict[str, Cell] | None = None, **totals: float | None) -> dict[str, Cell]:
    """The total column of the sound table, with other totals, and other or more cells by `row/column`."""
    cells: dict[str, Cell] = {f"requests/{row}/total": value for row, value in {**TOTALS, **totals}.items()}
    return cells | {f"requests/{place}": cell for place, cell in (changes or {}).items()}


def comparison(warehouse: Warehouse, report_id: str) -> Row:
    return warehouse.row("comparison_by_year", report_id=report_id)


#: The reports of all tests that look at single reports: they share one warehouse.
REPORTS = Parsed()
Test = Callable[..., None]


def given(**cases: dict[str, Cell]) -> Callable[[Test], Test]:
    """A test's own reports, one a name, with these cells; the test asks `made` for what became of them."""

    def mark(test: Test) -> Test:
        for name, cells in cases.items():
            REPORTS.report(f"{test.__name__}.{name}-2024", cells)
        return test

    return mark


@dataclass(frozen=True)
class Made:
    """What the SQL made of the reports of one test."""

    warehouse: Warehouse
    test: str

    def totals(self, name: str, measure: str) -> tuple[object, object, object, object]:
        row = self.warehouse.row("request_totals", report_id=f"{self.test}.{name}-2024", measure=measure)
        return row["request_count"], row["basis"], row["grade"], row["fact_count"]

    def comparison(self, name: str) -> Row:
        return comparison(self.warehouse, f"{self.test}.{name}-2024")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return REPORTS.build(tmp_path_factory.mktemp("sql"))


@pytest.fixture
def made(shared: Warehouse, request: pytest.FixtureRequest) -> Made:
    return Made(shared, request.function.__name__)


# --- request_totals


@given(a=requests())
def test_a_group_is_the_sum_of_its_printed_totals(made: Made) -> None:
    assert made.totals("a", "denied") == (8, "printed", "verified", 2)
    assert made.totals("a", "granted") == (60, "printed", "verified", 1)


BLANK_GROUP: dict[str, Cell] = {
    "denied.state_secret/total": None,
    "denied.state_secret/natural_person": 2,
    "denied.state_secret/legal_service_org": 1,
    "denied.deliberative_process/total": None,
    "denied.deliberative_process/natural_person": (5, "unverified"),
}


@given(a=requests(BLANK_GROUP))
def test_blank_totals_are_added_up_from_the_applicants(made: Made) -> None:
    assert made.totals("a", "denied") == (8, "summed_parts", "unverified", 3)


@given(a=requests({"denied.state_secret/total": None, "denied.state_secret/natural_person": 3}))
def test_one_blank_total_of_a_group_is_added_up_beside_the_printed_ones(made: Made) -> None:
    assert made.totals("a", "denied") == (8, "summed_parts", "verified", 2)


@given(a=requests({"denied.state_secret/total": None, "denied.state_secret/natural_person": None}))
def test_a_wholly_blank_line_adds_nothing_to_its_group(made: Made) -> None:
    assert made.totals("a", "denied") == (5, "printed", "verified", 1)


@given(a=requests({"denied.state_secret/total": None, "denied.deliberative_process/total": (None, "contradicted")}))
def test_a_wholly_blank_group_is_absent_and_not_zero(made: Made) -> None:
    assert made.totals("a", "denied") == (None, "absent", "contradicted", 0)


@given(a={"requests/granted/total": 1})
def test_a_row_that_is_not_in_the_table_is_absent(made: Made) -> None:
    assert made.totals("a", "carried_in") == (None, "absent", "unverified", 0)


@given(
    old={k: v for k, v in requests({"other/total": 2}).items() if "other.other" not in k},
    new=requests({"other.fee_overdue/total": 4}),
)
def test_the_single_row_other_of_form_2019_and_the_three_of_form_2021_are_one_measure(made: Made) -> None:
    assert made.totals("old", "other") == (2, "printed", "verified", 1)
    assert made.totals("new", "other") == (6, "printed", "verified", 2)


@given(
    footnote=requests({"denied.state_secret/total": (None, "unverified", "12²")}),
    lines=requests({"denied.state_secret/total": (None, "unverified", "3\n4")}),
    words=requests({"denied.state_secret/total": (None, "unverified", "约５０")}),
    part=requests(
        {"denied.state_secret/total": None, "denied.state_secret/natural_person": (None, "verified", "1 或 2")}
    ),
)
def test_illegible_digits_make_a_group_unknown_rather_than_smaller(made: Made) -> None:
    for name in ("footnote", "lines", "words"):
        assert made.totals(name, "denied") == (None, "absent", "unverified", 0), name
    assert made.totals("part", "denied") == (None, "absent", "verified", 0)


@given(**{f"n{n}": requests({"denied.state_secret/total": (None, "verified", raw)}) for n, raw in enumerate("/—无-")})
def test_a_sign_for_nothing_is_a_blank(made: Made) -> None:
    for name in ("n0", "n1", "n2", "n3"):
        assert made.totals(name, "denied") == (5, "printed", "verified", 1)


GRADED = [
    ("verified", "unverified", "unverified"),
    ("unverified", "contradicted", "contradicted"),
    ("contradicted", "conflicting", "conflicting"),
]


@given(
    **{
        worst: requests({"denied.state_secret/total": (3, one), "denied.deliberative_process/total": (5, other)})
        for one, other, worst in GRADED
    }
)
def test_the_worst_grade_counts(made: Made) -> None:
    for _, _, worst in GRADED:
        assert made.totals(worst, "denied") == (8, "printed", worst, 2)
        assert made.comparison(worst)["requests_grade"] == worst


@given(a=requests({"unmapped.1/total": 1000, "granted/unmapped.1": 7, "granted/total": None}))
def test_rows_and_columns_that_no_form_knows_enter_no_sum(made: Made) -> None:
    assert made.totals("a", "granted") == (None, "absent", "verified", 0)
    assert made.comparison("a")["requests_received_count"] == 100


# --- comparison_by_year: outcomes


@given(a=requests())
def test_shares_are_of_all_processed_and_add_up(made: Made) -> None:
    row = made.comparison("a")
    assert row["granted_share"] == 60 / 90
    assert row["denied_share"] == 8 / 90
    assert row["other_outcome_share"] == 2 / 90
    assert (row["requests_basis"], row["requests_grade"]) == ("printed", "verified")
    assert (row["requests_carried_in_count"], row["requests_carried_out_count"]) == (10, 20)


@given(
    contradicted=requests({"granted/total": (60, "contradicted")}),
    conflicting=requests({"granted/total": (60, "conflicting")}),
)
def test_a_contradiction_leaves_the_counts_and_takes_the_shares(made: Made) -> None:
    for grade in ("contradicted", "conflicting"):
        row = made.comparison(grade)
        assert (row["granted_count"], row["requests_grade"]) == (60, grade)
        assert row["granted_share"] is None and row["denied_share"] is None and row["granted_share_rank"] is None
        assert row["contradicted_fact_count"] == (grade == "contradicted")
        # The received count itself is sound: it keeps its rank.
        assert row["requests_received_rank"] is not None


BLANK_TOTALS: dict[str, Cell] = {f"{row}/total": None for row in TOTALS}
PARTS: dict[str, Cell] = {f"{row}/natural_person": value for row, value in TOTALS.items()}


@given(
    good=requests({**BLANK_TOTALS, **PARTS}),
    bad=requests({**BLANK_TOTALS, **PARTS, "granted/natural_person": (50, "unverified")}),
)
def test_totals_added_up_here_give_shares_only_where_they_match_the_outcomes(made: Made) -> None:
    good, bad = made.comparison("good"), made.comparison("bad")
    assert (good["granted_share"], good["requests_basis"]) == (60 / 90, "summed_parts")
    assert (bad["granted_count"], bad["granted_share"], bad["denied_share"]) == (50, None, None)


@given(
    a={
        "requests/granted/total": (5, "unverified"),
        "requests/total_processed/total": (3, "unverified"),
        "requests/received_new/total": (1, "unverified"),
        "requests/received_new/natural_person": (2, "unverified"),
    }
)
def test_a_part_larger_than_its_whole_has_no_share(made: Made) -> None:
    row = made.comparison("a")
    assert (row["granted_count"], row["granted_share"], row["natural_person_share"]) == (5, None, None)


@given(a=requests(**dict.fromkeys(TOTALS, 0)))
def test_nothing_processed_is_no_share_and_no_error(made: Made) -> None:
    row = made.comparison("a")
    assert (row["requests_processed_count"], row["granted_share"], row["granted_share_rank"]) == (0, None, None)


@given(a={})
def test_a_report_without_tables_has_a_row_of_nulls(made: Made) -> None:
    row = made.comparison("a")
    assert (row["requests_basis"], row["requests_grade"], row["disputes_grade"]) == ("absent", None, None)
    assert row["requests_received_count"] is None and row["reconsideration_count"] is None
    assert (row["requests_received_rank"], row["contradicted_fact_count"]) == (None, 0)


@given(a=requests(**dict.fromkeys(TOTALS)))
def test_a_table_whose_cells_are_all_blank_is_unverified_and_not_absent_from_the_report(made: Made) -> None:
    row = made.comparison("a")
    assert (row["requests_basis"], row["requests_grade"]) == ("absent", "unverified")


@given(
    a=requests({"received_new/natural_person": 80, "received_new/other_org": 20, "granted/natural_person": 1}),
    bad=requests({"received_new/natural_person": (80, "contradicted")}),
)
def test_applicants_are_those_of_the_new_requests(made: Made) -> None:
    row, bad = made.comparison("a"), made.comparison("bad")
    assert (row["natural_person_received_count"], row["natural_person_share"]) == (80, 0.8)
    assert (row["other_org_received_count"], row["legal_service_org_received_count"]) == (20, None)
    # A contradicted applicant cell takes its own share and no other.
    assert (bad["natural_person_received_count"], bad["natural_person_share"]) == (80, None)
    assert bad["granted_share"] is not None


# --- comparison_by_year: disputes


def disputes(row: str, *values: Cell) -> dict[str, Cell]:
    columns = ("upheld", "corrected", "other", "pending", "total")
    return {f"disputes/{row}/{column}": value for column, value in zip(columns, values, strict=True)}


@given(
    a=disputes("reconsideration", 5, 2, 1, 2, 10)
    | disputes("litigation_direct", 3, 1, 0, 1, 5)
    | disputes("litigation_after_reconsideration", 1, 1, 0, 0, 2)
)
def test_lawsuits_are_direct_ones_and_those_after_reconsideration(made: Made) -> None:
    row = made.comparison("a")
    assert (row["reconsideration_count"], row["reconsideration_correction_share"]) == (10, 2 / 8)
    assert (row["litigation_count"], row["litigation_corrected_count"], row["litigation_pending_count"]) == (7, 2, 1)
    assert row["litigation_correction_share"] == 2 / 6
    assert row["disputes_grade"] == "verified"


@given(a=disputes("reconsideration", 5, None, None, 2, 7))
def test_blank_results_beside_a_printed_total_are_none(made: Made) -> None:
    row = made.comparison("a")
    assert (row["reconsideration_corrected_count"], row["reconsideration_correction_share"]) == (None, 0)


@given(
    blank=disputes("reconsideration", 5, 1, None, None, None),
    known=disputes("reconsideration", 5, 1, None, 2, None),
    illegible=disputes("reconsideration", 5, 1, None, (None, "verified", "2或3"), None),
)
def test_a_blank_total_is_the_sum_of_its_results_and_has_no_share_where_a_result_is_blank(made: Made) -> None:
    blank, known, illegible = (made.comparison(name) for name in ("blank", "known", "illegible"))
    assert (blank["reconsideration_count"], blank["reconsideration_correction_share"]) == (6, None)
    assert (known["reconsideration_count"], known["reconsideration_correction_share"]) == (8, 1 / 6)
    assert (illegible["reconsideration_count"], illegible["reconsideration_correction_share"]) == (None, None)


@given(
    a=disputes("reconsideration", None, None, None, None, None)
    | disputes("litigation_direct", 3, 1, 0, 0, 4)
    | disputes("litigation_after_reconsideration", None, None, None, None, None)
)
def test_all_blank_disputes_are_null_and_an_all_blank_row_does_not_disturb_the_other(made: Made) -> None:
    row = made.comparison("a")
    assert (row["reconsideration_count"], row["reconsideration_correction_share"]) == (None, None)
    assert (row["litigation_count"], row["litigation_correction_share"]) == (4, 1 / 4)


@given(
    a=disputes("reconsideration", *((value, "contradicted") for value in (5, 2, 1, 2, 99)))
    | disputes("litigation_direct", 3, 1, 0, 0, 4)
)
def test_a_contradicted_dispute_row_has_no_share_and_the_other_keeps_its_own(made: Made) -> None:
    row = made.comparison("a")
    assert (row["reconsideration_count"], row["reconsideration_correction_share"]) == (99, None)
    assert (row["litigation_correction_share"], row["disputes_grade"]) == (1 / 4, "contradicted")


@given(a=disputes("reconsideration", 0, 0, 0, 3, 3))
def test_only_pending_disputes_have_no_correction_share(made: Made) -> None:
    row = made.comparison("a")
    assert (row["reconsideration_count"], row["reconsideration_correction_share"]) == (3, None)


# --- comparison_by_year: what is in force

IN_FORCE: dict[str, Cell] = {
    "proactive/normative_documents/issued": 4,
    "proactive/normative_documents/in_force": 40,
    "proactive/regulations/in_force": 2,
    "proactive/licensing/decisions": 7,
    "proactive/fees/amount_10k_yuan": 12.5,
}


@given(new=IN_FORCE, old={"proactive/normative_documents/created": 6, "proactive/fees/items_change": 3})
def test_documents_issued_are_those_made_on_the_form_of_2019(made: Made) -> None:
    new, old = made.comparison("new"), made.comparison("old")
    assert (new["normative_documents_issued_count"], old["normative_documents_issued_count"]) == (4, 6)
    assert (new["normative_documents_in_force_count"], old["normative_documents_in_force_count"]) == (40, None)
    assert (new["regulations_in_force_count"], new["licensing_decisions_count"]) == (2, 7)
    assert (new["fees_yuan_10k"], old["fees_yuan_10k"]) == (12.5, None)


def test_fees_in_another_unit_are_not_published_as_ten_thousand_yuan(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2024", {"proactive/fees/amount_10k_yuan": 125000})
    parsed.rows["facts"][0]["unit"] = "元"
    assert comparison(parsed.when_asked(tmp_path), "a-2024")["fees_yuan_10k"] is None


# --- comparison_by_year: over years and among others


def test_changes_are_on_the_same_body_the_year_before_and_the_same_scope(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2023", requests(received_new=80, carried_out=12))
    parsed.report("a-2024", requests()).report("b-2024", requests(received_new=999))
    parsed.report("c-2022", requests()).report("c-2024", requests())
    parsed.report("d-2023", requests(), scope="organ").report("d-2024", requests())
    warehouse = parsed.when_asked(tmp_path)
    row = comparison(warehouse, "a-2024")
    assert (row["requests_received_change_count"], row["requests_received_change_share"]) == (20, 20 / 80)
    assert (row["granted_share_change"], row["carried_over_gap_count"]) == (0, 10 - 12)
    for alone in ("a-2023", "b-2024", "c-2024", "d-2024"):
        assert comparison(warehouse, alone)["requests_received_change_count"] is None, alone


def test_a_contradicted_year_before_shows_the_change_and_not_its_share(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2023", requests({"received_new/total": (80, "contradicted")}))
    row = comparison(parsed.report("a-2024", requests()).when_asked(tmp_path), "a-2024")
    assert (row["requests_received_change_count"], row["requests_received_change_share"]) == (20, None)
    assert row["granted_share_change"] is None


def test_ranks_share_ties_and_stay_within_year_level_and_scope(tmp_path: Path) -> None:
    parsed = Parsed()
    for body, received in {"a": 50, "b": 70, "c": 50, "d": 10}.items():
        parsed.report(f"{body}-2024", requests(received_new=received))
    parsed.report("e-2024", requests(received_new=999), scope="organ")
    parsed.report("f-2024", requests(received_new=999), level="province")
    parsed.report("g-2023", requests(received_new=999))
    parsed.report("h-2024", requests({"received_new/total": (999, "contradicted")}))
    parsed.report("i-2024", requests(received_new=None))
    warehouse = parsed.when_asked(tmp_path)
    ranks = {r["report_id"]: r["requests_received_rank"] for r in warehouse.table("comparison_by_year").to_dicts()}
    assert ranks == {
        "a-2024": 2, "b-2024": 1, "c-2024": 2, "d-2024": 4,
        "e-2024": 1, "f-2024": 1, "g-2023": 1, "h-2024": None, "i-2024": None,
    }  # fmt: skip
    # h states a count, though a contradicted one; i states none.
    assert comparison(warehouse, "a-2024")["level_report_count"] == 5
    assert comparison(warehouse, "e-2024")["level_report_count"] == 1


def test_bodies_of_unknown_level_are_not_ranked_among_each_other(tmp_path: Path) -> None:
    row = comparison(Parsed().report("a-2024", requests(), level="unresolved").when_asked(tmp_path), "a-2024")
    assert (row["requests_received_rank"], row["granted_share_rank"]) == (None, None)


# --- checks


def check(parsed: Parsed, report_id: str, code: str, outcome: str, place: str = "", form: str = "2021") -> None:
    difference = {"holds": 0.0, "fails": 4.0, "not_testable": None}[outcome]
    parsed.add(
        "checks",
        check_id=f"{report_id}/{code}/{place}",
        report_id=report_id,
        report_year=int(report_id[-4:]),
        form=form,
        check_code=code,
        place=place,
        outcome=outcome,
        difference=difference,
        message=f"{code} {outcome}",
    )


def test_testability_counts_reports_and_places(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2024").report("b-2024").report("c-2024").report("d-2019", form="2019")
    check(parsed, "a-2024", "requests.balance", "holds", "total")
    check(parsed, "a-2024", "requests.balance", "fails", "natural_person")
    check(parsed, "b-2024", "requests.balance", "not_testable", "total")
    check(parsed, "d-2019", "requests.balance", "holds", "total", form="2019")
    row = parsed.when_asked(tmp_path).row("check_testability", form="2021", check_code="requests.balance")
    # c has no check at all and counts as a report in which it was not tested.
    assert (row["report_count"], row["tested_report_count"], row["tested_share"]) == (3, 1, 1 / 3)
    assert (row["failing_report_count"], row["holds_count"], row["fails_count"], row["not_testable_count"]) == (
        1,
        1,
        1,
        1,
    )


def test_failed_checks_name_body_and_file(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2024", body_name="某县人民政府")
    check(parsed, "a-2024", "requests.balance", "fails", "total")
    check(parsed, "a-2024", "requests.outcome_sum", "holds", "total")
    warehouse = parsed.when_asked(tmp_path)
    [row] = warehouse.table("failed_checks").to_dicts()
    assert (row["body_name"], row["file_name"], row["difference"]) == ("某县人民政府", "a-2024.html", 4)


# --- all of it


def test_what_the_sql_makes_keeps_the_contract(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2023", requests()).report("a-2024", requests({"granted/total": (1, "contradicted")}))
    parsed.report("b-2024", disputes("reconsideration", 5, 1, 0, 0, 6)).report("c-2019", form="2019")
    check(parsed, "a-2024", "requests.outcome_sum", "fails", "total")
    warehouse = parsed.build(tmp_path)
    for model in (*CORE, *MARTS):
        assert failures(model, warehouse.table(about(model).name)) == []


def test_tables_stand_in_the_order_of_their_key(tmp_path: Path) -> None:
    parsed = Parsed()
    for body in ("c", "a", "b"):
        parsed.report(f"{body}-2024", requests()).report(f"{body}-2023", requests())
    warehouse = parsed.build(tmp_path)
    for model in (*CORE, *MARTS):
        table = warehouse.table(about(model).name)
        assert table.equals(table.sort(about(model).key))
