"""One address, once in a refresh: ask for it where it must be asked for, keep what came, write down what came of it.

Belongs here: asking once, keeping, noting. Does not belong here: which addresses there are (`pipelines.harvest.walk.refresh`),
how they are asked for (`pipelines.harvest.fetch`), what an answer means (`pipelines.harvest.walk.outcome`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from pipelines.archive import by_hash
from pipelines.archive.by_hash import ArchiveError
from pipelines.archive.posts import filed_as
from pipelines.archive.response import NotFetched, Response
from pipelines.archive.store import Location
from pipelines.harvest.fetch.address import canonical, host_of
from pipelines.harvest.fetch.client import Client
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import DOCUMENTS, Fetch, Ledger, Wanted
from pipelines.harvest.walk.outcome import SETS_COOKIE, WANTS_COOKIE, with_outcome

#: Called after each address with what came of it.
OnFetch = Callable[[Fetch], None]


class Visits:
    """The addresses of one refresh. Each is asked for once, however many pages link it; a resumed refresh goes on."""

    def __init__(
        self, ledger: Ledger, run_id: str, place: Location, policy: Policy, on_fetch: OnFetch | None = None
    ) -> None:
        self._ledger, self._run_id, self._archive, self._policy = ledger, run_id, place, policy
        self._on_fetch = on_fetch
        self._hops: dict[str, asyncio.Task[Fetch]] = {}
        self._named_by: dict[str, str] = {}
        self.client: Client | None = None

    async def visit(self, url: str, wanted: Wanted) -> Fetch:
        """Tell what came of an address, or of the last one that it redirects to."""
        here = canonical(url)
        if here is None:
            return self._written(
                Fetch(
                    **self._about(url, wanted),
                    outcome="refused",
                    code="not_web",
                    message=f"{url} is no address of the web",
                )
            )
        passed: list[str] = []
        wants_cookie = False
        while True:
            fetch = await self._once(here, wanted)
            if fetch.outcome != "redirected" or fetch.location is None:
                return fetch
            passed.append(here)
            wants_cookie = wants_cookie or fetch.message == SETS_COOKIE
            if fetch.location in passed or len(passed) > self._policy.redirects:
                return self._written(_looping(fetch, len(passed), wants_cookie=wants_cookie))
            here = fetch.location

    def knows(self, url: str) -> bool:
        """Tell whether an address, in its one spelling, was asked for in this refresh already."""
        return filed_as(url) in self._hops

    async def body(self, fetch: Fetch) -> bytes:
        """Tell what an address holds, from the archive. Raises `ArchiveError`."""
        if fetch.sha256 is None:
            raise ArchiveError(f"nothing was archived of {fetch.url}")
        return await asyncio.to_thread(by_hash.load, self._archive, fetch.sha256)

    def file_as(self, fetch: Fetch, wanted: Wanted) -> Fetch:
        """Say anew what an address that was fetched is: a list that turned out to be a report."""
        about = {name: value for name, value in self._about(fetch.url, wanted).items() if name not in ("requested_at",)}
        return self._written(replace(fetch, **about))

    def broke(self, url: str, message: str) -> None:
        """Write down that we broke over an address: a fault of ours, or a hostile page."""
        here = canonical(url) or url
        said = self._ledger.of(self._run_id, here)
        about = said or Fetch(**self._about(here, Wanted("report")), outcome="failed")
        self._written(replace(about, outcome="failed", code="crashed", message=message[:500]))

    # --- robots.txt, which is remembered like any other address

    def validators(self, url: str) -> Mapping[str, str]:
        """Headers that let a site answer 304 (see `pipelines.harvest.fetch.client.Memory`)."""
        before = self._ledger.last_good(url)
        return _validators(before) if self._is_kept(before) else {}

    async def last(self, url: str) -> tuple[int, bytes]:
        """The robots.txt that still holds."""
        before = self._ledger.last_good(url)
        if before is None or before.sha256 is None or before.status is None:
            return HTTPStatus.NOT_FOUND, b""
        self._written(replace(before, run_id=self._run_id, requested_at=_now(), outcome="unchanged"))
        return HTTPStatus.OK, await self.body(before)

    async def keep(self, response: Response) -> None:
        """Keep a robots.txt."""
        await self._judged(response, Wanted("robots"), self._ledger.last_good(response.url))

    # --- one request

    async def _once(self, url: str, wanted: Wanted) -> Fetch:
        key = filed_as(url)
        if key not in self._hops:
            self._hops[key] = asyncio.create_task(self._hop(url, key, wanted))
        return await self._hops[key]

    async def _hop(self, url: str, key: str, wanted: Wanted) -> Fetch:
        """Ask for an address, filed under `key`, unless this refresh did before it was killed."""
        done = self._ledger.of(self._run_id, key)
        if done is not None:
            return done
        before = self._ledger.last_good(key)
        if self.client is None:
            raise RuntimeError("the visits were given no client")
        try:
            is_kept = await asyncio.to_thread(self._is_kept, before)
            headers = (_validators(before) if is_kept else {}) | self._referer(key, wanted)
            response = await self.client.ask(url, headers)
        except NotFetched as why:
            said: dict[str, Any] = {
                "code": why.code,
                "message": why.message,
                "status": why.status,
                "attempts": why.attempts,
            }
            return self._written(Fetch(**self._about(key, wanted), outcome=why.outcome, **said))
        return await self._judged(response, wanted, before)

    def _referer(self, url: str, wanted: Wanted) -> dict[str, str]:
        """The page that a list's data belong to, which some gateways want to be told: the one that names their first part."""
        page = wanted.found_on
        if wanted.kind != "list" or page is None or host_of(page) != host_of(url):
            return {}
        if urlsplit(page).path == urlsplit(url).path and page in self._named_by:
            page = self._named_by[page]
        self._named_by[url] = page
        return {"Referer": page}

    def _is_kept(self, before: Fetch | None) -> bool:
        """Tell whether the archive still has what an address held: what was taken out of it must be sent again."""
        if before is None or before.sha256 is None:
            return False
        return by_hash.has(self._archive, before.sha256, before.size_bytes or 0)

    async def _judged(self, response: Response, wanted: Wanted, before: Fetch | None) -> Fetch:
        """Keep a response and write down what it means."""
        about = {**self._about(response.url, wanted), "requested_at": response.requested_at}
        kept = await asyncio.to_thread(by_hash.keep_response, self._archive, response) if response.body else None
        if kept:
            about |= {"sha256": kept.sha256, "warc_sha256": kept.warc_sha256, "size_bytes": len(response.body)}
        plain = Fetch(
            **about,
            outcome="failed",
            status=response.status,
            content_type=response.header("Content-Type"),
            etag=response.header("ETag"),
            last_modified=response.header("Last-Modified"),
            attempts=response.attempts,
            seconds=response.seconds,
        )
        return self._written(with_outcome(plain, response, before, await self._held(plain, before)))

    async def _held(self, now: Fetch, before: Fetch | None) -> bytes | None:
        """Tell what an address of a document held, where it is to be compared with the other bytes that it holds now."""
        if before is None or now.kind not in DOCUMENTS or now.sha256 in (None, before.sha256):
            return None
        with contextlib.suppress(ArchiveError):
            return await self.body(before)
        return None

    def _about(self, url: str, wanted: Wanted) -> dict[str, Any]:
        return {
            "run_id": self._run_id,
            "url": url,
            "requested_at": _now(),
            **{name: getattr(wanted, name) for name in Wanted.__slots__},
        }

    def _written(self, fetch: Fetch) -> Fetch:
        self._ledger.add(fetch)
        if self._on_fetch:
            self._on_fetch(fetch)
        return fetch


def _looping(fetch: Fetch, times: int, *, wants_cookie: bool) -> Fetch:
    """A redirect that leads nowhere: in a circle in which a cookie is set, the cookie is what the site waits for."""
    code = "wants_cookie" if wants_cookie else "redirect_loop"
    message = WANTS_COOKIE if wants_cookie else f"redirected {times} times and not there yet"
    return replace(fetch, outcome="failed", location=None, code=code, message=message)


def _validators(before: Fetch | None) -> dict[str, str]:
    """Headers that let a site answer "not modified". None for what was never had."""
    if before is None:
        return {}
    found = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in found.items() if value}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
