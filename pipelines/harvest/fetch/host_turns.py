"""Whose turn it is: one request at a time to a host, with a pause after each, and limits over all hosts.

Belongs here: waiting. Does not belong here: what is asked for, or what a site answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from aiolimiter import AsyncLimiter

from pipelines.archive.response import NotFetched
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.fetch.robots import Robots


@dataclass(slots=True)
class HostState:
    """Holds what is known of a host in this run."""

    delay: float
    #: Held by the one address of the host that is asked for, with all its attempts and the pauses between them.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: Held by one request: another host's robots.txt may lead here, past the lock above.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: When the last request was over, on the clock of `time.monotonic`.
    rests_since: float = -math.inf
    #: Address of a robots.txt → its rules, or why it could not be had: then nothing may be asked for. A host has two,
    #: since http and https are two sites.
    rules: dict[str, Robots | NotFetched] = field(default_factory=dict)
    reading: dict[str, asyncio.Lock] = field(default_factory=dict)
    failures: int = 0
    #: Whether something that it packed could not be unpacked.
    packs_badly: bool = False
    #: Until when (UTC) it asked to be left alone.
    until: datetime | None = None

    def robots_lock(self, address: str) -> asyncio.Lock:
        """Held by whoever asks for a robots.txt, so that the others take what he learns."""
        return self.reading.setdefault(address, asyncio.Lock())

    async def rested(self) -> None:
        """Wait until the pause since the last request is over."""
        while (left := self.rests_since + self.delay - time.monotonic()) > 0:
            await asyncio.sleep(left)


class Turns:
    """The limits over all hosts."""

    def __init__(self, policy: Policy) -> None:
        self._slots = asyncio.Semaphore(policy.most_requests)
        # One at a time: a bucket of as many as a second allows would let twice as many begin in the first second.
        self._pace = AsyncLimiter(1, 1 / policy.requests_per_second)

    @contextlib.asynccontextmanager
    async def of(self, host: HostState) -> AsyncIterator[None]:
        """The time of one request: alone at its host and rested from the last one, and within the limits over all hosts.

        The rest is counted from the end of a request, so that it is kept as the site sees it, however long connecting
        took and however long we waited for a slot.
        """
        async with host.turn:
            await host.rested()
            async with self._slots:
                await self._pace.acquire()
                try:
                    yield
                finally:
                    host.rests_since = time.monotonic()
