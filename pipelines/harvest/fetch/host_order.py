"""Host by host: of one host a body is finished before the next one is begun.

So what comes first is done first, and only as many bodies are in memory as hosts are asked. Belongs here: which bodies are
under way. Does not belong here: the pace of a host (`pipelines.harvest.fetch.host_turns`).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

#: Hosts whose bodies are under way at once: more than the pace over all hosts (`Policy.requests_per_second`) can use.
MOST_HOSTS = 500

_Body = TypeVar("_Body")


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
