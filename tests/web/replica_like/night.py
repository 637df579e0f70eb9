"""One refresh over all made sites, judged by the server's log: what was found and named, and what it cost.

python -m tests.web.replica_like.night 1 2 3    # the matrix for these seeds
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.harvest import run
from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.harvest.register import proposals
from pipelines.harvest.walk.plan import Asked
from pipelines.workspace import Workspace
from tests.web.replica.hits import Hit
from tests.web.replica.rules import broken_rules
from tests.web.replica_like import KINDS
from tests.web.situations.serving import POLICY, Served
from tests.web.situations.situation import Situation

#: Seconds between two requests to one host.
GAP = 0.02


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one made site: reports that a person finds, those that were found, and named rightly; others; requests."""

    name: str
    expected: int
    found: int
    named: int
    others: tuple[str, ...]
    missed: tuple[str, ...]
    requests: int
    proposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A refresh of all made sites."""

    sites: Sequence[Judged]
    broken: Sequence[str]


def judged(seeds: Sequence[int], folder: Path) -> Whole:
    """Make the sites of all kinds for these seeds, refresh them, and judge."""
    made = [each for kind in KINDS for each in kind.made(seeds)]
    with Served([site for site, _, _ in made]) as served:
        found: list[Judged] = []
        for year in {year for _, _, year in made}:
            those = [(site, named) for site, named, asked in made if asked == year]
            workspace = _refreshed(served, [site for site, _ in those], year, folder / str(year))
            with closing(Ledger(workspace.ledger)) as ledger:
                fetches = list(ledger.documents())
            kept = proposals.load(workspace.proposals)
            found += [_of_site(served, site, named, fetches, kept) for site, named in those]
        return Whole(found, broken_rules(served.all_hits(), {}, GAP))


def _refreshed(served: Served, sites: Sequence[Situation], year: int | None, folder: Path) -> Workspace:
    sources = [source for site in sites for source in served.sources(site)]
    policy = replace(POLICY, delay_seconds=GAP)
    workspace = Workspace(folder)
    run.run(workspace, run.Registers(sources), Asked(frozenset((year,)) if year else None), policy)
    return workspace


def _of_site(
    served: Served,
    site: Situation,
    named: dict[str, tuple[str, int]],
    fetches: Sequence[Fetch],
    kept: Sequence[proposals.Proposal],
) -> Judged:
    base = served.base(site)
    got = {each.url.removeprefix(base): each for each in fetches if each.url.startswith(base + "/")}
    hits: list[Hit] = served.hits(site)
    right = [path for path, (body, year) in named.items() if path in got and _is(got[path], body, year)]
    return Judged(
        site.name,
        len(named),
        len(named.keys() & got.keys()),
        len(right),
        tuple(sorted(got.keys() - named.keys())),
        tuple(sorted(named.keys() - got.keys())),
        len(hits),
        tuple(each.proposed_url.removeprefix(base) for each in kept if each.proposed_url.startswith(base + "/")),
    )


def _is(fetch: Fetch, body: str, year: int) -> bool:
    """Tell whether a report was filed as a body's of a year; 本级 names are compared by their end."""
    name = (fetch.body_name or "").removesuffix("人民政府").removesuffix("政府")
    return fetch.report_year == year and (body.removesuffix("人民政府").endswith(name) and len(name) > 1)


def table(whole: Whole) -> str:
    """The matrix: a line a kind."""
    by_kind: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in whole.sites:
        by_kind[each.name.rpartition("-")[0]].append(each)
    lines = ["| kind | sites | reports | found | named | others | requests a site |", "|---|---|---|---|---|---|---|"]
    for name, those in by_kind.items():
        sums = [sum(getattr(each, field) for each in those) for field in ("expected", "found", "named", "requests")]
        others = sum(len(each.others) for each in those)
        lines.append(
            f"| {name} | {len(those)} | {sums[0]} | {sums[1]} | {sums[2]} | {others} | {sums[3] / len(those):.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        seen = judged([int(seed) for seed in sys.argv[1:]] or [1], Path(place))
    print(table(seen))
    for each in seen.sites:
        if each.missed or each.others or each.named < each.expected:
            print(each)
    print(*seen.broken[:20], sep="\n")
