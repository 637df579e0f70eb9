"""Discovery against a made province: share of lists found, requests a body, wrong proposals; exit code 1 where one is wrong.

.venv/bin/python -m benchmarks.province                            # 12 cities, 90 counties, 40 departments: seconds
.venv/bin/python -m benchmarks.province --known-portals            # all portals are known, not only the province's
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow import discovery
from pipelines.harvest.grow.discover import MOST_REQUESTS, Found
from pipelines.harvest.grow.probe import due_looks, probe
from pipelines.harvest.grow.rules import as_source
from pipelines.harvest.register import proposals
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.run import Registers
from pipelines.workspace import Workspace
from tests.made.province import PROVINCE, Judged, ProvinceWeb

DAY, YEAR = date(2026, 11, 30), 2025


def discovered(web: ProvinceWeb, workspace: Workspace, policy: Policy, *, knows_portals: bool) -> list[Found]:
    """Walk the province from its portal, or from all of them."""
    sites = web.sites if knows_portals else web.sites[:1]
    homes = [
        Portal(each.division.code, each.division.name, web.url(each), "added", web.url(each), "") for each in sites
    ]
    codes = {site.division.code for site in web.sites}
    wanted = [division for division in discovery.within(PROVINCE) if division.code in codes]
    known = discovery.Register(Registers([]), homes, {}, [])
    begin = discovery.starts(known, wanted, YEAR, DAY)
    return discovery.discover(workspace, known, wanted, begin, policy, DAY, None, lambda one: None)


def judged(web: ProvinceWeb, workspace: Workspace) -> Judged:
    """Hold what was proposed against the truth."""
    return web.judged(
        (
            str(body_of_source(each.body_name, each.province, YEAR).government_code),
            each.kind,
            each.covers or None,
            each.proposed_url,
        )
        for each in proposals.load(workspace.proposals)
    )


def probed(workspace: Workspace, policy: Policy) -> Counter[str]:
    """Look at every list that was proposed: how many in each state."""
    rows = [as_source(each, YEAR) for each in proposals.load(workspace.proposals) if each.kind == "list"]
    found = probe(workspace, Registers(rows), due_looks(rows, {}, set(), DAY), policy, DAY, lambda one: None)
    return Counter(each.state for each in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cities", type=int, default=12)
    parser.add_argument("--counties", type=int, default=90)
    parser.add_argument("--departments", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--known-portals", action="store_true")
    given = parser.parse_args()
    policy = Policy(
        contact="t@example.org", allow_loopback=True, delay_seconds=0.02, requests_per_second=1000, backoff_seconds=0.05
    )
    size = {"cities": given.cities, "counties": given.counties, "departments": given.departments}
    with ProvinceWeb(seed=given.seed, **size) as web, tempfile.TemporaryDirectory() as folder:
        workspace, began = Workspace(Path(folder)), time.monotonic()
        found = discovered(web, workspace, policy, knows_portals=given.known_portals)
        seconds, said, by_host = time.monotonic() - began, judged(web, workspace), web.requests()
        reached = sum(each.state == "read" for each in found)
        print(
            "| portals known | sites (answering) | portals reached | own lists | of several bodies | wrong | requests a body, mean (most) | s |"
        )
        print("|---|---|---|---|---|---|---|---|")
        print(
            f"| {'all' if given.known_portals else 1} | {len(web.sites)} ({said.all_lists}) | {reached} "
            f"| {said.lists} ({said.lists / said.all_lists:.0%}) | {said.territories} ({said.territories / said.all_territories:.0%}) "
            f"| {len(said.wrong)} | {sum(by_host.values()) / len(by_host):.1f} ({max(by_host.values())}) | {seconds:.0f} |"
        )
        print("states of portals:", dict(Counter(each.state for each in found)))
        print("looks at what was proposed:", dict(probed(workspace, policy)))
    sys.exit(1 if said.wrong or max(by_host.values()) > MOST_REQUESTS else 0)


if __name__ == "__main__":
    main()
