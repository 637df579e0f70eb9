"""A refresh: from the register's lists and addresses to every report that they lead to, each archived.

Belongs here: the walk from lists to reports to attachments. Does not belong here: what is due (`pipelines.harvest.walk.plan`),
one address (`pipelines.harvest.walk.visits`), what a page or title says (`pipelines.harvest.discovery`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from pipelines.archive.store import Location
from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.discovery.report_column import named_columns
from pipelines.harvest.discovery.reports import choose
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.fetch.client import Client, Tls
from pipelines.harvest.fetch.host_order import host_by_host
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Fetch, Ledger, Wanted
from pipelines.harvest.register.sources import Source, matching
from pipelines.harvest.walk import page_links
from pipelines.harvest.walk.plan import HOLDS_NOTHING, Asked, Due, Planned, planned
from pipelines.harvest.walk.visits import OnFetch, Visits

#: A list may lead to lists of years, or show itself in a frame: so many steps below the first.
_DEEPEST = 2
#: Columns that are tried where a body's list is not known or holds nothing.
_COLUMNS = 3

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Setting:
    """Holds what a refresh works with: whose lists, where things are kept, how sites are treated."""

    sources: Sequence[Source]
    ledger: Ledger
    archive: Location
    policy: Policy
    delays: Mapping[str, float]
    tls: Tls


def refresh(setting: Setting, asked: Asked, *, now: datetime | None = None, on_fetch: OnFetch | None = None) -> str:
    """Bring the archive up to what the sites publish; the id of the run, whose rows the ledger has.

    Killed at any moment, the same call goes on with what was left to do. Raises `PolicyError` where no contact is set.
    """
    now = now or datetime.now(UTC)
    run = setting.ledger.begin(asked.arguments, now)
    due = Due(setting.ledger, setting.policy, now)
    plan = list(planned(setting.sources, due, asked))
    asyncio.run(_Refresh(setting, asked, run.run_id, due, on_fetch).run(plan))
    setting.ledger.finish(run.run_id, datetime.now(UTC))
    return run.run_id


class _Refresh:
    """One run of it."""

    def __init__(self, setting: Setting, asked: Asked, run_id: str, due: Due, on_fetch: OnFetch | None) -> None:
        self._setting, self._asked, self._run_id = setting, asked, run_id
        self._visits = Visits(setting.ledger, run_id, setting.archive, setting.policy, on_fetch)
        self._due = due
        self._before = setting.ledger.last_finished(asked.arguments)
        #: How far below the first list each one was walked, for whom: lists may link each other in circles.
        self._walked: dict[tuple[str, str, str, str | None], int] = {}
        self._is_over = False

    async def run(self, plan: Sequence[Planned]) -> None:
        """Ask for all that is planned and for what it leads to."""
        setting = self._setting
        bodies: dict[tuple[str, str], tuple[Source, list[Planned]]] = {}
        for each in plan:
            bodies.setdefault(each.source.body, (each.source, []))[1].append(each)
        # One without a list of its own is looked for even where none of its reports is due.
        for source in matching(setting.sources, self._asked.only):
            bodies.setdefault(source.body, (source, []))
        async with Client(
            setting.policy,
            delays=setting.delays,
            tls=setting.tls,
            left_alone=setting.ledger.left_alone(),
            memory=self._visits,
        ) as client:
            self._visits.client = client
            try:
                await host_by_host(
                    bodies.values(),
                    lambda body: body[1][0].host if body[1] else body[0].host,
                    lambda body: len(body[1]),
                    lambda body: self._body(*body),
                )
            finally:
                setting.ledger.leave_alone(client.left_alone)

    async def _body(self, source: Source, items: Sequence[Planned]) -> None:
        """All of one body. Where none of its lists leads to reports, these name the column that they stand in."""
        lists = [each for each in items if each.kind == "list"]
        others = [each for each in items if each.kind != "list"]
        found, _ = await asyncio.gather(
            asyncio.gather(*(self._guarded(self._walk(each.url, each.source), each.url) for each in lists)),
            asyncio.gather(*(self._guarded(self._take(each.url, _wanted(each)), each.url) for each in others)),
        )
        if not any(found):
            columns = await self._named_columns(source)
            await asyncio.gather(*(self._guarded(self._walk(url, source), url) for url in columns))

    async def _guarded(self, work: Awaitable[_Result], url: str) -> _Result | None:
        """One address can never stop the run: what breaks over it is written down as its failure."""
        try:
            return await work
        except (OSError, sqlite3.Error):  # the disk is full, the ledger cannot be written: not the page's doing
            self._is_over = True
            raise
        except Exception as error:  # whatever a hostile page brings about
            if self._is_over:  # what was under way breaks over a client that is closed
                raise
            self._visits.broke(url, f"{type(error).__name__}: {error}")
            return None

    # --- lists

    async def _walk(self, url: str, source: Source, depth: int = 0, found_on: str | None = None) -> bool:
        """Follow a list over its pages; whether it leads to reports, of whatever year. Once for a body: whoever comes
        again from further below learns nothing."""
        where = (canonical(url) or url, *source.body, source.covers)
        if self._walked.get(where, depth + 1) <= depth:
            return False
        self._walked[where] = depth
        waiting, seen, first, leads = [url], {url}, True, False
        while waiting:
            fetch = await self._visits.visit(waiting.pop(0), Wanted("list", source.body_name, found_on=found_on))
            if not fetch.is_good:
                break
            data = await self._visits.body(fetch)
            listing = read_listing(data, fetch.url, fetch.content_type)
            leads |= await self._follow(fetch, data, listing, source, depth)
            if self._is_enough(fetch, listing, first=first):
                break
            more = [page for page in listing.next_pages if page not in seen]
            waiting += more[: max(0, self._setting.policy.list_pages - len(seen))]
            seen.update(more)
            # So that what failed of its pages is found by the first one.
            first, found_on = False, fetch.url if first else found_on
        return leads

    async def _follow(self, fetch: Fetch, data: bytes, listing: Listing, source: Source, depth: int) -> bool:
        """Take the reports of one page of a list, and go into what it holds: years, frames. Whether there were any."""
        chosen = choose(
            listing, source.body_name, "territory" if source.covers == "territory" else "body", self._asked.years
        )
        for turned in chosen.turned_away:
            self._setting.ledger.turn_away(self._run_id, turned.url, turned.title, turned.code, fetch.url)
        wanted = [
            (
                each.url,
                Wanted(
                    "report",
                    each.body_name or source.body_name,
                    each.report_year,
                    each.title,
                    _iso(each.published_on),
                    fetch.url,
                ),
            )
            for each in chosen.reports
        ]
        deeper = (*listing.frames, *chosen.folders)
        title = None if wanted else page_links.report_title(data)
        if title is not None:
            # The list has become, or is, the report of one year.
            about = Wanted("report", source.body_name, title.report_year, found_on=fetch.found_on)
            await self._attached(self._visits.file_as(fetch, about), data)
            return True
        if not wanted and not deeper:
            # A page about disclosure in general, perhaps: the column that it names is the list.
            deeper = tuple(column.url for column in listing.columns[:_COLUMNS])
        inner = [each for each in deeper if depth < _DEEPEST and each != fetch.url]
        _, below = await asyncio.gather(
            asyncio.gather(*(self._guarded(self._take(url, what), url) for url, what in wanted if self._due.why(url))),
            asyncio.gather(*(self._guarded(self._walk(url, source, depth + 1, fetch.url), url) for url in inner)),
        )
        return bool(wanted) or any(below) or any(turned.code == "other_year" for turned in chosen.turned_away)

    def _is_enough(self, fetch: Fetch, listing: Listing, *, first: bool) -> bool:
        """Tell whether the further pages of a list need not be looked at: they are older than what is asked for, or the first
        page is what it was when all of them were looked at. Reports that are known are looked at by themselves.

        Both hold only where the newest stand first: else what is new comes last.
        """
        years, dates = self._asked.years, [item.published_on for item in listing.items]
        if years and dates and all(day is not None and day < date(min(years) + 1, 1, 1) for day in dates):
            return _is_newest_first(listing)
        if not first or fetch.outcome != "unchanged" or self._before is None:
            return False
        ledger = self._setting.ledger
        then = ledger.of(self._before, fetch.url)
        # A refresh in between that asked for something else may have seen it change, and left the other pages alone.
        is_same = then is not None and then.is_good and then.sha256 == fetch.sha256
        return is_same and _is_newest_first(listing) and not self._lacked_pages(fetch.url)

    def _lacked_pages(self, url: str) -> bool:
        """Tell whether a page that a list leads to could not be had the last time, though it may hold something."""
        lacked = self._setting.ledger.lists_lacked(self._before or "", url)
        return any(code not in HOLDS_NOTHING for code in lacked)

    async def _named_columns(self, source: Source) -> list[str]:
        """The columns that the known reports of a body name in their navigation."""
        found: dict[str, None] = {}
        for each in self._setting.sources:
            fetch = self._landed(each.url) if each.kind == "report" and each.body == source.body else None
            if fetch is not None:
                found.update(
                    dict.fromkeys(named_columns(await self._visits.body(fetch), fetch.url, fetch.content_type))
                )
        return list(found)[:_COLUMNS]

    def _landed(self, url: str) -> Fetch | None:
        """Tell what an address holds, or the one that it leads to; None where nothing was ever had."""
        here = self._due.landed(canonical(url) or url)
        for _ in range(self._setting.policy.redirects):
            now = self._setting.ledger.of(self._run_id, here)
            if now is None or now.location is None:
                break
            here = now.location
        return self._setting.ledger.last_good(here)

    # --- reports

    async def _take(self, url: str, wanted: Wanted) -> Fetch:
        """A report, and what its page links."""
        fetch = await self._visits.visit(url, wanted)
        if fetch.is_good and fetch.kind == "report":
            await self._attached(fetch, await self._visits.body(fetch))
        return fetch

    async def _attached(self, fetch: Fetch, data: bytes) -> None:
        """The documents that a report's page links."""
        if not _is_html(data):
            return
        about = Wanted("attachment", fetch.body_name, fetch.report_year, None, fetch.published_on, fetch.url)
        found = page_links.attachments(data, fetch.url, self._setting.policy.attachments)
        await asyncio.gather(
            *(self._guarded(self._visits.visit(url, replace(about, title=title)), url) for url, title in found)
        )


def _wanted(each: Planned) -> Wanted:
    """Tell what is known of an address before it is asked for: from the last time, or from the register."""
    last = each.known
    if last is not None:
        return Wanted(last.kind, last.body_name, last.report_year, last.title, last.published_on, last.found_on)
    return Wanted(each.kind, each.source.body_name, each.source.report_year)


def _is_html(data: bytes) -> bool:
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _is_newest_first(listing: Listing) -> bool:
    """Tell whether the reports of a list go from newer to older ones, by the dates beside them or by their years."""
    titles = [(judge(item.title, item.published_on), item.published_on) for item in listing.items]
    reports = [(title.report_year, day) for title, day in titles if title.kind == "report"]
    days, years = [day for _, day in reports if day], [year for year, _ in reports if year]
    return (bool(days) and days[0] > days[-1]) or (not days and bool(years) and years[0] > years[-1])
