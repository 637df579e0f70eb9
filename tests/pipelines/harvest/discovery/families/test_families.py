"""Each family: a page of it, where its data come from, and a neighbour that is none of it."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from pipelines.archive.posts import request_of
from pipelines.harvest.discovery import families
from pipelines.harvest.discovery.listing import Listing, read_listing

HOST = "http://www.a.gov.cn"
CHANNEL = "f4e1d0c0a8f64f6a9a3b7d2d1e8c9b10"


def read(inner: str, path: str = "/nb/index.html") -> Listing:
    return read_listing(f"<html><title>政府信息公开年报</title><body>{inner}</body></html>".encode(), HOST + path)


def script(text: str) -> str:
    return f"<script>{text}</script>"


def test_each_family_has_a_name_of_its_own() -> None:
    names = [family.name for family in families.FAMILIES]
    assert names == ["jpaas", "gkmlpt", "ucap", "longxun", "posted", "queried"]


# --- jpaas


def unit(tag: str, number: int = 1) -> str:
    query = f"{{'webId':'w{number}','tagId':'{tag}','pageId':'p'}}"
    return f'<script url="/api-gateway/x/front/page/build/unit" queryData="{query}"></script>'


def test_jpaas_asks_for_the_unit_of_the_list_and_for_no_menu() -> None:
    listing = read(unit("左侧导航") + unit("面板", 2) + unit("右侧列表", 3))
    assert listing.family == "jpaas"
    asked = [dict(parse_qsl(urlsplit(url).query)) for url in listing.frames]
    assert [(each["webId"], each["tagId"]) for each in asked] == [("w3", "右侧列表"), ("w2", "面板")]


@pytest.mark.parametrize(
    ("links", "said", "ahead"),
    [
        (15, "", '{"pageNo":2,"pageSize":15}'),
        (4, "", None),
        (4, "totalpage='3'", '{"pageNo":2,"pageSize":4}'),
        (15, "totalpage='1'", None),
    ],
)
def test_jpaas_goes_on_behind_a_full_part(links: int, said: str, ahead: str | None) -> None:
    html = "".join(f'<a href="/nb/art_{n}.html">通知{n}</a>' for n in range(links)) + f"<div {said}></div>"
    url = f"{HOST}/api-gateway/x/front/page/build/unit?webId=w&pageId=p"
    pages = read_listing(json.dumps({"data": {"html": html}}).encode(), url).next_pages
    assert [dict(parse_qsl(urlsplit(page).query)).get("paramJson") for page in pages] == ([ahead] if ahead else [])


# --- gkmlpt


def app(tree: str, path: str = "/zs/gkmlpt/annualreport") -> Listing:
    return read(script(f"window._CONFIG = {{ SID: '175', TREE: {tree} }};") + "<div id='app'></div>", path)


def test_gkmlpt_asks_for_the_columns_of_reports_in_the_tree() -> None:
    tree = '[{"id":7,"name":"机构职能"},{"id":8,"name":"公开","children":[{"id":2629,"name":"政府信息公开年报"}]}]'
    listing = app(tree)
    assert (listing.family, listing.frames) == ("gkmlpt", (f"{HOST}/zs/gkmlpt/api/all/2629?page=1&sid=175",))


def test_gkmlpt_reads_a_tree_that_is_a_script() -> None:
    listing = app("[{id: 7, name: '机构职能', up: up()}, {id: 2629, name: '政府信息公开年报'}]")
    assert listing.frames == (f"{HOST}/zs/gkmlpt/api/all/2629?page=1&sid=175",)


def test_gkmlpt_asks_for_the_column_of_the_fragment() -> None:
    assert app("[]", "/zs/gkmlpt/annualreport#44").frames == (f"{HOST}/zs/gkmlpt/api/all/44?page=1&sid=175",)


def test_a_page_elsewhere_with_such_a_script_is_none_of_gkmlpt() -> None:
    assert app('[{"id":1,"name":"政府信息公开年报"}]', "/nb/index.html").family == ""


# --- UCAP


def test_ucap_joins_the_address_of_the_first_part() -> None:
    ask = '$.ajax({url:"/common/search/"+channelId+"?_isAgg=true&_isJson=true&page="+p})'
    expected = (f"{HOST}/common/search/{CHANNEL}?_isAgg=true&_isJson=true&page=1",)
    by_script, by_field = f'var channelId = "{CHANNEL}"; {ask}', f"var channelId = $('#c').val(); {ask}"
    assert read(script(by_script)).frames == expected
    assert read(f"<input type='hidden' id='c' value='{CHANNEL}'>" + script(by_field)).frames == expected


def test_ucap_without_its_channel_asks_for_nothing() -> None:
    listing = read(script('$.ajax({url:"/common/search/"+channelId+"?_isAgg=true&_isJson=true&page="+p})'))
    assert (listing.family, listing.frames) == ("", ())


# --- Longxun


LABEL = "{ labelName: 'publicInfoList', siteId: '5', pageSize: '15', pageIndex: '1', organId: '9', catId: '4', file: '/x/list' }"


def test_longxun_asks_for_the_label() -> None:
    listing = read(script(f"Ls.ajax({LABEL});"))
    assert listing.family == "longxun"
    parts = urlsplit(listing.frames[0])
    assert parts.path == "/site/label/8888"
    assert {"organId=9", "catId=4", "pageIndex=1", "file=%2Fx%2Flist"} <= set(parts.query.split("&"))


def test_longxun_goes_on_behind_a_part_that_the_page_holds() -> None:
    link = '<li><a href="/public/9/1.html">永嘉县2024年政府信息公开工作年度报告</a></li>'
    listing = read(link + script(f"Ls.ajax({LABEL}); page({{pageCount:3}})"))
    assert listing.frames == ()
    assert ["pageIndex=2" in page for page in listing.next_pages] == [True, False]
    assert ["pageIndex=3" in page for page in listing.next_pages] == [False, True]


def test_labels_of_banners_are_no_lists() -> None:
    assert read(script("Ls.ajax({ labelName: 'linkList', siteId: '5' });")).frames == ()


# --- forms


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        (
            '$.post("/queryList",{current:1,pageSize:15,"code[]":"nb"},draw)',
            [("current", "1"), ("pageSize", "15"), ("code[]", "nb")],
        ),
        (
            "$.ajax({url:'/queryList', type:'POST', data:{pageNo: page, id: '7'}, success: f})",
            [("pageNo", "1"), ("id", "7")],
        ),
        ("var c = 'x'; $.post('/queryList', {page: 1, channel: c}, f)", [("page", "1"), ("channel", "x")]),
    ],
)
def test_a_form_that_stands_whole_in_the_page_is_sent(call: str, sent: list[tuple[str, str]]) -> None:
    listing = read(script(call))
    assert listing.family == "posted"
    plain, form = request_of(listing.frames[0])
    assert (plain, parse_qsl((form or b"").decode())) == (f"{HOST}/queryList", sent)


@pytest.mark.parametrize(
    "call",
    [
        "$.post('/queryList', {page: 1, token: token()}, f)",  # a value that is not there
        "$.post('/queryList', {page: 1, channel: unknown}, f)",
        "$.post('/login', {page: 1}, f)",
        "$.post('/addVote', {page: 1, id: 3}, f)",
        "$.post('/comment', {text: 'x'}, f)",  # no list's question
        "$.post('http://www.b.gov.cn/queryList', {page: 1}, f)",
        "$.ajax({url:'/queryList', type:'get', data:{pageNo: 1}})",
    ],
)
def test_no_other_form_is_sent(call: str) -> None:
    assert not any(request_of(url)[1] is not None for url in read(script(call)).frames)


def test_an_address_written_as_an_object_within_an_answer() -> None:
    row = {
        "source": {
            "title": "永嘉县2025年政府信息公开工作年度报告",
            "urls": '{"common":"/nb/c1/content.html"}',
            "pubDate": "2026-03-10",
        }
    }
    listing = read_listing(json.dumps({"data": {"results": [row]}}).encode(), f"{HOST}/queryList")
    assert [item.url for item in listing.items] == [f"{HOST}/nb/c1/content.html"]


# --- queried


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("axios.get('/list',{params:{cid:'7',pageNum:1,pageSize:10}})", ["/list?cid=7&pageNum=1&pageSize=10"]),
        ("$.getJSON('/q.do',{cid:7,page:1},draw)", ["/q.do?cid=7&page=1"]),
        ("$.ajax({url:'/q.do',type:'get',data:{cid:'7',page:1},success:f})", ["/q.do?cid=7&page=1"]),
        # A value that is made elsewhere, no list's question, and one that counts visitors.
        ("axios.get('/list',{params:{cid:made(),pageNum:1}})", []),
        ("$.get('/weather',{city:'7'},draw)", []),
        ("$.get('/visit/count',{page:1},draw)", []),
    ],
)
def test_data_asked_for_with_fields_in_the_address(call: str, expected: list[str]) -> None:
    assert list(read(script(call)).frames) == [HOST + path for path in expected]
