"""Where the column of a report is, by what its page names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.report_column import named_columns

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


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_page_raises(data: bytes) -> None:
    for url in named_columns(data + b"<a href='x" + data + b"'>\xe5\xb9\xb4\xe6\x8a\xa5</a>", URL):
        assert url.startswith(("http://", "https://"))
