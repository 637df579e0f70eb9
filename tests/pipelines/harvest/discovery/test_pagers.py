"""Pagers of every form lead to the pages behind, and to no others."""

from __future__ import annotations

import base64
from urllib.parse import parse_qsl

import pytest

from pipelines.archive.posts import request_of
from pipelines.harvest.discovery.answer_kind import kind_of
from pipelines.harvest.discovery.listing import read_listing

FOLDER = "http://www.a.gov.cn/nb/"


def pages(inner: str, path: str = "") -> list[str]:
    listing = read_listing(f"<html><title>年报</title><body>{inner}</body></html>".encode(), FOLDER + path)
    return [page.removeprefix(FOLDER) for page in listing.next_pages]


def script(text: str) -> str:
    return f"<script>{text}</script>"


@pytest.mark.parametrize(
    ("call", "path", "expected"),
    [
        # Records first, pages first, and the size of a page behind: the present page tells them apart.
        ("createPageHTML(15, 3, 0, 'index', 'html')", "", ["index_1.html", "index_2.html"]),
        ("createPageHTML(3, 15, 0, 'index', 'html')", "", ["index_1.html", "index_2.html"]),
        ("createPageHTML(3, 0, 5, 'index', 'html')", "", ["index_1.html", "index_2.html"]),
        ("createPageHTML(3, 15, 5, 0, 'index', 'html')", "", ["index_1.html", "index_2.html"]),
        ("createPageHTML(15, 3, 1, 'index', 'html')", "index_1.html", ["index_2.html"]),
        ("createPageHTML(15, 3, 2, 'index', 'html')", "index_2.html", []),
        ("createPageHTML(12, 1, 0, 'index', 'html')", "", []),
        ('pageControl(4, 0, "index", "shtml", 10, \'pages-nav\')', "", [f"index_{n}.shtml" for n in (1, 2, 3)]),
        ("createPageHTML(/*pages*/2, 0, 'index', 'html')", "", ["index_1.html"]),
        ("var currentPage = 0;//所在页从0开始\nvar countPage = 2//共多少页", "", ["index_1.html"]),
        ("var countPage = 1.5; var currentPage = 0", "", []),
        (
            "kkpager.init({pno: 1, total: 3, hrefFormer: 'list', hrefLatter: '.html'})",
            "list.html",
            ["list_2.html", "list_3.html"],
        ),
        (
            "laypage({pages: 3, curr: 1, jump: function(o){ location.href = 'index_' + (o.curr-1) + '.html' }})",
            "",
            ["index_1.html", "index_2.html"],
        ),
        (
            "$('#p').pagination(11, {items_per_page: 5, pageCount: 3, link_to: 'index___id__.html'})",
            "",
            ["index_2.html", "index_3.html"],
        ),
        # Options that do not say how pages are called, or call those of another folder.
        ("$('#p').pagination({pageCount: 3, callback: load})", "", []),
        ("laypage({pages: 3, curr: 1, jump: function(o){ go('/other/x_' + o.curr + '.html') }})", "", []),
    ],
)
def test_calls(call: str, path: str, expected: list[str]) -> None:
    assert pages(script(call), path) == expected


def test_a_pager_packed_as_base64() -> None:
    packed = base64.b64encode('<a href="index_1.html">2</a><a href="index_1.html">下一页</a>'.encode()).decode()
    assert pages(f"<div id='pages'>{packed}</div>{script('x(window.atob(t))')}") == ["index_1.html"]
    assert pages(f"<div id='pages'>{packed}</div>") == []  # a page that unpacks nothing


def test_a_pager_in_attributes_of_a_full_page() -> None:
    row = '<li><a href="{0}.html">通知{0}</a><span>2025-01-0{0}</span></li>'
    full, part = ("".join(row.format(n) for n in range(1, count)) for count in (4, 3))
    pager = '<div id="pageDec" pagesize="3" pagecount="2"></div>'
    assert pages(full + pager) == ["index_1.html"]
    assert pages(part + pager) == []


def test_a_form_that_is_sent_back() -> None:
    hidden = '<input type="hidden" name="__VIEWSTATE" value="a+b="><input type="hidden" name="__EVENTTARGET" value="">'
    turns = "".join(f"<a href=\"javascript:__doPostBack('Pager1','{n}')\">{n}</a>" for n in (2, 3))
    found = pages(f'<form method="post" action="list.aspx?id=1">{hidden}{turns}</form>', "list.aspx?id=1")
    plain, form = request_of(FOLDER + found[0])
    assert plain == f"{FOLDER}list.aspx?id=1"
    assert parse_qsl((form or b"").decode()) == [
        ("__EVENTTARGET", "Pager1"),
        ("__EVENTARGUMENT", "2"),
        ("__VIEWSTATE", "a+b="),
    ]
    assert len(found) == 2
    again = "list.aspx?id=1&__wb_method=POST&__EVENTARGUMENT=2"
    assert pages(f'<form method="post" action="list.aspx?id=1">{hidden}{turns}</form>', again) == []


def test_a_grid_is_turned_by_its_form_too() -> None:
    turn = "<a href=\"javascript:__doPostBack('Grid1','Page$2')\">2</a>"
    (found,) = pages(f'<form method="post" action="list.aspx">{turn}</form>', "list.aspx")
    assert (request_of(FOLDER + found)[1] or b"").decode() == "__EVENTTARGET=Grid1&__EVENTARGUMENT=Page%242"


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_turn_a_forms_pages(method: str) -> None:
    fields = '<input type="hidden" name="columnId" value="12"><input type="hidden" name="currentPage" value="1">'
    form = f'<form method="{method}" action="list.jsp">{fields}</form>'
    found = pages(
        form + '<a href="javascript:goPage(2)">下一页</a><a onclick="goPage(3)" href="#">尾页</a>', "list.jsp?x=1"
    )
    mark = "__wb_method=POST&" if method == "post" else ""
    assert found == [f"list.jsp?{mark}columnId=12&currentPage={n}" for n in (2, 3)]
    assert pages(form + '<a href="javascript:openPage(2)">x</a>'.replace("openPage", "vote"), "list.jsp") == []


def test_quotes_in_the_address_of_the_next_records() -> None:
    href = "/module/dataproxy.jsp?page=1&path='/'&webname='永嘉县'"
    store = f'<datastore><nextgroup><![CDATA[<a href="{href}"></a>]]></nextgroup><recordset></recordset></datastore>'
    assert read_listing(script(store).encode(), FOLDER).next_pages == (f"http://www.a.gov.cn{href}",)


def test_a_short_page_whose_pager_joins_an_address_leads_nowhere() -> None:
    text = "<html><title>年报</title><body><a href='1.html'>永嘉县2014年政府信息公开工作年度报告</a>{}</body></html>"
    url = f"{FOLDER}list_2.shtml"
    pager, redirect = script('location.href = "list_" + n + ".shtml"'), script('location.href = "/nb/new.shtml"')
    assert kind_of(200, None, text.format(pager).encode(), url, url).moved_to is None
    assert kind_of(200, None, text.format(redirect).encode(), url, url).moved_to == f"{FOLDER}new.shtml"
