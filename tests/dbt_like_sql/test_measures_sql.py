"""What the SQL makes of the crosswalk: measures of reports of every form, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.forms import forms
from expectations.tables import CORE, DICTIONARIES
from tests.made.parsed import Cell, Parsed, Warehouse
from tests.made.rows import Row

#: 100 new, 10 carried in; 60 + 5 + (3+5) + 12 + 3 + 2 = 90 processed, 20 carried out. All other rows print 0.
STATED = {
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


def requests(**changes: Cell) -> dict[str, Cell]:
    """The total column of a whole requests table of form 2021; `changes` by `row/column`, `...` takes a cell out."""
    rows = forms()["2021"].tables["requests"].expected_rows([])
    cells: dict[str, Cell] = {f"requests/{row}/total": STATED.get(row, 0) for row in rows}
    cells.update({f"requests/{place}": cell for place, cell in changes.items()})
    return {place: cell for place, cell in cells.items() if cell is not ...}


def disputes(row: str, *values: Cell) -> dict[str, Cell]:
    """A row of the disputes table: upheld, corrected, other, pending, total."""
    columns = ("upheld", "corrected", "other", "pending", "total")
    return {f"disputes/{row}/{column}": value for column, value in zip(columns, values, strict=True)}


ANNEX: dict[str, Cell] = {
    f"statistics/{row}/value": value
    for row, value in {
        "proactive.total": 5000,
        "requests.received": 80,
        "requests.received_in_person": 30,
        "requests.completed": 75,
        "requests.completed_extended": 15,
        "requests.answered": 70,
        "answers.already_public": 10,
        "answers.granted": 30,
        "answers.partially_granted": 4,
        "answers.denied": 6,
        "answers.denied_state_secret": 1,
        "answers.denied_trade_secret": 0,
        "answers.denied_privacy": 2,
        "answers.denied_public_safety_stability": 0,
        "answers.denied_not_government_information": 2,
        "answers.denied_other_law": 1,
        "answers.not_this_agency": 8,
        "answers.does_not_exist": 7,
        "answers.clarification_asked": 2,
        "answers.other_channel": 3,
        "reconsideration.total": 5,
        "reconsideration.upheld": 3,
        "reconsideration.corrected": 1,
        "reconsideration.other": 1,
        "litigation.total": 2,
    }.items()
}


def compared(parsed: Parsed) -> None:
    """Reports for what is compared: disputes, merits, small numbers, and who can make rules."""
    courts = disputes("litigation_direct", 1, 1, 0, 1, 3)
    courts |= disputes("litigation_after_reconsideration", 2, 0, 0, 0, 2)
    every = disputes("reconsideration", 4, 1, 1, 1, 7)
    parsed.report("disputed-2024", requests() | courts | every)
    parsed.report("inquiries-2024", requests(**{"denied.administrative_inquiry/total": 7}))
    parsed.report("few-2024", requests(**{"total_processed/total": 29, "granted/total": 2}))
    parsed.report("thirty-2024", requests(**{"total_processed/total": 30, "granted/total": 2}))
    parsed.report("items-2022", requests()).figure("items-2022", "items_disclosed", 40)
    rules: dict[str, Cell] = {"proactive/regulations/in_force": 4, "proactive/normative_documents/in_force": 9}
    kinds = {
        "county": ("county", "government", "某县"),
        "city": ("prefecture", "government_office", "某市"),
        "bureau": ("prefecture", "department", "某市"),
        "league": ("prefecture", "government", "锡林郭勒盟"),
        "unknown": ("unresolved", "unresolved", None),
    }
    for body, (level, kind, name) in kinds.items():
        parsed.report(f"{body}-2022", rules, level=level, body_kind=kind, government_name=name)
    parsed.report("docs-14-2016", {"statistics/proactive.normative_documents_made/value": 11}, form="2014")
    parsed.report("docs-19-2020", {"proactive/normative_documents/created": 12}, form="2019")
    parsed.report("docs-21-2022", {"proactive/normative_documents/issued": 13})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    parsed.report("new-2024", requests() | disputes("reconsideration", 4, None, 1, 2, 7))
    parsed.report("old-2016", ANNEX, form="2014")
    parsed.report("bare-2016", {}, form="2014")
    parsed.figure("bare-2016", "requests_received", 12)
    parsed.report("text-2019", {}, form="2019")
    parsed.figure("text-2019", "requests_received", 40)
    parsed.figure("missing-2024", "requests_denied", 8)
    before = parsed.report("before-2010", {}, form="none", scope="not_stated")
    before.figure("before-2010", "requests_received", 9, scope="territory", grade="verified")
    before.figure("before-2010", "items_disclosed", 300)
    before.figure("before-2010", "items_disclosed", 310)
    before.figure("before-2010", "portal_items", 50, scope="own_level")
    before.figure("before-2010", "weibo_items", 50, value_to=60)
    before.figure("before-2010", "processing_fees_collected_yuan", 25_000)
    parsed.report("missing-2024", requests(**{"denied.enforcement_file/total": ...}))
    parsed.report("illegible-2024", requests(**{"denied.enforcement_file/total": (None, "unverified", "1O2")}))
    blanks = {f"{row}/total": None for row in STATED if row.startswith("denied.")}
    parsed.report("blank-2024", requests(**blanks, **{"unavailable.not_held/total": None}))
    nothing = {f"{row.code}/total": None for row in forms()["2021"].tables["requests"].rows if "denied" in row.code}
    parsed.report("allblank-2024", requests(**nothing))
    kept = {f"other.{line}/total": ... for line in ("clarification_overdue", "fee_overdue", "other")}
    parsed.report("kept-2022", requests(**kept, **{"other/total": 2}))
    parsed.report("doubt-2024", requests(**{"granted/total": (95, "contradicted")}))
    parsed.report("beyond-2024", requests(**{"granted/total": (95, "unverified")}))
    parsed.report("zero-2024", requests(**{"total_processed/total": 0}))
    both = disputes("litigation_direct", 1, 1, 0, 1, 3) | disputes("litigation_after_reconsideration", 2, 0, 0, 0, 2)
    parsed.report("courts-2024", both)
    parsed.report("onecourt-2024", disputes("litigation_direct", 1, 1, 0, 1, 3))
    parsed.report("open-2024", disputes("reconsideration", 4, None, 1, 1, 7))
    applicants: dict[str, Cell] = {
        "received_new/natural_person": 80,
        "received_new/commercial_enterprise": 15,
        "received_new/research_institution": None,
        "received_new/public_welfare_org": None,
        "received_new/legal_service_org": 5,
        "received_new/other_org": None,
    }
    parsed.report("applicants-2024", requests(**applicants))
    parsed.report("fees-2024", {"proactive/fees/amount_10k_yuan": 12.5})
    parsed.report("unitless-2016", {"statistics/fees.collected_10k_yuan/value": 3}, form="2014")
    parsed.report("yuan-2016", {"statistics/fees.collected_10k_yuan/value": 3500}, form="2014")
    parsed.rows["facts"][-1]["unit"] = "元"
    people = {"government_code": "110000", "body_kind": "government_office", "level": "province"}
    parsed.report("capital-2024", requests(), **people)
    parsed.report("capital20-2020", requests(), form="2019", **people)
    parsed.report("capital15-2015", ANNEX, form="2014", **people)
    parsed.report("organ-2024", requests(), **{**people, "scope": "organ"})
    compared(parsed)
    return parsed.build(tmp_path_factory.mktemp("measures"))


def measure(made: Warehouse, body: str, name: str) -> Row:
    (report_id,) = made.table("reports").filter(body_id=body)["report_id"].to_list()
    return made.row("measures_by_report", report_id=report_id, measure=name)


def value(made: Warehouse, body: str, name: str) -> tuple[object, ...]:
    row = measure(made, body, name)
    return row["value"], row["state"], row["comparability"], row["grade"]


def test_every_measure_of_every_report_has_a_row(made: Warehouse) -> None:
    reports, measures = made.table("reports").height, made.table("measures").height
    assert made.table("measures_by_report").height == reports * measures


def test_a_measure_of_one_cell_is_the_cell(made: Warehouse) -> None:
    row = measure(made, "new", "requests_received")
    assert (row["value"], row["unit"], row["basis"], row["series"]) == (100, "件", "facts", "exact")
    assert (row["evidence_ids"], row["evidence_count"]) == ("new-2024/requests/received_new/total", 1)


def test_a_group_is_the_sum_of_its_rows_and_names_them(made: Warehouse) -> None:
    row = measure(made, "new", "requests_denied")
    assert (row["value"], row["evidence_count"], row["blank_part_count"]) == (8, 8, 0)
    assert "new-2024/requests/denied.state_secret/total" in row["evidence_ids"].split(" ")


def test_the_annex_of_2014_makes_the_outcomes_out_of_its_eight_answers(made: Warehouse) -> None:
    assert value(made, "old", "requests_received") == (80, "stated", "exact", "verified")
    assert value(made, "old", "requests_processed") == (70, "stated", "approximate", "verified")
    assert value(made, "old", "requests_completed")[0] == 75
    outcomes = [value(made, "old", f"requests_{o}")[0] for o in ("granted", "partially_granted", "denied")]
    assert outcomes == [10 + 30, 4, 6 - 2]
    assert value(made, "old", "requests_unavailable")[0] == 8 + 7
    assert value(made, "old", "requests_not_processed")[:3] == (3, "stated", "approximate")
    assert value(made, "old", "requests_clarification_asked")[:3] == (2, "stated", "exact")
    assert value(made, "old", "requests_not_government_information")[:3] == (2, "stated", "exact")
    assert value(made, "old", "requests_other")[:2] == (None, "absent")
    assert value(made, "old", "requests_processed")[0] == 40 + 4 + 4 + 15 + 3 + 2 + 2
    assert value(made, "new", "requests_clarification_asked")[1] == "not_collected"
    assert value(made, "old", "requests_denied_internal_affairs")[:3] == (None, "not_collected", "not_collected")


def test_a_figure_stands_in_where_a_report_lacks_the_annex(made: Warehouse) -> None:
    row = measure(made, "bare", "requests_received")
    assert (row["value"], row["basis"], row["alternative"], row["comparability"]) == (12, "figures", 2, "approximate")
    assert row["evidence_ids"] == "bare-2016/figures/1"
    row = measure(made, "text", "requests_received")
    assert (row["value"], row["basis"], row["comparability"]) == (40, "figures", "approximate")


def test_before_2014_figures_of_the_same_scope_are_all_there_is(made: Warehouse) -> None:
    row = measure(made, "before", "requests_received")
    assert (row["value"], row["scope"], row["grade"]) == (9, "territory", "verified")
    assert value(made, "before", "website_items")[:2] == (None, "other_scope")
    assert value(made, "before", "weibo_items")[:2] == (None, "other_scope")
    assert value(made, "before", "licensing_decisions")[:2] == (None, "not_collected")


def test_figures_that_differ_are_conflicting(made: Warehouse) -> None:
    assert value(made, "before", "items_disclosed") == (300, "stated", "approximate", "conflicting")


def test_yuan_are_told_in_units_of_ten_thousand(made: Warehouse) -> None:
    assert value(made, "before", "request_fees")[0] == 2.5
    assert value(made, "fees", "administrative_fees")[0] == 12.5
    assert value(made, "yuan", "request_fees")[:2] == (0.35, "stated")


def test_money_in_no_unit_is_not_known(made: Warehouse) -> None:
    assert value(made, "unitless", "request_fees")[:2] == (None, "unit_unknown")


def test_a_sum_without_one_of_its_rows_is_null_whatever_the_narrative_says(made: Warehouse) -> None:
    assert value(made, "missing", "requests_denied") == (None, "part_missing", "exact", None)


def test_a_sum_with_a_cell_that_cannot_be_read_is_null(made: Warehouse) -> None:
    assert value(made, "illegible", "requests_denied") == (None, "illegible", "exact", None)


def test_blanks_beside_printed_parts_add_nothing_and_are_counted(made: Warehouse) -> None:
    row = measure(made, "blank", "requests_denied")
    assert (row["value"], row["blank_part_count"], row["evidence_count"]) == (0, 2, 6)


def test_blank_throughout_is_blank_and_not_zero(made: Warehouse) -> None:
    assert value(made, "blank", "requests_unavailable_not_held")[:2] == (None, "blank")
    assert value(made, "allblank", "requests_denied")[:2] == (None, "blank")


def test_the_single_line_other_is_an_alternative(made: Warehouse) -> None:
    row = measure(made, "kept", "requests_other")
    assert (row["value"], row["alternative"], row["series"]) == (2, 2, "exact")


def test_lawsuits_are_both_kinds_together_or_nothing(made: Warehouse) -> None:
    assert value(made, "courts", "lawsuits")[0] == 5
    assert value(made, "courts", "lawsuits_corrected")[0] == 1
    assert value(made, "courts", "lawsuits_decided")[0] == 4
    assert value(made, "onecourt", "lawsuits")[:2] == (None, "part_missing")
    assert value(made, "onecourt", "lawsuits_direct")[:2] == (3, "stated")


def test_a_blank_that_the_total_leaves_nothing_for_is_a_zero(made: Warehouse) -> None:
    row = measure(made, "new", "reconsiderations_corrected")
    assert (row["value"], row["state"], row["blank_part_count"]) == (0, "stated", 0)
    assert row["evidence_ids"] == "new-2024/disputes/reconsideration/corrected new-2024/disputes/reconsideration/total"
    assert value(made, "open", "reconsiderations_corrected")[:2] == (None, "blank")


def test_applicants_are_told_apart(made: Warehouse) -> None:
    assert value(made, "applicants", "requests_natural_person")[0] == 80
    assert measure(made, "applicants", "requests_organisation")["value"] == 20
    assert value(made, "applicants", "requests_other_org")[0] == 0
    assert value(made, "applicants", "natural_person_share")[0] == 0.8
    assert value(made, "new", "requests_natural_person")[:2] == (None, "absent")


def test_quotients_are_made_of_measures(made: Warehouse) -> None:
    row = measure(made, "new", "granted_or_partial_share")
    assert (row["value"], row["unit"], row["evidence_count"]) == (65 / 90, "share of 1", 3)
    assert row["formula"] == "(requests_granted + requests_partially_granted) / (requests_processed)"
    assert value(made, "courts", "lawsuits_correction_share")[0] == 1 / 4
    assert value(made, "old", "granted_share")[:3] == (40 / 70, "stated", "approximate")
    assert value(made, "old", "reconsiderations_correction_share")[0] == 1 / 5


def test_a_dispute_is_counted_once_and_only_where_direct_lawsuits_are_told_apart(made: Warehouse) -> None:
    # 7 reconsiderations and 3 direct lawsuits of 90 processed; 2 lawsuits after reconsideration are the same disputes.
    assert value(made, "disputed", "dispute_rate")[:3] == (10 / 90, "stated", "approximate")
    row = measure(made, "disputed", "dispute_rate")
    assert (row["numerator"], row["denominator"], row["interval_low"]) == (10, 90, None)
    assert value(made, "disputed", "reconsiderations_per_request")[0] == 7 / 90
    assert value(made, "disputed", "lawsuits_direct_per_request")[0] == 3 / 90
    assert value(made, "old", "dispute_rate")[:2] == (None, "not_collected")


def test_the_share_on_the_merits_leaves_out_what_was_not_decided(made: Warehouse) -> None:
    # 60 granted, 5 in part, 8 denied; 12 not held, 3 duplicates and 2 others are no decisions on the merits.
    row = measure(made, "new", "merits_disclosure_share")
    assert (row["numerator"], row["denominator"], row["value"]) == (65, 73, 65 / 73)
    assert value(made, "new", "merits_full_share")[0] == 60 / 73
    # Of 15 denied 7 are administrative inquiries: 8 are left.
    assert value(made, "inquiries", "requests_denied")[0] == 15
    assert measure(made, "inquiries", "merits_disclosure_share")["denominator"] == 73
    # By the annex: 40 and 4 of 40 + 4 + 4.
    assert value(made, "old", "merits_disclosure_share")[:3] == (44 / 48, "stated", "approximate")


def test_what_was_pending_and_closed(made: Warehouse) -> None:
    assert value(made, "new", "pending_share")[0] == 20 / (90 + 20)
    assert value(made, "new", "clearance_rate")[0] == 90 / 100
    # 3 duplicates; nothing unclear, unclarified or unpaid.
    assert value(made, "new", "requests_closed_procedurally")[0] == 3
    assert value(made, "new", "procedural_share")[0] == 3 / 90
    assert value(made, "kept", "procedural_share")[:2] == (None, "part_missing")
    assert value(made, "old", "completed_extended_share")[0] == 15 / 75
    assert value(made, "new", "completed_extended_share")[1] == "not_collected"
    assert {value(made, body, "days_to_answer")[1] for body in ("old", "new", "text", "before")} == {"not_collected"}


def test_grounds_of_refusal_are_shares_of_the_refusals(made: Warehouse) -> None:
    assert value(made, "new", "refusals_state_secret_share")[0] == 3 / 8
    assert value(made, "new", "refusals_deliberative_process_share")[0] == 5 / 8


def test_lawsuits_are_lost_by_route(made: Warehouse) -> None:
    assert value(made, "courts", "lawsuits_direct_correction_share")[0] == 1 / 2
    assert value(made, "courts", "lawsuits_after_reconsideration_correction_share")[0] == 0


def test_a_share_has_an_interval(made: Warehouse) -> None:
    # 1 of 2 by Wilson: (2 + 3.8415 -+ 1.96 * sqrt(3.8415 + 2)) / (2 * 5.8415)
    row = measure(made, "courts", "lawsuits_direct_correction_share")
    assert (row["numerator"], row["denominator"]) == (1, 2)
    assert (row["interval_low"], row["interval_high"]) == (
        pytest.approx(0.09453, abs=1e-5),
        pytest.approx(0.90547, abs=1e-5),
    )


def test_what_is_not_ranked_says_why(made: Warehouse) -> None:
    def reason(body: str, name: str) -> tuple[object, object]:
        row = measure(made, body, name)
        return row["is_rankable"], row["unranked_reason"]

    assert reason("new", "granted_share") == (True, None)
    assert reason("new", "requests_received") == (True, None)
    assert reason("few", "granted_share") == (False, "too_few")
    assert reason("thirty", "granted_share") == (True, None)
    # 5 cases decided; 10 are needed.
    assert reason("new", "reconsiderations_correction_share") == (False, "too_few")
    assert reason("doubt", "requests_granted") == (False, "doubtful")
    assert reason("doubt", "granted_share") == (False, "doubtful")
    assert reason("missing", "denied_share") == (False, "no_value")
    assert reason("text", "requests_received") == (False, "narrative")
    assert reason("new", "penalty_decisions") == (False, "no_value")
    assert reason("fees", "administrative_fees") == (False, "not_main")
    assert reason("old", "items_disclosed") == (True, None)
    assert reason("items", "items_disclosed") == (False, "narrative")


def test_only_some_governments_make_rules(made: Warehouse) -> None:
    states = {b: value(made, b, "regulations_in_force")[:2] for b in ("county", "city", "bureau", "league", "unknown")}
    assert states == {
        "county": (None, "not_applicable"),
        "city": (4, "stated"),
        "bureau": (None, "not_applicable"),
        "league": (None, "not_applicable"),
        "unknown": (4, "stated"),
    }
    assert value(made, "county", "normative_documents_in_force")[:2] == (9, "stated")


def test_counts_of_documents_of_three_forms_are_three_measures(made: Warehouse) -> None:
    names = ("normative_documents_made", "normative_documents_created", "normative_documents_issued")
    told = {b: [value(made, b, n)[0] for n in names] for b in ("docs-14", "docs-19", "docs-21")}
    assert told == {"docs-14": [11, None, None], "docs-19": [None, 12, None], "docs-21": [None, None, 13]}


def test_the_series_of_a_quotient_names_its_parts(made: Warehouse) -> None:
    series = measure(made, "old", "denied_share")["series"]
    assert series == (
        "requests_processed = statistics/requests.answered/value; requests_denied = "
        "statistics/answers.denied_state_secret/value + statistics/answers.denied_trade_secret/value + "
        "statistics/answers.denied_privacy/value + statistics/answers.denied_public_safety_stability/value + "
        "statistics/answers.denied_other_law/value"
    )
    assert measure(made, "new", "denied_share")["series"] == "exact"


def test_a_cell_of_both_sides_is_evidence_once(made: Warehouse) -> None:
    assert measure(made, "courts", "lawsuits_correction_share")["evidence_count"] == 6


def test_no_quotient_of_what_is_contradicted_or_beyond_one(made: Warehouse) -> None:
    assert value(made, "doubt", "requests_granted") == (95, "stated", "exact", "contradicted")
    assert value(made, "doubt", "granted_share") == (None, "doubtful", "exact", "contradicted")
    assert value(made, "beyond", "granted_share")[:2] == (None, "doubtful")
    assert value(made, "zero", "granted_share")[:2] == (None, "no_denominator")
    assert value(made, "missing", "denied_share")[:2] == (None, "part_missing")


def test_residents_count_for_whole_territories_only(made: Warehouse) -> None:
    row = measure(made, "capital20", "requests_received_per_100k")
    assert row["value"] == pytest.approx(100 / 21_893_095 * 100_000)
    assert (row["comparability"], row["series"]) == ("approximate", "exact")
    assert (row["numerator"], row["denominator"], row["interval_low"]) == (100, 21_893_095, None)
    # Half way from 19,612,368 of 2010 to 21,893,095 of 2020; nothing is known of 2024.
    assert measure(made, "capital15", "requests_received_per_100k")["denominator"] == 20_752_732
    assert value(made, "capital", "requests_received_per_100k")[:2] == (None, "part_missing")
    assert value(made, "organ", "requests_received_per_100k")[:2] == (None, "part_missing")
    assert value(made, "new", "requests_received_per_100k")[:2] == (None, "part_missing")


def test_evidence_ids_lead_to_facts_and_figures(made: Warehouse) -> None:
    with duckdb.connect(str(made.path), read_only=True) as connection:
        lost = connection.execute(
            "select unnest(string_split(evidence_ids, ' ')) as id from measures_by_report where value is not null"
            " except (select fact_id from facts union all select figure_id from figures)"
        ).fetchall()
    assert lost == []


def test_the_tables_keep_the_contract(made: Warehouse, tmp_path: Path) -> None:
    for model in (*DICTIONARIES, *CORE):
        assert failures(model, made.table(about(model).name)) == [], about(model).name
