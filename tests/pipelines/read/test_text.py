from __future__ import annotations

from pipelines.read import read
from pipelines.read.document import Document, Heading, Paragraph, Table


def text(content: str) -> Document:
    return read(content.encode(), "made.txt")


def grid(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in document.tables[number].grid]


def test_headings_paragraphs_and_pipe_tables() -> None:
    document = text("# 标题\n\n正文一行\n\n| 信息内容 | 件数 |\n|---|---:|\n| 规章 | 3 |\n\n## 下一节\n")
    assert [type(b) for b in document.blocks] == [Heading, Paragraph, Table, Heading]
    assert grid(document) == [["信息内容", "件数"], ["规章", "3"]]
    assert document.title == "标题"


def test_every_block_says_where_it_stands() -> None:
    document = text("第一行\n\n| a | b |\n|---|---|\n| c | d |\n最后")
    assert [b.locator for b in document.blocks] == ["line 1", "lines 3-5", "line 6"]


def test_page_numbers_are_dropped_but_numbers_are_not() -> None:
    document = text("甲\n— 3 —\n- 4 -\n第5页\n第 6 页 共 9 页\n7\n乙\n")
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == ["甲", "7", "乙"]


def test_marks_and_entities_of_markdown() -> None:
    document = text("**一、总体情况**\n| 规章<br>（件） | 1\\|2 | **3** | &nbsp; |\n")
    assert document.blocks[0].text == "一、总体情况"  # type: ignore[union-attr]
    assert grid(document) == [["规章（件）", "1|2", "3", ""]]


def test_ragged_pipe_rows_are_filled() -> None:
    assert grid(text("| a | b | c |\n| d |x|\n")) == [["a", "b", "c"], ["d", "x", None]]


def test_tables_left_as_html() -> None:
    document = text("# 报告\n\n<table><tr><td rowspan=2>规章</td><td>1</td></tr>\n<tr><td>2</td></tr></table>\n\n尾\n")
    assert grid(document) == [["规章", "1"], ["规章", "2"]]
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == ["报告", "尾"]


def test_gb18030_text() -> None:
    document = read("一、总体情况\n本年新收申请３件\n".encode("gb18030"), "x.txt")
    assert document.encoding == "gb18030"
    assert document.blocks[1].text == "本年新收申请３件"  # type: ignore[union-attr]


def test_fields_of_the_first_lines() -> None:
    assert text("索引号：A-1 发布日期：2024-01-20\n正文\n").metadata == {"索引号": "A-1", "公开日期": "2024-01-20"}
