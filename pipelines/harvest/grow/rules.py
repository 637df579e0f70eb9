"""Which proposals are accepted without a person, by which rule, and what accepting does to the registers.

Belongs here: the rules, each with its words, and the rows that they change. Does not belong here: finding
(`pipelines.harvest.grow.discovery`), or the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.bodies.divisions import divisions
from pipelines.harvest.discovery.same_body import is_same
from pipelines.harvest.register import portals as portal_register
from pipelines.harvest.register import sources as source_register
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe, probe_of
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.review import place_of
from pipelines.harvest.register.sources import Source
from pipelines.harvest.register.suspects import suspicions

#: Rule → its words, as they are shown and kept.
RULES: Mapping[str, str] = {
    "list_names_its_body": "a list whose reports name the body, or several bodies of its territory, and whose address nobody doubts 目录中的报告写明该机关，或列出其辖区多个机关",
    "list_was_found_again": "a list of the register that has moved, as its own reports, the folder above or a redirect for good say 登记的目录已迁移，由其报告、上级栏目或永久跳转指明",
    "portal_says_its_name": "a portal that its government's portal above links, whose title names the division 由上级门户链接，且标题写明该地区",
    "probe_read_its_reports": "a list of the register that was looked at and holds reports that name the body, of this year or the last 探测到写明该机关的近两年报告",
}


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers that a review changes, and where they are."""

    sources: Path
    portals: Path


def by_rules(
    open_ones: Sequence[Proposal], sources: Sequence[Source], portals: Sequence[Portal], year: int
) -> dict[tuple[str, str, str, str], str]:
    """The proposals that a rule accepts: key → rule. What two bodies claim alone is left to a person."""
    claimed = _claimed(open_ones, sources)
    found = {}
    for each in open_ones:
        if each.confidence != "high" or each.state != "open":
            continue
        if each.kind == "portal" and _is_free(each, portals, year):
            found[each.key] = "portal_says_its_name"
        if (
            each.kind == "list"
            and _is_undisputed(each, claimed)
            and not suspicions([as_source(each, year)], portals, year)
        ):
            found[each.key] = "list_was_found_again" if each.old_url else "list_names_its_body"
    return found


def _claimed(open_ones: Iterable[Proposal], sources: Iterable[Source]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for each in open_ones:
        if each.kind == "list":
            found.setdefault(each.proposed_url, set()).add((each.province, each.body_name))
    for source in sources:
        if source.is_walked and source.url in found and source.origin != "derived":
            found[source.url].add(source.body)
    return found


def _is_undisputed(each: Proposal, claimed: Mapping[str, set[tuple[str, str]]]) -> bool:
    return claimed.get(each.proposed_url, set()) <= {(each.province, each.body_name)}


def _is_free(each: Proposal, portals: Iterable[Portal], year: int) -> bool:
    """Tell whether no portal of another division stands at the address."""
    code = body_of_source(each.body_name, each.province, year).government_code
    return code in divisions() and all(portal.url != each.proposed_url or portal.code == code for portal in portals)


def confirmed_by_probe(sources: Sequence[Source], probes: Mapping[str, Probe], year: int) -> list[Source]:
    """The lists of the register that a look confirms: they hold reports that name their body, of `year` or the year before."""
    found = []
    for source in sources:
        seen = probe_of(source, probes) if source.kind == "list" and source.origin in ("derived", "suspect") else None
        if seen is None or seen.state != "read" or (seen.newest_year or 0) < year - 1:
            continue
        names = (seen.bodies or "").split("；")
        if any(name and is_same(name, source.body_name) for name in names):
            found.append(replace(source, origin="reviewed"))
    return found


def accept(where: Registers, accepted: Sequence[Proposal], year: int) -> None:
    """Put proposals into the registers; one that replaces an address takes its row out. Raises `DataFileError`."""
    lists = [each for each in accepted if each.kind == "list"]
    if lists:
        known = source_register.load(where.sources) if where.sources.exists() else []
        old = {(*row.body, row.url): row for row in known if row.kind == "list"}
        gone = [row for each in lists if (row := old.get((each.province, each.body_name, each.old_url)))]
        rows = [as_source(each, year, old.get((each.province, each.body_name, each.old_url))) for each in lists]
        source_register.replace_all(where.sources, rows, gone)
    for each in accepted:
        if each.kind == "portal":
            code = str(body_of_source(each.body_name, each.province, year).government_code)
            portal = Portal(
                code, divisions()[code].name, each.proposed_url, "reviewed", each.evidence_url, each.evidence
            )
            portal_register.add(where.portals, portal)


def as_source(each: Proposal, year: int, old: Source | None = None) -> Source:
    """The row of the register that a proposed list would be; what it leaves open is as in the row that it replaces."""
    place, level = place_of(body_of_source(each.body_name, each.province, year))
    return Source(
        each.body_name,
        each.province or place or "",
        each.level or (old.level if old else level or ""),
        "list",
        each.covers or ((old.covers if old else None) or "body"),
        None,
        each.proposed_url,
        "reviewed",
        f"found by {each.how_found}",
    )
