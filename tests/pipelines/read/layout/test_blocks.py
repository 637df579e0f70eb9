from __future__ import annotations

from pipelines.read.document import UNREAD, Heading, Paragraph, Table
from pipelines.read.layout.blocks import blocks
from pipelines.read.layout.shapes import Glyph, Page, Rule

COLUMN, ROW = 60.0, 20.0


def text(words: str, x: float, y: float, size: float = 10.0, confidence: float | None = None) -> list[Glyph]:
    """Words from a place on, with ten points a character."""
    return [
        Glyph(c, x + size * k, y, x + size * (k + 1), y + size, size, confidence)
        for k, c in enumerate(words)
        if c != " "
    ]


def page(number: int, *rows: list[str], top: float = 600.0, closed: bool = True, above: str = "") -> Page:
    """A page with a ruled table of these rows, and a line of text above it."""
    made = Page(number, 600.0, 800.0)
    height, width = len(rows), len(rows[0])
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            made.glyphs += text(words, 52 + j * COLUMN, top + i * ROW + 5, size=8.0)
    if above:
        made.glyphs += text(above, 50, top - 60)
    last = height if closed else height - 1
    made.horizontal = [Rule(top + i * ROW, 50, 50 + width * COLUMN) for i in range(last + 1)]
    made.vertical = [Rule(50 + j * COLUMN, top, top + height * ROW) for j in range(width + 1)]
    return made


def grid(table: Table) -> list[list[str]]:
    """The texts of a table's cells, row by row, each once."""
    return [[c.text for c in row if c is not None and c.row == i] for i, row in enumerate(table.grid)]


def test_a_table_over_a_page_break_is_one() -> None:
    first = page(1, ["规章", "1", "0"], ["许可", "2", "7"], above="二、主动公开政府信息情况")
    second = page(2, ["处罚", "3", "8"], ["强制", "4", "9"], top=60.0)
    heading, table = blocks([first, second])
    assert isinstance(heading, Paragraph) and heading.text == "二、主动公开政府信息情况"
    assert isinstance(table, Table) and "pages 1-2" in table.locator
    assert grid(table) == [["规章", "1", "0"], ["许可", "2", "7"], ["处罚", "3", "8"], ["强制", "4", "9"]]
    assert table.grid[2][1] is not None and "page 2" in (table.grid[2][1].region or "")


def test_a_row_that_the_page_break_cuts_open_is_one_row() -> None:
    first = page(1, ["规章", "1", "0"], ["行政许", "2", "7"], closed=False)
    second = page(2, ["可", "", ""], ["处罚", "3", "8"], top=60.0)
    second.horizontal = second.horizontal[1:]
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert [row for row in grid(table) if row] == [["规章", "1", "0"], ["行政许可", "2", "7"], ["处罚", "3", "8"]]


def test_a_row_that_the_page_break_cuts_and_closes_is_one_row() -> None:
    """The first half of the label fills its cell of 60 points, so it goes on below."""
    first = page(1, ["规章", "1", "0"], ["行政许可情", "2", "7"])
    second = page(2, ["况", "", ""], ["处罚", "3", "8"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert grid(table) == [["规章", "1", "0"], ["行政许可情况", "2", "7"], ["处罚", "3", "8"]]


def test_a_cut_row_with_one_number_is_one_row_where_its_label_goes_on() -> None:
    blank = ["", "", "", ""]
    first = page(1, ["2.无信息", "4", "3", *blank[2:], "7"], ["3.补正后申", "25", *blank])
    second = page(2, ["请", "", *blank], ["5.其他", "", "1", "", "", "1"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert grid(table)[1] == ["3.补正后申请", "25", *blank]
    second = page(2, ["4.其他", "", *blank], ["5.其他", "", "1", "", "", "1"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert grid(table)[1:3] == [["3.补正后申", "25", *blank], ["4.其他", "", *blank]]
    short = page(1, ["规章", "5"], ["行政许可情", "2"]), page(2, ["处罚", ""], ["收费", "3"], top=60.0)
    (table,) = blocks(short)
    assert isinstance(table, Table)
    assert grid(table)[1:3] == [["行政许可情", "2"], ["处罚", ""]]


def test_blanks_at_the_top_of_a_page_are_the_rest_of_a_row() -> None:
    first = page(1, ["规章", "1", "0"], ["许可", "2", "7"])
    second = page(2, ["", "", ""], ["处罚", "3", "8"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert [row for row in grid(table) if row] == [["规章", "1", "0"], ["许可", "2", "7"], ["处罚", "3", "8"]]


def test_a_header_that_the_page_break_cuts_is_one_row() -> None:
    """Its words fill their cells, so they go on below."""
    first = page(1, ["未经复议直", "结果维持结", "其他结果其"])
    second = page(2, ["接起诉", "果纠正", "他"], ["1", "0", "3"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    rows = [row for row in grid(table) if row]
    assert rows == [["未经复议直接起诉", "结果维持结果纠正", "其他结果其他"], ["1", "0", "3"]]


def test_a_number_that_the_page_break_cuts_is_one() -> None:
    """Its first half fills the cell; the other numbers of the row have nothing on the next page."""
    first = page(1, ["规章", "1", "0", "0"], ["许可", "123456", "2", "7"])
    second = page(2, ["", "78", "", ""], ["处罚", "3", "8", "1"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert [row for row in grid(table) if row][1:] == [["许可", "12345678", "2", "7"], ["处罚", "3", "8", "1"]]


def test_a_number_below_one_that_had_room_is_another() -> None:
    first = page(1, ["规章", "1", "0", "0"], ["许可", "123", "2", "7"])
    second = page(2, ["", "78", "", ""], ["处罚", "3", "8", "1"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert "12378" not in [text for row in grid(table) for text in row]


def test_a_repeated_header_goes_though_the_second_part_lacks_an_edge() -> None:
    """The rule within the labels' columns is drawn on the first page only."""
    first = page(1, ["内容", "", "制发", "废止"], ["规章", "甲", "1", "0"])
    second = page(2, ["内容", "制发", "废止"], ["许可", "2", "7"], top=60.0)
    first.vertical[1] = Rule(first.vertical[1].at, 600 + ROW, 600 + 2 * ROW)
    second.glyphs = [g._replace(x0=g.x0 + COLUMN, x1=g.x1 + COLUMN) if g.x0 > 50 + COLUMN else g for g in second.glyphs]
    second.vertical = [second.vertical[0], *(rule._replace(at=rule.at + COLUMN) for rule in second.vertical[1:])]
    second.horizontal = [rule._replace(end=rule.end + COLUMN) for rule in second.horizontal]
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    rows = [list(dict.fromkeys(row)) for row in grid(table)]
    assert rows == [["内容", "制发", "废止"], ["规章", "甲", "1", "0"], ["许可", "2", "7"]]


def test_the_padding_of_a_frame_around_a_table_is_no_part_of_it() -> None:
    first = page(1, ["规章", "1", "0"], ["许可", "2", "7"])
    x0, x1, y0, y1 = 42.0, 50 + 3 * COLUMN + 8, 590.0, 600 + 2 * ROW + 10
    first.horizontal += [Rule(y0, x0, x1), Rule(y1, x0, x1), Rule(600, x0, x1), Rule(640, x0, x1)]
    first.vertical += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    (table,) = blocks([first])
    assert isinstance(table, Table)
    assert grid(table) == [["规章", "1", "0"], ["许可", "2", "7"]]


def test_a_blank_column_of_values_stays() -> None:
    (table,) = blocks([page(1, ["规章", "1", ""], ["许可", "2", ""])])
    assert isinstance(table, Table) and grid(table) == [["规章", "1", ""], ["许可", "2", ""]]


def test_a_blank_row_behind_a_page_break_stays_a_row() -> None:
    first = page(1, ["规章", "1", "0"], ["处罚", "2", "7"])
    second = page(2, ["强制", "", ""], ["收费", "3", "8"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert grid(table)[2] == ["强制", "", ""]


def test_a_header_that_is_printed_on_each_page_is_read_once() -> None:
    head = ["内容", "制发", "废止"]
    first, second = page(1, head, ["规章", "1", "0"]), page(2, head, ["许可", "2", "7"], top=60.0)
    (table,) = blocks([first, second])
    assert isinstance(table, Table)
    assert grid(table) == [head, ["规章", "1", "0"], ["许可", "2", "7"]]


def test_tables_with_text_between_are_two() -> None:
    first = page(1, ["规章", "1", "0"], ["许可", "2", "7"])
    second = page(2, ["处罚", "3", "8"], ["强制", "4", "9"], top=160.0, above="另一个表格")
    assert [type(block) for block in blocks([first, second])] == [Table, Paragraph, Table]


def test_large_letters_on_the_first_page_are_the_title_even_over_two_lines() -> None:
    first = Page(1, 600.0, 800.0)
    first.glyphs = text("某市人民政府", 200, 60, size=22) + text("二〇二四年度报告", 180, 90, size=22)
    first.glyphs += text("本报告根据条例编制而成", 50, 200) + text("数据统计期限为全年", 50, 230)
    title, *rest = blocks([first])
    assert title == Heading("某市人民政府二〇二四年度报告", 1, "page 1")
    assert all(isinstance(block, Paragraph) for block in rest)


def test_running_text_is_no_title_though_a_table_without_rules_has_smaller_letters() -> None:
    first = Page(1, 600.0, 800.0)
    first.glyphs = text("某市年度报告", 200, 60, size=22)
    first.glyphs += text("本报告根据条例编制而成，统计期限为全年数据。", 50, 100, size=14)
    first.glyphs += text("一、总体情况", 50, 140, size=14)
    for k in range(12):
        first.glyphs += text(f"行政许可事项 {k} 17 229 3308 1", 50, 180 + 20 * k, size=10)
    title, *rest = blocks([first])
    assert title == Heading("某市年度报告", 1, "page 1")
    assert all(isinstance(block, Paragraph) for block in rest)


def test_a_cell_knows_the_least_confident_of_its_pieces() -> None:
    first = page(1, ["规章", "1", "0"])
    first.glyphs += text("3", 52 + COLUMN + 8, 605, 8.0, 0.42) + text(UNREAD, 52 + 2 * COLUMN + 8, 605, 8.0, 0.0)
    (table,) = blocks([first])
    assert isinstance(table, Table)
    assert [(c.text, c.confidence) for c in table.cells()] == [("规章", None), ("13", 0.42), ("0" + UNREAD, 0.0)]


def test_a_mark_that_hangs_over_the_edge_belongs_to_the_word_before_it() -> None:
    first = page(1, ["", "35", "0"])
    first.glyphs = text("部分公开，", 110 - 8 * 4, 605, 8.0) + first.glyphs
    (table,) = blocks([first])
    assert isinstance(table, Table)
    assert grid(table)[0] == ["部分公开，", "35", "0"]


def test_columns_without_rules_between_rows_are_lines() -> None:
    """Only the frame and the vertical rules are drawn: the rows are told by their place."""
    first = page(1, ["规章", "1", "0"], ["许可", "2", "7"], ["处罚", "3", "8"])
    first.horizontal = [first.horizontal[0], first.horizontal[-1]]
    assert [b.text for b in blocks([first]) if isinstance(b, Paragraph)] == ["规章 1 0", "许可 2 7", "处罚 3 8"]


def test_empty_pages_have_no_blocks() -> None:
    assert blocks([]) == []
    assert blocks([Page(1, 600.0, 800.0)]) == []
