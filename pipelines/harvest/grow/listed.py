"""Tells what a page lists, whoever it belongs to: reports, of which years and bodies; or why it is no list of reports.

Belongs here: one page → its state. Does not belong here: whose list it is (`pipelines.harvest.grow.claims`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.discovery.reports import Chosen, choose, is_column
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.walk.page_links import report_title

#: A page with so many articles of which less than this share are reports is a column of all kinds of notices.
_MANY = 10
_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Listed:
    """Holds what a page lists: `state` is `read`, `empty`, `script` or `general`. `bodies` are those that reports name."""

    state: str
    reason: str
    reports: int
    newest_year: int | None
    bodies: tuple[str, ...]
    listing: Listing


def listed(data: bytes, url: str, content_type: str | None) -> Listed:
    """Tell what a page lists. Never raises."""
    listing = read_listing(data, url, content_type)
    chosen = choose(listing, "", "territory")
    years = [report.report_year for report in chosen.reports]
    years += [judge(folder.title, folder.published_on).report_year for folder in listing.years]
    newest = max((year for year in years if year is not None), default=None)
    bodies = tuple(dict.fromkeys(report.body_name for report in chosen.reports if report.body_name))
    state, reason = _state(listing, chosen, newest, data)
    return Listed(state, reason, len(chosen.reports), newest if state != "empty" else None, bodies, listing)


def _state(listing: Listing, chosen: Chosen, newest: int | None, data: bytes) -> tuple[str, str]:
    if addresses.is_root(listing.url):
        return "general", "a home page"
    articles, found = _articles(listing), len(chosen.reports)
    is_mixed = articles >= _MANY and found < articles * _SHARE and not is_column(listing)
    if found and not is_mixed:
        return "read", f"{found} reports" + (f", the newest of {newest}" if newest else "")
    if found:
        return "general", f"{found} reports among {articles} articles: a column of all kinds of notices"
    if newest is not None and (is_column(listing) or len(listing.years) > 1):
        return "read", f"folders of years up to {newest}"
    return _without(listing, articles, data)


def _articles(listing: Listing) -> int:
    """How many articles a page links, by their addresses or by the dates beside them."""
    by_address = sum(addresses.is_article(item.url) for item in listing.items)
    return max(by_address, sum(item.published_on is not None for item in listing.items))


def _without(listing: Listing, articles: int, data: bytes) -> tuple[str, str]:
    """Tell why a page has no report."""
    alone = report_title(data)
    if alone is not None:
        return "empty", "it is a report itself, no list of reports"
    if listing.frames:
        return "script", f"drawn by a script or a frame: {_named(listing.frames)}"
    if articles >= _MANY and not is_column(listing):
        return "general", f"{articles} articles, and no report among them"
    return "empty", f"it leads to {_named(c.url for c in listing.columns)}" if listing.columns else "nothing recognised"


def _named(urls: Iterable[str]) -> str:
    return ", ".join(list(urls)[:3])
