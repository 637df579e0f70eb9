"""The client against sites on loopback: the sites' own logs prove that it is polite."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import tracemalloc
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive.response import NotFetched, Response
from pipelines.harvest.fetch.client import Client
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.register.hosts import ssl_context
from tests.made.loopback import MISSING, Asked, Route, Site, answer, site

DELAY = 0.03
QUICK = Policy(
    allow_loopback=True,
    delay_seconds=DELAY,
    backoff_seconds=0.01,
    requests_per_second=10_000,
    attempts=3,
    patience_seconds=2,
    silence_seconds=20,
    response_seconds=30,
    largest_bytes=1 << 20,
)
NO_RULES: dict[str, Route] = {"/robots.txt": MISSING}


def asks(
    routes: Mapping[str, Route], work: Callable[[Client, Site], Awaitable[Any]], policy: Policy = QUICK, **more: Any
) -> Site:
    """Let a client work against one site; the site with its log."""

    async def go() -> Site:
        async with site({**NO_RULES, **routes}) as web, Client(policy, **more) as client:
            await work(client, web)
        return web

    return asyncio.run(go())


async def told(asking: Coroutine[Any, Any, Response]) -> Any:
    """The code of why there is no response, else its status."""
    try:
        return (await asking).status
    except NotFetched as why:
        return why.code


def one(route: Route, policy: Policy = QUICK, **more: Any) -> tuple[Response | NotFetched, Site]:
    """What comes of one address, and the site."""
    found: list[Response | NotFetched] = []

    async def work(client: Client, web: Site) -> None:
        try:
            found.append(await client.ask(web.url("/x")))
        except NotFetched as why:
            found.append(why)

    return found[0] if (web := asks({"/x": route}, work, policy, **more)) and found else NotFetched(
        "failed", "", ""
    ), web


def failure(route: Route, policy: Policy = QUICK, **more: Any) -> tuple[NotFetched, Site]:
    """Why nothing comes of one address, and the site."""
    why, web = one(route, policy, **more)
    assert isinstance(why, NotFetched), why
    return why, web


def response(route: Route, policy: Policy = QUICK, **more: Any) -> tuple[Response, Site]:
    """What comes of one address, and the site."""
    came, web = one(route, policy, **more)
    assert isinstance(came, Response), came
    return came, web


# --- what a response is


def test_a_response_is_told_whole() -> None:
    came, web = response(answer("年报".encode("gbk"), ETag='"a"', X_Name="二〇二五"))
    assert (came.url, came.status, came.reason) == (web.url("/x"), 200, "OK")
    assert came.body == "年报".encode("gbk")
    assert came.headers == (("Content-Length", "4"), ("ETag", '"a"'), ("X-Name", "二〇二五"))
    assert came.header("etag") == '"a"' and came.header("Date") is None
    assert (came.attempts, came.seconds < 1) == (1, True)
    assert datetime.fromisoformat(came.requested_at) <= datetime.now(UTC)
    sent = dict(came.request_headers)
    assert sent["Host"] == f"127.0.0.1:{web.port}"
    assert "tests@localhost" in sent["User-Agent"]
    assert {name.lower(): value for name, value in sent.items()} == web.log[1].headers


def test_headers_and_reasons_in_gbk_are_read() -> None:
    raw = "HTTP/1.1 200 成功\r\nContent-Length: 0\r\nContent-Disposition: attachment; filename=年报.pdf\r\n\r\n".encode(
        "gbk"
    )
    came, _ = response(raw)
    assert (came.reason, came.header("content-disposition")) == ("成功", "attachment; filename=年报.pdf")


@pytest.mark.parametrize(
    "status", ["200 OK", "301 Moved", "304 Not Modified", "403 Forbidden", "404 Not Found", "410 Gone"]
)
def test_what_will_not_pass_is_asked_once(status: str) -> None:
    came, web = response(answer(b"", status, Location="/y"))
    assert came.status == int(status[:3])
    assert web.paths == ["/robots.txt", "/x"]


def test_no_cookie_is_sent_back() -> None:
    async def work(client: Client, web: Site) -> None:
        assert (await client.ask(web.url("/x"))).header("Set-Cookie") == "id=1; Path=/"
        await client.ask(web.url("/y"))

    web = asks({"/x": answer(Set_Cookie="id=1; Path=/"), "/y": answer()}, work)
    assert [asked.headers.get("cookie") for asked in web.log] == [None, None, None]


def test_nothing_is_sent_for_what_did_not_change_and_strange_validators_are_left_out() -> None:
    async def work(client: Client, web: Site) -> None:
        known = {"If-None-Match": '"a"', "If-Modified-Since": "x\x01"}
        came = await client.ask(web.url("/x"), known)
        assert (came.status, came.body, came.attempts) == (304, b"", 1)

    web = asks({"/x": b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'}, work)
    assert web.log[1].headers["if-none-match"] == '"a"'
    assert "if-modified-since" not in web.log[1].headers


# --- one at a time, with pauses


def test_one_host_is_asked_one_by_one_with_pauses() -> None:
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.01)
        writer.write(answer(b"x"))

    async def work(client: Client, web: Site) -> None:
        await asyncio.gather(*(client.ask(web.url(f"/{n}")) for n in range(6)))

    web = asks({f"/{n}": slow for n in range(6)}, work)
    assert len(web.log) == 7 and web.busiest == 1
    assert min(web.pauses()) >= DELAY


def test_the_pause_is_kept_where_we_waited_for_a_slot() -> None:
    """Whoever waits for a slot after its pause must not be followed at once."""

    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(answer(b"x"))

    async def go() -> list[Site]:
        async with AsyncExitStack() as stack:
            webs = [await stack.enter_async_context(site({"/1": slow, "/2": slow})) for _ in range(3)]
            client = await stack.enter_async_context(Client(replace(QUICK, most_requests=1)))
            await asyncio.gather(*(client.ask(web.url(path)) for web in webs for path in ("/1", "/2")))
        return webs

    webs = asyncio.run(go())
    assert [len(web.log) for web in webs] == [3, 3, 3]
    assert min(pause for web in webs for pause in web.pauses()) >= DELAY
    log = sorted((asked.began, asked.ended) for web in webs for asked in web.log)
    assert all(before[1] <= after[0] for before, after in pairwise(log))


def test_several_hosts_are_asked_at_once() -> None:
    reached = 0

    async def go() -> list[bytes]:
        everyone = asyncio.Event()

        async def meet(asked: Asked, writer: asyncio.StreamWriter) -> None:
            nonlocal reached
            reached += 1
            if reached == 4:
                everyone.set()
            await everyone.wait()
            writer.write(answer(b"met"))

        async with AsyncExitStack() as stack:
            webs = [await stack.enter_async_context(site({"/x": meet})) for _ in range(4)]
            client = await stack.enter_async_context(Client(QUICK))
            came = await asyncio.gather(*(client.ask(web.url("/x")) for web in webs))
            return [each.body for each in came]

    assert asyncio.run(go()) == [b"met"] * 4


def test_beginnings_are_spread_over_all_hosts() -> None:
    async def go() -> list[float]:
        async with AsyncExitStack() as stack:
            webs = [await stack.enter_async_context(site({"/x": answer()})) for _ in range(4)]
            client = await stack.enter_async_context(Client(replace(QUICK, requests_per_second=20)))
            await asyncio.gather(*(client.ask(web.url("/x")) for web in webs))
            return sorted(asked.began for web in webs for asked in web.log)

    began = asyncio.run(go())
    assert len(began) == 8
    # A twentieth of a second apart each, but for what the log is late by.
    assert began[-1] - began[0] >= 7 / 20 - 0.02


@pytest.mark.parametrize("named", ["127.0.0.1", "127.0.0.1:{port}"])
def test_a_host_can_have_a_longer_pause(named: str) -> None:
    async def go() -> Site:
        async with site({"/x": answer(), "/y": answer()}) as web:
            async with Client(QUICK, delays={named.format(port=web.port): 0.1}) as client:
                await client.ask(web.url("/x"))
                await client.ask(web.url("/y"))
            return web

    assert min(asyncio.run(go()).pauses()) >= 0.1


# --- faults


def test_too_many_requests_and_then_an_answer() -> None:
    came, web = response([answer(b"", "429 Slow", Retry_After="1"), answer(b"report")])
    assert (came.body, came.attempts) == (b"report", 2)
    assert web.pauses()[-1] >= 1


def test_a_date_to_ask_again_after_is_kept() -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
    came, _ = response([answer(b"", "503 Busy", Retry_After=format_datetime(due, usegmt=True)), answer(b"report")])
    assert came.attempts == 2
    assert datetime.fromisoformat(came.requested_at) >= due


@pytest.mark.parametrize(
    "said",
    [
        *("", "soon", "-5", "1e9", "１２", "Mon, 01 Jan 2001 00:00:00 GMT", "Mon, 01 Jan 2001 00:00:00"),
        *("Mon, 99999999999999999999 Jan 2020 00:00:00 GMT", "Mon, 01 Jan 2020 99:00:00 GMT"),
    ],
)
def test_a_pause_that_means_nothing_is_our_own(said: str) -> None:
    why, web = failure(f"HTTP/1.1 429 No\r\nContent-Length: 0\r\nRetry-After: {said}\r\n\r\n".encode())
    assert (why.outcome, why.code, why.status, why.attempts) == ("failed", "http_429", 429, 3)
    assert web.paths.count("/x") == 3
    assert min(web.pauses()) >= DELAY


@pytest.mark.parametrize("said", ["3", "86400", "999999999999", "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_a_site_that_asks_for_more_patience_than_we_have_is_left_alone(said: str) -> None:
    async def work(client: Client, web: Site) -> None:
        assert await told(client.ask(web.url("/x"))) == "asked_for_patience"
        assert await told(client.ask(web.url("/y"))) == "asked_for_patience"
        ((host, until),) = client.left_alone.items()
        assert host == f"127.0.0.1:{web.port}"
        assert timedelta(seconds=1) < until - datetime.now(UTC) <= timedelta(days=30)

    web = asks({"/x": answer(b"", "429 No", Retry_After=said), "/y": answer()}, work)
    assert web.paths == ["/robots.txt", "/x"]


def test_what_was_asked_for_in_an_earlier_run_still_holds_until_its_time() -> None:
    async def go() -> tuple[Site, Any, Any]:
        async with site({"/x": answer()}) as web:
            host, now = f"127.0.0.1:{web.port}", datetime.now(UTC)
            async with Client(QUICK, left_alone={host: now + timedelta(hours=1)}) as client:
                first = await told(client.ask(web.url("/x")))
                assert client.left_alone == {host: now + timedelta(hours=1)}
            assert web.log == []
            async with Client(QUICK, left_alone={host: now - timedelta(seconds=1)}) as client:
                return web, first, await told(client.ask(web.url("/x")))

    web, *codes = asyncio.run(go())
    assert codes == ["asked_for_patience", 200]
    assert web.paths == ["/robots.txt", "/x"]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_status_is_asked_for_again(status: int) -> None:
    came, web = response([answer(b"", f"{status} No"), answer(b"report")])
    assert (came.body, came.attempts) == (b"report", 2)
    assert web.paths == ["/robots.txt", "/x", "/x"] and min(web.pauses()) >= DELAY


async def drop(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""


async def half(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


async def half_a_chunk(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf")


@pytest.mark.parametrize("fault", [drop, half, half_a_chunk])
def test_a_dropped_connection_is_asked_again_by_us_and_by_nobody_else(fault: Route) -> None:
    why, web = failure(fault)
    assert (why.outcome, why.code, why.attempts) == ("failed", "connection_failed", 3)
    assert web.paths == ["/robots.txt", "/x", "/x", "/x"]
    assert min(web.pauses()) >= DELAY


def test_a_kept_connection_that_drops_is_asked_again_by_us_and_by_nobody_else() -> None:
    """aiohttp asks again by itself, at once, where a connection that it had kept open fails."""

    async def work(client: Client, web: Site) -> None:
        await client.ask(web.url("/x"))
        assert await told(client.ask(web.url("/drop"))) == "connection_failed"

    web = asks({"/x": answer(b"x"), "/drop": drop}, work)
    assert web.paths == ["/robots.txt", "/x", "/drop", "/drop", "/drop"]
    assert web.log[2].connection == web.log[1].connection  # it had been kept open
    assert min(web.pauses()) >= DELAY


async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(("route", "seconds"), [(silent, 0.3), (drip, 0.6)])
def test_a_site_that_is_silent_or_drips_is_not_waited_for(route: Route, seconds: float) -> None:
    why, web = failure(route, replace(QUICK, attempts=1, silence_seconds=0.3, response_seconds=0.6))
    assert (why.outcome, why.code, why.attempts) == ("failed", "too_slow", 1)
    assert seconds * 0.9 <= web.log[-1].ended - web.log[-1].began < seconds + 5


def test_a_host_that_fails_again_and_again_is_given_up() -> None:
    async def work(client: Client, web: Site) -> None:
        codes = [await told(client.ask(web.url(f"/{n}"))) for n in (1, 2, 3, 4)]
        assert codes == ["connection_failed", 200, "connection_failed", "http_502"]
        assert [await told(client.ask(web.url(f"/{n}"))) for n in (5, 6)] == ["host_given_up", "host_given_up"]

    policy = replace(QUICK, failures=2, attempts=1)
    routes: dict[str, Route] = {"/1": drop, "/2": answer(), "/3": drop, "/4": answer(b"", "502 Bad")}
    assert asks(routes, work, policy).paths == ["/robots.txt", "/1", "/2", "/3", "/4"]


def test_pages_that_are_missing_do_not_give_up_a_host() -> None:
    async def work(client: Client, web: Site) -> None:
        assert [await told(client.ask(web.url(f"/{n}"))) for n in range(6)] == [404] * 6

    assert len(asks({}, work, replace(QUICK, failures=2)).log) == 7


def test_a_port_where_nobody_listens_fails() -> None:
    async def go() -> NotFetched:
        async with site({}) as web:
            url = web.url("/x")
        async with Client(QUICK) as client:
            with pytest.raises(NotFetched) as raised:
                await client.ask(url)
            return raised.value

    why = asyncio.run(go())
    assert (why.outcome, why.code) == ("failed", "connection_failed")


# --- too much, and what is no HTTP


async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


async def endless_excuse(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 503 Busy\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


def test_what_is_too_large_by_its_own_word_is_not_read() -> None:
    why, web = failure(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nx")
    assert (why.code, why.status, why.attempts) == ("too_large", 200, 1)
    assert web.paths.count("/x") == 1


def test_endless_bytes_are_cut_off() -> None:
    why, web = failure(endless)
    assert (why.code, web.paths.count("/x")) == ("too_large", 1)
    assert failure(endless_excuse)[0].code == "http_503"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = answer(gzip.compress(b"\0" * (200 << 20)), Content_Encoding="gzip")
    tracemalloc.start()
    why, web = failure(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (why.code, web.paths.count("/x")) == ("too_large", 1)
    assert most < 16 << 20


@pytest.mark.parametrize("piece", [b"\0" * 9, b""])
def test_packed_bodies_are_unpacked(piece: bytes) -> None:
    came, _ = response(answer(gzip.compress(b"report") + piece, Content_Encoding="gzip"))
    assert came.body == b"report"


def test_a_packed_body_that_is_cut_off_is_asked_for_without_packing() -> None:
    """Half of a report would look like a report."""
    cut = answer(gzip.compress(b"report" * 1000)[:-12], Content_Encoding="gzip")
    came, web = response([cut, answer(b"report" * 1000)])
    assert (came.body, came.attempts) == (b"report" * 1000, 2)
    assert [asked.headers["accept-encoding"] for asked in web.log] == ["gzip, deflate", "gzip, deflate", "identity"]
    assert failure(cut)[0].code == "bad_coding"


def headed(*lines: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Length: 2", *lines, b"", b"ok"])


@pytest.mark.parametrize(
    "raw",
    [
        headed(b"X-Long: " + b"x" * 20_000),
        headed(b"X-Nul: a\0b"),
        headed(b"no colon"),
        headed(*(b"X-%d: x" % n for n in range(20_000))),
        b"<html>hello</html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 000 None\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_is_no_http_fails_once_and_says_so_in_a_line(raw: bytes) -> None:
    why, web = failure(raw)
    assert (why.outcome, why.code, why.attempts) == ("failed", "bad_response", 1)
    assert web.paths.count("/x") == 1
    assert len(why.message) < 300 and "\n" not in why.message


@pytest.mark.parametrize("line", [b"X-Control: a\x01\x7f", b"X-Long: " + b"x" * 8000, b"Set-Cookie: \x01;;=;"])
def test_strange_headers_do_not_matter(line: bytes) -> None:
    came, _ = response(headed(line))
    assert came.body == b"ok"


# --- robots.txt


def rules(text: str) -> dict[str, Route]:
    return {"/robots.txt": answer(text.encode()), "/x": answer(), "/y": answer()}


def both(routes: Mapping[str, Route], policy: Policy = QUICK, **more: Any) -> tuple[list[Any], Site]:
    """What comes of /x and /y, asked for at once, and the site."""
    found: list[Any] = []

    async def work(client: Client, web: Site) -> None:
        found.extend(await asyncio.gather(*(told(client.ask(web.url(path))) for path in ("/x", "/y"))))

    web = asks(routes, work, policy, **more)
    return found, web


def test_what_is_forbidden_is_not_asked_for_and_robots_is_asked_for_once() -> None:
    found, web = both(rules("\ufeffUser-agent: *\nDisallow: /x"))
    assert found == ["robots_disallowed", 200]
    assert web.paths == ["/robots.txt", "/y"]


def test_a_site_that_forbids_all_is_told_from_one_that_forbids_some() -> None:
    found, web = both(rules("User-agent: *\nDisallow: /"))
    assert found == ["forbidden", "forbidden"]
    assert web.paths == ["/robots.txt"]


def test_a_challenge_in_the_place_of_the_rules_closes_the_site_and_has_its_name() -> None:
    page = b"<script>document.cookie='__jsl_clearance_s=1|-1|x';location.href=location.pathname</script>"
    found, web = both({"/robots.txt": answer(page, "521 Unknown"), "/x": answer(), "/y": answer()})
    assert found == ["challenge", "challenge"]
    assert web.paths == ["/robots.txt"]


def test_the_pause_that_a_site_asks_for_is_kept_from_the_first_request_on() -> None:
    found, web = both(rules("User-agent: *\nCrawl-delay: 0.2"))
    assert found == [200, 200]
    assert min(web.pauses()) >= 0.2


def test_a_longer_pause_than_we_wait_is_refused_and_does_not_hold_up_the_run() -> None:
    found, web = both(rules("User-agent: *\nCrawl-delay: 86400"))
    assert found == ["asked_for_patience", "asked_for_patience"]
    assert web.paths == ["/robots.txt"]


def test_a_site_that_cannot_say_what_it_forbids_is_left_alone() -> None:
    found, web = both({"/robots.txt": answer(b"", "500 Oops"), "/x": answer(), "/y": answer()})
    assert found == ["robots_unreachable", "robots_unreachable"]
    assert web.paths == ["/robots.txt"] * 3


def test_an_address_that_was_not_asked_for_has_no_attempts() -> None:
    async def work(client: Client, web: Site) -> None:
        for path in ("/x", "/y"):
            with pytest.raises(NotFetched) as raised:
                await client.ask(web.url(path))
            assert (raised.value.attempts, raised.value.status) == (0, None)

    assert len(asks({"/robots.txt": drop}, work).log) == 3


def test_a_site_whose_robots_asks_for_patience_is_remembered() -> None:
    async def work(client: Client, web: Site) -> None:
        assert await told(client.ask(web.url("/x"))) == "asked_for_patience"
        assert list(client.left_alone) == [f"127.0.0.1:{web.port}"]

    asks({"/robots.txt": answer(b"", "429 No", Retry_After="999")}, work)


def test_a_page_in_place_of_rules_forbids_nothing() -> None:
    assert both(rules("<html><body>您访问的页面不存在</body></html>"))[0] == [200, 200]


def test_a_long_robots_is_read_to_its_limit() -> None:
    found, _ = both(rules("User-agent: *\nDisallow: /x\n" + "#" * 600_000 + "\nDisallow: /y"))
    assert found == ["robots_disallowed", 200]


def moved(to: str) -> bytes:
    return answer(b"", "301 Moved", Location=to)


def test_redirects_of_robots_are_followed() -> None:
    chain: dict[str, Route] = {
        "/robots.txt": moved("/1"),
        "/1": moved("/2"),
        "/2": answer(b"User-agent: *\nDisallow: /x"),
    }
    found, web = both({**rules(""), **chain})
    assert found == ["robots_disallowed", 200]
    assert web.paths == ["/robots.txt", "/1", "/2", "/y"]
    assert min(web.pauses()) >= DELAY


@pytest.mark.parametrize("to", ["/robots.txt", "ftp://a.cn/", "http://[", ""])
def test_a_robots_that_leads_nowhere_forbids_nothing(to: str) -> None:
    found, web = both({**rules(""), "/robots.txt": moved(to)})
    assert found == [200, 200]
    assert web.paths.count("/robots.txt") <= QUICK.redirects + 1


def test_a_robots_that_leads_to_a_private_address_is_not_followed() -> None:
    found, web = both({**rules(""), "/robots.txt": moved("http://10.0.0.1/robots.txt")})
    assert found == ["private_address", "private_address"]
    assert web.paths == ["/robots.txt"]


def test_two_sites_whose_robots_lead_to_each_other_do_not_wait_for_ever() -> None:
    async def go() -> tuple[list[Any], list[Site]]:
        async with AsyncExitStack() as stack:
            routes: list[dict[str, Route]] = [
                {"/x": answer(), "/r": answer(b"User-agent: *\nDisallow: /no")} for _ in "ab"
            ]
            webs = [await stack.enter_async_context(site(each)) for each in routes]
            for each, other in zip(routes, reversed(webs), strict=True):
                each["/robots.txt"] = moved(other.url("/r"))
            client = await stack.enter_async_context(Client(QUICK))
            asked = [told(client.ask(web.url(path))) for web in webs for path in ("/x", "/no")]
            return await asyncio.wait_for(asyncio.gather(*asked), 10), webs

    found, webs = asyncio.run(go())
    assert found == [200, "robots_disallowed"] * 2
    assert all(web.busiest == 1 and min(web.pauses()) >= DELAY for web in webs)
    assert [sorted(web.paths) for web in webs] == [["/r", "/robots.txt", "/x"]] * 2


def test_hosts_that_share_a_robots_ask_for_it_once() -> None:
    async def go() -> tuple[list[Any], Site]:
        async with AsyncExitStack() as stack:
            central = await stack.enter_async_context(site(rules("User-agent: *\nDisallow: /x")))
            others = [
                await stack.enter_async_context(site({"/robots.txt": moved(central.url("/robots.txt"))})) for _ in "ab"
            ]
            client = await stack.enter_async_context(Client(QUICK))
            return await asyncio.gather(*(told(client.ask(web.url("/x"))) for web in (*others, central))), central

    found, central = asyncio.run(go())
    assert found == ["robots_disallowed"] * 3
    assert central.paths == ["/robots.txt"]


class Remembered:
    """A memory that holds one robots.txt."""

    def __init__(self, status: int = 200, body: bytes = b"User-agent: *\nDisallow: /x") -> None:
        self._last = status, body
        self.kept: list[Response] = []

    def validators(self, url: str) -> Mapping[str, str]:
        return {"If-None-Match": '"old"'}

    async def last(self, url: str) -> tuple[int, bytes]:
        return self._last

    async def keep(self, response: Response) -> None:
        self.kept.append(response)


def test_a_robots_that_did_not_change_is_not_sent_again() -> None:
    memory = Remembered()
    unchanged = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    found, web = both({**rules(""), "/robots.txt": unchanged}, memory=memory)
    assert found == ["robots_disallowed", 200]
    assert web.log[0].headers["if-none-match"] == '"old"'
    assert "if-none-match" not in web.log[1].headers
    assert memory.kept == []


def test_a_robots_that_changed_is_remembered() -> None:
    memory = Remembered()
    found, web = both(rules("User-agent: *\nDisallow: /y"), memory=memory)
    assert found == [200, "robots_disallowed"]
    assert [(kept.url, kept.status) for kept in memory.kept] == [(web.url("/robots.txt"), 200)]


# --- where no request may go


@pytest.mark.parametrize(
    ("host", "code"),
    [
        *((host, "private_address") for host in ("127.0.0.1", "localhost", "0x7f.1", "10.0.0.1", "169.254.169.254")),
        *((host, "private_address") for host in ("[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]")),
        # Numbers that are no full address are refused before they are resolved.
        *((host, "not_web") for host in ("2130706433", "127.1", "0")),
    ],
)
def test_no_private_address_is_asked_however_it_is_written(host: str, code: str) -> None:
    async def go() -> tuple[Any, Site]:
        policy = replace(QUICK, allow_loopback=False, contact="a@b.cn", attempts=1)
        async with site({"/x": answer()}) as web, Client(policy) as client:
            return await told(client.ask(web.url("/x", host))), web

    said, web = asyncio.run(go())
    assert said == code
    assert web.log == []


def test_a_name_that_resolves_to_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: Any, host: str, port: int = 0, family: Any = 0) -> list[dict[str, Any]]:
        numbers = ["10.0.0.1", "127.0.0.1"]
        return [{"hostname": host, "host": n, "port": port, "family": 2, "proto": 6, "flags": 0} for n in numbers]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)

    async def go() -> tuple[Any, Site]:
        policy = replace(QUICK, allow_loopback=False, contact="a@b.cn")
        async with site({"/x": answer()}) as web, Client(policy) as client:
            return await told(client.ask(web.url("/x", "www.rebound.gov.cn"))), web

    code, web = asyncio.run(go())
    assert code == "private_address"
    assert web.log == []


@pytest.mark.parametrize("url", ["", "ftp://a.cn/", "http://u:p@a.cn/", "file:///etc/passwd", "http://a.cn:0/"])
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    async def go() -> NotFetched:
        async with Client(QUICK) as client:
            with pytest.raises(NotFetched) as raised:
                await client.ask(url)
            return raised.value

    why = asyncio.run(go())
    assert (why.outcome, why.code, why.attempts) == ("refused", "not_web", 0)


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    came, web = response(moved("http://10.0.0.1/"))
    assert (came.status, came.header("Location")) == (301, "http://10.0.0.1/")
    assert web.paths == ["/robots.txt", "/x"]


# --- TLS, host by host


@pytest.fixture(scope="module")
def secured(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_one_hosts_tls_is_not_another_hosts(secured: ssl.SSLContext) -> None:
    async def go() -> tuple[list[Any], list[Site]]:
        async with site({"/x": answer()}, secured) as lax, site({"/x": answer()}, secured) as strict:
            told_by = {f"127.0.0.1:{lax.port}": "unverified"}
            async with Client(QUICK, tls=lambda host: ssl_context(told_by.get(host, ""))) as client:
                return [await told(client.ask(web.url("/x"))) for web in (lax, strict)], [lax, strict]

    found, (lax, strict) = asyncio.run(go())
    assert found == [200, "tls_failed"]
    assert (lax.paths, strict.paths) == (["/robots.txt", "/x"], [])


def test_tls_that_does_not_hold_says_where_it_can_be_allowed(secured: ssl.SSLContext) -> None:
    async def go() -> NotFetched:
        async with site({}, secured) as web, Client(QUICK) as client:
            with pytest.raises(NotFetched) as raised:
                await client.ask(web.url("/x"))
            return raised.value

    why = asyncio.run(go())
    assert (why.outcome, why.code) == ("failed", "tls_failed")
    assert "hosts.csv" in why.message


def test_http_and_https_of_one_host_are_two_sites_with_two_robots(secured: ssl.SSLContext) -> None:
    """Under one name: what http allows says nothing of https."""
    rules_of: dict[str, Any] = {}

    async def go() -> None:
        forbidding: dict[str, Route] = {"/robots.txt": answer(b"User-agent: *\nDisallow: /")}
        async with site({"/x": answer()}) as plain, site(forbidding, secured) as safe:
            async with Client(QUICK, tls=lambda host: ssl_context("unverified")) as client:
                host = client._host(f"127.0.0.1:{plain.port}")
                client._hosts[f"127.0.0.1:{safe.port}"] = host  # as ports 80 and 443 of one name
                rules_of["http"] = await told(client.ask(plain.url("/x")))
                rules_of["https"] = await told(client.ask(safe.url("/x")))
            assert safe.paths == ["/robots.txt"]

    asyncio.run(go())
    assert rules_of == {"http": 200, "https": "forbidden"}


# --- the end


def test_an_interrupted_client_leaves_nothing_behind() -> None:
    """As Ctrl-C does: every task is cancelled, in the pause, in the request and in the queue."""

    async def go() -> int:
        async with site({"/x": silent}) as web, Client(QUICK) as client:
            tasks = [asyncio.create_task(client.ask(web.url("/x"))) for _ in range(3)]
            while "/x" not in web.paths:
                await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        return sum(isinstance(each, asyncio.CancelledError) for each in ended)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert asyncio.run(go(), debug=True) == 3


def test_a_client_that_gave_up_waiting_lets_the_next_one_ask() -> None:
    async def work(client: Client, web: Site) -> None:
        task = asyncio.create_task(client.ask(web.url("/silent")))
        while "/silent" not in web.paths:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await told(client.ask(web.url("/x"))) == 200

    assert asks({"/silent": silent, "/x": answer()}, work).paths == ["/robots.txt", "/silent", "/x"]
