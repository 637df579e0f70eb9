"""A web site on loopback that says exactly what a test wants, byte by byte, and logs what it was asked and when."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Asked:
    """One request as the server saw it. Times are those of `time.monotonic`."""

    path: str
    headers: dict[str, str]
    connection: int
    began: float
    ended: float = 0.0


#: Writes a response by itself; returning closes the connection.
Speaker = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
#: A response, several of them for one request after the other (the last one from then on), or who writes it.
Route = bytes | list[bytes] | Speaker

MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A response; `_` in the name of a header is a hyphen."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in said.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass(slots=True)
class Site:
    """A running site and its log."""

    routes: Mapping[str, Route]
    port: int = 0
    scheme: str = "http"
    log: list[Asked] = field(default_factory=list)
    #: The most requests that were under way at once.
    busiest: int = 0
    _under_way: int = 0
    _connections: itertools.count[int] = field(default_factory=itertools.count)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def pauses(self) -> list[float]:
        """Seconds between the beginnings of one request and the next."""
        return [after.began - before.began for before, after in itertools.pairwise(self.log)]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = next(self._connections)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while await self._exchange(connection, reader, writer):
                pass
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _exchange(self, connection: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection stays open."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:-2])}
        asked = Asked(lines[0].split(" ")[1], headers, connection, time.monotonic())
        self.log.append(asked)
        self._under_way += 1
        self.busiest = max(self.busiest, self._under_way)
        try:
            return await self._respond(asked, writer)
        finally:
            self._under_way -= 1
            asked.ended = time.monotonic()

    async def _respond(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        route = self.routes.get(asked.path, MISSING)
        if callable(route):
            await route(asked, writer)
            return False
        if isinstance(route, list):
            route = route[min(self.paths.count(asked.path), len(route)) - 1]
        writer.write(route)
        await writer.drain()
        return b"Content-Length" in route or b" 304 " in route


@contextlib.asynccontextmanager
async def site(routes: Mapping[str, Route], tls: ssl.SSLContext | None = None, port: int = 0) -> AsyncIterator[Site]:
    """A site with these routes, by path; what is not among them is 404. `port` 0: any that is free."""
    made = Site(routes, scheme="https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await made.serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
