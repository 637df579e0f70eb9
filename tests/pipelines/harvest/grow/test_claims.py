"""Whose list a page is, and which links lead on: each case with the neighbour that must not be taken."""

from __future__ import annotations

import pytest

from pipelines.bodies.divisions import Division, divisions
from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.grow.claims import claim
from pipelines.harvest.grow.steps import link_pages, named_below, portals_below, steps
from pipelines.harvest.register.names import full_name, province_of, register_name

HOME = "https://www.yj.gov.cn/"
COUNTY, CITY = divisions()["330324"], divisions()["330300"]


def listing(title: str, *links: tuple[str, str], url: str = f"{HOME}zwgk/zfxxgknb/") -> Listing:
    items = "".join(f"<li><a href='{href}'>{text}</a></li>" for href, text in links)
    page = f"<html><meta charset='utf-8'><title>{title}</title><body><ul>{items}</ul></body></html>"
    return read_listing(page.encode(), url)


def reports(*names: str) -> list[tuple[str, str]]:
    return [(f"t20260320_{n}.html", f"{name}2025年政府信息公开工作年度报告") for n, name in enumerate(names, 1001)]


@pytest.mark.parametrize(
    ("title", "names", "covers", "confidence"),
    [
        ("政府信息公开年报-永嘉县人民政府", ["永嘉县人民政府"], "body", "high"),
        ("政府信息公开年报", [""], "body", "medium"),
        ("部门-政府信息公开年报", ["永嘉县教育局", "永嘉县财政局"], "territory", "high"),
        ("政府信息公开年报", ["永嘉县人民政府", "永嘉县财政局", "县教育局"], "territory", "high"),
        # The city's own list, one department's, one of elsewhere, one of a single department, a column of notices.
        ("政府信息公开年报", ["温州市人民政府"], None, None),
        ("政府信息公开年报-永嘉县教育局", [""], None, None),
        ("永嘉县教育局", ["永嘉县教育局"], None, None),
        ("政府信息公开年报", ["瑞安市教育局", "瑞安市财政局"], None, None),
        ("政府信息公开年报", ["永嘉县教育局", "永嘉县财政局", "瑞安市教育局"], None, None),
        ("政府信息公开年报", ["永嘉县教育局"], None, None),
        ("通知公告", [""], None, None),
    ],
)
def test_whose_list_it_is(title: str, names: list[str], covers: str | None, confidence: str | None) -> None:
    url = f"{HOME}zwgk/tzgg/" if title == "通知公告" else f"{HOME}zwgk/zfxxgknb/"
    found = claim(listing(title, *reports(*names), url=url), COUNTY, HOME)
    assert (found.covers if found else None, found.confidence if found else None) == (covers, confidence)


def test_bare_titles_count_on_the_sites_own_host_only() -> None:
    elsewhere = listing("政府信息公开年报", *reports(""), url="https://www.wenzhou.gov.cn/zfxxgknb/")
    assert claim(elsewhere, COUNTY, HOME) is None
    named = listing("政府信息公开年报", *reports("永嘉县人民政府"), url="https://www.wenzhou.gov.cn/zfxxgknb/")
    assert claim(named, COUNTY, HOME) is not None


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("政府信息公开年报", True),
        ("政府信息公开工作年度报告", True),
        ("永嘉县政府信息公开年报", True),
        ("部门信息公开年报", True),
        ("年报", True),
        ("政府信息公开", True),
        ("信息公开专栏", True),
        ("政务公开", True),
        ("县政府信息公开", True),
        ("县人民政府信息公开年报", True),
        ("永嘉县人民政府政府信息公开", True),
        ("乡镇街道政府信息公开年报", True),
        ("县区年报", True),
        ("教育局政府信息公开年报", False),
        ("教育局政府信息公开", False),
        ("县教育局信息公开", False),
        ("高新区政府信息公开年报", False),
        ("桥头镇政府信息公开年报", False),
        ("市场监管局政务公开", False),
        ("上级政府信息公开年报", False),
        ("政府信息公开指南", False),
        ("依申请公开", False),
        ("政府网站工作年度报表", False),
        ("企业年报公示", False),
        ("2025年政府信息公开工作年度报告", False),
        ("新闻中心", False),
    ],
)
def test_which_links_lead_towards_reports(text: str, is_taken: bool) -> None:
    page = listing("永嘉县人民政府", ("/a/b/", text), url=HOME)
    assert [step.title for step in steps(page, COUNTY)] == ([text] if is_taken else [])


def test_the_column_itself_promises_most_and_groups_count_within_it_only() -> None:
    links = [
        ("/1/", "政务公开"),
        ("/2/", "政府信息公开"),
        ("/3/", "政府信息公开年报"),
        ("/4/", "部门"),
        ("/5/", "本级"),
    ]
    page = listing("政府信息公开", *links, url=f"{HOME}zwgk/")
    assert [step.title for step in steps(page, COUNTY)] == ["政府信息公开年报", "政府信息公开", "政务公开"]
    assert [step.title for step in steps(page, COUNTY, in_column=True)][1:3] == ["部门", "本级"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("永嘉县", "330324"),
        ("永嘉县人民政府", "330324"),
        ("永嘉", "330324"),
        ("鹿城区政府网", "330302"),
        ("永嘉县教育局", None),
        ("杭州市", None),
        ("旅游", None),
    ],
)
def test_a_division_below_is_told_by_its_name_alone(words: str, code: str | None) -> None:
    found = named_below(words, CITY)
    assert (found.code if found else None) == code


def test_a_portal_below_is_a_home_page_of_a_government_on_another_host() -> None:
    links = [
        ("http://www.lucheng.gov.cn/", "鹿城区"),
        ("http://www.yj.gov.cn/col/1/", "永嘉县"),
        ("http://www.yjtour.com/", "永嘉县"),
        ("/", "瑞安市"),
        ("http://edu.wenzhou.gov.cn/", "市教育局"),
    ]
    page = listing("温州市人民政府", *links, url="https://www.wenzhou.gov.cn/")
    assert [(d.name, url) for d, url, _ in portals_below(page, CITY)] == [("鹿城区", "http://www.lucheng.gov.cn/")]
    assert link_pages(listing("首页", ("/l/", "友情链接"), ("/x/", "县市区政府"), ("/n/", "新闻"), url=HOME)) == [
        f"{HOME}l/",
        f"{HOME}x/",
    ]


def test_a_name_that_several_divisions_bear_is_written_with_its_prefecture() -> None:
    gulou: Division = divisions()["320106"]
    assert (gulou.name, province_of(gulou), full_name(gulou)) == ("鼓楼区", "江苏", "江苏省南京市鼓楼区")
    assert register_name(gulou) == "南京市鼓楼区"
    assert register_name(COUNTY) == "永嘉县"
