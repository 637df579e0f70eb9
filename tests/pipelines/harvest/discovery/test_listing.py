"""Lists of the systems that government sites run on: what is linked, when, and how they go on."""

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.listing import MOST_ITEMS, Listing, read_listing
from tests.made.cases import folded

HOST = "http://www.jia.gov.cn"
R24 = "甲市教育局2024年政府信息公开工作年度报告"
R23 = "甲市教育局2023年政府信息公开工作年度报告"


def page(body: str, head: str = "<title>政府信息公开年报</title>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def links(listing: Listing) -> list[tuple[str, str, date | None]]:
    return [(item.url, item.title, item.published_on) for item in listing.items]


def test_trs_with_pages_numbered_from_0() -> None:
    data = page(
        f"""<ul class="list"><li><a href="./202501/t20250120_301.html" title="{R24}">甲市教育局2024年政府信息公开…</a><span>2025-01-20</span></li>
        <li><a href="./202401/t20240122_201.html">{R23}</a><span>2024-01-22</span></li></ul>
        <script>createPageHTML(3, 0, "index", "html");</script>"""
    )
    listing = read_listing(data, f"{HOST}/zwgk/zfxxgknb/")
    assert listing.title == "政府信息公开年报"
    assert links(listing) == [
        (f"{HOST}/zwgk/zfxxgknb/202501/t20250120_301.html", R24, date(2025, 1, 20)),
        (f"{HOST}/zwgk/zfxxgknb/202401/t20240122_201.html", R23, date(2024, 1, 22)),
    ]
    assert [item.order for item in listing.items] == [0, 1]
    assert listing.next_pages == (f"{HOST}/zwgk/zfxxgknb/index_1.html", f"{HOST}/zwgk/zfxxgknb/index_2.html")


@folded(
    ("call", "url", "expected"),
    [
        ("createPageHTML(3, 0, 'index', 'html');", "/nb/index.html", ["index_1.html", "index_2.html"]),
        ("createPageHTML(3, 1, 'index', 'html');", "/nb/index_1.html", ["index_2.html"]),
        ("createPageHTML(3, 2, 'index', 'html');", "/nb/index_2.html", []),
        ("createPageHTML(1, 0, 'index', 'html');", "/nb/", []),
        ("createPageHTML(0, 0, 'index', 'html');", "/nb/", []),
        ("createPageHTML(3, 1, 'index', 'shtml', 45);", "/nb/", ["index_2.shtml", "index_3.shtml"]),
        ("createPageHTML('pager', 3, 1, 'list', 'shtml', 45);", "/nb/list.shtml", ["list_2.shtml", "list_3.shtml"]),
        ("createPageHTML('pager', 3, 2, 'list', 'shtml', 45);", "/nb/list_2.shtml", ["list_3.shtml"]),
        ("createPageHTML('index', 'html', 3, 0);", "/nb/", ["index_1.html", "index_2.html"]),
        ("createPageHTML(0, 3, 'index', 'html');", "/nb/", ["index_1.html", "index_2.html"]),
        ("createPageHTML('3', '0', 'index', 'html');", "/nb/", ["index_1.html", "index_2.html"]),
        ("createPageHTML(${'3'}, ${'0'}, 'index', 'html', 'black2', 40);", "/nb/", ["index_1.html", "index_2.html"]),
        ('createPages( 3 , 0 , "index" , ".html" )', "/nb/", ["index_1.html", "index_2.html"]),
        (
            "var m_nRecordCount = 45; var m_nCurrPage = 0; var m_nPageSize = 20; var m_sPageName = 'index', m_sPageExt = 'htm';",
            "/nb/",
            ["index_1.htm", "index_2.htm"],
        ),
        ("var countPage = 3; var currentPage = 0;", "/nb/", ["index_1.html", "index_2.html"]),
        ("var countPage = 3; var currentPage = 0;", "/nb/xxgk.htm", ["xxgk_1.htm", "xxgk_2.htm"]),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ return 1; }", "/nb/", []),
        ("createPageHTML(nPages, nNow, 'index', 'html');", "/nb/", []),
    ],
)
def test_calls_of_pagers(call: str, url: str, expected: list[str]) -> None:
    listing = read_listing(page(f"<ul></ul><script>{call}</script>"), HOST + url)
    assert listing.next_pages == tuple(f"{HOST}/nb/{name}" for name in expected)


def test_a_pager_of_a_thousand_pages_is_bounded() -> None:
    listing = read_listing(page("<script>createPageHTML(1000, 0, 'index', 'html')</script>"), f"{HOST}/nb/")
    assert len(listing.next_pages) == 50
    assert listing.next_pages[-1] == f"{HOST}/nb/index_50.html"


JCMS = """<div id="1234"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&path=http://www.jia.gov.cn/&columnid=123&unitid=456&permissiontype=0"></a>]]></nextgroup>
<recordset>
<record><![CDATA[
<li><a href="/art/2025/1/20/art_123_456.html" title="%s">甲市教育局2024年</a><span>2025-01-20</span></li>]]></record>
<record><![CDATA[<li><a href='/art/2024/1/22/art_123_400.html'>%s</a><b>2024-01-22</b></li>]]></record>
</recordset></datastore></script></div>"""


def test_jcms_records_in_the_page() -> None:
    data = page(JCMS % (R24, R23) + '<a href="/col/col7/index.html">机构职能</a>')
    listing = read_listing(data, f"{HOST}/col/col123/index.html")
    assert links(listing)[:2] == [
        (f"{HOST}/art/2025/1/20/art_123_456.html", R24, date(2025, 1, 20)),
        (f"{HOST}/art/2024/1/22/art_123_400.html", R23, date(2024, 1, 22)),
    ]
    assert listing.next_pages == (
        f"{HOST}/module/web/jpage/dataproxy.jsp?page=1&webid=1&path=http://www.jia.gov.cn/&columnid=123&unitid=456&permissiontype=0",
    )


def test_jcms_answer_with_more_records() -> None:
    data = (JCMS % (R24, R23)).partition("<datastore>")[2].partition("</script>")[0]
    listing = read_listing(
        f"<?xml version='1.0' encoding='UTF-8'?><datastore>{data.replace('page=1', 'page=2')}".encode(),
        f"{HOST}/module/web/jpage/dataproxy.jsp?page=1&webid=1",
        "text/xml; charset=UTF-8",
    )
    assert [item.title for item in listing.items] == [R24, R23]
    assert [url.partition("?")[2][:6] for url in listing.next_pages] == ["page=2"]


def test_jcms_answer_by_number_of_records() -> None:
    store = f"<datastore><totalrecord>70</totalrecord><recordset><record><![CDATA[<a href='/a/1.html'>{R24}</a>]]></record></recordset></datastore>"
    address = f"{HOST}/module/web/jpage/dataproxy.jsp?startrecord={{}}&endrecord={{}}&perpage=15&unitid=4"
    assert read_listing(store.encode(), address.format(1, 45)).next_pages == (address.format(46, 90),)
    assert read_listing(store.encode(), address.format(46, 90)).next_pages == ()


def test_jcms_links_with_the_number_of_the_page() -> None:
    pager = "".join(f'<a href="/col/col123/index.html?uid=456&pageNum={n}">{n}</a>' for n in (1, 2, 3))
    listing = read_listing(page(pager), f"{HOST}/col/col123/index.html")
    assert listing.next_pages == tuple(f"{HOST}/col/col123/index.html?uid=456&pageNum={n}" for n in (2, 3))


VSB = """<ul><li><a href="{up}info/1044/2345.htm" target="_blank">TITLE</a><span>2025年01月20日</span></li></ul>
<a href="{up}info/1044/2344.htm">2</a>""".replace("TITLE", R24)


def test_vsb_counts_down() -> None:
    pager = '<span>1/4</span><a href="xxgknb/3.htm">下页</a><a href="xxgknb/1.htm">尾页</a>'
    listing = read_listing(page(VSB.format(up="../") + pager), f"{HOST}/zwgk/xxgknb.htm")
    assert links(listing)[0] == (f"{HOST}/info/1044/2345.htm", R24, date(2025, 1, 20))
    assert listing.next_pages == tuple(f"{HOST}/zwgk/xxgknb/{n}.htm" for n in (3, 2, 1))


def test_vsb_from_an_older_page() -> None:
    pager = '<a href="../xxgknb.htm">首页</a><a href="../xxgknb.htm">上页</a><a href="2.htm">下页</a><a href="1.htm">尾页</a>'
    listing = read_listing(page(VSB.format(up="../../") + pager), f"{HOST}/zwgk/xxgknb/3.htm")
    assert listing.next_pages == (f"{HOST}/zwgk/xxgknb/2.htm", f"{HOST}/zwgk/xxgknb/1.htm")


def test_vsb_last_page() -> None:
    pager = '<a href="../xxgknb.htm">首页</a><a href="2.htm">上页</a><span>下页</span>'
    assert read_listing(page(pager), f"{HOST}/zwgk/xxgknb/1.htm").next_pages == ()


def test_vsb_with_numbers_counts_down() -> None:
    pager = '<a href="xxgknb/3.htm">2</a><a href="xxgknb/2.htm">3</a><a href="xxgknb/1.htm">4</a><a href="xxgknb/3.htm">下页</a>'
    listing = read_listing(page(pager), f"{HOST}/zwgk/xxgknb.htm")
    assert listing.next_pages == tuple(f"{HOST}/zwgk/xxgknb/{n}.htm" for n in (3, 2, 1))


@folded(
    ("url", "pager", "expected"),
    [
        ("/list.aspx?id=12", '<a href="list.aspx?id=12&page=2">下一页</a>', ["/list.aspx?id=12&page=2"]),
        (
            "/list.aspx?id=12&page=2",
            '<a href="?id=12&page=3">下一页</a><a href="?id=12&page=5">尾页</a>',
            [f"/list.aspx?id=12&page={n}" for n in (3, 4, 5)],
        ),
        ("/list.aspx?id=12&page=5", '<a href="?id=12&page=4">上一页</a><a href="?id=12&page=5">尾页</a>', []),
        ("/nb/?page=1", '<a href="?page=2">下一页</a>共4页', [f"/nb/?page={n}" for n in (2, 3, 4)]),
        (
            "/Class.asp?ID=7",
            '<a href="Class.asp?ID=7&PageNo=2">[2]</a><a href="Class.asp?ID=8">3</a>',
            ["/Class.asp?ID=7&PageNo=2"],
        ),
        (
            "/nb/list.shtml",
            '<a href="list_2.shtml">2</a><a href="list_3.shtml">3</a>',
            ["/nb/list_2.shtml", "/nb/list_3.shtml"],
        ),
        (
            "/nb/",
            '<a href="/nb/index_2.html">下一页</a><a href="/nb/index_4.html">尾页</a>',
            [f"/nb/index_{n}.html" for n in (2, 3, 4)],
        ),
        (
            "/nb/index.html",
            '<a href="index_1.html">2</a><a href="index_2.html">3</a><a href="index_9.html">10</a>',
            [f"/nb/index_{n}.html" for n in range(1, 10)],
        ),
        ("/list-12-1.html", '<a href="/list-12-2.html">&gt;</a>', ["/list-12-2.html"]),
        ("/nb/list2.shtml", '<a href="/nb/list3.shtml">下一页</a>', ["/nb/list3.shtml"]),
        (
            "/nb/",
            """<a href="javascript:;" onclick="location.href='/nb/index_2.html'">下一页</a>""",
            ["/nb/index_2.html"],
        ),
        (
            "/nb/list.shtml",
            """<a onclick="queryArticleByCondition(this,'/nb/list_2.shtml')" tagname="/nb/list_2.shtml">下一页</a>""",
            ["/nb/list_2.shtml"],
        ),
        (
            "/nb/index.html",
            '<select><option value="index.html">第1页</option><option value="index_1.html">第2页</option></select>',
            ["/nb/index_1.html"],
        ),
        (
            "/list.jsp?a2t=4&a2p=1&urltype=tree.Tree&wbtreeid=9",
            '<a href="?a2t=4&a2p=2&urltype=tree.Tree&wbtreeid=9">下页</a>',
            ["/list.jsp?a2t=4&a2p=2&urltype=tree.Tree&wbtreeid=9"],
        ),
        ("/nb/12.html", '<a href="12_2.html">下一页</a>', ["/nb/12_2.html"]),
        ("/nb/page/2/", '<a href="/nb/page/3/">下一页</a>', ["/nb/page/3/"]),
    ],
)
def test_pagers_of_links(url: str, pager: str, expected: list[str]) -> None:
    assert read_listing(page(pager), HOST + url).next_pages == tuple(HOST + path for path in expected)


@folded(
    "link",
    [
        '<a href="/nb/202501/t20250120_301.html">2</a>',
        '<a href="/nb/202501/t20250120_301.html">下一页</a>',
        '<a href="http://www.yi.gov.cn/nb/index_2.html">下一页</a>',
        '<a href="/other/index_2.html">2</a>',
        '<a href="/nb/2024.html">2024</a>',
        '<a href="/nb/2024/">2</a>',
        '<a href="/show.aspx?id=2">2</a>',
        '<a href="/nb/?id=2">2</a>',
        '<a href="/nb/index_2.html">下一篇</a>',
        '<a href="javascript:goto(2)">下一页</a>',
        '<a href="/nb/">下一页</a>',
        '<a href="/nb/25911021.html">2</a>',
    ],
)
def test_what_is_no_next_page(link: str) -> None:
    assert read_listing(page(link), f"{HOST}/nb/").next_pages == ()


def test_a_table_with_the_body_in_one_cell_and_years_in_others() -> None:
    data = page(
        """<table><tr><td>1</td><td>市教育局</td><td><a href="/a/24.html">2024年</a></td><td><a href="/a/23.html">2023年</a></td></tr>
        <tr><td>2</td><td>市水利局2024年政府信息公开工作年度报告</td><td>2025-01-21</td><td><a href="/a/s.pdf">查看</a></td></tr></table>"""
    )
    assert links(read_listing(data, f"{HOST}/nb/")) == [
        (f"{HOST}/a/24.html", "市教育局 2024年", None),
        (f"{HOST}/a/23.html", "市教育局 2023年", None),
        (f"{HOST}/a/s.pdf", "市水利局2024年政府信息公开工作年度报告", date(2025, 1, 21)),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<li><a href='a.html'>{t}</a><span>2025-01-20</span></li>", date(2025, 1, 20)),
        ("<li><span>2025/01/20</span><a href='a.html'>{t}</a></li>", date(2025, 1, 20)),
        ("<li><a href='a.html'>{t}</a> [2025年1月20日]</li>", date(2025, 1, 20)),
        ("<li><a href='a.html'>{t}</a><span>[01-20]</span></li>", None),
        ("<li><a href='a.html'>{t} 2025-01-20</a></li>", date(2025, 1, 20)),
        ("<li><a href='a.html'><h3>{t}</h3><em>2025.01.20</em></a></li>", date(2025, 1, 20)),
        ("<tr><td><a href='a.html'>{t}</a></td><td>2025-1-20</td></tr>", date(2025, 1, 20)),
        ("<div><div><a href='a.html'>{t}</a></div><div>2025-01-20 10:30</div></div>", date(2025, 1, 20)),
        ("<li><a href='a.html'>{t}</a><span>2025-13-40</span></li>", None),
        ("<li><a href='a.html'>{t}</a><span>更新日期：2025-06-30 发布日期：2025-01-20</span></li>", date(2025, 1, 20)),
        ("<li><a href='a.html'>{t}</a><span>更新时间 2025-06-30</span></li>", None),
        ("<div><a href='a.html'>{t}</a> 2025-01-20<br><a href='b.html'>乙</a> 2019-01-20</div>", date(2025, 1, 20)),
    ],
)
def test_dates_beside_links(row: str, expected: date | None) -> None:
    listing = read_listing(
        page(f"<table>{row.format(t=R24)}</table>" if "<tr>" in row else row.format(t=R24)), f"{HOST}/nb/"
    )
    assert (listing.items[0].title, listing.items[0].published_on) == (R24, expected)


def test_a_period_in_a_title_is_no_date() -> None:
    title = "政府信息公开工作年度报告（2024年1月1日至2024年12月31日）"
    item = read_listing(page(f"<li><a href='a.html'>{title}</a></li>"), f"{HOST}/nb/").items[0]
    assert (item.title, item.published_on) == (title, None)


def test_addresses_are_absolute_and_only_those_of_pages() -> None:
    data = page(
        """<a href="a.html">一</a><a href="javascript:void(0)">二</a><a href="mailto:a@b.cn">三</a><a href="#top">四</a>
        <a href="//www.yi.gov.cn/b.html">五</a><a href="HTTPS://WWW.JIA.GOV.CN/c.html#x">六</a><a href=" ../d.html
        ">七</a><a href="tel:12345">八</a><a href="\\nb\\e.html">九</a><a href="http://[">十</a><a href="s.css">十一</a>
        <a href="a.html">一，更长的标题</a>""",
        '<base href="/base/x/"><title>t</title>',
    )
    assert links(read_listing(data, f"{HOST}/nb/index.html")) == [
        (f"{HOST}/base/x/a.html", "一，更长的标题", None),
        ("http://www.yi.gov.cn/b.html", "五", None),
        ("https://www.jia.gov.cn/c.html", "六", None),
        (f"{HOST}/base/d.html", "七", None),
        (f"{HOST}/nb/e.html", "九", None),
    ]


@folded("label", ["gb2312", "utf-8", "iso-8859-1", ""])
@folded("encoding", ["gbk", "gb18030", "utf-8"])
def test_encodings_labelled_rightly_or_wrongly(encoding: str, label: str) -> None:
    html = f'<html><head><meta charset="{label}"><title>年报</title></head><a href="a.html">{R24}</a></html>'
    listing = read_listing(html.encode(encoding), f"{HOST}/nb/", f"text/html; charset={label}")
    assert (listing.title, listing.items[0].title) == ("年报", R24)


def test_frames_that_can_hold_the_list() -> None:
    data = page(
        """<iframe src="list.jsp?c=12"></iframe><iframe src="//xxgk.jia.gov.cn/nb/"></iframe><iframe src="about:blank"></iframe>
        <iframe src="https://share.example.com/x"></iframe><iframe src="/p.html" width="0"></iframe><iframe src="/a.pdf"></iframe>"""
    )
    assert read_listing(data, f"{HOST}/nb/").frames == (f"{HOST}/nb/list.jsp?c=12", "http://xxgk.jia.gov.cn/nb/")


def test_years_and_columns() -> None:
    data = page(
        """<a href="/xxgknb/">政府信息公开年报</a><a href="/nb/">政府信息公开年报</a><a href="/nb/2024/">2024年</a>
        <select><option value="/nb/2023/">2023年</option></select><div onclick="window.open('/nb/2022/')">2022年度</div>"""
    )
    listing = read_listing(data, f"{HOST}/nb/")
    assert [item.url for item in listing.columns] == [f"{HOST}/xxgknb/"]
    assert [(item.url, item.title) for item in listing.years] == [
        (f"{HOST}/nb/2024/", "2024年"),
        (f"{HOST}/nb/2023/", "2023年"),
        (f"{HOST}/nb/2022/", "2022年度"),
    ]


@pytest.mark.parametrize(
    ("answer", "published_on"),
    [
        (
            {"articles": [{"title": R24, "url": f"{HOST}/a/post_1.html", "created_at": "2025-01-20 10:00:00"}]},
            date(2025, 1, 20),
        ),
        (
            {"data": {"list": [{"TITLE": R24, "DOCPUBURL": f"{HOST}/a/post_1.html", "PUBDATE": 1737338400000}]}},
            date(2025, 1, 20),
        ),
        ([{"articleTitle": R24, "linkUrl": "/a/post_1.html", "publishDate": "20250120"}], date(2025, 1, 20)),
        (
            {
                "rows": [
                    {"name": R24, "href": "/a/post_1.html", "createTime": "2024-12-01", "publishTime": "2025/01/20"}
                ]
            },
            date(2025, 1, 20),
        ),
        ({"rows": [{"bt": f"<em>{R24}</em>", "path": "/a/post_1.html"}]}, None),
        ({"html": f"<ul><li><a href='/a/post_1.html'>{R24}</a><i>2025-01-20</i></li></ul>"}, date(2025, 1, 20)),
    ],
)
def test_json_by_the_meaning_of_its_keys(answer: object, published_on: date | None) -> None:
    for data in (json.dumps(answer), f"callback({json.dumps(answer, ensure_ascii=False)});"):
        listing = read_listing(data.encode(), f"{HOST}/api/list", "application/json")
        assert links(listing) == [(f"{HOST}/a/post_1.html", R24, published_on)]


@pytest.mark.parametrize(
    ("answer", "url", "pages"),
    [
        ({"pages": 3, "rows": []}, "/api?cid=5&page=1", [2, 3]),
        ({"total": 41, "pageSize": 20, "rows": []}, "/api?cid=5&page=2", [3]),
        ({"data": {"totalPages": 3, "number": 0}}, "/api?cid=5&page=0", [1, 2]),
        ({"total": 41, "pageSize": 20}, "/api?cid=5", []),
        ({"rows": []}, "/api?cid=5&page=1", []),
    ],
)
def test_json_goes_on(answer: object, url: str, pages: list[int]) -> None:
    listing = read_listing(json.dumps(answer).encode(), HOST + url)
    assert listing.next_pages == tuple(f"{HOST}/api?cid=5&page={n}" for n in pages)


def test_links_that_scripts_write() -> None:
    data = page(
        f"""<script>document.write("<li><a href=\\"/a/1.html\\" title='{R24}'>甲市教育局…<\\/a></li>");
        document.write('<a href="' + url + '">' + title + '</a>');</script>
        <script>var list = [{{title: "{R23}", url: '/a/2.html', date: "2024-01-22"}}, {{"title":"乙","link":"http:\\/\\/www.jia.gov.cn\\/a\\/3.html"}}];</script>"""
    )
    assert links(read_listing(data, f"{HOST}/nb/")) == [
        (f"{HOST}/a/1.html", R24, None),
        (f"{HOST}/a/2.html", R23, date(2024, 1, 22)),
        (f"{HOST}/a/3.html", "乙", None),
    ]


HOSTILE = {
    "links": b"<a href=x%d.html>2024</a>" * 100_000,
    "one row": b"<div>" + b"".join(b"<a href=x%d.html>t</a>" % n for n in range(100_000)) + b"</div>",
    "rows": b"".join(b"<li><a href=x%d.html>t</a>2025-01-20</li>" % n for n in range(50_000)),
    "attribute": b"<a title='" + b"x" * 3_000_000 + b"' href=a.html>t</a>",
    "address": b"<a href='" + b"x" * 3_000_000 + b"'>t</a>",
    "nesting": b"<div>" * 200_000 + b"<a href=a.html>t</a>",
    "nested spans": b"<span><b><font>" * 60_000 + b"<a href=a.html>t</a>",
    "records": b"<datastore>" + b"<record><![CDATA[<a href=a.html>t</a>" * 50_000,
    "braces": b"<script>" + b"{title:" * 200_000 + b"</script>",
    "pagers": b"<script>" + b"createPageHTML(" * 100_000 + b"</script>",
    "json": b"[" * 200_000,
    "options": b"<select>" + b"<option value=/a/1.html>1" * 50_000,
    "text": b"<a href=a.html>t</a>" + b"2025-01-" * 300_000,
    "years": b"2" * 3_000_000,
    "unclosed": b"<" * 1_000_000,
    "quotes": b"<a onclick='" + b'"/a.html"' * 200_000 + b"'>t</a>",
}


@folded("name", HOSTILE)
def test_hostile_pages_are_bounded(name: str) -> None:
    started = time.process_time()
    listing = read_listing(HOSTILE[name], f"{HOST}/nb/")
    assert time.process_time() - started < 10
    assert len(listing.items) <= MOST_ITEMS
    assert len(listing.next_pages) <= 50


MARKUP = st.lists(
    st.sampled_from(
        ["<a href='", "index_2.html", "'>", "下一页", "</a>", "<li>", "2025-01-20", "<script>", "createPageHTML(", "3,0,'index','html'", ")",
         "</script>", "<datastore>", "<record><![CDATA[", "]]></record>", "<base href='", "//", "http://", "[", "{", '"title":"x"', ",", "}", "<iframe src='", "?page=2", "#", "\x00", "年"]
    ),
    max_size=60,
)  # fmt: skip


@given(
    st.binary(max_size=400) | MARKUP.map(lambda pieces: "".join(pieces).encode()),
    st.sampled_from(["http://www.jia.gov.cn/nb/", "https://jia.gov.cn:8080/a/index_1.html?page=1", "no address", ""]),
)
@settings(max_examples=400, deadline=None)
def test_nothing_raises_and_addresses_are_absolute(data: bytes, url: str) -> None:
    listing = read_listing(data, url)
    every = [item.url for item in listing.items] + [*listing.next_pages, *listing.frames]
    assert all(address.startswith(("http://", "https://")) for address in every)
    assert len(set(listing.next_pages)) == len(listing.next_pages)


@folded(
    "inner",
    [
        f"<textarea hidden>&lt;a href='/nb/1.html'&gt;{R24}&lt;/a&gt;</textarea>",
        f"<noscript><a href='/nb/1.html'>{R24}</a></noscript>",
        f"<script>list.push({{t:'{R24}',u:'/nb/1.html'}})</script>",
    ],
)
def test_lists_in_what_a_browser_does_not_show(inner: str) -> None:
    assert [(url, title) for url, title, _ in links(read_listing(page(inner), f"{HOST}/nb/"))] == [
        (f"{HOST}/nb/1.html", R24)
    ]


def test_objects_that_name_no_report_are_no_links() -> None:
    assert links(read_listing(page("<script>x={t:'教育局',u:'/nb/1.html'}</script>"), f"{HOST}/nb/")) == []


@folded(
    ("script", "expected"),
    [
        ("document.getElementById('f').src='inner.html?c=5'", [f"{HOST}/nb/inner.html?c=5"]),
        ("$('#f').attr('src','inner.html')", [f"{HOST}/nb/inner.html"]),
        ("$('#g').attr('src','inner.html')", []),
        ("$('#f').attr('src','inner.html?c='+made)", []),
        ("$('#list').load('inner.html')", [f"{HOST}/nb/inner.html"]),
        ("$('#top').load('/inc/header.html')", []),
    ],
)
def test_frames_and_pieces_that_a_script_fills(script: str, expected: list[str]) -> None:
    data = page(f"<iframe id='f'></iframe><div id='list'></div><script>{script}</script>")
    assert list(read_listing(data, f"{HOST}/nb/").frames) == expected


@folded(
    ("row", "expected"),
    [
        ("<li><span>[教育局]</span><a href='a.html'>{t}</a></li>", "教育局"),
        ("<tr><td><a href='a.html'>{t}</a></td><td>岩头镇</td></tr>", "岩头镇"),
        ("<li><span>县政府办公室</span><a href='a.html'>{t}</a></li>", ""),
        ("<li><a href='a.html'>{t}</a><span>2025-01-20</span></li>", ""),
        ("<li><b>教育局</b><a href='a.html'>{t}</a><a href='b.html'>乙</a><a href='c.html'>丙</a></li>", ""),
    ],
)
def test_a_body_beside_a_title(row: str, expected: str) -> None:
    text = row.format(t="2024年政府信息公开工作年度报告")
    inner = f"<table>{text}</table>" if "<tr>" in row else text
    assert read_listing(page(inner), f"{HOST}/nb/").items[0].label == expected
