"""`gongkai sources discover`: from the portal of a government down to its column of annual reports, and to portals below.

Three levels below the home page and eight requests a body, robots.txt among them. Departments and townships are found
through lists that name several bodies only. Belongs here: the walk of one portal, and the way from a division to those
below. Does not belong here: whose a page is (`pipelines.harvest.grow.claims`), accepting (`pipelines.harvest.grow.rules`).
"""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from pipelines.bodies.divisions import Division, divisions, short_name
from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.listing import Listing
from pipelines.harvest.discovery.reports import is_column
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.grow.claims import Claim, claim
from pipelines.harvest.grow.listed import Listed, listed
from pipelines.harvest.grow.look import Look
from pipelines.harvest.grow.steps import link_pages, portals_below, steps
from pipelines.harvest.register.names import province_of, register_name
from pipelines.harvest.register.portals import domain_of
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import host_name_of

#: Levels below the home page, and requests for a body; one of them goes to robots.txt.
DEEPEST = 3
MOST_REQUESTS = 8
#: The promise of a link that says to be a column of reports, or a group of bodies (`pipelines.harvest.grow.steps`).
_COLUMN, _GROUP = 90, 96

#: Asks for an address, and for no more addresses that it sends on to than the number says.
Asks = Callable[[str, int], Awaitable[Look]]


@dataclass(slots=True)
class Found:
    """Holds what the walk of one portal gave: `state` is `read` where a list was found, else how far it came and why."""

    division: Division
    portal_url: str
    state: str = "empty"
    reason: str = "no column of annual reports was found"
    requests: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    portals: list[tuple[Division, str, Proposal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page to be asked for: `proposed` is the address that would be proposed if its reports are the government's."""

    url: str
    depth: int
    proposed: str
    way: str
    in_column: bool


class Walk:
    """The walk of one portal. `day` is the ISO day of its proposals; `is_sure` says that the portal is known to be its own."""

    def __init__(self, ask: Asks, division: Division, portal_url: str, day: str, *, is_sure: bool) -> None:
        self._ask, self._day, self._is_sure = ask, day, is_sure
        self.found = Found(division, portal_url)
        self._is_stranger = False
        self._home_url = portal_url
        self._waiting: list[tuple[int, int, _Page]] = []
        self._seen: set[str] = set()
        self._order = 0
        self._covered: set[str] = set()
        self._hosts: set[str] = set()
        self._named: set[str] = set()

    async def run(self) -> Found:
        """Walk until the government's own list and those of its territory are found, or the requests are used up."""
        self._put(_Page(self.found.portal_url, 0, self.found.portal_url, "首页", in_column=False), 1000)
        while self._waiting and self._may_ask():
            promise, _, page = heapq.heappop(self._waiting)
            # With a list found, only columns of reports can hold another; with both, only a further group of bodies.
            if -promise >= (0, _COLUMN, _GROUP)[len(self._covered)]:
                await self._visit(page)
        if self.found.proposals:
            self.found.state, self.found.reason = "read", self.found.proposals[0].evidence or ""
        return self.found

    def _may_ask(self) -> bool:
        """Tell whether a request is left; the first page takes two, with its robots.txt."""
        return self.found.requests < MOST_REQUESTS

    def _put(self, page: _Page, promise: int) -> None:
        key = addresses.page_key(page.url)
        if key not in self._seen and page.depth <= DEEPEST:
            self._seen.add(key)
            self._order += 1
            heapq.heappush(self._waiting, (-promise, self._order, page))

    async def _visit(self, page: _Page) -> None:
        left = MOST_REQUESTS - self.found.requests - (_origin(page.url) not in self._hosts)
        if left < 1:
            return
        # Where it sends on to can be another host, with a robots.txt of its own.
        seen = await self._ask(page.url, (left - 1) // 2)
        hosts = {_origin(page.url), _origin(seen.landed)} - self._hosts
        self._hosts |= hosts
        self.found.requests += seen.requests + len(hosts)  # each host's robots.txt
        if seen.state is not None:
            if page.depth == 0:
                self._closed(page, seen)
            return
        said = listed(seen.body, seen.landed, seen.content_type)
        self._seen.add(addresses.page_key(seen.landed))
        if page.depth == 0:
            self._home(said.listing, seen.landed)
        elif said.state == "read":
            self._claimed(page, said, seen.landed)
        self._next(page, said)

    # --- the home page

    def _closed(self, page: _Page, seen: Look) -> None:
        """A home page that is not there: it may be by the other of http and https, which is tried once."""
        if page.url != self.found.portal_url:
            return
        self.found.state, self.found.reason = seen.state or "", seen.reason
        scheme, _, rest = page.url.partition("://")
        if seen.state in ("dead", "unreached") and ":" not in rest:
            other = f"{'http' if scheme == 'https' else 'https'}://{rest}"
            heapq.heappush(self._waiting, (-1000, 0, replace(page, url=other, proposed=other)))

    def _home(self, listing: Listing, landed: str) -> None:
        division, domain = self.found.division, domain_of(host_name_of(landed))
        # A portal that sends on to another domain has moved, or its government was merged: its title must tell.
        is_sure = self._is_sure and domain == domain_of(host_name_of(self._home_url))
        self._home_url = landed
        if not is_sure and not _is_called(listing.title, division):
            self.found.state, self.found.reason = (
                "general",
                f"the page is called {listing.title[:60]}, not {division.name}",
            )
            self._is_stranger = True
            return
        self._below(listing)

    def _below(self, listing: Listing) -> None:
        for division, url, words in portals_below(listing, self.found.division):
            made = _portal(division, url, listing.url, words, self._day)
            if all(known.code != division.code for known, _, _ in self.found.portals):
                self.found.portals.append((division, url, made))

    # --- what a page is, and where it leads

    def _claimed(self, page: _Page, said: Listed, landed: str) -> None:
        own = claim(said.listing, self.found.division, self._home_url, in_column=page.in_column)
        if own is None or (own.covers in self._covered and self._named.issuperset(own.bodies)):
            return
        self._named.update(own.bodies)
        self._covered.update({own.covers, "body"} if own.has_own else {own.covers})
        proposed = landed if page.proposed == page.url else page.proposed
        self.found.proposals.append(_list(self.found.division, proposed, own, page.way, landed, self._day))

    def _next(self, page: _Page, said: Listed) -> None:
        listing = said.listing
        if not self._is_near(listing.url) or not self._may_ask() or self._is_stranger:
            return
        column = is_column(listing) or page.in_column
        # Groups and years within a column are no level of their own.
        depth = page.depth if column and page.depth > 0 else page.depth + 1
        for step in steps(listing, self.found.division, in_column=column and page.depth > 0):
            if not self._is_near(step.url):
                continue
            way = f"{page.way} > {step.title}"
            self._put(_Page(step.url, depth, step.url, way, in_column=step.is_column), step.promise)
        if column and page.depth > 0:
            self._inner(page, said)
        if page.depth <= 1:
            self._links(page, listing)

    def _inner(self, page: _Page, said: Listed) -> None:
        """The newest year of a column of years, and what a script or a frame shows: they prove the column above them."""
        years = sorted(said.listing.years, key=lambda item: -(judge(item.title, item.published_on).report_year or 0))
        for item in years[:1]:
            self._put(_Page(item.url, page.depth, page.proposed, f"{page.way} > {item.title}", in_column=True), 110)
        for url in said.listing.frames[:1] if said.state == "script" else ():
            self._put(_Page(url, page.depth, page.proposed, page.way, in_column=True), 110)

    def _links(self, page: _Page, listing: Listing) -> None:
        """The pages of links to the sites below, where the home page has none; what is on them is taken when they come."""
        if page.way.endswith("链接"):
            self._below(listing)
        elif not self.found.portals and page.depth == 0 and _has_below(self.found.division):
            for url in link_pages(listing)[:1]:
                self._put(_Page(url, 1, url, f"{page.way} > 链接", in_column=False), 120)

    def _is_near(self, url: str) -> bool:
        return domain_of(host_name_of(url)) == domain_of(host_name_of(self._home_url)) or addresses.site_of(
            url
        ) == addresses.site_of(self._home_url)


def _origin(url: str) -> str:
    """The part of an address that has a robots.txt of its own: scheme and host."""
    return f"{url.partition('://')[0]}://{addresses.site_of(url)}"


def _is_called(title: str, division: Division) -> bool:
    """Tell whether a home page is called a government's site, and after a division.

    A county's name stands in full, that of a prefecture or province perhaps without its ending: 中国·杭州 政府门户网站.
    """
    plain = "".join(title.split())
    is_named = division.name in plain or (division.level != "county" and short_name(division.name) in plain)
    return is_named and "政府" in plain


def _has_below(division: Division) -> bool:
    return any(division.code in each.above for each in divisions().values())


def _list(division: Division, url: str, own: Claim, way: str, evidence_url: str, day: str) -> Proposal:
    return Proposal(
        register_name(division), province_of(division), "", url, f"portal: {way}", evidence_url, own.confidence, day,
        "list", division.level, own.covers, own.evidence,
    )  # fmt: skip


def _portal(division: Division, url: str, evidence_url: str, words: str, day: str) -> Proposal:
    return Proposal(
        register_name(division), province_of(division), "", url, "linked by the portal above it", evidence_url, "low", day,
        "portal", division.level, "", words,
    )  # fmt: skip
