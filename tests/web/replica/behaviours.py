"""What stands before an address and lets nothing, or not everything, through. Each keeps its own state, safely."""

from __future__ import annotations

import datetime
import math
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from email.utils import format_datetime
from functools import cache

from tests.web.replica.reply import Answer, Manner, Reply, Request

#: Given a request and what would answer it, answers.
Behaviour = Callable[[Request, Answer], Reply]
BOMB_BYTES = 300_000_000
#: The length that what never ends may declare.
FOREVER = 2_000_000_000


def slow(seconds: float) -> Behaviour:
    """Every answer takes that long."""
    return lambda request, answer: replace(answer(request), delay=seconds)


def drip() -> Behaviour:
    """A byte now and then, for ever."""
    return lambda request, answer: _unsaved(answer(request), manner=Manner.DRIP, declared=FOREVER)


def endless(declared: int) -> Behaviour:
    """Bytes without end; the declared length is huge, or -1: none."""
    return lambda request, answer: _unsaved(answer(request), manner=Manner.ENDLESS, declared=declared)


def cut_always() -> Behaviour:
    """The connection is lost half-way every time."""
    return lambda request, answer: _unsaved(answer(request), manner=Manner.CUT)


def cut_first() -> Behaviour:
    """The connection is lost half-way at the first request of each address."""
    seen, lock = Counter[str](), threading.Lock()

    def behave(request: Request, answer: Answer) -> Reply:
        with lock:
            seen[request.path] += 1
            is_first = seen[request.path] == 1
        reply = answer(request)
        return _unsaved(reply, manner=Manner.CUT) if is_first else reply

    return behave


def rate_limit(most: int, window: float, patience: int) -> Behaviour:
    """429 with Retry-After in seconds to who asks more than `most` times in a window; then the window begins anew."""
    arrivals: list[float] = []
    closed_until = -math.inf
    lock = threading.Lock()

    def behave(request: Request, answer: Answer) -> Reply:
        nonlocal closed_until
        now = time.monotonic()
        with lock:
            arrivals[:] = [at for at in arrivals if now - at < window]
            if now >= closed_until and len(arrivals) < most:
                arrivals.append(now)
                return answer(request)
            if now >= closed_until:
                closed_until = now + patience
                arrivals.clear()
        headers = (("Retry-After", str(patience)), ("Content-Type", "text/html"))
        return Reply(429, headers, b"<html><body>too many requests</body></html>", patience=patience)

    return behave


def busy_first(count: int) -> Behaviour:
    """503 with Retry-After as a date one to two seconds ahead for the first requests; then it answers."""
    seen, lock = 0, threading.Lock()

    def behave(request: Request, answer: Answer) -> Reply:
        nonlocal seen
        with lock:
            seen += 1
            is_busy = seen <= count
        if not is_busy:
            return answer(request)
        now = time.time()
        until = math.ceil(now) + 1
        date = format_datetime(datetime.datetime.fromtimestamp(until, datetime.UTC), usegmt=True)
        return Reply(503, (("Retry-After", date),), b"<html><body>busy</body></html>", patience=until - now)

    return behave


def bomb() -> Behaviour:
    """Small, and 300 MB when unpacked."""
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    return lambda request, answer: Reply(200, headers, _bomb())


@cache
def _bomb() -> bytes:
    """A gzip file of one block repeated: compressed once, its checksum run over all of it."""
    piece = b"<p>0</p>" * (1 << 17)
    count = BOMB_BYTES // len(piece) + 1
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush a block refers to nothing before it, so that it can be repeated.
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(count):
        checksum = zlib.crc32(piece, checksum)
    size = (len(piece) * count) & 0xFFFFFFFF
    tail = zlib.compressobj(9, zlib.DEFLATED, -15).flush() + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + block * count + tail


def _unsaved(reply: Reply, *, manner: Manner, declared: int | None = None) -> Reply:
    """An answer that never comes through whole has no validators: nobody has it to validate."""
    if reply.status != 200:
        return reply
    headers = tuple((name, value) for name, value in reply.headers if name not in ("ETag", "Last-Modified"))
    return replace(reply, headers=headers, manner=manner, declared=declared)
