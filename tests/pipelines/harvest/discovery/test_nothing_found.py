"""Why a page that was asked for as a list shows no reports."""

from __future__ import annotations

import pytest

from pipelines.harvest.discovery.listing import read_listing
from pipelines.harvest.discovery.nothing_found import why_nothing

URL = "http://www.a.gov.cn/zwgk/nb/index.html"


def why(body: str, url: str = "http://www.a.gov.cn/gggs/", title: str = "通知公告") -> tuple[str, str]:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return why_nothing(page, read_listing(page, url), in_column="年报" in title)


@pytest.mark.parametrize(
    ("script", "to"),
    [
        ('$.post("/queryList",{current:1},function(d){draw(d)});', " to /queryList"),
        ("axios.post('/api/list', {page: 1}).then(draw)", " to /api/list"),
        ('$.ajax({url:"/search.jsp",data:{page:1},type:"POST",success:draw})', " to /search.jsp"),
        ('$.ajax({type: "post", url: "/search.jsp", success: draw})', " to /search.jsp"),
        ('fetch("/list", {method: "POST", body: x}).then(draw)', " to /list"),
        ('x.open("POST", "/list"); x.send()', " to /list"),
        ("$.post(base + path, draw)", ""),
    ],
)
def test_a_script_that_posts_is_named_with_where_it_posts_to(script: str, to: str) -> None:
    state, says = why(f"<div id=list></div><script>{script}</script>", URL, "政府信息公开年报")
    assert (state, says) == ("script", f"drawn by a script that posts{to}; add its reports by hand")


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><script src="/js/app.js"></script>',
        '<ul id="ul"></ul><script>$.ajax({url:"/common/search/"+id+"?page="+p, success: draw})</script>',
        "<script>window._CONFIG = {SID: '175'};</script><div class=list></div>",
    ],
)
def test_a_list_that_other_scripts_draw_is_said_to_be_drawn(body: str) -> None:
    assert why(body, URL, "政府信息公开年报")[0] == "script"


def items(count: int, title: str = "关于某事项的公告（第{}号）") -> str:
    rows = (
        f"<li><a href='/gggs/t{n}.html'>{title.format(n)}</a><span>2026-01-{n + 1:02}</span></li>" for n in range(count)
    )
    return f"<ul>{''.join(rows)}</ul><script>$.ajax({{url: '/visits'}})</script>"


def test_a_list_of_other_things_is_a_general_column() -> None:
    assert why(items(9)) == ("general", "no column of annual reports: 9 items on its first page, none a report")


def test_a_column_of_reports_whose_items_nobody_knows_is_none() -> None:
    assert why(items(9, "查看第{}项"), URL, "政府信息公开年报")[0] == "empty"


def test_a_page_with_next_to_nothing_is_empty() -> None:
    assert why("<ul><li><a href='/'>首页</a></li></ul><p>栏目建设中</p>")[0] == "empty"
