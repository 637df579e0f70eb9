"""Lists that a script draws: where their data come from."""

from __future__ import annotations

from pipelines.harvest.discovery.listing import read_listing

URL = "http://www.a.gov.cn/gknb/index.html"


def frames(body: str) -> tuple[str, ...]:
    return read_listing(f"<html><title>政府信息公开年报</title><body>{body}</body></html>".encode(), URL).frames


def test_an_element_names_its_data() -> None:
    assert frames('<div data-url="/common/search/1?channel=nb&amp;page=1">加载中</div>') == (
        "http://www.a.gov.cn/common/search/1?channel=nb&page=1",
    )


def test_a_script_names_a_query() -> None:
    script = '<ul id="l"></ul><script>$.get("/api/list/nb?pageNo=1", draw); var x = "/css/a.css"; count("/tongji/api/x?y=1");</script>'
    assert frames(script) == ("http://www.a.gov.cn/api/list/nb?pageNo=1",)
    assert frames('<script>load("list", "/zfxxgk/nb.json")</script>') == ("http://www.a.gov.cn/zfxxgk/nb.json",)


def test_pictures_links_and_other_hosts_name_none() -> None:
    assert frames('<img data-src="/a.json"><a data-url="/b.json">x</a>') == ()
    assert frames('<div data-url="http://www.b.gov.cn/list.json"></div>') == ()
    assert frames('<div data-url="/login.do?x=1"></div><script src="/api/x?y"></script>') == ()


def test_a_page_that_links_reports_needs_no_data() -> None:
    link = '<li><a href="1.html">杭州市2024年政府信息公开工作年度报告</a></li>'
    assert frames(link + '<div data-url="/common/list.json"></div>') == ()


def test_no_more_than_a_few_are_named() -> None:
    assert len(frames("".join(f'<div data-url="/d/{n}.json"></div>' for n in range(100)))) == 3
