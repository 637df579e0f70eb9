"""A small HTTP/1.1 server over many loopback addresses, in a thread of its own.

It is written by hand because it has to misbehave (cut, drip, never end) and to note exactly when a request arrived and
when its answer was through. Belongs here: bytes, connections, the log. Does not belong here: what a site answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.web.replica.hits import Hit, Log
from tests.web.replica.reply import Reply, Request
from tests.web.replica.sending import PIECE, Protocol, Sending

#: Seconds: for a start or a stop of the server, of a connection without a request.
BOUND = 5.0
IDLE = 30.0
_TRIES = 20

#: Answers a request to the loopback address that it came in at.
Handler = Callable[[str, Request], Reply]


class Server:
    """Listens at one port of every address. `port` is known once it has started."""

    def __init__(self, addresses: Sequence[str], handler: Handler, log: Log) -> None:
        self._handler, self._log = handler, log
        self._sockets, self.port = _listen(addresses)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replica web", daemon=True)
        # Rendering a page takes milliseconds; the loop must go on noting when requests arrive.
        self._makers = ThreadPoolExecutor(4, "replica page")
        self._connections: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Serve. Raises `TimeoutError`."""
        self._thread.start()
        if not self._ready.wait(BOUND):
            raise TimeoutError("the replica web did not start")

    def stop(self) -> None:
        """End every connection and the thread; a second time does nothing. Raises `TimeoutError`."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(BOUND)
        self._makers.shutdown(wait=False, cancel_futures=True)
        if self._thread.is_alive():
            raise TimeoutError("the replica web did not stop")

    def settle(self) -> None:
        """Wait until whatever the loop has begun to do at once, it has done: a client may have an answer before its
        end is in the log.
        """
        if self._thread.is_alive():
            done = threading.Event()
            self._loop.call_soon_threadsafe(done.set)
            done.wait(BOUND)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = [self._loop.run_until_complete(self._serve(each)) for each in self._sockets]
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        for server in servers:
            server.close()
        for task in self._connections:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._connections, return_exceptions=True))
        self._loop.close()

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        address = str(listening.getsockname()[0])

        def protocol() -> asyncio.BaseProtocol:
            reader = asyncio.StreamReader(limit=PIECE)

            def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                task = self._loop.create_task(self._connection(address, reader, writer))
                self._connections.add(task)
                task.add_done_callback(self._connections.discard)

            return Protocol(reader, connected)

        return await self._loop.create_server(protocol, sock=listening, backlog=100)

    async def _connection(self, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self._one(address, reader, writer):
                pass
        writer.transport.abort() if writer.is_closing() else writer.close()

    async def _one(self, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection goes on."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)
        at = time.monotonic()
        request = _parse(head)
        request_body = await reader.readexactly(int(request.headers.get("content-length", "0")))
        request = Request(request.method, request.path, request.headers, request_body)
        host = request.headers.get("host", f"{address}:{self.port}")
        number = self._log.begin(
            Hit(at, host, request.method, request.path, request.headers, form=request_body.decode("latin-1"))
        )
        sending = Sending(writer, request)
        reply = Reply(0)
        try:
            if host == f"{address}:{self.port}":
                reply = await self._loop.run_in_executor(self._makers, self._handler, address, request)
            else:
                reply = Reply(421)
            await sending.send(reply)
        finally:
            self._log.end(
                number,
                status=reply.status,
                body_bytes=sending.sent,
                complete=sending.complete,
                ended=time.monotonic(),
                patience=reply.patience,
            )
        return sending.complete and request.headers.get("connection", "").lower() != "close"


def _parse(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Request(method, path, headers)


def _listen(addresses: Sequence[str]) -> tuple[list[socket.socket], int]:
    """A socket an address, all at one port. Raises `OSError` where no port is free at all of them."""
    for _ in range(_TRIES):
        opened: list[socket.socket] = []
        port = 0
        try:
            for address in addresses:
                made = socket.create_server((address, port))
                opened.append(made)
                port = made.getsockname()[1]
            return opened, port
        except OSError as error:
            for each in opened:
                each.close()
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, "no port is free at all addresses")
