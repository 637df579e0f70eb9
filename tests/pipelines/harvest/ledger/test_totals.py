"""What came of a refresh, counted."""

from __future__ import annotations

import pytest

from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.totals import OUTCOMES, count_outcomes
from tests.made.fetched import RUN, fetch, reading


def row(number: int, outcome: str, kind: str = "report", **more: object) -> Fetch:
    return fetch(url=f"http://a.cn/{number}", outcome=outcome, kind=kind, **more)


def test_documents_and_lists_are_counted_apart() -> None:
    found = count_outcomes(
        RUN,
        [
            row(1, "new", size_bytes=10),
            row(2, "changed", "attachment", size_bytes=5),
            row(3, "unchanged", size_bytes=1000),
            row(4, "unchanged", "list", size_bytes=7),
            row(5, "new", "list", size_bytes=3),
            row(6, "redirected", location="http://a.cn/1"),
            row(7, "new", "robots", size_bytes=2),
            row(8, "vanished"),
            row(9, "failed", "list", code="too_slow", message="slow", attempts=4),
        ],
        ["notice", "notice", "template"],
    )
    assert found.run_id == RUN
    assert found.documents == {"new": 1, "changed": 1, "unchanged": 1, "vanished": 1}
    assert found.lists == {"unchanged": 1, "new": 1, "failed": 1}
    assert found.turned_away == {"notice": 2, "template": 1}
    assert found.requests == 8 + 4
    assert found.bytes == 10 + 5 + 3 + 2
    assert [each.url for each in found.fresh] == ["http://a.cn/1", "http://a.cn/2"]
    assert set(found.documents) | set(found.lists) <= set(OUTCOMES)


def test_every_reason_is_told_with_its_addresses() -> None:
    found = count_outcomes(
        RUN, [row(1, "failed"), row(2, "failed"), row(3, "refused", "list", code=None, message=None)]
    )
    says = "the site answers 404"
    assert found.reasons == {
        ("failed", "http_404"): [("http://a.cn/1", says), ("http://a.cn/2", says)],
        ("refused", "unknown"): [("http://a.cn/3", "")],
    }


SILENT = {"code": "connection_failed", "status": None}
ALONE = {"code": "asked_for_patience", "status": None}


@pytest.mark.parametrize(
    ("rows", "is_unreached", "is_bare"),
    [
        ([], False, False),
        ([row(1, "failed", **SILENT), row(2, "failed", "list", **SILENT)], True, True),
        ([row(1, "failed", "list", **SILENT), row(2, "refused", "list", **ALONE)], True, True),
        ([row(1, "refused", "list", **ALONE)], False, True),
        ([row(1, "failed", "list", code="challenge", status=412)], False, True),
        ([row(1, "new", "robots"), row(2, "refused", "list", code="forbidden", status=None)], False, True),
        ([row(1, "vanished")], False, True),
        ([row(1, "failed"), row(2, "unchanged", "list")], False, False),
        ([row(1, "new", "robots")], False, False),
    ],
)
def test_a_site_that_says_no_was_reached(rows: list[Fetch], is_unreached: bool, is_bare: bool) -> None:
    found = count_outcomes(RUN, rows)
    assert (found.reached_nothing, found.gave_nothing) == (is_unreached, is_bare)


def test_lists_that_were_not_read_are_told_by_state_and_address() -> None:
    readings = [
        reading("http://b.cn/", "general"),
        reading("http://c.cn/", "read"),
        reading("http://d.cn/", "script"),
        reading("http://a.cn/", "general"),
    ]
    told = count_outcomes(RUN, [], readings=readings).unread
    assert [each.url for each in told] == ["http://d.cn/", "http://a.cn/", "http://b.cn/"]
