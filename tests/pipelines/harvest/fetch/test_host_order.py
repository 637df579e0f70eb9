"""Bodies of one host come one after the other, hosts at once."""

from __future__ import annotations

import asyncio

import pytest

from pipelines.harvest.fetch.host_order import host_by_host


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
