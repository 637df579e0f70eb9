"""The client: one request at a time to a host, as slowly as it asks for, again where a fault may pass.

What it does not do: follow redirects, remember what was asked (`pipelines.harvest.visits`), keep anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Protocol, Self

import aiohttp
import stamina
from aiolimiter import AsyncLimiter
from yarl import URL

from pipelines.harvest.fetch import robots
from pipelines.harvest.fetch.address import host_of, joined
from pipelines.harvest.fetch.guard import PrivateAddress, socket_factory
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.fetch.response import Headers, NotFetched, Response
from pipelines.harvest.fetch.robots import Robots

#: Statuses that say "not now": too many requests, and faults of a server or of what stands before it.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Headers of every request. What is compressed in other ways than these two is not asked for.
_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
_PIECE = 64 << 10

# Its default tells each retry to the log; what came of an address, and after how many attempts, is in the index.
stamina.instrumentation.set_on_retry_hooks(())


class Memory(Protocol):
    """What is known of a site's robots.txt from earlier runs, so that it is not sent again while it is the same."""

    def validators(self, url: str) -> Mapping[str, str]:
        """Headers of a request that is answered by 304 where nothing changed; none where nothing is known."""
        ...

    async def last(self, url: str) -> tuple[int, bytes]:
        """Status and body of the answer that still holds."""
        ...

    async def keep(self, response: Response) -> None:
        """Remember an answer."""
        ...


#: A host's name → how its certificate is to be looked at: True as usual, or a context of its own.
Tls = Callable[[str], ssl.SSLContext | bool]


class _Passing(Exception):
    """A fault that may pass. `wait` is what the site asked for in seconds, if it did."""

    def __init__(self, code: str, message: str, *, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.wait, self.status = code, message, wait, status


@dataclass(slots=True)
class _Host:
    """What is known of a host in this run. `ready_at` is when it may be asked again, by the event loop's clock."""

    delay: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Robots | None = None
    #: Why its robots.txt could not be had: then nothing of the host may be asked for.
    unreachable: NotFetched | None = None
    failures: int = 0
    #: Until when (UTC) it asked to be left alone.
    until: datetime | None = None
    ready_at: float = 0.0

    async def turn(self) -> None:
        """Wait until the host may be asked."""
        await asyncio.sleep(max(0.0, self.ready_at - asyncio.get_running_loop().time()))

    def rest(self) -> None:
        """Begin the pause, when an answer has come to its end: whatever held up a request, no two come closer together."""
        self.ready_at = asyncio.get_running_loop().time() + self.delay


class Client:
    """Asks sites. `delays` are pauses for hosts that need longer ones, `left_alone` until when hosts asked for patience.

    Use it as an async context manager. `ask` may be called by any number of tasks at once.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        delays: Mapping[str, float] | None = None,
        tls: Tls = lambda host: True,
        left_alone: Mapping[str, datetime] | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._policy, self._tls, self._delays, self._memory = policy, tls, delays or {}, memory
        self._hosts: dict[str, _Host] = {}
        self._left_alone = dict(left_alone or {})
        self._slots = asyncio.Semaphore(policy.most_requests)
        self._pace = AsyncLimiter(
            max(1.0, policy.requests_per_second),
            1 if policy.requests_per_second >= 1 else 1 / policy.requests_per_second,
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        policy = self._policy
        timeout = aiohttp.ClientTimeout(
            total=policy.response_seconds, sock_connect=policy.connect_seconds, sock_read=policy.silence_seconds
        )
        connector = aiohttp.TCPConnector(
            limit=0,
            limit_per_host=1,
            socket_factory=socket_factory(allow_loopback=policy.allow_loopback),
        )
        headers = {**_ACCEPT, "User-Agent": policy.user_agent}
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=timeout, headers=headers, middlewares=(_once_only,)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    @property
    def left_alone(self) -> dict[str, datetime]:
        """Hosts that asked for more patience than we have in one run, and until when (UTC)."""
        return {**self._left_alone, **{name: host.until for name, host in self._hosts.items() if host.until}}

    async def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """The response to one GET of an address in its one spelling (`address.canonical`). Raises `NotFetched`.

        Waits until the host may be asked; the rules of its robots.txt are asked for first.
        """
        name = host_of(url)
        if name is None:
            raise NotFetched("refused", "not_web", f"{url} is no address of the web that may be asked for")
        host = self._host(name)
        async with host.lock:
            self._refuse_where_left_alone(name, host)
            if host.robots is None:
                host.robots = await self._robots(url, host)
                host.delay = max(host.delay, host.robots.delay_seconds)
                host.rest()
            if host.unreachable:
                raise host.unreachable
            if not host.robots.allows(url):
                raise NotFetched(
                    "refused", "robots_disallowed", "the site's robots.txt asks to leave this address alone"
                )
            self._refuse_where_left_alone(name, host)
            try:
                response = await self._persist(host, url, headers or {}, self._policy.largest_bytes)
            except NotFetched as why:
                host.failures += why.code in _HOSTS_FAULTS
                raise
            host.failures = 0
            return response

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(max(self._policy.delay_seconds, self._delays.get(name, 0.0)))
        return self._hosts[name]

    def _refuse_where_left_alone(self, name: str, host: _Host) -> None:
        until = host.until or self._left_alone.get(name)
        if until and until > datetime.now(UTC):
            raise NotFetched(
                "refused", "asked_for_patience", f"the site asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
            )
        if host.failures >= self._policy.failures:
            raise NotFetched(
                "failed", "host_given_up", f"{host.failures} addresses of the host failed one after the other"
            )

    async def _robots(self, url: str, host: _Host) -> Robots:
        """The rules of a site; redirects of its robots.txt are followed, to other hosts too (RFC 9309, 2.3.1.2)."""
        address, asked = robots.address(url), host
        try:
            for _ in range(self._policy.redirects + 1):
                status, body, location = await self._remembered(asked, address)
                if not 300 <= status < 400 or not location:
                    return self._rules(host, status, body)
                address = joined(address, location) or ""
                if (name := host_of(address)) is None:
                    break
                asked = self._host(name)
        except NotFetched as why:
            host.unreachable = why if why.status is None else _robots_silent(why.status, why.attempts)
            return robots.UNREACHABLE
        return robots.ABSENT

    def _rules(self, host: _Host, status: int, body: bytes) -> Robots:
        rules = robots.read(status, body)
        if rules is robots.UNREACHABLE:
            host.unreachable = _robots_silent(status, 1)
        return rules

    async def _remembered(self, host: _Host, url: str) -> tuple[int, bytes, str | None]:
        """Status, body and where a redirect leads; what did not change is taken from memory."""
        validators = self._memory.validators(url) if self._memory else {}
        response = await self._persist(host, url, validators, robots.LARGEST_BYTES, cut=True)
        if self._memory and response.status == 304:
            return *(await self._memory.last(url)), None
        if self._memory:
            await self._memory.keep(response)
        return response.status, response.body, response.header("Location")

    async def _persist(
        self, host: _Host, url: str, headers: Mapping[str, str], largest: int, *, cut: bool = False
    ) -> Response:
        """Ask until there is an answer or the attempts are used up."""
        policy, started, attempts = self._policy, time.monotonic(), 0
        try:
            async for attempt in stamina.retry_context(
                on=self._pause(host),
                attempts=policy.attempts,
                timeout=None,
                wait_initial=max(policy.backoff_seconds, host.delay),
                wait_max=policy.patience_seconds,
                wait_jitter=policy.backoff_seconds / 2,
            ):
                with attempt:
                    attempts += 1
                    response = await self._once(host, url, headers, largest, cut=cut)
        except _Passing as fault:
            if fault.wait is not None and fault.wait > policy.patience_seconds:
                host.until = datetime.now(UTC) + timedelta(seconds=fault.wait)
                raise NotFetched(
                    "refused",
                    "asked_for_patience",
                    f"the site asks for {fault.wait:.0f} seconds of patience",
                    attempts=attempts,
                    status=fault.status,
                ) from fault
            raise NotFetched("failed", fault.code, fault.message, attempts=attempts, status=fault.status) from fault
        except NotFetched as why:
            why.attempts = attempts
            raise
        return replace(response, attempts=attempts, seconds=round(time.monotonic() - started, 3))

    def _pause(self, host: _Host) -> Callable[[Exception], bool | float]:
        """Whether to ask again after a fault, or after how many seconds."""

        def pause(error: Exception) -> bool | float:
            if not isinstance(error, _Passing):
                return False
            if error.wait is None:
                return True
            return False if error.wait > self._policy.patience_seconds else max(error.wait, host.delay)

        return pause

    async def _once(self, host: _Host, url: str, headers: Mapping[str, str], largest: int, *, cut: bool) -> Response:
        """One request and its response. Raises `_Passing` or `NotFetched`."""
        assert self._session is not None, "use the client as a context manager"
        await host.turn()
        async with self._slots:
            await self._pace.acquire()
            requested_at = datetime.now(UTC)
            try:
                with _faults_told(url):
                    async with self._session.get(
                        URL(url, encoded=True),
                        headers=headers,
                        allow_redirects=False,
                        ssl=self._tls(host_of(url) or ""),
                    ) as answer:
                        return await _response(answer, url, requested_at, largest, cut=cut)
            finally:
                host.rest()


async def _response(
    answer: aiohttp.ClientResponse, url: str, requested_at: datetime, largest: int, *, cut: bool
) -> Response:
    """The whole response. Raises `_Passing` where the site says "not now", `NotFetched` where it is too large."""
    if answer.status in PASSING:
        raise _Passing(
            f"http_{answer.status}",
            f"the site answers {answer.status} {answer.reason or ''}".strip(),
            wait=_retry_after(answer.headers.get("Retry-After"), requested_at),
            status=answer.status,
        )
    body = await _body(answer, largest, cut=cut)
    return Response(
        url=url,
        status=answer.status,
        reason=answer.reason or "",
        headers=_texts(answer.raw_headers),
        body=body,
        requested_at=requested_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        request_headers=tuple(answer.request_info.headers.items()),
    )


#: Faults that speak of the host, not of the one address.
_HOSTS_FAULTS = frozenset({"connection_failed", "too_slow", "tls_failed", "http_502", "http_503", "http_504"})


def _robots_silent(status: int, attempts: int) -> NotFetched:
    message = f"robots.txt answers {status}, so the site could not say what it forbids; all of it is left alone for now"
    return NotFetched("refused", "robots_unreachable", message, attempts=attempts, status=status)


async def _once_only(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Name a fault before aiohttp sees it, which would ask a second time at once and without a pause."""
    with _faults_told(str(request.url)):
        return await send(request)


@contextlib.contextmanager
def _faults_told(url: str) -> Iterator[None]:
    """Turn what can go wrong in a request into our own words."""
    try:
        yield
    except (_Passing, NotFetched):
        raise
    except aiohttp.ClientSSLError as error:
        raise NotFetched(
            "failed",
            "tls_failed",
            f"the site's TLS does not hold: {error}; if the site is real, a line in hosts.csv can allow it",
        ) from error
    except (aiohttp.InvalidURL, ValueError) as error:
        raise NotFetched("refused", "not_web", f"{url} cannot be asked for: {error}") from error
    except TimeoutError as error:
        raise _Passing("too_slow", "the site did not answer in time, or went silent") from error
    except (aiohttp.ClientError, OSError) as error:
        if _is_private(error):
            raise NotFetched(
                "refused", "private_address", f"{url} leads to an address that is not on the public Internet"
            ) from error
        raise _Passing("connection_failed", f"the connection failed: {error or type(error).__name__}") from error


def _is_private(error: BaseException | None) -> bool:
    """Whether the guard refused: the libraries in between wrap what it raised."""
    while error is not None:
        if isinstance(error, PrivateAddress) or isinstance(getattr(error, "os_error", None), PrivateAddress):
            return True
        if isinstance(error, BaseExceptionGroup):
            return any(_is_private(inner) for inner in error.exceptions)
        error = error.__cause__ or error.__context__
    return False


async def _body(answer: aiohttp.ClientResponse, largest: int, *, cut: bool) -> bytes:
    """The body, unpacked, up to a size. What is larger fails, or with `cut` is cut off."""
    declared = answer.content_length
    if declared is not None and declared > largest and not cut:
        answer.close()
        raise NotFetched("failed", "too_large", f"{declared:,} bytes, more than {largest:,}", status=answer.status)
    pieces, size = [], 0
    async for piece in answer.content.iter_chunked(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            answer.close()  # the rest is not read: the connection cannot be used again
            if cut:
                break
            raise NotFetched("failed", "too_large", f"more than {largest:,} bytes", status=answer.status)
    return b"".join(pieces)[:largest]


def _texts(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("utf-8", "replace")) for name, value in raw)


def _retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a site asks to wait: given as such or as a date; None where it does not say."""
    if not text:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text.strip()[:9])
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())
