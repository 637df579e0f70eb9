"""Where the column of a report is, by its address and by what its page names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.columns import column_of, named_columns
from tests.made.cases import folded


@folded(
    ("path", "expected"),
    [
        ("/xxgk/gknb/202501/t20250114_3329195.html", ["/xxgk/gknb/"]),
        ("/jz/slz_65/zfxxgknb_70/202501/t20250122_14194815_wap.html", ["/jz/slz_65/zfxxgknb_70/"]),
        ("/zwgk/zfxxgkndgzbg/2015n/jzf/202111/t20211102_643273.html", ["/zwgk/zfxxgkndgzbg/2015n/jzf/", "/zwgk/zfxxgkndgzbg/"]),
        ("/zwgk/gknb/xxgknb2020/202103/t20210330_5402052.html", ["/zwgk/gknb/xxgknb2020/", "/zwgk/gknb/"]),
        ("/zwgk/zfxxgknb/t518537.html", ["/zwgk/zfxxgknb/"]),
        ("/zwgk/zfxxgkzl/bg/t_7168241.html", ["/zwgk/zfxxgkzl/bg/"]),
        ("/art/2025/1/24/art_55714_14262.html", ["/col/col55714/index.html"]),
        ("/jiajyj/art/2025/1/24/art_42150_1.html", ["/jiajyj/col/col42150/index.html"]),
        ("/nw12344/20230331/4a03b5fa47ae4c73b7ec42801de6be66.html", ["/nw12344/"]),
        ("/nw24536/20200820/0001-24536_21386.html", ["/nw24536/"]),
        ("/jczt/c102380/2021/1/29/6d8864bfd04b4108b7a5b2bb1ea786d7.shtml", ["/jczt/c102380/", "/jczt/c102380/list.shtml"]),
        ("/jias/c112888/201303/6a5fcf2841a04db595dcedcf876fe95f.shtml", ["/jias/c112888/", "/jias/c112888/list.shtml"]),
        ("/rfb/gknb/202101/c00_30823233.shtml", ["/rfb/gknb/"]),
        ("/zwgk/public/6616760/8240794.html", ["/zwgk/public/column/6616760?type=3"]),
        ("/public/column/16371?type=3&nav=5&sub=5&timeFrame=2019&hasContent=true", ["/public/column/16371?type=3&nav=5&sub=5"]),
        ("/module/xxgk/xxgkAnnualReport.jsp?area=1137&fbtime=2022&showType=2", ["/module/xxgk/xxgkAnnualReport.jsp?area=1137"]),
        ("/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/202308/21/720faafd-6610-4d9e-9cc8-9e0f056c2101.html", ["/columns/8aef2fa0-cc14-409e-9f68-fbdba00a0c72/index.html"]),
        ("/contents/35920/288778.html", ["/channels/35920.html"]),
        ("/dyz/qt/xxgkndbg/content/post_1542985.html", ["/dyz/qt/xxgkndbg/"]),
        ("/bm/zfxxgknb/2024n/content/post_10095458.html", ["/bm/zfxxgknb/2024n/", "/bm/zfxxgknb/"]),
        ("/Xxgknb/show/4587.html", ["/Xxgknb/"]),
        ("/zwgk/zfxxgknb/25911021.html", ["/zwgk/zfxxgknb/"]),
        ("/gk/zfxxgknb/2019/61554.htm", ["/gk/zfxxgknb/2019/", "/gk/zfxxgknb/"]),
        ("/D41X/4779287.jhtml", ["/D41X/index.jhtml", "/D41X/"]),
        ("/xxgkml/c105970/2011.shtml", ["/xxgkml/c105970/"]),
        ("/zfxxgk/zfxxgknb/2009n/", ["/zfxxgk/zfxxgknb/"]),
        ("/gate/big5/www.yi.gov.cn/xxgk/gknb/202501/t20250114_1.html", ["http://www.yi.gov.cn/xxgk/gknb/"]),
        ("/info/1044/2345.htm", []),
        ("/doc/2026/01/05/4712382.shtml", []),
        ("/2023/01-19/2677014.html", []),
        ("/jia/2023-02/17/article_2024041410491153660.html", []),
        ("/2021_01/13_11/content-312155.html", []),
        ("/gkmlpt/content/4/4434/post_4434952.html", []),
        ("/show.php?id=4540", []),
        ("/t20250114_1.html", []),
        ("/", []),
    ],
)  # fmt: skip
def test_columns_by_address(path: str, expected: list[str]) -> None:
    host = "http://www.jia.gov.cn"
    assert column_of(host + path) == tuple(p if p.startswith("http") else host + p for p in expected)


def test_no_address_has_no_column() -> None:
    assert column_of("") == column_of("ftp://a/b/") == column_of("http://[/") == ()


URL = "http://www.jia.gov.cn/zwgk/info/1044/2345.htm"


def test_columns_that_a_page_names() -> None:
    html = """<div class="nav"><a href="/zfxxgknb.htm">政府信息公开年报</a><a href="/zn.htm">政府信息公开指南</a></div>
    <div class="crumb">当前位置：<a href="/">首页</a>&gt;<a href="../../jyj/nb.htm">年度报告</a></div>
    <a href="http://www.example.com/nb/">政府信息公开年报</a><a href="/a.pdf">政府信息公开年报</a>
    <a href="2345.htm">政府信息公开年报</a><a href="/info/1044/9.htm">甲局2023年政府信息公开工作年度报告</a>
    <a href="https://xxgk.jia.gov.cn/nb/">信息公开年报</a><a href="/d.htm">历年年报</a>"""
    assert named_columns(html.encode("gbk"), URL, None) == (
        "http://www.jia.gov.cn/zwgk/jyj/nb.htm",
        "http://www.jia.gov.cn/zfxxgknb.htm",
        "https://xxgk.jia.gov.cn/nb/",
    )


def test_a_page_without_columns() -> None:
    assert named_columns(b"<p>x</p>", URL) == named_columns(b"", URL) == named_columns(b"\x00\xff", "") == ()


PARTS = st.sampled_from(
    [
        "art",
        "2025",
        "1",
        "24",
        "art_1_2.html",
        "202501",
        "t20250114_1.html",
        "zfxxgknb",
        "2024n",
        "content",
        "post_1.html",
        "index.html",
        "show",
        "public",
        "12345",
        "..",
        "",
        "info",
        "nb",
    ]
)


@given(st.lists(PARTS, max_size=8).map("/".join) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_candidates_are_few_and_absolute(path: str) -> None:
    found = column_of(f"http://www.jia.gov.cn/{path}")
    assert len(found) <= 3
    assert all(url.startswith(("http://", "https://")) and not url.endswith("gov.cn/") for url in found)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_page_raises(data: bytes) -> None:
    for url in named_columns(data + b"<a href='x" + data + b"'>\xe5\xb9\xb4\xe6\x8a\xa5</a>", URL):
        assert url.startswith(("http://", "https://"))
