"""A change in law ends a series or is told beside it: one body whose form never changes within a stretch."""

from __future__ import annotations

import pytest

from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Parsed, Warehouse
from tests.made.rows import Row


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    courts = disputes("litigation_direct", 2, 1, 0, 1, 4) | disputes("litigation_after_reconsideration", 1, 1, 0, 0, 2)
    cells = requests() | courts | disputes("reconsideration", 3, 1, 0, 1, 5)
    for year in (2019, 2020):
        parsed.report(f"a-{year}", cells, form="2019")
    for year in range(2021, 2027):
        parsed.report(f"a-{year}", cells)
    # A body that used the form of 2014 until 2018: both forms count what was received alike.
    for year in (2016, 2017, 2018):
        parsed.report(f"long-{year}", ANNEX, form="2014")
    for year in (2019, 2020):
        parsed.report(f"long-{year}", cells, form="2019")
    for year in (2008, 2009, 2010, 2011):
        parsed.report(f"old-{year}", {}, form="none")
        parsed.figure(f"old-{year}", "requests_received", 40)
    return parsed.build(tmp_path_factory.mktemp("law"))


def trend(made: Warehouse, year: int, measure: str, body: str = "a") -> Row:
    return made.row("trends", report_id=f"{body}-{year}", measure=measure)


def test_the_mixed_year_2019_and_the_fee_of_2021_end_the_series_of_requests(made: Warehouse) -> None:
    rows = [trend(made, year, "requests_received") for year in range(2020, 2027)]
    assert [row["break_reason"] for row in rows] == ["law_changed", "law_changed", None, None, None, None, None]
    assert [row["segment"] for row in rows] == [2, 3, 3, 3, 3, 3, 3]
    assert [row["legal_dates"] for row in rows[:3]] == ["2019-05-15", "2021-01-01", None]


def test_2019_is_cut_on_both_sides_though_both_forms_count_alike(made: Warehouse) -> None:
    assert made.row("form_breaks", measure="requests_received", form="2019")["is_comparable"] is False
    rows = [trend(made, year, "requests_received", "long") for year in (2017, 2018, 2019, 2020)]
    assert [row["break_reason"] for row in rows] == [None, None, "law_changed", "law_changed"]
    assert [row["segment"] for row in rows] == [1, 1, 2, 3]
    # 80 requests in each year of the first stretch; nothing is a mean over the cut.
    assert [row["three_year_mean"] for row in rows] == [None, 80, None, None]
    assert {row["value_change"] for row in rows[2:]} == {None}


def test_lawsuits_and_the_dispute_rate_end_with_2023(made: Warehouse) -> None:
    for measure in ("lawsuits", "lawsuits_direct", "lawsuits_after_reconsideration", "dispute_rate"):
        rows = [trend(made, year, measure) for year in range(2022, 2027)]
        assert [row["break_reason"] for row in rows] == [None, None, "law_changed", None, None], measure
        # The mean of three years never reaches over the cut.
        assert [row["three_year_mean"] is None for row in rows] == [False, False, True, True, False], measure


def test_a_correction_share_goes_on_with_a_note(made: Warehouse) -> None:
    row = trend(made, 2024, "reconsiderations_correction_share")
    assert (row["is_comparable"], row["break_reason"], row["legal_dates"]) == (True, None, "2024-01-01")


def test_what_no_law_touched_goes_on_without_one(made: Warehouse) -> None:
    row = trend(made, 2024, "granted_share")
    assert (row["is_comparable"], row["legal_dates"]) == (True, None)


def test_the_eight_months_of_2008_are_no_year(made: Warehouse) -> None:
    rows = [trend(made, year, "requests_received", "old") for year in (2008, 2009, 2010, 2011)]
    assert [row["break_reason"] for row in rows] == ["first_report", "law_changed", None, None]
    assert [row["three_year_mean"] for row in rows] == [None, None, None, 40]


def test_the_calendar_is_a_table_with_reasons_in_two_languages(made: Warehouse) -> None:
    rows = made.table("legal_breaks").filter(measure="lawsuits", report_year=2024).to_dicts()
    assert [(row["legal_kind"], row["legal_date"].isoformat(), row["needs_source"]) for row in rows] == [
        ("break", "2024-01-01", False)
    ]
    assert rows[0]["reason_zh"].startswith("修订后的《行政复议法》") and "before suing" in rows[0]["reason_en"]
