"""Tells which links of a list are the reports that are looked for, and why the others are not.

Belongs here: choosing from one list. Does not belong here: reading it (`listing`), and judging a title (`titles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.groups import group_of, may_hold
from pipelines.harvest.discovery.listing import Listing, ListLink
from pipelines.harvest.discovery.same_body import is_same, is_within, with_division
from pipelines.harvest.discovery.title_bodies import organ_before
from pipelines.harvest.discovery.title_words import COLLECTIVE, SUBJECT
from pipelines.harvest.discovery.titles import Title, judge
from pipelines.harvest.discovery.within import (
    NOWHERE,
    Bare,
    Folder,
    Within,
    bare_name,
    followed,
    leads_on,
    of_the_list,
    own_year,
    place_year,
)

Covers = Literal["body", "territory"]

_COLUMN_TITLE = re.compile(r"(?:信息|政务)公开.{0,8}(?:年报|年度报告)|^\W*(?:年报|年度报告)\W*$")
_COLUMN_PATH = re.compile(r"nb(?:_\w+)?/|ndbg|ndgzbg|ndgkbg|nianbao|annualreport", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"[-_|—>]+")
_OWN_FOLDER = re.compile(r"本级|本机关|政府$")


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report to be fetched. `report_year` is None where neither title nor date tells it; `reason` says how it is known."""

    url: str
    title: str
    report_year: int | None
    body_name: str
    published_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A link that is not taken: `code` is the kind of its title, `other_body` or `other_year`."""

    url: str
    title: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Holds what a list holds: reports, what was turned away, and folders of years, groups and bodies that are looked for.

    `years` are those of all reports of the body that were seen, looked for or not.
    """

    reports: tuple[FoundReport, ...]
    turned_away: tuple[Turned, ...]
    folders: tuple[Folder, ...]
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose reports are looked for on a list, of which years, and what is known of the list."""

    body_name: str
    covers: Covers
    years: frozenset[int] | None
    within: Within
    in_column: bool
    year: int | None


class _Found:
    """What a list was found to hold so far."""

    def __init__(self) -> None:
        self.reports: dict[str, FoundReport] = {}
        self.turned: dict[str, Turned] = {}
        self.folders: dict[str, Folder] = {}
        self.bare: list[Folder] = []
        #: Articles under nothing but a body's name: of the list, or of a menu.
        self.names: dict[ListLink, Bare] = {}
        self.years: set[int] = set()


def choose(
    listing: Listing,
    body_name: str,
    covers: Covers = "body",
    years: frozenset[int] | None = None,
    within: Within = NOWHERE,
) -> Chosen:
    """The reports on a list that belongs to a body, of the given years or of all.

    `covers` is `body` where the list has the body's own reports only, `territory` where it has those of the bodies of
    its division and below too; `within` is what the folders say that led to the list. Links that say nothing of reports,
    and those to columns, are left out.
    """
    in_column = within.in_column or is_column(listing)
    year = own_year(listing, within) if in_column else None
    within = replace(within, in_column=in_column)
    asked, found = _Asked(body_name, covers, years, within, in_column, year), _Found()
    for item in listing.items:
        if addresses.page_key(item.url) == addresses.page_key(listing.url):
            continue
        title = _with_address(judge(item.title, item.published_on, in_column=in_column), item, in_column)
        if title.kind not in ("nothing", "column") and not (in_column and _is_group(item, title)):
            _titled(found, asked, item, title)
        elif in_column and (bare := bare_name(item, listing, year)) is not None:
            _named(found, asked, item, bare)
    for item in of_the_list(list(found.names), listing):
        _bare_report(found, asked, item, found.names[item])
    for folder in followed(found.bare, listing):
        found.folders.setdefault(addresses.page_key(folder.url), folder)
    return Chosen(
        tuple(found.reports.values()),
        tuple(found.turned.values()),
        tuple(found.folders.values()),
        frozenset(found.years),
    )


def _is_group(item: ListLink, title: Title) -> bool:
    """Tell whether what reads like a report leads to a folder of many bodies' reports: 2025年街道办事处年报."""
    is_other = title.kind in ("report", "other_report")
    return is_other and leads_on(item.url) and group_of(item.title) is not None


def _titled(found: _Found, asked: _Asked, item: ListLink, title: Title) -> None:
    """A link whose title says what it is."""
    key = addresses.page_key(item.url)
    if title.kind == "report" and title.report_year is None and asked.in_column:
        title = replace(title, report_year=place_year(item, asked.year))
    refusal = _refusal(title, item, asked)
    if title.report_year and title.kind == "report" and (refusal is None or refusal[0] == "other_year"):
        found.years.add(title.report_year)
    if refusal is not None:
        _turn(found, item, *refusal)
    elif title.kind == "year_folder":
        group = title.body_name if title.body_name and COLLECTIVE.search(title.body_name) else None
        found.folders.setdefault(key, Folder(item.url, asked.within.at(year=title.report_year, group=group)))
    else:
        named = title.body_name or asked.within.body or _named_beside(item, asked, title.report_year)
        _take(found, asked, item, title.report_year, named, title.reason)


def _named_beside(item: ListLink, asked: _Asked, year: int | None) -> str | None:
    """The body that a row, or the heading above, names for a report of a territory whose title names nobody."""
    if asked.covers != "territory":
        return None
    names = (organ_before(text, "") for text in (item.label, item.heading) if text and not group_of(text))
    return next((name for name in names if name and _fits(name, asked, year)), None)


def _named(found: _Found, asked: _Asked, item: ListLink, bare: Bare) -> None:
    """A link that only says whose: a body's report of the list's year, or a folder of one body or of a group."""
    if not leads_on(item.url):
        if not bare.is_group and bare.place_year is not None:
            found.names[item] = bare
        return
    if asked.years and bare.year and bare.year not in asked.years:
        return
    if bare.is_group:
        if asked.covers == "territory" or may_hold(bare.name, asked.body_name):
            found.bare.append(Folder(item.url, asked.within.at(year=bare.year, group=bare.name)))
    elif _fits(bare.name, asked, bare.year):
        found.bare.append(Folder(item.url, asked.within.at(year=bare.year, body=bare.name)))


def _bare_report(found: _Found, asked: _Asked, item: ListLink, bare: Bare) -> None:
    """A report under nothing but its body's name."""
    late = _other_year_of(bare.year, item.published_on, asked.years) if asked.years is not None else None
    if not _fits(bare.name, asked, bare.year):
        _turn(found, item, "other_body", f"of {bare.name}")
        return
    found.years.update({bare.year} if bare.year else ())
    if late:
        _turn(found, item, "other_year", late)
    else:
        _take(found, asked, item, bare.year, bare.name, f"a body's name in the list of {bare.place_year}")


def _fits(named: str, asked: _Asked, year: int | None) -> bool:
    """Tell whether a name is that of the body, or of one of its territory."""
    return (is_same if asked.covers == "body" else is_within)(named, asked.body_name, year)


def _turn(found: _Found, item: ListLink, code: str, reason: str) -> None:
    found.turned.setdefault(addresses.page_key(item.url), Turned(item.url, item.title, code, reason))


def _take(found: _Found, asked: _Asked, item: ListLink, year: int | None, named: str | None, reason: str) -> None:
    name = asked.body_name
    if asked.covers == "territory" and named:
        name = with_division(named, asked.body_name, year)
    report = FoundReport(item.url, item.title, year, name, item.published_on, reason)
    found.reports.setdefault(addresses.page_key(item.url), report)


def is_column(listing: Listing) -> bool:
    """Tell whether a list is a column of annual reports, by its title or its address: there a bare year is a report's."""
    parsed = addresses.split(listing.url)
    return is_titled_column(listing) or bool(parsed and _COLUMN_PATH.search(parsed.path))


def is_titled_column(listing: Listing) -> bool:
    """The same by its title alone: an address can say so of a column that holds all sorts of things."""
    return any(_COLUMN_TITLE.search(part) for part in _TITLE_PARTS.split(listing.title))


def _with_address(title: Title, item: ListLink, in_column: bool) -> Title:
    """Tell what a bare title leaves open, the address tells: whether 2024年 is a report or a folder."""
    is_bare = not SUBJECT.search(item.title)
    if title.kind == "report" and is_bare and addresses.is_folder(item.url):
        return Title("year_folder", title.report_year, title.body_name, "a year, and the address is a folder's")
    if not in_column or not addresses.is_article(item.url) or COLLECTIVE.search(title.body_name or ""):
        return title
    if title.kind == "year_folder" and is_bare:
        return Title("report", title.report_year, title.body_name, "a year, and the address is an article's")
    if title.kind == "column" and not is_bare:
        return Title("report", title.report_year, title.body_name, "no year, and the address is an article's")
    return title


def _refusal(title: Title, item: ListLink, asked: _Asked) -> tuple[str, str] | None:
    """Code and reason why a link is not taken; None where it is."""
    if title.kind not in ("report", "year_folder"):
        return title.kind, title.reason
    if asked.years is not None and (late := _other_year_of(title.report_year, item.published_on, asked.years)):
        return "other_year", late
    named = title.body_name
    if named is None:
        return _refusal_of_group(title, asked)
    if title.kind == "year_folder" and COLLECTIVE.search(named):
        is_wanted = asked.covers == "territory" or _OWN_FOLDER.search(named) or may_hold(named, asked.body_name)
        return None if is_wanted else ("other_body", f"of {named}")
    return None if _fits(named, asked, title.report_year) else ("other_body", f"of {named}")


def _refusal_of_group(title: Title, asked: _Asked) -> tuple[str, str] | None:
    """A report that names nobody is the body's own, but not in a group of many."""
    group = asked.within.group
    if title.kind != "report" or group is None or asked.within.body or asked.covers == "territory":
        return None
    return "other_body", f"of one of {group}, which is not said"


def _other_year_of(year: int | None, published_on: date | None, years: frozenset[int]) -> str | None:
    """Tell why a report is of no year that is looked for. Without its year, one published too early for any of them."""
    if year is not None:
        return None if year in years else f"about {year}"
    if published_on is not None and years and published_on.year < min(years):
        return f"published on {published_on}"
    return None
