"""The walk of one portal: where it goes from a home page that is not what it was, and what it leaves alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from pipelines.bodies.divisions import divisions
from pipelines.harvest.grow.discover import MOST_REQUESTS, Found, Walk
from pipelines.harvest.grow.look import Look

COUNTY, CITY = divisions()["330324"], divisions()["330300"]
HOME = "http://www.yj.gov.cn/"
REPORTS = [("t1_10001.html", "永嘉县人民政府2025年政府信息公开工作年度报告")]


def page(title: str, *links: tuple[str, str]) -> bytes:
    items = "".join(f"<li><a href='{href}'>{text}</a></li>" for href, text in links)
    return f"<html><meta charset='utf-8'><title>{title}</title><body><ul>{items}</ul></body></html>".encode()


def walked(pages: Mapping[str, bytes], *, moved: Mapping[str, str] | None = None, is_sure: bool = True) -> Found:
    """Walk the portal of 永嘉县 over pages by address; what is not among them is gone."""

    async def ask(url: str, redirects: int) -> Look:
        landed = (moved or {}).get(url, url)
        if landed in pages:
            return Look(url, landed, None, None, "a page", pages[landed], "text/html", 1 + (landed != url))
        return Look(url, landed, "dead", "http_404", "the site answers 404", requests=1)

    return asyncio.run(Walk(ask, COUNTY, HOME, "2026-11-30", is_sure=is_sure).run())


def test_a_portal_that_moved_to_another_domain_is_followed_where_its_title_says_whose_it_is() -> None:
    there = "https://www.yongjia.gov.cn/"
    pages = {
        there: page("永嘉县人民政府", (f"{there}nb/", "政府信息公开年报")),
        f"{there}nb/": page("政府信息公开年报", *REPORTS),
    }
    found = walked(pages, moved={HOME: there})
    assert [(each.proposed_url, each.confidence) for each in found.proposals] == [(f"{there}nb/", "high")]
    pages[there] = page("温州市人民政府", (f"{there}nb/", "政府信息公开年报"))
    found = walked(pages, moved={HOME: there})
    assert (found.state, found.proposals) == ("general", [])
    assert "not 永嘉县" in found.reason


def test_a_portal_that_is_only_linked_must_bear_its_governments_name() -> None:
    column = {f"{HOME}nb/": page("政府信息公开年报", *REPORTS)}
    links = (f"{HOME}nb/", "政府信息公开年报")
    assert walked({HOME: page("永嘉县旅游网", links), **column}, is_sure=False).state == "general"
    assert walked({HOME: page("永嘉县人民政府门户网站", links), **column}, is_sure=False).state == "read"
    assert walked({HOME: page("欢迎访问", links), **column}).state == "read"


def test_no_other_site_and_no_fourth_level_is_asked_for() -> None:
    asked: list[str] = []
    links = [("http://www.wenzhou.gov.cn/nb/", "政府信息公开年报"), ("/1/", "政务公开")]
    pages = {
        HOME: page("永嘉县人民政府", *links),
        f"{HOME}1/": page("政务公开", ("/2/", "政府信息公开")),
        f"{HOME}2/": page("政府信息公开", ("/3/", "信息公开专栏")),
        f"{HOME}3/": page("信息公开专栏", ("/4/", "法定主动公开内容")),
    }

    async def ask(url: str, redirects: int) -> Look:
        asked.append(url)
        return Look(url, url, None, None, "a page", pages[url], "text/html", 1)

    found = asyncio.run(Walk(ask, COUNTY, HOME, "2026-11-30", is_sure=True).run())
    assert asked == [HOME, f"{HOME}1/", f"{HOME}2/", f"{HOME}3/"]
    assert (found.state, found.requests) == ("empty", 5)


def test_a_site_without_end_is_left_after_eight_requests() -> None:
    def links(n: int) -> bytes:
        return page("政务公开", *((f"/{n}-{m}/", "政府信息公开年报") for m in range(20)))

    found = walked({HOME: links(0), **{f"{HOME}0-{m}/": links(m + 1) for m in range(20)}})
    assert found.requests == MOST_REQUESTS
    assert found.proposals == []


def test_a_dead_portal_says_so() -> None:
    found = walked({})
    # By http and by https, with a robots.txt each.
    assert (found.state, found.reason, found.requests) == ("dead", "the site answers 404", 4)


def test_a_portal_that_is_closed_by_http_is_tried_by_https() -> None:
    there = "https://www.yj.gov.cn/"
    pages = {
        there: page("永嘉县人民政府", (f"{there}nb/", "政府信息公开年报")),
        f"{there}nb/": page("政府信息公开年报", *REPORTS),
    }
    found = walked(pages)
    assert [each.proposed_url for each in found.proposals] == [f"{there}nb/"]
