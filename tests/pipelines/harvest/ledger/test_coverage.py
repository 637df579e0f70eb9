"""Who has published, by what the ledger has found and by how the lists were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipelines.harvest.ledger.coverage import china_day, coverage
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.ledger.readings import Gap, Reading
from pipelines.harvest.register.calendar import Standing
from pipelines.harvest.register.sources import Source
from tests.made.fetched import fetch, reading

LIST = "http://edu.hangzhou.gov.cn/nb/"
OTHER = "http://www.hangzhou.gov.cn/jyj/nb/"
SOURCES = [
    Source("杭州市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.hangzhou.gov.cn/nb/", "collected"),
    Source("杭州市教育局", "浙江", "department", "list", "body", None, LIST, "collected"),
    Source("宁波市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.ningbo.gov.cn/nb/", "collected"),
]
RUN = "20260301T030000.000000Z"
#: The day after departments are due.
AFTER = "2026-02-01T03:00:00Z"
DAY = date(2026, 2, 2)


def stand(ledger: Ledger, today: date, year: int = 2025) -> dict[str, Standing]:
    return {each.expected.body_name: each for each in coverage(SOURCES, ledger, year, today)}


def told(*readings: Reading, today: date = DAY, year: int = 2025) -> tuple[str, str | None, str]:
    """How 杭州市教育局 stands after some readings: state, why, where."""
    ledger = Ledger(None)
    for each in readings:
        ledger.add_reading(each)
    found = stand(ledger, today, year)["杭州市教育局"]
    return found.state, found.why, found.where


def read(years: tuple[int, ...] = (2023, 2024), url: str = LIST, **more: Any) -> Reading:
    return reading(url, years=years, **{"read_at": AFTER, **more})


def test_a_body_has_published_is_missing_or_could_not_be_read() -> None:
    ledger = Ledger(None)
    # 杭州市 and 杭州市人民政府 are one body: the list's title may name it either way.
    ledger.add(
        fetch(
            RUN,
            "http://www.hangzhou.gov.cn/nb/1.html",
            body_name="杭州市",
            report_year=2025,
            requested_at="2026-03-30T01:00:00Z",
        )
    )
    ledger.add_reading(read())
    ledger.add_reading(replace(reading(SOURCES[2].url, "dead", code="connection_failed"), body_name="宁波市人民政府"))
    assert {name: each.state for name, each in stand(ledger, DAY).items()} == {
        "杭州市教育局": "missing",
        "杭州市人民政府": "published",
        "宁波市人民政府": "unreachable",
    }


def test_before_its_day_nobody_is_missing_and_nobody_who_was_never_looked_at() -> None:
    ledger = Ledger(None)
    assert {each.state for each in stand(ledger, date(2026, 1, 31)).values()} == {"not_yet_due"}
    after = stand(ledger, date(2026, 4, 1))
    assert {(each.state, each.why) for each in after.values()} == {("unread", "not_asked")}


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([read()], ("missing", None)),
        ([read((2023,))], ("missing", None)),
        # The list held the report of the year before when it was first read, and shows the newest five now.
        ([read(run_id="1"), read((), run_id="2")], ("missing", None)),
        ([read((2021, 2022))], ("unread", "old")),
        ([read((2026,))], ("unread", "old")),
        ([read(())], ("unread", "never_held")),
        ([read(read_at="2026-01-31T03:00:00Z")], ("unread", "not_asked")),
        ([reading(LIST, "general", read_at=AFTER)], ("unread", "general")),
        # It was read once, and is drawn by a script since.
        ([read(run_id="1"), reading(LIST, "script", run_id="2", read_at=AFTER)], ("unread", "script")),
        ([read(gaps=(Gap("http://a.cn/2025/", "empty", 2025, 2025),))], ("unread", "empty")),
        ([read(gaps=(Gap("http://a.cn/2019/", "empty", 2019, 2019),))], ("missing", None)),
        ([read(gaps=(Gap(LIST, "in_part", None, 2022),))], ("missing", None)),
        ([read(gaps=(Gap(LIST, "in_part"),))], ("unread", "in_part")),
        # Two lists: one that cannot be read may hold the report, one that is gone may not.
        ([read(), reading(OTHER, "challenge", read_at=AFTER)], ("unread", "challenge")),
        ([read(), reading(OTHER, "dead", code="too_slow", read_at=AFTER)], ("unreachable", "dead")),
        ([read(), reading(OTHER, "dead", code="http_404", read_at=AFTER)], ("missing", None)),
    ],
)
def test_missing_needs_a_list_that_was_read_and_has_held_the_bodys_reports(
    readings: list[Reading], expected: tuple[str, str | None]
) -> None:
    assert told(*readings)[:2] == expected


def test_a_list_that_was_read_long_ago_says_nothing_of_today() -> None:
    assert told(read(), today=date(2026, 3, 18))[0] == "missing"
    assert told(read(), today=date(2026, 3, 19))[:2] == ("unread", "not_asked")


def test_the_address_that_could_not_be_read_is_told() -> None:
    assert told(read(gaps=(Gap("http://a.cn/2025/", "empty", 2025, 2025),)))[2] == "http://a.cn/2025/"
    assert told(reading(LIST, "script", read_at=AFTER))[2] == LIST


def test_a_report_that_is_listed_and_cannot_be_had_is_not_missing() -> None:
    ledger = Ledger(None)
    ledger.add_reading(read())
    url = "http://edu.hangzhou.gov.cn/1.html"
    ledger.add(fetch(RUN, url, "failed", body_name="杭州市教育局", report_year=2025, code="http_403"))
    found = stand(ledger, DAY)["杭州市教育局"]
    assert (found.state, found.why, found.where) == ("unread", "listed", url)


@pytest.mark.parametrize(
    ("published_on", "first", "is_late"),
    [
        ("2026-01-20", "2026-11-30T03:00:00Z", False),
        ("2026-02-20", "2026-11-30T03:00:00Z", True),
        (None, "2026-11-30T03:00:00Z", False),
        # A day in the year that the report is about is not that of its publication.
        ("2025-12-31", "2026-11-30T03:00:00Z", False),
    ],
)
def test_late_is_measured_by_the_date_of_publication(published_on: str | None, first: str, is_late: bool) -> None:
    ledger = Ledger(None)
    about = {"body_name": "杭州市教育局", "report_year": 2025, "published_on": published_on, "requested_at": first}
    ledger.add(fetch(RUN, "http://edu.hangzhou.gov.cn/1.html", **about))
    found = stand(ledger, date(2026, 12, 1))["杭州市教育局"]
    assert (found.state, found.is_late) == ("published", is_late)


def test_of_several_addresses_the_earliest_day_counts() -> None:
    ledger = Ledger(None)
    about: dict[str, Any] = {"body_name": "杭州市教育局", "report_year": 2025, "requested_at": "2026-11-30T03:00:00Z"}
    ledger.add(fetch(RUN, "http://a.cn/1.html", published_on="2026-06-01", **about))
    ledger.add(fetch(RUN, "http://a.cn/2.html", published_on="2026-01-25", **about))
    found = stand(ledger, date(2026, 12, 1))["杭州市教育局"]
    assert (found.is_late, found.published_on) == (False, date(2026, 1, 25))


def test_without_a_date_the_ledger_shows_who_was_watched() -> None:
    ledger = Ledger(None)
    for run_id, day in (("1", "2026-01-30"), ("2", "2026-02-01")):
        ledger.add_reading(read(run_id=run_id, read_at=f"{day}T03:00:00Z"))
    about: dict[str, Any] = {"body_name": "杭州市教育局", "report_year": 2025}
    ledger.add(fetch(RUN, "http://a.cn/1.html", requested_at="2026-02-02T03:00:00Z", **about))
    assert stand(ledger, date(2026, 2, 3))["杭州市教育局"].is_late


def test_a_report_of_another_year_does_not_count() -> None:
    ledger = Ledger(None)
    ledger.add_reading(read())
    ledger.add(fetch(RUN, "http://edu.hangzhou.gov.cn/1.html", body_name="杭州市教育局", report_year=2024))
    assert stand(ledger, DAY)["杭州市教育局"].state == "missing"


def test_a_day_is_that_of_china() -> None:
    assert china_day("2026-01-31T15:59:59Z") == date(2026, 1, 31)
    assert china_day("2026-01-31T16:00:00Z") == date(2026, 2, 1)
