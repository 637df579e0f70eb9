"""What came of a refresh, counted."""

from __future__ import annotations

import pytest

from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.totals import OUTCOMES, count_outcomes
from tests.made.fetched import RUN, fetch


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


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], False),
        ([row(1, "failed"), row(2, "refused", "list")], True),
        ([row(1, "vanished")], True),
        ([row(1, "failed"), row(2, "unchanged", "list")], False),
        ([row(1, "new", "robots"), row(2, "failed")], True),
        ([row(1, "new", "robots")], False),
    ],
)
def test_whether_anything_was_reached(rows: list[Fetch], expected: bool) -> None:
    assert count_outcomes(RUN, rows).reached_nothing is expected
