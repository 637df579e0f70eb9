"""Lists that hold more than they should: the reports of others, thousands of links, titles that do harm."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.replica.build import add_other
from tests.web.replica.columns import Entry, fillers
from tests.web.replica.quirks.kinds import Sites
from tests.web.replica.site import Site

LONG = 2000


def neighbours(site: Site, sites: Sites) -> None:
    """The list links the newest reports of two other sites, where these are."""
    for other in (sites["trs"], sites["jcms"]):
        entry, found = next(other.of_reports())
        add_other(site, Entry(entry.title, "other body", entry.year, entry.body_name, entry.published, found.url))


def long(site: Site, _: Sites) -> None:
    """One page with everything since the site began."""
    site.column.per_page = 2 * LONG
    missing = LONG - len(site.column.entries)
    for entry in fillers(site.bodies[0], range(2008, 2025), site.dice, missing):
        add_other(site, entry)


_FULL = str.maketrans("0123456789", "０１２３４５６７８９")

#: How a list shows the titles of its reports: all mean what they are.
ODD_TITLES: tuple[Callable[[str, int], str], ...] = (
    lambda body, year: f"  {body}\u3000{str(year).translate(_FULL)}年\u200b政府信息公开\n工作年度报告 ",
    lambda body, year: f"{body}{''.join('〇一二三四五六七八九'[int(d)] for d in str(year))}年政府信息公开工作年度报告",
    lambda body, year: f"{body}{year}年政府信息公开…",
)

#: Titles that do harm where they are believed. None is a report of a year.
HOSTILE_TITLES = (
    "<script>alert(document.cookie)</script>政府信息公开年报页面升级",
    "../../../../etc/passwd",
    '=HYPERLINK("http://10.0.0.1/","政府信息公开")',
    "\u202e告报度年作工开公息信府政年4202",
    "政府信息公开" + "工作" * 5000,
    "'); DROP TABLE reports; --",
    "\x1b[2J\x1b[31m政务公开\x1b[0m",
    "9999年政府信息公开工作年度报告目录",
)


def hostile(site: Site, _: Sites) -> None:
    """Reports whose links are written oddly, and links that mean harm."""
    reports = list(site.of_reports())
    for (entry, _found), odd in zip(reports, ODD_TITLES, strict=True):
        entry.title = f"{entry.body_name}{entry.year}年政府信息公开工作年度报告"
        entry.shown = odd(entry.body_name, entry.year)
    day = reports[0][0].published
    for title in HOSTILE_TITLES:
        add_other(site, Entry(title, "hostile title", 2024, site.bodies[0], day))
