"""The comparison marts over the harmonised measures, on cases small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.tables import MARTS
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Cell, Parsed, Warehouse
from tests.made.rows import Row


def received(count: Cell) -> dict[str, Cell]:
    return {"requests/received_new/total": count}


CITY: dict[str, Any] = {
    "level": "prefecture",
    "body_kind": "government",
    "province_code": "330000",
    "province_name": "浙江省",
}


def followed(parsed: Parsed) -> None:
    """Reports of several years: of a territory that changed, of one statement, of one problem."""
    jinan = {**CITY, "government_code": "370100"}
    for year in (2018, 2019, 2020):
        form = "2014" if year == 2018 else "2019"
        cells = ANNEX if year == 2018 else received(90)
        parsed.report(f"jinan-{year}", cells, form=form, **jinan)
        parsed.report(f"jinan-hall-{year}", cells, form=form, **{**jinan, "scope": "organ"})
        parsed.report(f"jinan-police-{year}", cells, form=form, **{**jinan, "body_kind": "department"})
        parsed.report(f"qingdao-{year}", cells, form=form, **{**jinan, "government_code": "370200"})
    for year in (2022, 2023, 2024):
        parsed.report(f"teller-{year}", {})
        part = {"part_of_figure_id": f"teller-{year}/figures/9"} if year == 2024 else {}
        parsed.figure(f"teller-{year}", "wechat_items", 40, scope="territory", **part)
    parsed.report("again-2023").report("again-2024")
    parsed.problem("again-2023", "interpretation", "政策解读形式较为单一")
    parsed.problem("again-2024", "interpretation", "解读形式单一")
    parsed.problem("again-2024", "platform", "网站栏目更新不及时")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    # One body through three forms, with a year missing, another scope, and a contradicted number.
    parsed.report("long-2013", {}, form="none")
    parsed.figure("long-2013", "requests_received", 50)
    parsed.report("long-2016", ANNEX, form="2014")
    parsed.report("long-2017", ANNEX | {"statistics/requests.received/value": 100}, form="2014")
    parsed.report("long-2018", ANNEX | {"statistics/requests.received/value": 120}, form="2014")
    parsed.report("long-2019", requests(**{"other.other/total": 2}), form="2019")
    parsed.report("long-2020", requests(**{"received_new/total": None}), form="2019")
    parsed.report("long-2021", requests(**{"received_new/total": 130}))
    parsed.report("long-2022", requests(), scope="organ")
    parsed.report("long-2023", requests(**{"received_new/total": (90, "contradicted")}), scope="organ")
    parsed.report("long-2024", requests(), scope="organ")
    parsed.add("quarantine", report_year=2015, document_sha256="a" * 64)
    parsed.add("quarantine", report_year=2015, document_sha256="a" * 64, code="other")
    # Peers: five cities of one province and year.
    for name, count in {"a": 10, "b": 30, "c": 30, "d": 70}.items():
        parsed.report(f"{name}-2022", received(count), **CITY)
    parsed.report("e-2022", received(None), **CITY)
    parsed.report("f-2022", received((99, "contradicted")), **CITY)
    parsed.report("own-2022", received(500), **{**CITY, "scope": "organ"})
    parsed.report("office-2022", received(80), **{**CITY, "body_kind": "department"})
    parsed.report("hangzhou-2022", received(40), **CITY, government_code="330100")
    parsed.report("ningbo-2022", received(20), **CITY, government_code="330200")
    applicants: dict[str, Cell] = {
        "requests/received_new/natural_person": 80,
        "requests/received_new/commercial_enterprise": 15,
        "requests/received_new/research_institution": 0,
        "requests/received_new/public_welfare_org": 0,
        "requests/received_new/legal_service_org": 5,
        "requests/received_new/other_org": 0,
    }
    courts = disputes("litigation_direct", 1, 1, 0, 1, 3) | disputes("litigation_after_reconsideration", 2, 0, 0, 0, 2)
    whole = requests() | applicants | courts | disputes("reconsideration", 4, None, 1, 2, 7)
    parsed.report("whole-2022", whole)
    outcomes = {"holds": 3, "fails": 1, "not_testable": 4}
    for outcome, count in outcomes.items():
        for number in range(count):
            values = {"check_id": f"whole-2022/{outcome}/{number}", "outcome": outcome, "kind": "structure"}
            parsed.add("checks", report_id="whole-2022", report_year=2022, **values)
    followed(parsed)
    return parsed.build(tmp_path_factory.mktemp("marts"))


def trend(made: Warehouse, year: int, measure: str = "requests_received") -> Row:
    return made.row("trends", report_id=f"long-{year}", measure=measure)


def test_a_series_goes_on_within_a_form_and_no_further_than_the_law(made: Warehouse) -> None:
    row = trend(made, 2018)
    assert (row["previous_value"], row["value"], row["is_comparable"], row["break_reason"]) == (100, 120, True, None)
    assert (row["value_change"], row["value_change_share"], row["legal_dates"]) == (20, 0.2, None)
    row = trend(made, 2019)
    assert (row["previous_value"], row["value"], row["break_reason"]) == (120, 100, "law_changed")
    assert (row["value_change"], row["legal_dates"]) == (None, "2019-05-15")


def test_every_break_says_why(made: Warehouse) -> None:
    years = (2013, 2016, 2017, 2018, 2019, 2021, 2022, 2023, 2024)
    reasons = [trend(made, year)["break_reason"] for year in years]
    assert reasons == [
        "first_report",
        "year_missing",
        None,
        None,
        "law_changed",
        "not_stated_before",
        "scope_differs",
        "doubtful",
        "doubtful",
    ]
    assert [trend(made, year)["segment"] for year in years] == [1, 2, 2, 2, 3, 4, 5, 6, 7]


def test_a_break_has_no_change(made: Warehouse) -> None:
    row = trend(made, 2024)
    assert (row["previous_value"], row["value_change"], row["three_year_mean"]) == (90, None, None)


def test_a_series_breaks_where_the_form_counts_something_else(made: Warehouse) -> None:
    row = trend(made, 2019, "requests_denied")
    assert (row["previous_value"], row["value"], row["break_reason"]) == (4, 8, "form_differs")
    assert trend(made, 2018, "requests_denied")["is_comparable"]
    assert trend(made, 2019, "requests_partially_granted")["break_reason"] == "law_changed"
    assert trend(made, 2019, "granted_share")["break_reason"] == "form_differs"


def test_three_years_of_one_stretch_have_a_mean(made: Warehouse) -> None:
    assert trend(made, 2017)["three_year_mean"] is None
    assert trend(made, 2018)["three_year_mean"] == (80 + 100 + 120) / 3
    assert trend(made, 2019)["three_year_mean"] is None


def test_shares_of_three_years_are_pooled(made: Warehouse) -> None:
    # By the annex 40 of 70 were granted in each year: 120 of 210. Wilson: 50.4 to 63.6 % (240 + 3.8415 -+ 1.96 * sqrt(3.8415 + 480 * 90 / 210)) / (2 * 213.8415).
    assert trend(made, 2017, "granted_share")["pooled_share"] is None
    row = trend(made, 2018, "granted_share")
    assert (row["pooled_numerator"], row["pooled_denominator"], row["pooled_share"]) == (120, 210, 120 / 210)
    assert (row["pooled_low"], row["pooled_high"]) == (pytest.approx(0.5038, abs=1e-4), pytest.approx(0.6365, abs=1e-4))
    # Form 2019 counts otherwise: nothing is pooled over it. Counts have a mean and no share.
    assert trend(made, 2019, "granted_share")["pooled_share"] is None
    assert trend(made, 2018)["pooled_numerator"] is None


def test_a_series_breaks_where_the_territory_changed(made: Warehouse) -> None:
    def reason(body: str, year: int) -> object:
        return made.row("trends", report_id=f"{body}-{year}", measure="requests_received")["break_reason"]

    # 济南 took 莱芜 in in 2019; 青岛 is what it was, and so are the city's own organs and its departments.
    assert [reason("jinan", year) for year in (2019, 2020)] == ["territory_differs", "law_changed"]
    assert [reason(body, 2019) for body in ("qingdao", "jinan-hall", "jinan-police")] == ["law_changed"] * 3


def test_a_figure_goes_on_only_from_the_same_statement(made: Warehouse) -> None:
    def reason(year: int) -> object:
        return made.row("trends", report_id=f"teller-{year}", measure="wechat_items")["break_reason"]

    # Of the territory, again; then a part of another number.
    assert [reason(year) for year in (2022, 2023, 2024)] == ["first_report", None, "statement_differs"]


def test_grounds_of_refusal_have_a_mix_and_a_concentration(made: Warehouse) -> None:
    rows = made.table("refusal_grounds").filter(report_id="whole-2022")
    shares = dict(rows.select("measure", "refusal_share").iter_rows())
    assert shares["requests_denied_state_secret"] == 3 / 8
    assert shares["requests_denied_deliberative_process"] == 5 / 8
    assert (rows.height, sum(shares.values())) == (8, 1)
    # 3/8 and 5/8 squared: 9/64 + 25/64. Eight refusals are too few to be read.
    assert set(rows["concentration"]) == {34 / 64}
    assert set(rows["is_readable"]) == {False}


def test_problems_that_are_named_again_are_a_share(made: Warehouse) -> None:
    row = made.row("repeated_problems", report_id="again-2024")
    assert (row["repeated_share_numerator"], row["repeated_share_denominator"], row["repeated_share"]) == (1, 2, 0.5)
    assert row["repeated_share_low"] == pytest.approx(0.09453, abs=1e-5)
    assert made.table("repeated_problems").filter(report_id="again-2023").height == 0


def test_what_is_not_stated_has_no_row_in_a_series(made: Warehouse) -> None:
    assert made.table("trends").filter(report_id="long-2020", measure="requests_received").height == 0


def peer(made: Warehouse, body: str, kind: str = "level", code: str = "prefecture") -> Row:
    key = {"report_id": f"{body}-2022", "group_kind": kind, "group_code": code, "measure": "requests_received"}
    return made.row("peer_group_comparison", **key)


def test_ties_share_the_best_rank(made: Warehouse) -> None:
    assert {b: peer(made, b)["value_rank"] for b in ("d", "hangzhou", "b", "c", "ningbo", "a")} == {
        "d": 1,
        "hangzhou": 2,
        "b": 3,
        "c": 3,
        "ningbo": 5,
        "a": 6,
    }


def test_ties_count_half_in_the_percentile(made: Warehouse) -> None:
    percentiles = [peer(made, b)["percentile"] for b in ("a", "ningbo", "b", "c", "hangzhou", "d")]
    assert percentiles == [0, 1 / 5, 2.5 / 5, 2.5 / 5, 4 / 5, 1]


def test_the_median_is_that_of_the_ranked(made: Warehouse) -> None:
    row = peer(made, "d")
    assert (row["median_value"], row["distance_to_median"]) == (30, 40)


def test_missing_and_contradicted_values_are_not_ranked_but_counted(made: Warehouse) -> None:
    row = peer(made, "a")
    assert (row["member_count"], row["missing_count"]) == (6, 2)
    assert {body: peer(made, body)["unranked_reason"] for body in ("a", "f")} == {"a": None, "f": "doubtful"}
    assert (peer(made, "f")["value_rank"], peer(made, "f")["value"]) == (None, 99)
    assert made.table("peer_group_comparison").filter(report_id="e-2022", measure="requests_received").height == 0


def test_other_scopes_and_other_kinds_of_bodies_have_fields_of_their_own(made: Warehouse) -> None:
    row = peer(made, "own")
    assert (row["member_count"], row["value_rank"], row["percentile"]) == (1, None, None)
    assert (row["unranked_reason"], row["median_value"]) == ("field_small", None)
    assert peer(made, "office")["unranked_reason"] == "function_unknown"


def test_groups_are_the_level_the_province_and_the_cities_of_a_kind(made: Warehouse) -> None:
    rows = made.table("peer_group_comparison").filter(report_id="hangzhou-2022", measure="requests_received")
    assert [(r["group_kind"], r["group_code"], r["member_count"]) for r in rows.to_dicts()] == [
        ("level", "prefecture", 6),
        ("peer_group", "provincial_capital", 1),
        ("peer_group", "sub_provincial_city", 2),
        ("province", "330000/prefecture", 6),
    ]
    two = peer(made, "hangzhou", "peer_group", "sub_provincial_city")
    assert (two["value_rank"], two["unranked_reason"]) == (None, "field_small")


def test_bodies_of_an_unknown_level_are_not_compared(made: Warehouse) -> None:
    kinds = set(made.table("peer_group_comparison").filter(report_id="whole-2022")["group_kind"])
    assert kinds == {"level"}


def test_the_six_groups_of_outcomes_add_up_to_all(made: Warehouse) -> None:
    rows = made.table("outcome_structure").filter(report_id="whole-2022")
    groups = rows.filter(is_group=True)
    # Six, and the two that only the annex of 2014 has.
    assert (groups.height, groups["request_count"].sum()) == (8, 90)
    assert groups["state"].to_list().count("not_collected") == 2
    assert groups["outcome_share"].sum() == pytest.approx(1)
    lines = rows.filter(is_group=False)
    assert set(lines["part_of_measure"]) == {
        "requests_denied",
        "requests_unavailable",
        "requests_not_processed",
        "requests_other",
    }
    assert (
        made.row("outcome_structure", report_id="whole-2022", measure="requests_denied_state_secret")["outcome_share"]
        == 3 / 90
    )


def test_outcomes_of_2014_add_up_as_far_as_the_annex_goes(made: Warehouse) -> None:
    groups = made.table("outcome_structure").filter(report_id="long-2016", is_group=True)
    assert groups["outcome_share"].sum() == pytest.approx(1)
    assert groups.filter(measure="requests_other")["state"].to_list() == ["absent"]
    row = made.row("outcome_structure", report_id="long-2016", measure="requests_clarification_asked")
    assert (row["request_count"], row["outcome_share"], row["outcome_share_denominator"]) == (2, 2 / 70, 70)


def test_applicants_are_persons_and_organisations(made: Warehouse) -> None:
    rows = made.table("applicant_structure").filter(report_id="whole-2022")
    shares = dict(rows.filter(is_group=True).select("measure", "applicant_share").iter_rows())
    assert shares == {"requests_natural_person": 0.8, "requests_organisation": 0.2}
    assert rows.filter(is_group=False)["request_count"].sum() == 20


def test_disputes_by_result(made: Warehouse) -> None:
    row = made.row("dispute_outcomes", report_id="whole-2022", dispute_path="lawsuits")
    counts = [row[f"{name}_count"] for name in ("case", "decided", "upheld", "corrected", "other", "pending")]
    assert counts == [5, 4, 3, 1, 0, 1]
    assert (row["correction_share"], row["pending_share"], row["comparability"]) == (1 / 4, 1 / 5, "approximate")
    assert [row[f"correction_share_{side}"] for side in ("numerator", "denominator")] == [1, 4]
    # 1 of 4 by Wilson: (2 + 3.8415 -+ 1.96 * sqrt(3.8415 + 3)) / (2 * 7.8415)
    assert row["correction_share_low"] == pytest.approx(0.0456, abs=1e-4)
    assert row["correction_share_high"] == pytest.approx(0.6994, abs=1e-4)
    row = made.row("dispute_outcomes", report_id="whole-2022", dispute_path="reconsiderations")
    assert (row["decided_count"], row["corrected_count"], row["correction_share"]) == (5, 0, 0)


def test_disputes_of_2014_have_none_pending(made: Warehouse) -> None:
    row = made.row("dispute_outcomes", report_id="long-2016", dispute_path="reconsiderations")
    assert (row["case_count"], row["pending_count"], row["comparability"]) == (5, None, "approximate")


def test_years_between_first_and_last_are_covered_or_absent(made: Warehouse) -> None:
    rows = {row["report_year"]: row for row in made.table("coverage").filter(body_id="long").to_dicts()}
    assert sorted(rows) == list(range(2013, 2025))
    states = {year: rows[year]["coverage_state"] for year in (2013, 2014, 2015, 2022, 2023)}
    assert states == {2013: "present", 2014: "absent", 2015: "absent", 2022: "present", 2023: "contradicted"}
    assert (rows[2015]["report_id"], rows[2015]["quarantined_document_count"]) == (None, 1)
    assert rows[2013]["figure_count"] == 1


def test_the_scoreboard_never_counts_untested_checks_as_passed(made: Warehouse) -> None:
    row = made.row("quality_scoreboard", body_id="whole")
    assert (row["check_count"], row["holds_share"], row["fails_share"], row["not_testable_share"]) == (
        8,
        3 / 8,
        1 / 8,
        4 / 8,
    )
    assert [row[f"{name}_check_count"] for name in ("held", "failing", "untested")] == [3, 1, 4]
    # Wilson's interval of 1 in 8 is 2.2 to 47.1 %.
    assert (row["fails_share_low"], row["fails_share_high"]) == pytest.approx((0.0224, 0.4709), abs=1e-4)
    row = made.row("quality_scoreboard", body_id="long")
    assert (row["report_count"], row["missing_year_count"], row["contradicted_fact_count"]) == (10, 2, 1)
    assert (row["check_count"], row["holds_share"], row["holds_share_low"]) == (0, None, None)


def test_the_scoreboard_counts_only_what_the_form_asks(tmp_path: Path) -> None:
    parsed = Parsed()
    beside: dict[str, Cell] = {"requests/unmapped.1/total": (7, "contradicted"), "requests/granted/unmapped.1": None}
    parsed.report("a-2022", requests() | beside)
    for kind in ("identity", "identification", "documents"):
        values = {"check_id": f"a-2022/{kind}", "outcome": "fails", "kind": kind}
        parsed.add("checks", report_id="a-2022", report_year=2022, **values)
    # A form before 2014 asks for nothing: a narrative that once leaves a number out breaks no promise.
    for year in (2010, 2011, 2012):
        parsed.report(f"n-{year}", {}, form="none")
    for year in (2010, 2012):
        parsed.figure(f"n-{year}", "requests_received", 40)
    # A year that is missing breaks the series of what the form has cells for.
    parsed.report("g-2020", requests(), form="2019").report("g-2022", requests())
    board = parsed.build(tmp_path)
    row = board.row("quality_scoreboard", body_id="a")
    assert (row["fact_count"], row["contradicted_fact_count"], row["blank_share"]) == (len(requests()), 0, 0)
    assert (row["check_count"], row["fails_share"]) == (1, 1)
    row = board.row("quality_scoreboard", body_id="n")
    assert (row["missing_year_count"], row["fact_count"], row["contradicted_share"], row["break_count"]) == (
        0,
        0,
        None,
        0,
    )
    assert board.row("trends", report_id="n-2012", measure="requests_received")["break_reason"] == "not_stated_before"
    row = board.row("quality_scoreboard", body_id="g")
    assert row["missing_year_count"] == 1 and row["break_count"] > 0


def test_every_measure_says_what_each_form_did_to_it(made: Warehouse) -> None:
    breaks = made.table("form_breaks")
    assert breaks.height == 3 * made.table("measures").height
    assert sorted(set(breaks["report_year"])) == [2014, 2019, 2021]
    row = made.row("form_breaks", measure="requests_denied", form="2019")
    assert (row["report_year"], row["form_before"], row["is_comparable"]) == (2019, "2014", False)
    assert "不是《条例》所指政府信息" in row["reason"]
    row = made.row("form_breaks", measure="requests_received", form="2019")
    assert (row["is_comparable"], row["legal_dates"]) == (False, "2019-05-15")
    assert "Law of 2019-05-15: The amended Regulation is in force" in row["reason"]
    row = made.row("form_breaks", measure="requests_granted", form="2021")
    assert (row["is_comparable"], row["legal_dates"]) == (True, None)
    row = made.row("form_breaks", measure="denied_share", form="2019")
    assert (row["comparability_before"], row["comparability"], row["is_comparable"]) == ("approximate", "exact", False)
    assert row["reason"].startswith("requests_denied: Form 2014: ")
    assert made.row("form_breaks", measure="natural_person_share", form="2021")["is_comparable"]
    row = made.row("form_breaks", measure="requests_received_per_100k", form="2021")
    assert (row["comparability"], row["legal_dates"]) == ("approximate", "2021-01-01")


def test_the_marts_keep_the_contract(made: Warehouse) -> None:
    for model in MARTS:
        assert failures(model, made.table(about(model).name)) == [], about(model).name
