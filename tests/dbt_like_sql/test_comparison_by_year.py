"""The wide table: a pivot of the measures, with what other tables say of the report beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.columns import columns
from expectations.comparison_by_year import BLOCKS
from expectations.crosswalk import measures
from expectations.former_names import FORMER_NAMES, Identified
from expectations.tables import model_of
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Cell, Parsed, Warehouse
from tests.made.rows import Row

COUNTRY = {"level": "prefecture", "body_kind": "government"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    parsed.report("none-2010", {}, form="none")
    parsed.figure("none-2010", "requests_received", 9)
    parsed.report("annex-2016", ANNEX, form="2014")
    parsed.report("empty-2024", {})
    parsed.report("sound-2024", requests() | disputes("reconsideration", 4, 2, 1, 2, 9))
    doubt: dict[str, Cell] = {"granted/total": (60, "contradicted")}
    parsed.report("doubt-2024", requests(**doubt) | disputes("reconsideration", 4, 2, 1, 2, 9))
    parsed.report("conflict-2024", requests(**{"granted/total": (60, "conflicting")}))
    parsed.report("zero-2024", requests(**{"total_processed/total": 0}))
    # Years that follow each other, and those that do not.
    parsed.report("a-2023", requests(**{"received_new/total": 80, "carried_out/total": 12}))
    parsed.report("a-2024", requests())
    parsed.report("c-2022", requests()).report("c-2024", requests())
    parsed.report("d-2023", requests(), scope="organ").report("d-2024", requests())
    parsed.report("e-2023", requests(**{"received_new/total": (80, "contradicted")})).report("e-2024", requests())
    # The field of a ranking.
    for body, received in {"r": 50, "s": 70, "t": 50, "u": 10, "y": 5}.items():
        parsed.report(f"{body}-2020", requests(**{"received_new/total": received}), form="2019", **COUNTRY)
    parsed.report("v-2020", requests(**{"received_new/total": 999}), form="2019", **COUNTRY, scope="organ")
    parsed.report("w-2020", requests(**{"received_new/total": (999, "contradicted")}), form="2019", **COUNTRY)
    parsed.report("x-2020", requests(), form="2019", body_kind="government", level="unresolved")
    return parsed.build(tmp_path_factory.mktemp("wide"))


def comparison(made: Warehouse, report_id: str) -> Row:
    return made.row("comparison_by_year", report_id=report_id)


def test_no_report_of_any_form_is_left_out(made: Warehouse) -> None:
    reports = made.table("reports").select("report_id", "form")
    assert made.table("comparison_by_year").select("report_id", "form").equals(reports)
    assert {"none", "2014", "2019", "2021"} == set(reports["form"])


def parts(code: str) -> list[str]:
    """What stands beside a measure: nothing, the sides of a quotient, and of a share its interval."""
    measure = measures()[code]
    sides = ["_numerator", "_denominator"] if measure.derived else []
    return ["", *sides, *(["_low", "_high"] if measure.unit == "share of 1" else [])]


def test_the_columns_of_a_block_are_the_measures_of_its_group(made: Warehouse) -> None:
    compared = {m.code: m.group for m in measures().values() if m.compared}
    assert set(compared.values()) == set(BLOCKS)
    names = made.table("comparison_by_year").columns
    for block in BLOCKS:
        codes = [code for code, group in compared.items() if group == block]
        first = names.index(codes[0])
        beside = [f"{code}{part}" for code in codes for part in parts(code)]
        assert names[first : first + len(beside) + 2] == [*beside, f"{block}_comparability", f"{block}_grade"]


def test_names_and_units_are_those_of_the_measures() -> None:
    declared = {c.name: c for c in columns(model_of("comparison_by_year"))}
    received = declared["requests_received"]
    assert (received.zh, received.unit) == ("新收申请数", "件")
    assert (declared["lawsuits"].zh, declared["administrative_fees"].unit) == ("行政诉讼总数", "万元")


def test_an_annex_of_2014_is_told_like_a_table_of_today(made: Warehouse) -> None:
    row = comparison(made, "annex-2016")
    assert (row["requests_received"], row["requests_granted"], row["granted_share"]) == (80, 40, 40 / 70)
    assert (row["reconsiderations"], row["reconsiderations_correction_share"], row["lawsuits"]) == (5, 1 / 5, 2)
    assert (row["outcomes_comparability"], row["outcomes_grade"]) == ("approximate", "verified")
    assert (row["items_disclosed"], row["disclosure_comparability"]) == (5000, "exact")


def test_before_2014_a_figure_of_the_narrative_is_told(made: Warehouse) -> None:
    row = comparison(made, "none-2010")
    assert (row["requests_received"], row["requests_comparability"], row["requests_grade"]) == (
        9,
        "approximate",
        "unverified",
    )
    assert (row["decisions_comparability"], row["decisions_grade"]) == (None, None)


def test_a_report_without_tables_has_a_row_of_nulls(made: Warehouse) -> None:
    row = comparison(made, "empty-2024")
    assert [row[code] for code, measure in measures().items() if measure.compared and row[code] is not None] == []
    assert (row["requests_comparability"], row["requests_grade"]) == (None, None)
    assert (row["requests_received_rank"], row["contradicted_fact_count"]) == (None, 0)


def test_a_block_is_as_sound_as_its_worst_measure_and_no_other_block_suffers(made: Warehouse) -> None:
    sound, doubt, conflict = (comparison(made, f"{name}-2024") for name in ("sound", "doubt", "conflict"))
    assert (sound["requests_grade"], sound["outcomes_grade"], sound["disputes_grade"]) == ("verified",) * 3
    assert (doubt["requests_granted"], doubt["granted_share"]) == (60, None)
    assert (doubt["requests_grade"], doubt["outcomes_grade"]) == ("verified", "contradicted")
    assert doubt["disputes_grade"] == "verified"
    assert conflict["outcomes_grade"] == "conflicting"
    # A share of sound numbers stays, with what it is made of. 8 of 90 by Wilson: 4.6 to 16.6 %.
    told = [doubt[f"denied_share{part}"] for part in ("_numerator", "_denominator", "_low", "_high")]
    assert told == [8, 90, pytest.approx(0.0457, abs=1e-3), pytest.approx(0.1657, abs=1e-3)]
    assert doubt["granted_share_denominator"] is None
    assert doubt["denied_share"] == sound["denied_share"] == 8 / 90
    assert doubt["contradicted_fact_count"] == 1


def test_nothing_processed_is_no_share_and_no_error(made: Warehouse) -> None:
    row = comparison(made, "zero-2024")
    assert (row["requests_processed"], row["granted_share"], row["granted_share_rank"]) == (0, None, None)


def test_changes_are_those_of_the_trends(made: Warehouse) -> None:
    row = comparison(made, "a-2024")
    assert (row["requests_received_change"], row["requests_received_change_share"]) == (20, 20 / 80)
    assert row["granted_share_change"] == 0
    # The first report, a missing year, another scope, a contradicted number before.
    for alone in ("a-2023", "c-2024", "d-2024", "e-2024"):
        assert comparison(made, alone)["requests_received_change"] is None, alone


def test_the_gap_is_that_of_the_check_between_years(made: Warehouse) -> None:
    assert comparison(made, "a-2024")["carried_over_gap"] == 10 - 12
    check = made.row("cross_year_checks", check_id="a-2024/years.carried_over/total")
    assert (check["difference"], check["outcome"]) == (-2, "fails")
    # What cannot be tested has no gap, though both numbers are there.
    assert comparison(made, "d-2024")["carried_over_gap"] is None
    assert comparison(made, "a-2023")["carried_over_gap"] is None


def test_ranks_are_those_among_the_level(made: Warehouse) -> None:
    rows = {body: comparison(made, f"{body}-2020") for body in "rstuvwxy"}
    ranks = {body: row["requests_received_rank"] for body, row in rows.items()}
    assert ranks == {"s": 1, "r": 2, "t": 2, "u": 4, "y": 5, "v": None, "w": None, "x": None}
    counts = {body: rows[body]["requests_received_member_count"] for body in "rvwx"}
    assert counts == {"r": 5, "v": 1, "w": 5, "x": 0}
    reasons = {body: rows[body]["requests_received_unranked_reason"] for body in "rvwx"}
    assert reasons == {"r": None, "v": "field_small", "w": "doubtful", "x": "body_unknown"}


def test_former_names_hold_the_same_numbers(made: Warehouse) -> None:
    now, former = made.table("comparison_by_year"), made.table("comparison_by_year_former_names")
    assert former.columns == [*(c.name for c in columns(Identified)), *FORMER_NAMES]
    for old, new in FORMER_NAMES.items():
        if new in now.columns:
            assert former[old].equals(now[new], null_equal=True), old
    assert [old for old, new in FORMER_NAMES.items() if new not in now.columns] == ["requests_basis", "requests_grade"]


def test_the_former_grade_of_requests_is_the_worse_of_two(made: Warehouse) -> None:
    def grade(report_id: str) -> object:
        return made.row("comparison_by_year_former_names", report_id=report_id)["requests_grade"]

    assert [grade(f"{name}-2024") for name in ("sound", "doubt", "conflict", "empty")] == [
        "verified",
        "contradicted",
        "conflicting",
        None,
    ]
    assert grade("none-2010") == "unverified"


def test_the_former_basis_says_if_totals_are_printed(tmp_path: Path) -> None:
    parsed = Parsed().report("printed-2024", {"requests/granted/total": 1}).report("none-2024")
    parsed.report("summed-2024", {"requests/granted/total": None, "requests/granted/natural_person": 1})
    view = parsed.build(tmp_path).table("comparison_by_year_former_names")
    assert dict(view.select("report_id", "requests_basis").iter_rows()) == {
        "printed-2024": "printed",
        "none-2024": "absent",
        "summed-2024": "summed_parts",
    }


def test_every_former_name_says_what_it_is_called_now() -> None:
    declared = {c.name: c for c in columns(model_of("comparison_by_year_former_names"))}
    renamed = {
        old: new for old, new in FORMER_NAMES.items() if old != new and old not in ("requests_basis", "requests_grade")
    }
    assert len(renamed) == 40
    for old, new in renamed.items():
        assert declared[old].description.startswith(f"Now `{new}`. ")
        assert declared[old].zh.endswith(f"（现为 {new}）")
