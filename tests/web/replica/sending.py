"""One answer on its way over a connection, in the manner that it asks for.

Belongs here: heads and bodies of answers, cut, dripped and without end. Does not belong here: connections and requests
(`tests.web.replica.server`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus

from tests.web.replica.reply import Manner, Reply, Request

#: Seconds between two bytes of a drip.
DRIP = 0.2
#: What never ends is sent in pieces, at about 30 MB/s, and ends after all at a size that no client should wait for.
PIECE = 64 << 10
PIECE_PAUSE = 0.002
ENDLESS = 4 << 30

Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]


class Protocol(asyncio.StreamReaderProtocol):
    """Learns at once that the other side has gone, not only when it next writes; `lost` is set then."""

    def __init__(self, reader: asyncio.StreamReader, connected: Connected) -> None:
        super().__init__(reader, connected)
        self.lost = asyncio.Event()

    def eof_received(self) -> bool:
        super().eof_received()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.lost.set()


class Sending:
    """One answer on its way: how many bytes of its body were sent, and whether it was all of it."""

    def __init__(self, writer: asyncio.StreamWriter, request: Request) -> None:
        self._writer, self._request = writer, request
        self.sent = 0
        self.complete = False

    async def send(self, reply: Reply) -> None:
        """Send an answer. Raises `ConnectionError` where the other side goes, or where the answer is to be cut."""
        await self._pause(reply.delay)
        self._writer.write(_head(reply))
        if self._request.method == "HEAD" or reply.status in (204, 304):
            await self._writer.drain()
        elif reply.manner is Manner.WHOLE:
            await self._whole(reply.body)
        elif reply.manner is Manner.CUT:
            await self._cut(reply.body[: len(reply.body) // 2])
        elif reply.manner is Manner.DRIP:
            await self._drip(reply.body)
        else:
            await self._endless(reply)
        self.complete = True

    async def _whole(self, body: bytes) -> None:
        for start in range(0, len(body), PIECE):
            await self._write(body[start : start + PIECE])

    async def _cut(self, half: bytes) -> None:
        await self._write(half)
        self._writer.close()
        raise ConnectionAbortedError("cut off half-way, as planned")

    async def _drip(self, body: bytes) -> None:
        while True:
            for byte in body:
                await self._write(bytes((byte,)))
                await self._pause(DRIP)

    async def _endless(self, reply: Reply) -> None:
        piece = (reply.body * (PIECE // max(len(reply.body), 1) + 1))[:PIECE]
        framed = f"{PIECE:x}\r\n".encode() + piece + b"\r\n" if reply.declared == -1 else piece
        while self.sent < ENDLESS:
            await self._write(framed)
            await self._pause(PIECE_PAUSE)
        raise ConnectionAbortedError("enough")

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()
        self.sent += len(data)

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the other side goes first. Raises `ConnectionResetError` then."""
        if seconds:
            protocol = self._writer.transport.get_protocol()
            assert isinstance(protocol, Protocol)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(protocol.lost.wait(), seconds)
                raise ConnectionResetError("the client went away")


def _head(reply: Reply) -> bytes:
    headers = [("Server", "nginx"), ("Date", formatdate(usegmt=True)), *reply.headers]
    if reply.declared == -1:
        headers.append(("Transfer-Encoding", "chunked"))
    elif reply.status not in (204, 304):
        headers.append(("Content-Length", str(len(reply.body) if reply.declared is None else reply.declared)))
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
