"""A small made province: what is found from its portal, what is proposed, how politely; and what a review accepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from expectations.columns import polars_schema
from expectations.conformance import failures
from expectations.register import Proposals
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow import discovery, rules
from pipelines.harvest.grow.discover import MOST_REQUESTS, Found
from pipelines.harvest.register import portals, probes, proposals, sources
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.run import Registers
from pipelines.workspace import Workspace
from tests.made.province import PROVINCE, ProvinceWeb

DAY = date(2026, 11, 30)
GAP = 0.02
POLICY = Policy(
    contact="t@example.org", allow_loopback=True, delay_seconds=GAP, requests_per_second=1000, backoff_seconds=0.05
)


@dataclass(frozen=True, slots=True)
class Discovered:
    web: ProvinceWeb
    workspace: Workspace
    found: list[Found]
    proposals: list[proposals.Proposal]


def wanted(web: ProvinceWeb) -> list[discovery.Division]:
    codes = {site.division.code for site in web.sites}
    return [division for division in discovery.within(PROVINCE) if division.code in codes]


def register_of(web: ProvinceWeb) -> discovery.Register:
    top = web.sites[0]
    return discovery.Register(
        Registers([]), [Portal(PROVINCE, top.division.name, web.url(top), "added", web.url(top), "")], {}, []
    )


@pytest.fixture(scope="module")
def discovered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Discovered]:
    """3 cities, 9 counties, 10 departments each; one site of thirteen is dead, one behind a challenge."""
    workspace = Workspace(tmp_path_factory.mktemp("province"))
    with ProvinceWeb(cities=3, counties=9, departments=10) as web:
        known, among = register_of(web), wanted(web)
        begin = discovery.starts(known, among, 2025, DAY)
        found = discovery.discover(workspace, known, among, begin, POLICY, DAY, None, lambda one: None)
        yield Discovered(web, workspace, found, proposals.load(workspace.proposals))


def code_of(each: proposals.Proposal) -> str:
    return str(body_of_source(each.body_name, each.province, 2025).government_code)


def test_every_list_and_portal_is_found_and_nothing_wrong_is_proposed(discovered: Discovered) -> None:
    made = discovered.web.judged(
        (code_of(each), each.kind, each.covers or None, each.proposed_url) for each in discovered.proposals
    )
    assert made.wrong == ()
    assert made.lists == made.all_lists == 11
    # Each of the eleven has a list of its departments; the province has one of its cities, too.
    assert made.territories == made.all_territories == 12
    assert made.portals == made.all_portals == 12


def test_what_does_not_answer_is_told_and_not_proposed(discovered: Discovered) -> None:
    states = {site.division.code: site.answers for site in discovered.web.sites}
    told = {each.division.code: each.state for each in discovered.found if states[each.division.code] != "alive"}
    assert sorted(told.values()) == ["challenge", "dead"]
    assert {states[code] for code in told} == {"challenge", "dead"}


def test_the_walk_is_polite_and_small(discovered: Discovered) -> None:
    assert max(discovered.web.requests().values()) <= MOST_REQUESTS
    assert discovered.web.shortest_pause() >= GAP
    by_log = sum(discovered.web.requests().values())
    assert by_log == sum(each.requests for each in discovered.found)


def test_proposals_keep_the_contract_and_are_found_once(discovered: Discovered) -> None:
    rows = [{name: getattr(each, name) or None for name in polars_schema(Proposals)} for each in discovered.proposals]
    assert failures(Proposals, pl.DataFrame(rows, schema=polars_schema(Proposals))) == []
    before = discovered.workspace.proposals.read_bytes()
    assert proposals.add(discovered.workspace.proposals, discovered.proposals) == 0
    assert discovered.workspace.proposals.read_bytes() == before


def test_a_portal_that_was_walked_lately_is_left_alone(discovered: Discovered) -> None:
    known = register_of(discovered.web)
    looks = probes.load(probes.file_of(discovered.workspace))
    again = discovery.Register(known.registers, known.portals, looks, discovered.proposals)
    assert discovery.starts(again, wanted(discovered.web), 2025, DAY) == []
    # Later it is due again, and so are the twelve portals that wait for review.
    assert len(discovery.starts(again, wanted(discovered.web), 2025, date(2026, 12, 30))) == 13
    assert len(discovery.starts(again, wanted(discovered.web), 2025, DAY, again=True)) == 13


def test_the_rules_accept_what_names_its_body_and_leave_the_rest(discovered: Discovered, tmp_path: Path) -> None:
    accepted = rules.by_rules(discovered.proposals, [], [], 2025)
    sure = [each for each in discovered.proposals if each.confidence == "high"]
    assert accepted.keys() == {each.key for each in sure}
    where = rules.Registers(tmp_path / "sources.csv", tmp_path / "portals.csv")
    rules.accept(where, [each for each in sure if each.key in accepted], 2025)
    rows = sources.load(where.sources)
    assert {row.origin for row in rows} == {"reviewed"}
    lists = [each for each in sure if each.kind == "list"]
    assert {row.url for row in rows} == {each.proposed_url for each in lists}
    assert {row.code for row in portals.load(where.portals)} == {code_of(e) for e in sure if e.kind == "portal"}
    # What is accepted is known: such a government is not walked again.
    assert discovery.with_list(rows, {}, 2025) == {code_of(each) for each in lists}


def test_a_discovery_of_a_few_portals_is_gone_on_with(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    walked: list[str] = []
    with ProvinceWeb(cities=3, counties=0, departments=2, troubled=0) as web:
        known, among = register_of(web), wanted(web)
        for expected in (2, 2, 0):
            looks, rows = probes.load(probes.file_of(workspace)), proposals.load(workspace.proposals)
            now = discovery.Register(known.registers, known.portals, looks, rows)
            begin = discovery.starts(now, among, 2025, DAY)
            found = discovery.discover(workspace, now, among, begin, POLICY, DAY, 2, lambda one: None)
            assert len(found) == expected
            walked += [each.division.code for each in found]
        assert sorted(walked) == sorted(site.division.code for site in web.sites)
        assert {each.confidence for each in proposals.load(workspace.proposals) if each.kind == "portal"} == {"high"}
