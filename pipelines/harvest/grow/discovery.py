"""Which portals are walked, in which order, and what is written down of it.

Belongs here: from a request (a body, a province, all) to proposals in the workspace. Does not belong here: one portal
(`pipelines.harvest.grow.discover`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from pipelines.bodies.divisions import Division, divisions, is_holder
from pipelines.harvest.alone import alone
from pipelines.harvest.fetch.address import canonical, host_of
from pipelines.harvest.fetch.client import Client
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow.discover import Found, Walk
from pipelines.harvest.grow.look import client_of, look
from pipelines.harvest.register import probes, proposals
from pipelines.harvest.register.calendar import body_of_source, report_year_due
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe, list_state, probe_of
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import Source
from pipelines.harvest.run import Registers
from pipelines.workspace import Workspace

#: A portal on which nothing was found is walked anew after so many days.
_ANEW = timedelta(days=30)
_LEVELS = ("province", "prefecture", "county")
#: Portals whose finds are written down together, so that a run that is killed loses few.
_TOGETHER = 50

OnFound = Callable[[Found], None]


@dataclass(frozen=True, slots=True)
class Register:
    """What is known before a discovery begins."""

    registers: Registers
    portals: Sequence[Portal]
    probes: Mapping[str, Probe]
    proposals: Sequence[Proposal]


@dataclass(frozen=True, slots=True)
class Start:
    """One portal to be walked, and why; `is_sure` says that it is in the register of portals."""

    division: Division
    url: str
    host: str
    why: str
    is_sure: bool = True


def within(code: str | None = None) -> list[Division]:
    """The governments of the tree, all or those of one province or of one division, from the top."""
    every = (each for each in divisions().values() if not is_holder(each))
    found = [each for each in every if code is None or code in (each.code, *each.above)]
    return sorted(found, key=lambda each: (_LEVELS.index(each.level), each.code))


def with_list(sources: Iterable[Source], looks: Mapping[str, Probe], year: int) -> set[str]:
    """The codes of governments whose list is known to be one: confirmed, or read when it was looked at."""
    found: set[str] = set()
    for source in sources:
        seen = probe_of(source, looks)
        is_known = list_state(source, looks) == "confirmed" or (seen is not None and seen.state == "read")
        body = body_of_source(source.body_name, source.province, year) if source.is_walked and is_known else None
        if body and body.government_code and body.kind in ("government", "government_office"):
            found.add(body.government_code)
    return found


def starts(known: Register, wanted: Sequence[Division], year: int, today: date, *, again: bool = False) -> list[Start]:
    """The portals that are known or proposed and are to be walked, from the top of the tree: of governments that have no
    list, and of those above divisions that have no portal."""
    portals = {portal.code: portal.url for portal in known.portals}
    proposed = {code: each.proposed_url for code, each in proposed_portals(known, year).items()}
    listed = with_list(known.registers.sources, known.probes, year)
    orphans = {code for each in wanted if each.code not in portals for code in each.above}
    found = []
    for division in wanted:
        url = canonical(portals.get(division.code) or proposed.get(division.code, ""))
        why = _why(division, listed, orphans)
        if url and why and (again or not _is_fresh(known.probes.get(url), today)):
            found.append(Start(division, url, host_of(url) or "", why, is_sure=division.code in portals))
    return found


def proposed_portals(known: Register, year: int) -> dict[str, Proposal]:
    """The portals that were found and wait for review, by the code of their division; none of one that has a portal."""
    has_portal = {portal.code for portal in known.portals}
    found = {}
    for each in known.proposals:
        if each.kind == "portal" and each.state == "open":
            code = body_of_source(each.body_name, each.province, year).government_code
            if code is not None and code not in has_portal:
                found[code] = each
    return found


def _why(division: Division, listed: set[str], orphans: set[str]) -> str | None:
    if division.code not in listed:
        return "no list is known"
    return "divisions below have no portal" if division.code in orphans else None


def _is_fresh(last: Probe | None, today: date) -> bool:
    return last is not None and last.state != "unreached" and today - date.fromisoformat(last.probed_on) < _ANEW


def discover(
    workspace: Workspace,
    known: Register,
    wanted: Sequence[Division],
    begin: Sequence[Start],
    policy: Policy,
    today: date,
    most: int | None,
    on_found: OnFound,
) -> list[Found]:
    """Walk portals down, also those that are found on the way, and write what is proposed. At most `most` bodies.

    Raises `BusyError` where another walk is at work, `PolicyError` where no contact is set.
    """
    _ = policy.user_agent  # without a contact nothing begins
    with alone(workspace):
        return asyncio.run(_Discovery(workspace, known, wanted, policy, today, most, on_found).run(begin))


class _Discovery:
    """One run of it, level by level: what a province links is walked as a portal when the cities' turn comes."""

    def __init__(
        self,
        workspace: Workspace,
        known: Register,
        wanted: Sequence[Division],
        policy: Policy,
        today: date,
        most: int | None,
        on_found: OnFound,
    ) -> None:
        self._workspace, self._known, self._policy, self._today = workspace, known, policy, today
        self._wanted = {division.code for division in wanted}
        self._has_portal = {portal.code for portal in known.portals}
        self._left, self._on_found = most, on_found
        self._proposed = proposed_portals(known, report_year_due(today))
        self._linked: dict[str, tuple[Start, Proposal]] = {}
        self._done: list[Found] = []

    async def run(self, begin: Sequence[Start]) -> list[Found]:
        """Walk from the top; what was found is written down level by level, and when the run is stopped."""
        try:
            async with client_of(self._workspace, self._known.registers, self._policy) as client:
                for level in _LEVELS:
                    mine = [start for start in begin if start.division.level == level]
                    mine += [start for start, _ in self._linked.values() if start.division.level == level]
                    await self._level(client, mine[: self._left])
        finally:
            self._write([proposal for _, proposal in self._linked.values()])
        return self._done

    async def _level(self, client: Client, level: Sequence[Start]) -> None:
        if self._left is not None:
            self._left -= len(level)
        found: list[Found] = []

        async def one(start: Start) -> None:
            made = await self._walked(client, start)
            found.append(made)
            self._on_found(made)
            if len(found) >= _TOGETHER:
                done, found[:] = [*found], []
                self._take(done)

        try:
            await asyncio.gather(*(one(start) for start in level))
        finally:
            self._take(found)

    async def _walked(self, client: Client, start: Start) -> Found:
        ask = partial(look, client)
        walk = Walk(ask, start.division, start.url, self._today.isoformat(), is_sure=start.is_sure)
        try:
            return await walk.run()
        except Exception as error:  # whatever a hostile page brings about: one portal can never stop the run
            walk.found.state, walk.found.reason = "unreached", f"{type(error).__name__}: {error}"[:200]
            return walk.found

    def _take(self, found: Sequence[Found]) -> None:
        """Write down what a level gave, and remember the portals that it links."""
        self._done += found
        new = [proposal for each in found for proposal in each.proposals]
        for each in found:
            linked = self._linked.pop(each.division.code, None)
            proposal = linked[1] if linked else self._proposed.get(each.division.code)
            if proposal is not None and each.state != "general":
                new.append(self._of_portal(proposal, each))
            for division, url, link in each.portals:
                self._link(division, url, link)
        self._write(new)
        self._looked(found)

    def _of_portal(self, proposal: Proposal, found: Found) -> Proposal:
        """A portal that was walked, surer where its own title says whose it is."""
        is_sure = found.state in ("read", "empty")
        return replace(proposal, confidence="high") if is_sure else proposal

    def _link(self, division: Division, url: str, proposal: Proposal) -> None:
        plain = canonical(url)
        is_new = division.code not in self._has_portal and division.code not in self._proposed
        if plain and division.code in self._wanted and is_new:
            why = "linked by the portal above it"
            start = Start(division, plain, host_of(plain) or "", why, is_sure=False)
            self._linked.setdefault(division.code, (start, proposal))

    def _write(self, found: Sequence[Proposal]) -> None:
        proposals.add(self._workspace.proposals, found)

    def _looked(self, found: Sequence[Found]) -> None:
        probes.add(probes.file_of(self._workspace), [_portal_look(each, self._today) for each in found])


def _portal_look(found: Found, today: date) -> Probe:
    """The look at a portal: what is proposed from it stands in its reason."""
    state, code = ("general", None) if found.state == "read" else (found.state, "portal")
    reason = f"a portal; {len(found.proposals)} lists proposed" if found.state == "read" else found.reason
    url = canonical(found.portal_url) or found.portal_url
    return Probe(url, today.isoformat(), state, code, reason or "a portal", None, 0, None, 0, None, None)
