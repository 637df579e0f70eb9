"""Tells whose list a page is: that of a government alone, of its whole territory, or not its own.

Belongs here: one page against one government. Does not belong here: finding the page (`pipelines.harvest.grow.discover`).
In doubt it is nobody's: a proposal that is wrong costs more than one that is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.bodies.divisions import Division
from pipelines.bodies.naming import body_of
from pipelines.harvest.discovery.listing import Listing
from pipelines.harvest.discovery.reports import Chosen, choose, is_column
from pipelines.harvest.discovery.same_body import is_same, is_within
from pipelines.harvest.discovery.title_words import COLLECTIVE
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.register.names import full_name
from pipelines.harvest.register.portals import domain_of
from pipelines.harvest.register.proposals import Confidence
from pipelines.harvest.register.sources import host_name_of

#: So many other bodies of a division make a list one of its territory.
_SEVERAL = 2
_PARTS = re.compile(r"[-_|—–>＞»\s]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """Says what a page is to a government: `covers` as in the register, how sure, and what the page shows, literally.

    `has_own` says that the government's own report is on it, `bodies` are the others that it names.
    """

    covers: str
    confidence: Confidence
    evidence: str
    has_own: bool = True
    bodies: tuple[str, ...] = ()


def claim(listing: Listing, division: Division, portal_url: str, *, in_column: bool = False) -> Claim | None:
    """Tell what a page of reports is to a government; None where it is not its own, or has none.

    `in_column` says that the page was reached through a column of annual reports on the portal itself.
    """
    name = full_name(division)
    own, all_of_it = choose(listing, name, "body"), choose(listing, name, "territory")
    others = _others(all_of_it, division)
    strangers = [turned for turned in all_of_it.turned_away if turned.code == "other_body"]
    if len(strangers) >= max(1, len(all_of_it.reports)) or _is_of_another(listing, division):
        return None
    if len(others) >= _SEVERAL and not strangers:
        says = f"names {len(others)} bodies, as {'、'.join(others[:3])}"
        return Claim("territory", "high", says, len(all_of_it.reports) > len(others), tuple(others))
    named = [report.title for report in own.reports if _names(report.title, division)]
    if named:
        return Claim("body", "high", named[0])
    is_at_home = domain_of(host_name_of(listing.url)) == domain_of(host_name_of(portal_url))
    if own.reports and is_at_home and (in_column or is_column(listing)) and not others:
        return Claim("body", "medium", own.reports[0].title)
    return None


def _others(chosen: Chosen, division: Division) -> list[str]:
    """The bodies of a territory that reports name, but for its government."""
    names = dict.fromkeys(report.body_name for report in chosen.reports if report.body_name)
    return [name for name in names if not is_same(name, full_name(division))]


def _names(title: str, division: Division) -> bool:
    """Tell whether a title names the government itself with its own name, not only 县政府."""
    named = judge(title).body_name
    return named is not None and is_same(named, full_name(division)) and division.name[:2] in named


def _is_of_another(listing: Listing, division: Division) -> bool:
    """Tell whether the page's title names another body: one of its departments, or a government above."""
    for part in _PARTS.split(listing.title):
        named = judge(part, in_column=True).body_name or _bare(part)
        if named and COLLECTIVE.search(named):
            continue  # 部门, 县市区: of many bodies
        if named and not is_same(named, full_name(division)):
            if not is_within(named, full_name(division)):
                return True
            body = body_of(named, full_name(division))
            if body.kind not in ("government", "government_office", "unresolved"):
                return True
    return False


def _bare(part: str) -> str | None:
    """A part of a title that is a body's name and nothing else."""
    plain = part.removesuffix("门户网站").removesuffix("网站").removesuffix("官网")
    body = body_of(plain)
    is_name = body.kind in ("government", "department", "township") and body.government_code is not None
    return plain if is_name else None
