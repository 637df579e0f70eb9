"""Tells which links of a list are the reports that are looked for, and why the others are not.

Belongs here: choosing from one list. Does not belong here: reading it (`listing`), and judging a title (`titles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.listing import Listing, ListLink
from pipelines.harvest.discovery.same_body import is_same, is_within, with_division
from pipelines.harvest.discovery.title_words import COLLECTIVE, SUBJECT
from pipelines.harvest.discovery.titles import Title, judge

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
    """Holds what a list holds: reports, what was turned away, and folders of the years looked for."""

    reports: tuple[FoundReport, ...]
    turned_away: tuple[Turned, ...]
    folders: tuple[str, ...]


def choose(listing: Listing, body_name: str, covers: Covers = "body", years: frozenset[int] | None = None) -> Chosen:
    """The reports on a list that belongs to a body, of the given years or of all.

    `covers` is `body` where the list has the body's own reports only, `territory` where it has those of the bodies of
    its division and below too. Links that say nothing of reports, and those to columns, are left out.
    """
    in_column = is_column(listing)
    reports: dict[str, FoundReport] = {}
    turned: dict[str, Turned] = {}
    folders: dict[str, None] = {}
    for item in listing.items:
        key = addresses.page_key(item.url)
        if key == addresses.page_key(listing.url):
            continue
        title = _with_address(judge(item.title, item.published_on, in_column=in_column), item, in_column)
        if title.kind in ("nothing", "column"):
            continue
        if (refusal := _refusal(title, item, body_name, covers, years)) is not None:
            turned.setdefault(key, Turned(item.url, item.title, *refusal))
        elif title.kind == "year_folder":
            folders.setdefault(item.url)
        else:
            name = body_name
            if covers == "territory" and title.body_name:
                name = with_division(title.body_name, body_name, title.report_year)
            reports.setdefault(
                key, FoundReport(item.url, item.title, title.report_year, name, item.published_on, title.reason)
            )
    return Chosen(tuple(reports.values()), tuple(turned.values()), tuple(folders))


def is_column(listing: Listing) -> bool:
    """Tell whether a list is a column of annual reports, by its title or its address: there a bare year is a report's."""
    parts = _TITLE_PARTS.split(listing.title)
    parsed = addresses.split(listing.url)
    return any(_COLUMN_TITLE.search(part) for part in parts) or bool(parsed and _COLUMN_PATH.search(parsed.path))


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


def _refusal(
    title: Title, item: ListLink, body_name: str, covers: Covers, years: frozenset[int] | None
) -> tuple[str, str] | None:
    """Code and reason why a link is not taken; None where it is."""
    if title.kind not in ("report", "year_folder"):
        return title.kind, title.reason
    if years is not None and (late := _other_year(title, item.published_on, years)):
        return "other_year", late
    named = title.body_name
    if named is None:
        return None
    if title.kind == "year_folder" and COLLECTIVE.search(named):
        return None if covers == "territory" or _OWN_FOLDER.search(named) else ("other_body", f"of {named}")
    fits = is_same if covers == "body" else is_within
    return None if fits(named, body_name, title.report_year) else ("other_body", f"of {named}")


def _other_year(title: Title, published_on: date | None, years: frozenset[int]) -> str | None:
    """Tell why a report is of no year that is looked for. Without its year, one published too early for any of them."""
    if title.report_year is not None:
        return None if title.report_year in years else f"about {title.report_year}"
    if published_on is not None and years and published_on.year < min(years):
        return f"published on {published_on}"
    return None
