"""A refresh: from the registry's lists and addresses to every report that they lead to, each archived.

Belongs here: the walk from lists to reports to attachments. Does not belong here: what is due (`pipelines.harvest.plan`),
one address (`pipelines.harvest.visits`), what a page or title says (`pipelines.harvest.discovery`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from pipelines.harvest import links
from pipelines.harvest.discovery.columns import named_columns
from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.discovery.reports import choose
from pipelines.harvest.fetch.client import Client, Tls
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger import Fetch, Ledger, Wanted
from pipelines.harvest.plan import Asked, Due, Planned, planned
from pipelines.harvest.sources import Source
from pipelines.harvest.store import Location
from pipelines.harvest.visits import OnFetch, Visits

#: A list may lead to lists of years, or show itself in a frame: so many steps below the first.
_DEEPEST = 2
#: Columns that are tried where a body's list is not known or holds nothing.
_COLUMNS = 3

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a refresh works with: whose lists, where things are kept, how sites are treated."""

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
    plan = list(planned(setting.sources, Due(setting.ledger, setting.policy, now), asked))
    asyncio.run(_Refresh(setting, asked, run.run_id, now, on_fetch).run(plan))
    setting.ledger.finish(run.run_id, datetime.now(UTC))
    return run.run_id


class _Refresh:
    """One run of it."""

    def __init__(self, setting: Setting, asked: Asked, run_id: str, now: datetime, on_fetch: OnFetch | None) -> None:
        self._setting, self._asked, self._run_id = setting, asked, run_id
        self._visits = Visits(setting.ledger, run_id, setting.archive, setting.policy, on_fetch)
        self._due = Due(setting.ledger, setting.policy, now)
        self._before = setting.ledger.last_finished(asked.arguments)

    async def run(self, plan: Sequence[Planned]) -> None:
        """Ask for all that is planned and for what it leads to."""
        setting = self._setting
        bodies: dict[tuple[str, str], list[Planned]] = {}
        for each in plan:
            bodies.setdefault((each.source.province, each.source.body_name), []).append(each)
        async with Client(
            setting.policy,
            delays=setting.delays,
            tls=setting.tls,
            left_alone=setting.ledger.left_alone(),
            memory=self._visits,
        ) as client:
            self._visits.client = client
            try:
                await asyncio.gather(*(self._body(items) for items in bodies.values()))
            finally:
                setting.ledger.leave_alone(client.left_alone)

    async def _body(self, items: Sequence[Planned]) -> None:
        """All of one body. Where none of its lists leads to reports, these name the column that they stand in."""
        lists = [each for each in items if each.kind == "list"]
        others = [each for each in items if each.kind != "list"]
        found, _ = await asyncio.gather(
            asyncio.gather(*(self._guarded(self._walk(each.url, each.source), each.url) for each in lists)),
            asyncio.gather(*(self._guarded(self._take(each.url, _wanted(each)), each.url) for each in others)),
        )
        if not any(found):
            source = items[0].source
            columns = await self._named_columns(source)
            await asyncio.gather(*(self._guarded(self._walk(url, source), url) for url in columns))

    async def _guarded(self, work: Awaitable[_Result], url: str) -> _Result | None:
        """One address can never stop the run: what breaks over it is written down as its failure."""
        try:
            return await work
        except (OSError, sqlite3.Error):  # the disk is full, the ledger cannot be written: not the page's doing
            raise
        except Exception as error:  # whatever a hostile page brings about
            self._visits.broke(url, f"{type(error).__name__}: {error}")
            return None

    # --- lists

    async def _walk(self, url: str, source: Source, depth: int = 0, found_on: str | None = None) -> bool:
        """Follow a list over its pages; whether it leads to reports, of whatever year."""
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
            first = False
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
        title = None if wanted else links.report_title(data)
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
        """Whether the further pages of a list need not be looked at: they are older than what is asked for, or the first
        page is what it was when all of them were looked at. Reports that are known are looked at by themselves."""
        years, dates = self._asked.years, [item.published_on for item in listing.items]
        if years and dates and all(day is not None and day < date(min(years) + 1, 1, 1) for day in dates):
            return True
        if not first or fetch.outcome != "unchanged" or self._before is None:
            return False
        return self._setting.ledger.of(self._before, fetch.url) is not None

    async def _named_columns(self, source: Source) -> list[str]:
        """The columns that the known reports of a body name in their navigation."""
        found: dict[str, None] = {}
        for each in self._setting.sources:
            if each.kind == "report" and (each.province, each.body_name) == (source.province, source.body_name):
                fetch = self._setting.ledger.last_good(each.url)
                if fetch is not None:
                    found.update(
                        dict.fromkeys(named_columns(await self._visits.body(fetch), fetch.url, fetch.content_type))
                    )
        return list(found)[:_COLUMNS]

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
        found = links.attachments(data, fetch.url, self._setting.policy.attachments)
        await asyncio.gather(
            *(self._guarded(self._visits.visit(url, replace(about, title=title)), url) for url, title in found)
        )


def _wanted(each: Planned) -> Wanted:
    """What is known of an address before it is asked for: from the last time, or from the registry."""
    last = each.known
    if last is not None:
        return Wanted(last.kind, last.body_name, last.report_year, last.title, last.published_on, last.found_on)
    return Wanted(each.kind, each.source.body_name, each.source.report_year)


def _is_html(data: bytes) -> bool:
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
