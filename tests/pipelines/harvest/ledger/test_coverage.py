"""Who has published, by what the ledger has found."""

from __future__ import annotations

from datetime import date

from pipelines.harvest.ledger.coverage import china_day, coverage
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.register.sources import Source
from tests.made.fetched import fetch

SOURCES = [
    Source("杭州市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.hangzhou.gov.cn/nb/", "collected"),
    Source("杭州市教育局", "浙江", "department", "list", "body", None, "http://edu.hangzhou.gov.cn/nb/", "collected"),
    Source("宁波市人民政府", "浙江", "prefecture", "list", "body", None, "http://www.ningbo.gov.cn/nb/", "collected"),
]
RUN = "20260301T030000.000000Z"


def states(ledger: Ledger, today: date) -> dict[str, tuple[str, bool]]:
    found = coverage(SOURCES, ledger, 2025, today)
    return {each.expected.body_name: (each.state, each.is_late) for each in found}


def test_a_body_has_published_is_missing_or_could_not_be_reached() -> None:
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
    ledger.add(fetch(RUN, SOURCES[2].url, "failed", kind="list", code="connection_failed"))
    assert states(ledger, date(2026, 2, 1)) == {
        "杭州市教育局": ("missing", False),
        "杭州市人民政府": ("published", False),
        "宁波市人民政府": ("unreachable", False),
    }


def test_before_its_day_nobody_is_missing_and_after_it_a_first_find_is_late() -> None:
    ledger = Ledger(None)
    assert states(ledger, date(2026, 1, 31)) == dict.fromkeys((s.body_name for s in SOURCES), ("not_yet_due", False))
    ledger.add(
        fetch(
            RUN,
            "http://edu.hangzhou.gov.cn/1.html",
            body_name="杭州市教育局",
            report_year=2025,
            requested_at="2026-02-01T00:00:00Z",
        )
    )
    assert states(ledger, date(2026, 2, 2))["杭州市教育局"] == ("published", True)


def test_a_report_of_another_year_does_not_count() -> None:
    ledger = Ledger(None)
    ledger.add(fetch(RUN, "http://edu.hangzhou.gov.cn/1.html", body_name="杭州市教育局", report_year=2024))
    assert states(ledger, date(2026, 2, 2))["杭州市教育局"] == ("missing", False)


def test_a_day_is_that_of_china() -> None:
    assert china_day("2026-01-31T15:59:59Z") == date(2026, 1, 31)
    assert china_day("2026-01-31T16:00:00Z") == date(2026, 2, 1)
