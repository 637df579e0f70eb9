"""Whose lists are looked at anew: those of bodies whose report was due and did not come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines.harvest.grow.season import barren
from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.harvest.register.sources import Source

COUNTY = Source("永嘉县", "浙江", "county", "list", "body", None, "http://a.cn/nb/", "derived")
SCHOOLS = replace(COUNTY, body_name="永嘉县教育局", level="department", url="http://a.cn/jy/")
GONE = Source("上海市卢湾区", "上海", "county", "list", "body", None, "http://b.cn/nb/", "derived")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """The county's report of 2025 was found in January 2026."""
    made = Ledger(None)
    run = made.begin(("",), datetime(2026, 1, 20, tzinfo=UTC))
    made.add(
        Fetch(
            run.run_id, "http://a.cn/1.html", "report", "2026-01-20T01:00:00.000Z", "new", "永嘉县", 2025,
            sha256="0" * 64, warc_sha256="0" * 64, size_bytes=1,
        )
    )  # fmt: skip
    made.finish(run.run_id, datetime(2026, 1, 20, tzinfo=UTC))
    yield made
    made.close()


def test_a_body_is_barren_after_its_last_day_only(ledger: Ledger) -> None:
    rows = [COUNTY, SCHOOLS, GONE]
    # A department is due on 31 January; the county's report came, and 卢湾区 is no more.
    assert barren(rows, ledger, date(2026, 4, 15)) == {SCHOOLS.body}
    assert barren([COUNTY], ledger, date(2027, 4, 15)) == {COUNTY.body}
