from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read import Unreadable, read
from pipelines.read.document import Document, Heading, Paragraph, Table

PROSE = "全年主动公开政府信息，办理申请，接受监督。" * 20


def page(body: str, head: str = "") -> Document:
    return read(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), "made.html")


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if not isinstance(b, Table)]


def grid(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in document.tables[number].grid]


def test_blocks_stand_in_reading_order() -> None:
    document = page(f"<h1>标题</h1><p>一、总体情况</p><table><tr><td>规章</td><td>3</td></tr></table><p>{PROSE}</p>")
    assert [type(b) for b in document.blocks] == [Heading, Paragraph, Table, Paragraph]


def test_word_markup_splits_words_and_numbers_over_spans() -> None:
    cell = "<td><p class=MsoNormal><span lang=EN-US>1<span>3</span></span><font>6</font><b><span>12</span></b><o:p></o:p></p></td>"
    label = "<td><p><span>予以</span><span style='mso-x'>公</span><font>开</font></p></td>"
    assert grid(page(f"<table><tr>{label}{cell}</tr></table>")) == [["予以公开", "13612"]]


def test_two_numbers_in_one_cell_never_become_one() -> None:
    for inner in (
        "<p>12</p><p>7</p>",
        "12<br>7<br>",
        "12<br>7",
        "12<p>7</p>",
        "<div>12</div><div>7</div>",
        "12<sup>50</sup>",
    ):
        assert grid(page(f"<table><tr><td>规章</td><td>{inner}</td></tr></table>")) == [
            ["规章", "12\n50" if "50" in inner else "12\n7"]
        ]


def test_labels_broken_by_br_join() -> None:
    assert grid(page("<table><tr><td>本年新<br/>制作数量</td><td>1</td></tr></table>"))[0][0] == "本年新制作数量"


def test_blank_cells_of_no_break_and_ideographic_spaces() -> None:
    cells = "".join(
        f"<td>{x}</td>" for x in ("规章", "&nbsp;", "&nbsp;&nbsp;", "\u3000", "<p>&nbsp;</p>", "\u200b", "")
    )
    assert grid(page(f"<table><tr>{cells}</tr></table>")) == [["规章", "", "", "", "", "", ""]]


def test_navigation_scripts_and_foot_are_not_the_report() -> None:
    document = page(
        "<div class=nav><ul><li><a href=1>首页</a></li><li><a href=2>政务公开</a></li></ul></div><script>var a='脚本';</script>"
        f"<div class=wrap><h1>甲市2023年政府信息公开工作年度报告</h1><div id=zoom><p>{PROSE}</p><p>{PROSE}</p></div></div>"
        "<div class=foot><a href=3>网站地图</a><p>主办单位：甲市人民政府 京ICP备00000号</p></div>"
    )
    assert texts(document) == ["甲市2023年政府信息公开工作年度报告", PROSE, PROSE]


def test_lines_of_links_are_the_sites_and_links_in_a_sentence_are_not() -> None:
    related = "".join(f"<p><a href={y}>甲市{y}年政府信息公开工作年度报告</a></p>" for y in (2021, 2022))
    document = page(f"<p><a href=1>首页</a></p><p>{PROSE}</p><p>本报告可从<a href=2>门户网站</a>下载。</p>{related}")
    assert texts(document) == [PROSE, "本报告可从门户网站下载。"]


def test_what_stands_after_the_main_container_is_kept() -> None:
    document = page(f"<div><p>{PROSE * 3}</p></div><div><p>甲市人民政府</p><p>2024年1月20日</p></div>")
    assert texts(document)[-2:] == ["甲市人民政府", "2024年1月20日"]


def test_nested_layout_tables_are_walked_and_the_data_table_kept_whole() -> None:
    inner = "<table><tr><td>规章</td><td>1</td></tr><tr><td>行政规范性文件</td><td>2</td></tr></table>"
    outer = f"<table><tr><td><table><tr><td><p>{PROSE}</p>{inner}<p>{PROSE}</p></td></tr></table></td><td><a href=1>链接</a></td></tr></table>"
    document = page(outer)
    assert len(document.tables) == 1
    assert grid(document) == [["规章", "1"], ["行政规范性文件", "2"]]
    assert texts(document)[0] == PROSE


def test_a_data_table_with_most_of_the_text_does_not_swallow_the_rest() -> None:
    rows = "".join(f"<tr><td>{'某类政府信息公开申请的处理结果' * 4}</td><td>{i}</td></tr>" for i in range(30))
    document = page(
        f"<div><p>三、收到和处理政府信息公开申请情况</p><table>{rows}</table><p>四、行政复议、行政诉讼情况</p></div>"
    )
    assert texts(document) == ["三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"]
    assert document.tables[0].height == 30


def test_a_header_table_becomes_fields_not_a_table() -> None:
    head = (
        "<table><tr><td>索 引 号：</td><td>014000/2024-0001</td><td>发布机构：</td><td>甲市人民政府办公室</td></tr>"
        "<tr><td>公开日期：</td><td>2024-01-20</td><td>名称：</td><td>甲市2023年政府信息公开工作年度报告</td></tr></table>"
    )
    document = page(f"{head}<div><p>{PROSE}</p></div>")
    assert document.tables == []
    assert document.metadata["索引号"] == "014000/2024-0001"
    assert document.metadata["发布机构"] == "甲市人民政府办公室"
    assert document.metadata["公开日期"] == "2024-01-20"


def test_fields_in_a_line_and_in_meta_tags() -> None:
    document = page(
        f"<p>发布时间：2024-01-31 来源：甲市人民政府</p><p>{PROSE}</p>", '<meta name="SiteName" content="甲市人民政府">'
    )
    assert document.metadata["公开日期"] == "2024-01-31"
    assert document.metadata["来源"] == "甲市人民政府"
    assert document.metadata["meta:sitename"] == "甲市人民政府"


def test_a_report_laid_out_as_one_table() -> None:
    rows = f"<tr><td colspan=2>{PROSE}</td></tr><tr><td>规章</td><td>1</td></tr><tr><td>行政许可</td><td>2</td></tr><tr><td colspan=2>{PROSE}</td></tr>"
    document = page(f"<table>{rows}</table>")
    assert [type(b) for b in document.blocks] == [Paragraph, Table, Paragraph]
    assert grid(document) == [["规章", "1"], ["行政许可", "2"]]


def test_unclosed_tags_read_as_a_browser_does() -> None:
    assert grid(page("<table><tr><td>规章<td>1<tr><td>行政许可<td>2</table>")) == [["规章", "1"], ["行政许可", "2"]]


def test_deep_nesting_does_not_stop_the_reader() -> None:
    document = page("<div>" * 5000 + "深处的文字" + "</div>" * 5000)
    assert "深处的文字" in "".join(texts(document))


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        page("<script>render()</script><div id=app></div>")
    assert caught.value.code == "no_text"
    assert caught.value.hint


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='<>/tdrable pdiv span="1一0&;\n', max_size=300))
def test_any_markup_reads_or_is_refused(markup: str) -> None:
    try:
        document = read(("<html><body>" + markup).encode(), "x")
    except Unreadable as refusal:
        assert refusal.code in ("no_text", "too_many_cells")
    else:
        assert document.blocks
