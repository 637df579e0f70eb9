"""Finds a list again that is not where the register has it, or is that of one old year; each find is a proposal.

Belongs here: which addresses are tried, within four requests, and what is proposed. Does not belong here: what those
addresses are (`pipelines.harvest.walk.lost_lists`), and following a list (`pipelines.harvest.walk.refresh`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.harvest.discovery.addresses import page_key
from pipelines.harvest.discovery.report_column import named_columns
from pipelines.harvest.discovery.within import NOWHERE, SHARED, Within
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Fetch, Ledger, Wanted
from pipelines.harvest.register import proposals
from pipelines.harvest.register.proposals import Confidence, Proposal
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk.lost_lists import (
    MOST_TRIED,
    Candidate,
    is_below_the_year,
    is_of_old_year,
    other_addresses,
    parents,
)
from pipelines.harvest.walk.plan import Asked, Due
from pipelines.harvest.walk.tally import Tally
from pipelines.harvest.walk.visits import Visits

#: Columns that are tried where a body's list is not known or holds nothing.
MOST_COLUMNS = 3
#: Pages of reports that are looked at for the column that they stand in.
_MOST_PAGES = 3
#: Redirects by which a site says that an address moved for good.
_FOR_GOOD = (301, 308)

#: Follows a list for a body, from a page on which it was found, with what is known of it; whether it leads to reports.
Walk = Callable[[str, Source, str | None, Within], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Means:
    """Holds what a search works with. `proposals` is the file of proposals; None where none are kept."""

    sources: Sequence[Source]
    ledger: Ledger
    policy: Policy
    visits: Visits
    due: Due
    run_id: str
    now: datetime
    asked: Asked
    proposals: Path | None


class Search:
    """The searches of one refresh."""

    def __init__(self, means: Means, walk: Walk) -> None:
        self._means, self._walk = means, walk

    async def after(self, source: Source, url: str, leads: bool, tally: Tally) -> bool:
        """Look for a list anew after it was walked, where what it showed says so. Whether reports were found elsewhere."""
        first = tally.first
        if leads and first is not None:
            self._note_move(source, url, first)
        newest = max(self._means.asked.years or {self._means.now.year - 1})
        above = list(parents(url)) if is_of_old_year(url, tally.all_years(), newest) else []
        within = SHARED if tally.is_shared or is_below_the_year(url) else NOWHERE
        if await self._tried(source, url, above, MOST_TRIED // 2, within):
            return True
        if leads or first is None or first.is_good:
            return False
        return await self._tried(source, url, await self._for_dead(source, url, first.code or ""), MOST_TRIED)

    async def of_reports(self, source: Source) -> bool:
        """Look for a body's list by the columns that its archived reports name."""
        columns = await self._named(source, may_ask=False)
        return await self._tried(source, "", columns[:MOST_COLUMNS], MOST_COLUMNS, all_of_them=True)

    # --- candidates

    async def _for_dead(self, source: Source, url: str, code: str) -> list[Candidate]:
        """What may stand for a list that could not be had: columns that reports name first, since a site says so itself."""
        others = list(other_addresses(url, code))
        named = [] if any(each.how == "http" for each in others) else await self._named(source, may_ask=True)
        found = {canonical(each.url): each for each in (*named[:2], *others)}
        # One that was found before comes first: it costs one request.
        return sorted(found.values(), key=lambda each: not self._was_good(each.url))

    async def _named(self, source: Source, *, may_ask: bool) -> list[Candidate]:
        """The columns that the known reports of a body name in their navigation, those of their breadcrumb first."""
        found: dict[str, Candidate] = {}
        for fetch in await self._pages(source, may_ask=may_ask):
            data = await self._means.visits.body(fetch)
            for column in named_columns(data, fetch.url, fetch.content_type):
                found.setdefault(column, Candidate(column, "breadcrumb", fetch.url))
        return list(found.values())

    async def _pages(self, source: Source, *, may_ask: bool) -> list[Fetch]:
        """Pages of a body's reports: those that are archived, else the newest of the register, for one request."""
        own = [each for each in self._means.sources if each.kind == "report" and each.body == source.body]
        own.sort(key=lambda each: -(each.report_year or 0))
        known = [fetch for each in own if (fetch := self._landed(each.url)) is not None]
        if not known and not own:
            known = self._found_before(source)
        if not known and own and may_ask:
            wanted = Wanted("report", source.body_name, own[0].report_year)
            fetch = await self._means.visits.visit(own[0].url, wanted)
            known = [fetch] if fetch.is_good else []
        return known[: _MOST_PAGES if may_ask else None]

    def _found_before(self, source: Source) -> list[Fetch]:
        """Pages of reports that the body's own list led to, newest first."""
        mine = [
            each
            for each in self._means.due.last.values()
            if each.kind == "report" and each.body_name == source.body_name and each.is_good
        ]
        return sorted(mine, key=lambda each: -(each.report_year or 0))[:_MOST_PAGES]

    def _landed(self, url: str) -> Fetch | None:
        """Tell what an address holds, or the one that it leads to; None where nothing was ever had."""
        here = self._means.due.landed(canonical(url) or url)
        for _ in range(self._means.policy.redirects):
            now = self._means.ledger.of(self._means.run_id, here)
            if now is None or now.location is None:
                break
            here = now.location
        return self._means.ledger.last_good(here)

    # --- trying

    async def _tried(
        self,
        source: Source,
        old: str,
        candidates: Sequence[Candidate],
        most: int,
        within: Within = NOWHERE,
        *,
        all_of_them: bool = False,
    ) -> bool:
        """Follow candidates until one leads to reports; propose it. What failed lately is not asked for again."""
        asked, found = 0, False
        seen: set[str] = set()
        for each in candidates:
            url = canonical(each.url)
            if url is None or url == canonical(old) or page_key(url) in seen or self._failed_lately(url):
                continue
            asked += not self._means.visits.knows(url)
            if asked > most:
                break
            leads = await self._walk(url, source, each.evidence or None, within)
            if (last := self._means.ledger.last_asked(url)) is not None and last.is_good:
                seen.add(page_key(url))  # its index.html is the same page
            if leads:
                self._propose(source, old, url, each.how, each.evidence or url, _confidence(each))
                found = True
                if not all_of_them:
                    break
        return found

    def _failed_lately(self, url: str) -> bool:
        last = self._means.ledger.last_asked(url)
        if last is None or last.is_good or last.run_id == self._means.run_id or last.outcome == "redirected":
            return False
        ago = self._means.now - datetime.fromisoformat(last.requested_at)
        return ago < timedelta(days=self._means.policy.recheck_days)

    def _was_good(self, url: str) -> bool:
        return self._means.ledger.last_good(canonical(url) or url) is not None

    # --- proposals

    def _note_move(self, source: Source, url: str, first: Fetch) -> None:
        """Propose the address to which a list's own redirects."""
        here = canonical(url) or url
        if first.url != here and (hop := self._means.ledger.of(self._means.run_id, here)) is not None:
            confidence: Confidence = "high" if hop.status in _FOR_GOOD else "medium"
            self._propose(source, url, first.url, "redirect", here, confidence)

    def _propose(self, source: Source, old: str, new: str, how: str, evidence: str, confidence: Confidence) -> None:
        if self._means.proposals is not None:
            day = self._means.now.date().isoformat()
            found = Proposal(source.body_name, source.province, old, new, how, evidence, confidence, day)
            proposals.add(self._means.proposals, [found])


def _confidence(candidate: Candidate) -> Confidence:
    """A column that a report names, or the folder above a year's, is shown by the site; another spelling is a guess."""
    return "medium" if candidate.how == "variant" else "high"
