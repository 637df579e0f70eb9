"""Whose lists come first: those whose report is due and was not seen yet, then those that are due later, then the others.

A refresh goes host by host: of one host a body is finished before the next one is begun, so that what is due is done first
and only as many bodies are in memory as hosts are asked. Belongs here: the order of a refresh. Does not belong here: what is due at all (`pipelines.harvest.walk.plan`), or the pace
of a host (`pipelines.harvest.fetch.host_turns`), which takes addresses in this order.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Container, Iterable
from datetime import date, timedelta
from typing import TypeVar

from pipelines.harvest.register.calendar import body_of_source, report_year_due
from pipelines.harvest.register.calendar import due as due_date
from pipelines.harvest.register.sources import Source

#: Reports come in from so many days before their last day on.
_BEFORE = timedelta(days=14)
#: Hosts whose bodies are under way at once: more than the pace over all hosts (`Policy.requests_per_second`) can use.
MOST_HOSTS = 500

_Body = TypeVar("_Body")


def by_need(sources: Iterable[Source], seen: Container[str], today: date) -> list[Source]:
    """The sources in the order in which a refresh asks for them; those of one rank stay as they stand.

    `seen` are the names of bodies of which a report of the newest year was had.
    """
    year = report_year_due(today)
    rows = [*sources]
    ranks = {source.body: _rank(source, seen, year, today) for source in rows}
    return sorted(rows, key=lambda source: ranks[source.body])


def _rank(source: Source, seen: Container[str], year: int, today: date) -> int:
    if source.body_name in seen:
        return 2
    body = body_of_source(source.body_name, source.province, year)
    return 0 if due_date(body.kind, year).on <= today + _BEFORE else 1


async def host_by_host(
    bodies: Iterable[_Body],
    host_of: Callable[[_Body], str],
    size_of: Callable[[_Body], int],
    work: Callable[[_Body], Awaitable[None]],
) -> None:
    """Work on bodies: one after the other on a host, in the order given; the hosts with most to do begin first.

    The longest host decides when a refresh ends, so it may not wait for others.
    """
    groups: dict[str, deque[_Body]] = {}
    for body in bodies:
        groups.setdefault(host_of(body), deque()).append(body)
    waiting = deque(sorted(groups.values(), key=lambda group: -sum(map(size_of, group))))

    async def hosts() -> None:
        while waiting:
            group = waiting.popleft()
            while group:
                await work(group.popleft())

    await asyncio.gather(*(hosts() for _ in range(min(MOST_HOSTS, len(waiting)))))
