"""What somebody with a browser in China must still collect: the portals and lists of governments that nothing here tells.

Belongs here: which, and in which order. Does not belong here: finding them (`pipelines.harvest.grow.discovery`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.bodies.divisions import Division, divisions
from pipelines.harvest.grow.discovery import with_list
from pipelines.harvest.register.names import province_of, register_name
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import Source


@dataclass(frozen=True, slots=True)
class Wanted:
    """One government without a portal or list: `missing` is `portal` or `list`; `why` says what would give it.

    `portal_url` and `list_url` are what is known, to be filled in where empty; `below` counts the governments below it.
    """

    code: str
    name: str
    province: str
    level: str
    missing: str
    portal_url: str | None
    list_url: str | None
    below: int
    why: str


def wanted(
    sources: Sequence[Source],
    portals: Iterable[Portal],
    probes: Mapping[str, Probe],
    proposed: Iterable[Proposal],
    among: Sequence[Division],
    year: int,
) -> list[Wanted]:
    """The governments that lack something, those with most governments below first: their portals lead to the others."""
    urls = {portal.code: portal.url for portal in portals}
    listed = with_list(sources, probes, year)
    open_ones = {(each.province, each.body_name): each for each in proposed if each.state == "open"}
    below = Counter(code for each in divisions().values() for code in each.above)
    found = []
    for each in among:
        if each.code in listed or (province_of(each), register_name(each)) in open_ones:
            continue
        missing, why = (
            ("list", _why(urls[each.code], probes)) if each.code in urls else ("portal", "no portal is known")
        )
        found.append(
            Wanted(each.code, register_name(each), province_of(each), each.level, missing, urls.get(each.code), None, below[each.code], why)
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.missing != "portal", -each.below, each.code))


def _why(url: str, probes: Mapping[str, Probe]) -> str:
    seen = probes.get(url)
    if seen is None:
        return "its portal was not walked yet: gongkai sources discover"
    return f"its portal was walked on {seen.probed_on}: {seen.reason}"
