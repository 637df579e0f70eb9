"""Those whose report is due and was not seen come first; all else keeps its order."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk.order import by_need


def row(name: str, level: str = "department") -> Source:
    return Source(name, "浙江", level, "list", "body", None, f"http://a.cn/{name}/", "added")


CITY, FINANCE, SCHOOLS = row("杭州市", "prefecture"), row("杭州市财政局"), row("杭州市教育局")


@pytest.mark.parametrize(
    ("today", "seen", "order"),
    [
        # Departments are due on 31 January, their government on 31 March.
        (date(2026, 1, 20), set(), [FINANCE, SCHOOLS, CITY]),
        (date(2026, 1, 20), {"杭州市财政局"}, [SCHOOLS, CITY, FINANCE]),
        (date(2026, 3, 20), {"杭州市财政局", "杭州市教育局"}, [CITY, FINANCE, SCHOOLS]),
        # On 1 January the new year begins, and no report of it is due within two weeks.
        (date(2026, 1, 1), set(), [CITY, FINANCE, SCHOOLS]),
        (date(2026, 6, 1), set(), [CITY, FINANCE, SCHOOLS]),
    ],
)
def test_who_comes_first(today: date, seen: set[str], order: list[Source]) -> None:
    assert by_need([CITY, FINANCE, SCHOOLS], seen, today) == order
