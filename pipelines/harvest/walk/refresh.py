"""A refresh: from the register's lists and addresses to every report that they lead to, each archived.

Belongs here: the walk from lists to reports to attachments. Does not belong here: what is due (`pipelines.harvest.walk.plan`),
one address (`pipelines.harvest.walk.visits`), what a page or title says (`pipelines.harvest.discovery`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pipelines.archive.store import Location
from pipelines.harvest.discovery.addresses import is_document, is_folder, page_key
from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.discovery.reports import Chosen, Covers, FoundReport, choose, is_column
from pipelines.harvest.discovery.same_body import with_division
from pipelines.harvest.discovery.titles import Title, judge
from pipelines.harvest.discovery.within import NOWHERE, Folder, Within
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.fetch.client import Client, Tls
from pipelines.harvest.fetch.host_order import host_by_host
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Fetch, Ledger, Wanted
from pipelines.harvest.register.sources import Source, matching
from pipelines.harvest.walk import page_links
from pipelines.harvest.walk.finding import MOST_COLUMNS, Means, Search
from pipelines.harvest.walk.plan import HOLDS_NOTHING, Asked, Due, Planned, planned
from pipelines.harvest.walk.tally import Tally
from pipelines.harvest.walk.visits import OnFetch, Visits

#: A list may lead to lists of years, of groups and of bodies, or show itself in a frame: so many steps below the first.
_DEEPEST = 4

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Setting:
    """Holds what a refresh works with: whose lists, where things are kept, how sites are treated.

    `proposals` is the file of what is found at other addresses than the register's; None where none are kept.
    """

    sources: Sequence[Source]
    ledger: Ledger
    archive: Location
    policy: Policy
    delays: Mapping[str, float]
    tls: Tls
    proposals: Path | None = None


def refresh(setting: Setting, asked: Asked, *, now: datetime | None = None, on_fetch: OnFetch | None = None) -> str:
    """Bring the archive up to what the sites publish; the id of the run, whose rows the ledger has.

    Killed at any moment, the same call goes on with what was left to do. Raises `PolicyError` where no contact is set.
    """
    now = now or datetime.now(UTC)
    run = setting.ledger.begin(asked.arguments, now)
    due = Due(setting.ledger, setting.policy, now)
    plan = list(planned(setting.sources, due, asked))
    asyncio.run(_Refresh(setting, asked, run.run_id, due, now, on_fetch).run(plan))
    setting.ledger.finish(run.run_id, datetime.now(UTC))
    return run.run_id


class _Refresh:
    """One run of it."""

    def __init__(
        self, setting: Setting, asked: Asked, run_id: str, due: Due, now: datetime, on_fetch: OnFetch | None
    ) -> None:
        self._setting, self._asked, self._run_id = setting, asked, run_id
        self._visits = Visits(setting.ledger, run_id, setting.archive, setting.policy, on_fetch)
        self._due = due
        self._before = setting.ledger.last_finished(asked.arguments)
        #: How far below the first list each one was walked, for whom: lists may link each other in circles.
        self._walked: dict[tuple[str, str, str, str | None], int] = {}
        self._is_over = False
        #: Lists that were walked to their end lately, for nothing.
        self._were_nothing = setting.ledger.fruitless(now - timedelta(days=setting.policy.recheck_days))
        means = Means(
            setting.sources,
            setting.ledger,
            setting.policy,
            self._visits,
            due,
            run_id,
            now,
            asked,
            setting.proposals,
        )
        self._search = Search(means, self._leads)

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
            asyncio.gather(*(self._guarded(self._list(each), each.url) for each in lists)),
            asyncio.gather(*(self._guarded(self._take(each.url, _wanted(each)), each.url) for each in others)),
        )
        if not any(found):
            await self._guarded(self._search.of_reports(source), source.url)

    async def _list(self, each: Planned) -> bool:
        """A list of the register; where it is lost, or that of an old year, the one that stands for it now."""
        leads, tally = await self._read(each.url, each.source)
        return await self._search.after(each.source, each.url, leads, tally) or leads

    async def _leads(self, url: str, source: Source, found_on: str | None, within: Within) -> bool:
        """Tell whether an address that may be a body's list leads to reports."""
        return (await self._read(url, source, found_on, within, is_guess=True))[0]

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

    async def _read(
        self,
        url: str,
        source: Source,
        found_on: str | None = None,
        within: Within = NOWHERE,
        *,
        is_guess: bool = False,
    ) -> tuple[bool, Tally]:
        """Walk a list, and write down how far it was read; whether it leads to reports. Of a guess only a hit is told."""
        tally = Tally(source, canonical(url) or url)
        try:
            leads = await self._walk(url, source, tally, found_on=found_on, within=within)
        except Exception as error:
            tally.stopped(f"broke over it: {type(error).__name__}")
            if not isinstance(error, OSError | sqlite3.Error):
                self._told(tally, is_guess=is_guess)
            raise
        self._told(tally, is_guess=is_guess)
        return leads, tally

    def _told(self, tally: Tally, *, is_guess: bool) -> None:
        """Write down how far a list was read. One that is as it was is read as far as it was then."""
        if tally.is_skipped or (is_guess and not tally.has_reports):
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        reading, ledger = tally.reading(self._run_id, now), self._setting.ledger
        then = ledger.reading(self._before or "", reading) if tally.is_as_before else None
        if then is not None and then.state == reading.state:
            years = tuple(sorted({*then.years, *reading.years}))
            reading = replace(reading, years=years, gaps=then.gaps)
        ledger.add_reading(reading)

    async def _walk(
        self,
        url: str,
        source: Source,
        tally: Tally,
        depth: int = 0,
        found_on: str | None = None,
        within: Within = NOWHERE,
        promised: Wanted | None = None,
    ) -> bool:
        """Follow a list over its pages; whether it leads to reports, of whatever year. Once for a body: whoever comes
        again from further below learns nothing."""
        where = (canonical(url) or url, *source.body, source.covers)
        if self._walked.get(where, depth + 1) <= depth:
            tally.is_skipped = True
            return False
        self._walked[where] = depth
        waiting, named, first, leads = [url], {url}, True, False
        known: set[str] = set()
        while waiting:
            fetch = await self._visits.visit(waiting.pop(0), Wanted("list", source.body_name, found_on=found_on))
            if not fetch.is_good:
                tally.lacked(fetch)
                break
            data = await self._visits.body(fetch)
            address = _with_fragment(fetch.url, url, source)
            # In a thread: a page of thousands of links must not keep other sites waiting for their answers to be read.
            listing = await asyncio.to_thread(read_listing, data, address, fetch.content_type)
            await asyncio.to_thread(tally.page, fetch, data, listing, within)
            leads |= await self._follow(fetch, data, listing, source, tally, depth, within, promised if first else None)
            tally.is_as_before = first and self._is_as_before(fetch, listing)
            if tally.is_as_before or self._is_older(listing):
                break
            if _is_known(listing, known, first=first):
                tally.repeated()
                break
            more = [page for page in listing.next_pages if page not in named]
            if (more or waiting) and tally.is_given_up(was_nothing=tally.url in self._were_nothing):
                tally.stopped("given up: page after page held no report")
                break
            if len(more) > max(0, self._setting.policy.list_pages - len(named)):
                tally.stopped("it has more pages than are looked at")
            waiting += more[: max(0, self._setting.policy.list_pages - len(named))]
            named.update(more)
            # So that what failed of its pages is found by the first one.
            first, found_on = False, fetch.url if first else found_on
        return leads

    async def _follow(
        self,
        fetch: Fetch,
        data: bytes,
        listing: Listing,
        source: Source,
        tally: Tally,
        depth: int,
        within: Within,
        promised: Wanted | None,
    ) -> bool:
        """Take the reports of one page of a list, and go into what it holds: years, frames. Whether there were any.

        `promised` is the report that a link to a folder said that this page is: it is, unless it is a list of that year.
        """
        covers: Covers = "territory" if source.covers == "territory" else "body"
        chosen = await asyncio.to_thread(choose, listing, source.body_name, covers, self._asked.years, within)
        for turned in chosen.turned_away:
            self._setting.ledger.turn_away(self._run_id, turned.url, turned.title, turned.code, fetch.url)
        if promised is not None and (not _is_list_of(chosen, promised) or page_links.holds_text(data)):
            return await self._is_report(fetch, data, promised, tally)
        wanted = [(each.url, _wanted_of(each, source, tally, fetch.url)) for each in chosen.reports]
        title = None if wanted else page_links.report_title(data)
        if title is not None:
            # The list has become, or is, the report of one year.
            return await self._is_report(fetch, data, _wanted_here(title, source, within, fetch.found_on), tally)
        in_folders = {url: what for url, what in wanted if depth < _DEEPEST and self._may_be_a_list(url)}
        wanted = [(url, what) for url, what in wanted if url not in in_folders]
        same = replace(within, in_column=within.in_column or is_column(listing))
        below = [Folder(url, same.at(year=what.report_year)) for url, what in in_folders.items()]
        deeper = (*(Folder(url, same) for url in listing.frames), *chosen.folders, *below)
        if not wanted and not deeper:
            # A page about disclosure in general, perhaps: the column that it names is the list.
            deeper = tuple(Folder(column.url, NOWHERE) for column in listing.columns[:MOST_COLUMNS])
        inner = [each for each in deeper if depth < _DEEPEST and each.url != fetch.url]
        tallies = [tally.into(each.url) for each in inner]
        _, inside = await asyncio.gather(
            asyncio.gather(
                *(
                    self._guarded(self._take(url, what, tally.doubtful), url)
                    for url, what in wanted
                    if self._due.why(url)
                )
            ),
            asyncio.gather(
                *(
                    self._guarded(
                        self._walk(
                            each.url, source, child, depth + 1, fetch.url, each.within, in_folders.get(each.url)
                        ),
                        each.url,
                    )
                    for each, child in zip(inner, tallies, strict=True)
                )
            ),
        )
        return bool(chosen.reports) or any(inside) or any(turned.code == "other_year" for turned in chosen.turned_away)

    async def _is_report(self, fetch: Fetch, data: bytes, about: Wanted, tally: Tally) -> bool:
        """File a page that was asked for as a list as the report that it is."""
        day = about.published_on or _iso(page_links.published_on(data))
        await self._attached(self._visits.file_as(fetch, replace(about, published_on=day)), data)
        tally.took(about.report_year)
        return True

    def _may_be_a_list(self, url: str) -> bool:
        """Tell whether what is called a report may be the list of a year's: a folder, and not known as a report."""
        last = self._due.last.get(canonical(url) or url)
        return is_folder(url) and (last is None or last.kind != "report" or not last.is_good)

    def _is_older(self, listing: Listing) -> bool:
        """Tell whether the further pages of a list are older than what is asked for. Reports that are known are looked at by
        themselves. So only where the newest stand first: else what is new comes last."""
        years, dates = self._asked.years, [item.published_on for item in listing.items]
        is_older = years and dates and all(day is not None and day < date(min(years) + 1, 1, 1) for day in dates)
        return bool(is_older) and _is_newest_first(listing)

    def _is_as_before(self, fetch: Fetch, listing: Listing) -> bool:
        """Tell whether the first page of a list is what it was when all of its pages were looked at; the newest stand first."""
        if fetch.outcome != "unchanged" or self._before is None:
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

    # --- reports

    async def _take(self, url: str, wanted: Wanted, doubtful: Container[date] = ()) -> Fetch:
        """A report, and what its page links; published on the earlier of the days that its list and its page say, of which
        those that are `doubtful` count nothing."""
        fetch = await self._visits.visit(url, wanted)
        if not fetch.is_good or fetch.kind != "report":
            return fetch
        data = await self._visits.body(fetch)
        if fetch.published_on is None or fetch.outcome != "unchanged":
            day = page_links.published_on(data)
            if day is not None and day not in doubtful and _is_earlier(day, fetch):
                fetch = self._visits.file_as(fetch, replace(_about(fetch), published_on=_iso(day)))
        await self._attached(fetch, data)
        return fetch

    async def _attached(self, fetch: Fetch, data: bytes) -> None:
        """The documents that a report's page links."""
        if not page_links.is_html(data):
            return
        about = Wanted("attachment", fetch.body_name, fetch.report_year, None, fetch.published_on, fetch.url)
        found = page_links.attachments(data, fetch.url, self._setting.policy.attachments)
        await asyncio.gather(
            *(self._guarded(self._visits.visit(url, replace(about, title=title)), url) for url, title in found)
        )


def _wanted(each: Planned) -> Wanted:
    """Tell what is known of an address before it is asked for: from the last time, or from the register."""
    if each.known is not None:
        return _about(each.known)
    return Wanted(each.kind, each.source.body_name, each.source.report_year)


def _wanted_of(report: FoundReport, source: Source, tally: Tally, found_on: str) -> Wanted:
    """Tell what a list says of a report. A day on which a site was moved is no day of publication."""
    day = report.published_on if report.published_on not in tally.doubtful else None
    name = report.body_name or source.body_name
    return Wanted("report", name, report.report_year, report.title, _iso(day), found_on)


def _is_list_of(chosen: Chosen, promised: Wanted) -> bool:
    """Tell whether a page links reports, or folders of them, of the year that a link to it named."""
    year = promised.report_year
    pages = (each for each in chosen.reports if not is_document(each.url))
    return any(each.report_year in (None, year) for each in pages) or any(
        each.within.year in (None, year) for each in chosen.folders
    )


def _wanted_here(title: Title, source: Source, within: Within, found_on: str | None) -> Wanted:
    """Tell what is known of a page that was asked for as a list and is a report: by its title, else by its folders."""
    name, year = source.body_name, title.report_year or within.year
    if source.covers == "territory" and within.body:
        name = with_division(within.body, name, year)
    return Wanted("report", name, year, found_on=found_on)


def _about(fetch: Fetch) -> Wanted:
    """Tell again why an address was asked for."""
    return Wanted(fetch.kind, fetch.body_name, fetch.report_year, fetch.title, fetch.published_on, fetch.found_on)


def _with_fragment(fetched: str, url: str, source: Source) -> str:
    """The address of a list's first page with the fragment of the register, by which an app knows its column."""
    fragment = urlsplit(source.url).fragment
    return f"{fetched}#{fragment}" if fragment and canonical(source.url) == canonical(url) == fetched else fetched


def _is_known(listing: Listing, known: set[str], *, first: bool) -> bool:
    """Tell whether a further page of a list links nothing that the ones before do not: then there are no further ones."""
    links = {page_key(item.url) for item in listing.items}
    is_known = not first and links <= known
    known |= links
    return is_known


def _is_earlier(day: date, fetch: Fetch) -> bool:
    """Tell whether a day on a report's page goes before that of its list: a list is dated anew where a page was mended."""
    if fetch.published_on is None:
        return True
    is_over = fetch.report_year is not None and day.year > fetch.report_year
    return is_over and day.isoformat() < fetch.published_on


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _is_newest_first(listing: Listing) -> bool:
    """Tell whether the reports of a list go from newer to older ones, by the dates beside them or by their years."""
    titles = [(judge(item.title, item.published_on), item.published_on) for item in listing.items]
    reports = [(title.report_year, day) for title, day in titles if title.kind == "report"]
    days, years = [day for _, day in reports if day], [year for year, _ in reports if year]
    return _goes_down([day.toordinal() for day in days] if days else years)


def _goes_down(values: Sequence[int]) -> bool:
    """Tell whether values go from later to earlier ones, and not only at their ends."""
    return len(values) > 1 and values[0] > values[-1] and all(one >= two for one, two in pairwise(values))
