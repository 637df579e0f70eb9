"""The client: one request at a time to a host, as slowly as it asks for, again where a fault may pass.

What it does not do: follow redirects, remember what was asked (`pipelines.harvest.walk.visits`), keep anything.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

import aiohttp
import stamina
from yarl import URL

from pipelines.archive.posts import filed_as, request_of
from pipelines.archive.response import NotFetched, Response
from pipelines.harvest.fetch import robots
from pipelines.harvest.fetch.address import host_of, joined
from pipelines.harvest.fetch.challenges import refusal_of
from pipelines.harvest.fetch.faults import HOSTS_FAULTS, Passing, faults_told, once_only, refuse_status
from pipelines.harvest.fetch.guard import socket_factory
from pipelines.harvest.fetch.host_turns import HostState, Turns
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.fetch.robots import Robots
from pipelines.harvest.fetch.unpack import BadCoding, TooLarge, unpacked

#: Headers of every request. What is compressed in other ways than these two is not asked for.
_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
_PIECE = 64 << 10
#: Whoever asks for more made a mistake of unit or date, and would be left out for good.
_LONGEST_PATIENCE = timedelta(days=30)

# Its default tells each retry to the log; what came of an address, and after how many attempts, is in the index.
stamina.instrumentation.set_on_retry_hooks(())


class Memory(Protocol):
    """Holds what is known of a site's robots.txt from earlier runs, so that it is not sent again while it is the same."""

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
        self._hosts: dict[str, HostState] = {}
        self._left_alone = dict(left_alone or {})
        self._turns = Turns(policy)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        policy = self._policy
        timeout = aiohttp.ClientTimeout(
            total=policy.response_seconds, sock_connect=policy.connect_seconds, sock_read=policy.silence_seconds
        )
        connector = aiohttp.TCPConnector(
            limit=0,
            socket_factory=socket_factory(allow_loopback=policy.allow_loopback),
        )
        headers = {**_ACCEPT, "User-Agent": policy.user_agent}
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            headers=headers,
            auto_decompress=False,  # see `unpack`
            middlewares=(once_only,),
            # What a site answers shall not depend on what else it was asked before.
            cookie_jar=aiohttp.DummyCookieJar(),
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
        """The response to one request of an address in its one spelling (`address.canonical`). Raises `NotFetched`.

        It is a GET, or sends the form that the address holds (`pipelines.archive.posts`).

        Waits until the host may be asked; the rules of its robots.txt are asked for first.
        """
        name = host_of(url)
        if name is None:
            raise NotFetched("refused", "not_web", f"{url} is no address of the web that may be asked for")
        host = self._host(name)
        async with host.lock:
            self._refuse_where_left_alone(name, host)
            rules = await self._rules(robots.address(url), host)
            if not rules.allows(request_of(url)[0]):
                raise _disallowed(rules, url)
            self._refuse_where_left_alone(name, host)
            try:
                response = await self._persist(host, url, headers or {}, self._policy.largest_bytes)
            except NotFetched as why:
                host.failures += why.code in HOSTS_FAULTS
                raise
            host.failures = 0
            return response

    def _host(self, name: str) -> HostState:
        if name not in self._hosts:
            # As in hosts.csv: what is set for a host and port, else what is set for the host.
            own = self._delays.get(name, self._delays.get(name.rpartition(":")[0], 0.0))
            self._hosts[name] = HostState(max(self._policy.delay_seconds, own))
        return self._hosts[name]

    def _refuse_where_left_alone(self, name: str, host: HostState) -> None:
        until = host.until or self._left_alone.get(name)
        if until and until > datetime.now(UTC):
            raise NotFetched(
                "refused", "asked_for_patience", f"the site asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
            )
        if host.failures >= self._policy.failures:
            raise NotFetched(
                "failed", "host_given_up", f"{host.failures} addresses of the host failed one after the other"
            )

    async def _rules(self, address: str, host: HostState) -> Robots:
        """The rules of a site by the address of its robots.txt. Raises `NotFetched` where they could not be had."""
        if address not in host.rules:
            host.rules[address] = await self._robots(address)
        rules = host.rules[address]
        if isinstance(rules, NotFetched):
            # Told for each address anew: none of them was asked for.
            raise NotFetched(rules.outcome, rules.code, rules.message, status=rules.status)
        if rules.delay_seconds > self._policy.patience_seconds:
            wait = f"{rules.delay_seconds:.0f} seconds between two requests, more than we wait"
            raise NotFetched("refused", "asked_for_patience", f"the site's robots.txt asks for {wait}")
        host.delay = max(host.delay, rules.delay_seconds)
        return rules

    async def _robots(self, address: str) -> Robots | NotFetched:
        """Tell what a robots.txt says; redirects of it are followed, to other hosts too (RFC 9309, 2.3.1.2)."""
        here: str | None = address
        for _ in range(self._policy.redirects + 1):
            name = host_of(here) if here else None
            if here is None or name is None:
                break
            said = await self._said(here, name)
            if not isinstance(said, str):
                return said
            here = joined(here, said)
        return robots.ABSENT

    async def _said(self, address: str, name: str) -> Robots | NotFetched | str:
        """Tell what one address says as a robots.txt, asked for once however many hosts lead to it; or where it leads."""
        host = self._host(name)
        async with host.robots_lock(address):
            if address in host.rules:
                return host.rules[address]
            try:
                self._refuse_where_left_alone(name, host)
                status, body, location = await self._remembered(host, address)
            except NotFetched as why:
                host.rules[address] = why if why.status is None or why.outcome == "refused" else _silent(why.status)
            else:
                if 300 <= status < 400 and location:
                    return location
                host.rules[address] = _read(status, body)
            return host.rules[address]

    async def _remembered(self, host: HostState, url: str) -> tuple[int, bytes, str | None]:
        """Status, body and where a redirect leads; what did not change is taken from memory."""
        validators = self._memory.validators(url) if self._memory else {}
        response = await self._persist(host, url, validators, robots.LARGEST_BYTES, cut=True)
        if self._memory and response.status == 304:
            return *(await self._memory.last(url)), None
        if self._memory:
            await self._memory.keep(response)
        return response.status, response.body, response.header("Location")

    async def _persist(
        self, host: HostState, url: str, headers: Mapping[str, str], largest: int, *, cut: bool = False
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
        except Passing as fault:
            if fault.wait is not None and fault.wait > policy.patience_seconds:
                host.until = datetime.now(UTC) + min(timedelta(seconds=fault.wait), _LONGEST_PATIENCE)
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

    def _pause(self, host: HostState) -> Callable[[Exception], bool | float]:
        """Tell whether to ask again after a fault, or after how many seconds."""

        def pause(error: Exception) -> bool | float:
            if not isinstance(error, Passing):
                return False
            if error.wait is None:
                return True
            return False if error.wait > self._policy.patience_seconds else max(error.wait, host.delay)

        return pause

    async def _once(
        self, host: HostState, url: str, headers: Mapping[str, str], largest: int, *, cut: bool
    ) -> Response:
        """One request and its response. Raises `Passing` or `NotFetched`."""
        if self._session is None:
            raise RuntimeError("the client asks only within its `async with`")
        # What is no plain text came from the site, as its ETag, and cannot be said back to it.
        asked = {name: value for name, value in headers.items() if value.isascii() and value.isprintable()}
        if host.packs_badly:
            asked["Accept-Encoding"] = "identity"
        plain, form = request_of(url)
        if form is not None:
            asked["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
            asked["Connection"] = "close"  # some servers leave a form unread, and take it for the next request
        async with self._turns.of(host):
            requested_at = datetime.now(UTC)
            with faults_told(url):
                async with self._session.request(
                    "GET" if form is None else "POST",
                    URL(plain, encoded=True),
                    data=form,
                    headers=asked,
                    allow_redirects=False,
                    ssl=self._tls(host_of(url) or ""),
                ) as answer:
                    refuse_status(answer, requested_at)
                    return Response(
                        url=filed_as(url),
                        status=answer.status,
                        reason=_text((answer.reason or "").encode("utf-8", "surrogateescape")),
                        headers=tuple((name.decode("latin-1"), _text(value)) for name, value in answer.raw_headers),
                        body=await _body(answer, host, largest, cut=cut),
                        requested_at=requested_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                        request_headers=tuple(answer.request_info.headers.items()),
                    )


def _read(status: int, body: bytes) -> Robots | NotFetched:
    rules = robots.read(status, body)
    if rules is not robots.UNREACHABLE:
        return rules
    if says := refusal_of(status, body):
        return NotFetched("refused", "challenge", f"{says}, even for its robots.txt", status=status)
    return _silent(status)


def _silent(status: int) -> NotFetched:
    message = f"robots.txt answers {status}, so the site could not say what it forbids; all of it is left alone for now"
    return NotFetched("refused", "robots_unreachable", message, status=status)


def _disallowed(rules: Robots, url: str) -> NotFetched:
    """A site that forbids all is told from one that forbids some of its addresses."""
    if rules.allows(joined(url, "/") or url):
        return NotFetched("refused", "robots_disallowed", "the site's robots.txt asks to leave this address alone")
    return NotFetched("refused", "forbidden", "the site's robots.txt asks to leave all of it alone")


async def _body(answer: aiohttp.ClientResponse, host: HostState, largest: int, *, cut: bool) -> bytes:
    """The body, unpacked, up to a size. What is larger fails, or with `cut` is cut off."""
    declared = answer.content_length
    if declared is not None and declared > largest and not cut:
        answer.close()  # the rest is not read: the connection cannot be used again
        raise NotFetched("failed", "too_large", f"{declared:,} bytes, more than {largest:,}", status=answer.status)
    try:
        return await unpacked(answer.content.iter_chunked(_PIECE), answer.headers.get("Content-Encoding"), largest)
    except TooLarge as error:
        answer.close()
        if cut:
            return error.start
        raise NotFetched("failed", "too_large", str(error), status=answer.status) from error
    except BadCoding as error:
        answer.close()
        host.packs_badly = True  # it is asked for what is not packed from now on
        raise Passing("bad_coding", f"the body is damaged: {error}", status=answer.status) from error


def _text(raw: bytes) -> str:
    """Tell what a site says in a header: ASCII, by right; UTF-8 or GBK, in fact."""
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")
