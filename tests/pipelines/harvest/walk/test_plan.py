"""What a refresh begins with, and what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk.plan import Asked, Due, planned
from tests.made.fetched import fetch

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LIST = Source("杭州市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.a.gov.cn/gknb/", "collected")
REPORT = Source(
    "杭州市人民政府", "浙江", "prefecture", "report", None, 2023, "http://www.a.gov.cn/gknb/1.html", "collected"
)
OTHER = Source("宁波市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.b.gov.cn/gknb/", "collected")


def run_id(days_ago: float) -> str:
    return (NOW - timedelta(days=days_ago)).strftime("%Y%m%dT%H%M%S.%fZ")


def at(days_ago: float) -> str:
    return (NOW - timedelta(days=days_ago)).isoformat().replace("+00:00", "Z")


def due(ledger: Ledger) -> Due:
    return Due(ledger, Policy(), NOW)


def looked(ledger: Ledger, days_ago: float, outcome: str = "new", **more: object) -> None:
    ledger.add(fetch(run_id(days_ago), REPORT.url, outcome, requested_at=at(days_ago), **more))


def addresses(
    ledger: Ledger, *sources: Source, years: frozenset[int] | None = None, only: str | None = None
) -> list[str]:
    return [each.url for each in planned(sources, due(ledger), Asked(years, only))]


def test_lists_come_first_and_each_address_once() -> None:
    ledger = Ledger(None)
    assert addresses(ledger, REPORT, LIST, OTHER, REPORT) == [LIST.url, OTHER.url, REPORT.url]


def test_a_year_leaves_other_years_out_and_never_lists() -> None:
    assert addresses(Ledger(None), REPORT, LIST, years=frozenset({2024})) == [LIST.url]
    assert addresses(Ledger(None), REPORT, LIST, years=frozenset({2023})) == [LIST.url, REPORT.url]


def test_a_pattern_chooses_sources() -> None:
    assert addresses(Ledger(None), REPORT, LIST, OTHER, only="宁波") == [OTHER.url]
    assert addresses(Ledger(None), REPORT, LIST, OTHER, only="www.a.gov.cn") == [LIST.url, REPORT.url]


def test_what_an_earlier_refresh_found_is_planned_with_what_was_known_of_it() -> None:
    ledger = Ledger(None)
    found = "http://www.a.gov.cn/gknb/2.html"
    ledger.add(fetch(run_id(1), found, body_name="杭州市人民政府", report_year=2024, requested_at=at(1)))
    (planned_one,) = [p for p in planned([LIST], due(ledger), Asked()) if p.url == found]
    assert planned_one.known is not None
    assert (planned_one.kind, planned_one.known.report_year) == ("report", 2024)
    assert found not in addresses(ledger, OTHER)
    assert found not in addresses(ledger, LIST, years=frozenset({2023}))


def test_what_a_killed_refresh_looked_at_is_due_since_what_it_links_may_not_have_been() -> None:
    ledger = Ledger(None)
    killed = ledger.begin(("",), NOW - timedelta(days=1))
    looked(ledger, 400)
    ledger.add(fetch(killed.run_id, REPORT.url, "changed", requested_at=at(1)))
    assert addresses(ledger, REPORT) == [REPORT.url]
    ledger.finish(killed.run_id, NOW)
    assert addresses(ledger, REPORT) == []


def test_what_leads_elsewhere_is_due_when_that_is() -> None:
    ledger = Ledger(None)
    new = "https://www.a.gov.cn/gknb/1.html"
    looked(ledger, 3, "redirected", location=new)
    assert addresses(ledger, REPORT) == [REPORT.url], "where it leads was never asked for"
    ledger.add(fetch(run_id(400), new, requested_at=at(400)))
    ledger.add(fetch(run_id(3), new, "unchanged", requested_at=at(3)))
    assert addresses(ledger, REPORT) == []
    looked(ledger, 3, "redirected", location=REPORT.url)
    assert addresses(ledger, REPORT) == [REPORT.url], "one that leads to itself leads nowhere"


@pytest.mark.parametrize(
    ("first", "last", "is_due"),
    [(1, 1, True), (119, 1, True), (121, 29, False), (121, 31, True), (400, 10, False)],
)
def test_a_report_is_looked_at_every_time_while_it_is_young_and_then_at_intervals(
    first: float, last: float, is_due: bool
) -> None:
    ledger = Ledger(None)
    looked(ledger, first)
    looked(ledger, last, "unchanged")
    assert (due(ledger).why(REPORT.url) is not None) == is_due


def test_what_may_pass_is_tried_each_time_and_what_holds_nothing_at_intervals() -> None:
    ledger = Ledger(None)
    looked(ledger, 1, "failed", code="connection_failed")
    assert due(ledger).why(REPORT.url) == "failed last time: connection_failed"
    ledger = Ledger(None)
    looked(ledger, 20, "failed", code="http_404")
    assert due(ledger).why(REPORT.url) is None
    ledger = Ledger(None)
    looked(ledger, 31, "vanished", code="soft_404")
    assert due(ledger).why(REPORT.url) == "held nothing; it may again"


def test_the_same_request_has_the_same_arguments() -> None:
    assert Asked(frozenset({2024, 2023}), "浙江").arguments == Asked(frozenset({2023, 2024}), "浙江").arguments
    assert Asked().arguments != Asked(frozenset({2023})).arguments
