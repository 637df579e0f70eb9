from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.document import UNREAD
from pipelines.read.layout.lines import cell_text, joined, lines, paragraphs
from pipelines.read.layout.shapes import Glyph

SIZE = 10.0


def glyphs(text: str, x: float = 0.0, y: float = 0.0, gap: float = 0.0, angle: int = 0) -> list[Glyph]:
    """A line of text: Chinese characters one em wide, digits and letters half an em; a space moves on by half an em."""
    made: list[Glyph] = []
    for character in text:
        width = SIZE / 2 if character.isascii() else SIZE
        if character != " ":
            made.append(Glyph(character, x, y, x + width, y + SIZE, SIZE, None, angle))
        x += width + gap
    return made


def test_a_number_broken_by_a_narrow_cell_is_one_number() -> None:
    # Two digits of 5 pt and the cell's margins fill a cell of 18 pt: the third and fourth had to go below.
    assert cell_text(glyphs("31") + glyphs("19", y=12), 18) == "3119"


def test_a_number_may_be_broken_behind_every_digit() -> None:
    """In a cell of 20 pt, and of full-width digits in one of 24 pt, there is room for one between the margins."""
    assert cell_text(glyphs("1") + glyphs("5", y=12) + glyphs("6", y=24), 20) == "156"
    assert cell_text(glyphs("４") + glyphs("１", y=12) + glyphs("４", y=24), 24) == "４１４"
    assert cell_text(glyphs("0") + glyphs("6", y=12), 20) == "0\n6"  # no number of several digits begins with 0


def test_two_numbers_in_one_cell_never_become_one() -> None:
    assert cell_text(glyphs("31") + glyphs("19", y=12), 60) == "31\n19"
    assert cell_text(glyphs("31") + glyphs("19", x=40), 60) == "31\n19"


def test_bold_type_that_is_printed_twice_is_read_once() -> None:
    once, again = glyphs("100"), [g._replace(x0=g.x0 + 0.4, x1=g.x1 + 0.4) for g in glyphs("100")]
    assert cell_text(once + again, 60) == "100"


def test_labels_wrap_anywhere() -> None:
    stacked = [g for k, c in enumerate("本年度办理结果") for g in glyphs(c, y=12.0 * k)]
    assert cell_text(stacked, 14) == "本年度办理结果"
    assert cell_text(glyphs("属于国家秘", x=2) + glyphs("密", x=2, y=12), 60) == "属于国家秘密"


def test_letters_spaced_out_are_a_word_and_latin_words_stay_apart() -> None:
    assert cell_text(glyphs("申 请 人 情 况"), 200) == "申请人情况"
    assert cell_text(glyphs("Our City"), 200) == "Our City"


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_reads_along_its_own_direction(angle: int) -> None:
    """The same word on a page that is turned by the angle against the clock."""
    word = glyphs("办理结果")
    turned = []
    for g in word:
        if angle == 90:
            box = (g.y0, -g.x1, g.y1, -g.x0)
        elif angle == 180:
            box = (-g.x1, -g.y1, -g.x0, -g.y0)
        else:
            box = (-g.y1, g.x0, -g.y0, g.x1)
        turned.append(Glyph(g.text, *box, SIZE, None, angle))
    assert cell_text(turned, 60) == "办理结果"


def test_what_could_not_be_read_is_not_left_out() -> None:
    assert cell_text([*glyphs("9"), *glyphs(UNREAD, x=5), *glyphs("1", x=15)], 60) == f"9{UNREAD}1"


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=8))
def test_numbers_of_a_row_without_rules_stay_apart(numbers: list[int]) -> None:
    """Columns as narrow as the numbers allow: a third of an em between them."""
    row: list[Glyph] = []
    x = 0.0
    for number in numbers:
        row += glyphs(str(number), x=x)
        x = row[-1].x1 + 0.36 * SIZE
    (line,) = lines(row)
    assert line.text.split() == [str(number) for number in numbers]


def test_paragraphs_are_whole_and_begin_where_they_are_indented() -> None:
    full = "某市人民政府办公室二〇二四年主动公开各类政府信息"  # 24 characters: the width of the text
    page = [
        *glyphs("　　" + full[:22], y=0),
        *glyphs(full, y=15),
        *glyphs("五千条。", y=30),
        *glyphs("　　" + full[:22], y=45),
        *glyphs("一千条。", y=60),
    ]
    page = [g for g in page if g.text != "　"]
    assert [joined(part) for part in paragraphs(lines(page))] == [full[:22] + full + "五千条。", full[:22] + "一千条。"]


def test_a_numbered_heading_behind_a_full_line_is_a_paragraph() -> None:
    full = "全年发布各类信息并且认真办理留言共计四十三条整。"
    page = [*glyphs(full), *glyphs(full, y=15), *glyphs("六、其他需要报告的事项", y=30)]
    assert [joined(part) for part in paragraphs(lines(page))] == [full + full, "六、其他需要报告的事项"]


def mark(text: str, x: float, foot: float, size: float) -> list[Glyph]:
    """Digits of a size in points whose boxes end at the height `foot`."""
    return [Glyph(t, x + k * size / 2, foot - size, x + (k + 1) * size / 2, foot, size) for k, t in enumerate(text)]


def test_raised_and_lowered_digits_are_marks_and_no_part_of_the_number() -> None:
    number = glyphs("605")
    assert cell_text(number + mark("12", 15, 6.5, 6), 100) == "605¹²"
    assert cell_text(mark("1", 0, 6.5, 6) + glyphs("605", 3), 100) == "¹605"
    assert cell_text(number + mark("1", 15, 11, 6), 100) == "605₁"
    assert cell_text(number + mark("1", 15, 6.5, 10), 100) == "605¹"
    assert cell_text(number + mark("(1)", 15, 6.5, 6), 100) == "605⁽¹⁾"


def test_a_mark_on_a_line_of_its_own_is_not_joined_in_a_narrow_cell() -> None:
    assert cell_text(mark("1", 15, 4, 6) + glyphs("605"), 17) == "1\n605"


def test_small_digits_on_the_line_are_digits() -> None:
    """A number in small type among large characters; its box ends where those of the characters do, but for a little."""
    assert cell_text(glyphs("收费") + mark("605", 20, 9.3, 6), 100) == "收费605"
    assert cell_text(glyphs("60") + mark("5", 10, 9.2, 9), 100) == "605"
    assert cell_text(glyphs("60") + mark("5", 10, 11.2, 10), 100) == "605"
