"""Readings of lists as the ledger keeps them and sums them up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.ledger.readings import CSV_COLUMNS, Gap, write_csv
from tests.made.fetched import fetch, reading

ONE, TWO = "http://a.gov.cn/nb/", "http://b.gov.cn/nb/"


def test_a_reading_comes_back_as_it_was_written_and_the_second_word_counts() -> None:
    ledger = Ledger(None)
    said = reading(
        ONE, "read", (2023, 2024), gaps=(Gap(f"{ONE}2025/", "empty", 2025, 2025), Gap(ONE, "in_part", None, 2022))
    )
    ledger.add_reading(reading(ONE, "empty"))
    ledger.add_reading(said)
    ledger.add_reading(replace(said, run_id="2"))
    assert list(ledger.readings(said.run_id)) == [said]


def test_all_refreshes_of_a_body_are_summed_up() -> None:
    ledger = Ledger(None)
    ledger.add_reading(reading(ONE, "read", (2021,), run_id="1", read_at="2026-01-31T17:00:00Z"))
    ledger.add_reading(reading(ONE, "script", run_id="2", read_at="2026-02-05T03:00:00Z"))
    ledger.add_reading(reading(TWO, "read", (2024,), run_id="2", read_at="2026-02-05T03:00:00Z"))
    ledger.add_reading(replace(reading(TWO, "general", run_id="1"), body_name="宁波市"))
    looks = {look.last[0].body_name: look for look in ledger.looks()}
    of_one = looks["杭州市教育局"]
    assert [(each.url, each.state) for each in of_one.last] == [(ONE, "script"), (TWO, "read")]
    assert of_one.years == {2021, 2024}
    # Five in the afternoon in Greenwich is the day after in China.
    assert of_one.read_on == {date(2026, 2, 1), date(2026, 2, 5)}
    assert (looks["宁波市"].years, looks["宁波市"].read_on) == (frozenset(), frozenset())


def test_the_last_reading_of_each_list_is_told_by_state() -> None:
    ledger = Ledger(None)
    for run_id, url, state in (("1", ONE, "read"), ("2", ONE, "dead"), ("1", TWO, "general")):
        ledger.add_reading(reading(url, state, run_id=run_id))
    assert [(each.url, each.state) for each in ledger.last_readings()] == [(TWO, "general"), (ONE, "dead")]


def test_a_list_is_fruitless_that_gave_nothing_each_time_lately() -> None:
    ledger = Ledger(None)
    looked = [
        ("1", ONE, "read", "2025-12-01T03:00:00Z"),
        ("2", ONE, "general", "2026-01-20T03:00:00Z"),
        ("1", TWO, "read", "2026-01-20T03:00:00Z"),
        ("2", TWO, "empty", "2026-01-21T03:00:00Z"),
        ("2", "http://c.gov.cn/", "challenge", "2026-01-21T03:00:00Z"),
    ]
    for run_id, url, state, at in looked:
        ledger.add_reading(reading(url, state, run_id=run_id, read_at=at))
    assert ledger.fruitless(datetime(2026, 1, 1, tzinfo=UTC)) == {ONE}


def test_a_listed_report_is_lacking_until_it_is_had() -> None:
    ledger = Ledger(None)
    about = {"body_name": "杭州市教育局", "report_year": 2025}
    ledger.add(fetch("1", f"{ONE}1.html", "failed", **about))
    ledger.add(fetch("1", f"{ONE}2.html", "failed", body_name="杭州市教育局", report_year=2024))
    assert (ledger.lacking(2025), ledger.lacking(2023)) == ({"杭州市教育局": f"{ONE}1.html"}, {})
    ledger.add(fetch("2", f"{ONE}1.html", **about))
    assert ledger.lacking(2025) == {}


def test_years_that_lists_led_to_are_held_whether_or_not_they_were_had() -> None:
    ledger = Ledger(None)
    ledger.add(fetch("1", f"{ONE}1.html", "failed", body_name="甲", report_year=2024, found_on=ONE))
    ledger.add(fetch("1", f"{ONE}2.html", body_name="甲", report_year=2023, found_on=ONE))
    ledger.add(fetch("1", f"{ONE}3.html", body_name="乙", report_year=2023))
    assert ledger.held() == {"甲": {2023, 2024}}


def test_readings_are_written_as_a_table(tmp_path: Path) -> None:
    write_csv(tmp_path / "lists.csv", [reading(ONE, "read", (2023, 2024)), reading(TWO, "general", message="a, b")])
    lines = (tmp_path / "lists.csv").read_text("utf-8").splitlines()
    assert lines[0] == ",".join(CSV_COLUMNS)
    assert lines[1].startswith(f"{ONE},杭州市教育局,浙江,read,,,2024,1,")
    assert '"a, b"' in lines[2]
