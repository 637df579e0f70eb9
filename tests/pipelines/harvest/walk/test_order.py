"""Those whose report is due and was not seen come first; all else keeps its order."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk.order import by_need, host_by_host


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


def test_a_host_does_one_body_after_the_other_and_the_longest_begins_first() -> None:
    bodies = [("a", 1, "first"), ("b", 2, "second"), ("a", 1, "third"), ("b", 9, "fourth"), ("c", 1, "fifth")]
    log: list[str] = []

    async def work(body: tuple[str, int, str]) -> None:
        log.append(f"+{body[2]}")
        await asyncio.sleep(0)
        log.append(f"-{body[2]}")

    asyncio.run(host_by_host(bodies, lambda body: body[0], lambda body: body[1], work))
    assert log[:3] == ["+second", "+first", "+fifth"]
    assert log.index("-first") < log.index("+third")
    assert log.index("-second") < log.index("+fourth")
    assert len(log) == 10


def test_what_breaks_ends_the_walk() -> None:
    async def work(body: str) -> None:
        raise OSError(body)

    with pytest.raises(OSError, match="full"):
        asyncio.run(host_by_host(["full"], str, len, work))
