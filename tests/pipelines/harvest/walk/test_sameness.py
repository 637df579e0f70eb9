"""Whether a page that is other bytes says something else."""

from __future__ import annotations

import pytest

from pipelines.harvest.walk.sameness import says_the_same

TEXT = "本年度主动公开政府信息若干条，收到申请十二件。" * 12


def page(inner: str = "", head: str = "", text: str = TEXT) -> bytes:
    return f"<html><head><title>年度报告</title>{head}</head><body><p>{text}</p>{inner}</body></html>".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>您是第 <b>10000</b> 位访客</p>", "<p>您是第 <b>10001</b> 位访客</p>"),
        ("<p>来源：市府办　浏览次数：<i>7</i></p>", "<p>来源：市府办　浏览次数：<i>1,208</i></p>"),
        ("<span>[点击量: 3]</span>", "<span>[点击量: 4]</span>"),
        ("<p>今天是2026年1月9日 星期五</p>", "<p>今天是2026年1月10日 星期六</p>"),
        ("<!-- 0.02 s -->", "<!-- 0.03 s -->"),
        ("<script>var t = 1</script>", "<script>var t = 2</script>"),
        (
            '<input type="hidden" name="__VIEWSTATE" value="aGk=">',
            '<input type="hidden" name="__VIEWSTATE" value="aGo=">',
        ),
    ],
)
def test_counters_the_day_and_tokens_say_nothing(before: str, after: str) -> None:
    assert says_the_same(page(before), page(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>收到申请12件</p>", "<p>收到申请13件</p>"),
        ("<p>网站总浏览量：12万次。</p>", "<p>网站总浏览量：13万次。</p>"),
        ("<table><td>浏览量</td><td>12</td></table>", "<table><td>浏览量</td><td>13</td></table>"),
        ('<a href="1.pdf">附件</a>', '<a href="2.pdf">附件</a>'),
        ('<img src="1.png">', '<img src="2.png">'),
        ("<script>write('收到12件')</script>", "<script>write('收到13件')</script>"),
        ('<input type="hidden" value="收到12件">', '<input type="hidden" value="收到13件">'),
    ],
)
def test_all_else_does(before: str, after: str) -> None:
    assert not says_the_same(page(before), page(after))
    assert says_the_same(page(before), page(before + "<!-- -->"))


def test_what_declares_a_fact_or_hardly_has_text_or_is_no_page_differs() -> None:
    assert not says_the_same(page(head='<meta name="PubDate" content="2026-01-01">'), page())
    assert not says_the_same(page("<!-- 1 -->", text="报告"), page("<!-- 2 -->", text="报告"))
    assert not says_the_same(b"%PDF-1.7 a", b"%PDF-1.7 b")
