"""Whole pages through the engine: few, since each takes a second. The pages are drawn, so what they say is known."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pipelines.parse.numbers import read_cell
from pipelines.read.document import UNREAD, Table
from pipelines.read.layout.blocks import blocks
from tests.made.renderers.image import degraded, image_pdf, stamped
from tests.pipelines.read.ocr.drawn import DPI, SCALE, Sheet

pytest.importorskip("rapidocr", reason="reading pictures needs the extra gongkai[ocr]")
pytest.importorskip("onnxruntime", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read import ocr, pdf

pytestmark = pytest.mark.long(seconds=25)

NUMBERS = [["行政许可", "3", "12", "111", "/"], ["行政处罚", "0", "1234567", "1", "-"], ["", "", "—", "2.5", "无"]]
TIGHT = [
    ["申请总数", "12", "345", "0", "8"],
    ["本年新收", "10", "7", "11", "1111"],
    ["上年结转", "0", "69", "96", "808"],
]


def sheet() -> Sheet:
    drawn = Sheet()
    drawn.table([40, 140, 200, 260, 320, 380], [40, 60, 80, 100], NUMBERS)
    drawn.table([40, 140, 162, 184, 206, 228], [120, 134, 148, 162], TIGHT, size=9)
    drawn.words("表外的一行文字", 40, 200, 11)
    drawn.words("另一行长一些的文字在表的下面", 40, 220, 11)
    return drawn


def tables(page: Image.Image) -> list[list[list[str | None]]]:
    found = blocks([ocr.page(np.asarray(page), 1, DPI)])
    return [[[c.text if c else None for c in row] for row in t.grid] for t in found if isinstance(t, Table)]


def test_every_cell_of_a_clean_page_is_read() -> None:
    assert tables(sheet().image) == [NUMBERS, TIGHT]


def test_every_cell_of_a_bad_scan_is_read() -> None:
    assert tables(degraded(sheet().image)) == [NUMBERS, TIGHT]


def test_a_struck_number_is_unread_and_its_neighbours_are_not() -> None:
    drawn = sheet()
    drawn.rule(283, 50, 290, 50, 0.7)  # through 11 of 111
    ((_, *first), *rest), tight = tables(drawn.image)
    assert first == ["3", "12", UNREAD, "/"]
    assert (rest, tight) == (NUMBERS[1:], TIGHT)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_on_its_head_is_turned(degrees: int) -> None:
    drawn = Sheet()
    drawn.table([40, 140, 200], [40, 60, 80], [["行政许可", "34"], ["行政处罚", "69"]])
    for line in range(6):
        drawn.words("这里是一行足够长的文字用来说明方向", 40, 110 + 22 * line, 11)
    assert tables(drawn.image.rotate(degrees, expand=True)) == [[["行政许可", "34"], ["行政处罚", "69"]]]


def test_characters_one_under_the_other_are_one_label() -> None:
    drawn = Sheet()
    drawn.table([40, 60, 140, 200], [40, 150, 170], [["", "予以公开", "4"], ["计", "不予公开", "7"]])
    for k, character in enumerate("本年度办理结果"):
        drawn.words(character, 45, 46 + 13 * k)
    assert tables(drawn.image) == [[["本年度办理结果", "予以公开", "4"], ["计", "不予公开", "7"]]]


def test_words_that_reach_over_a_rule_are_cut_there() -> None:
    drawn = Sheet()
    drawn.table([40, 140, 200, 260], [40, 60, 80], [["申请", "", ""], ["结转", "", ""]])
    drawn.words("23456", 182, 46, 11)
    page = ocr.page(drawn.pixels, 1, DPI)
    assert sum(glyph.x0 < 200 < glyph.x1 for glyph in page.glyphs) == 0
    [table] = blocks([page])
    assert isinstance(table, Table)
    row = [cell.text if cell else None for cell in table.grid[0]]
    assert row[0] == "申请"
    assert row[1] and row[2]
    assert "23456" not in row


def test_coloured_heads_with_light_letters_do_not_swallow_the_row_below() -> None:
    drawn = Sheet()
    drawn.fill(40, 40, 260, 60, grey=60)
    drawn.table([40, 140, 200, 260], [40, 60, 80, 100], [["", "", ""], ["申请", "3", "4"], ["结转", "5", "6"]])
    drawn.words("信息内容", 60, 45, 10, grey=255)
    [table] = tables(drawn.image)
    assert table[1:] == [["申请", "3", "4"], ["结转", "5", "6"]]
    assert table[0][0] is not None
    assert "信息内容" in table[0][0]


def test_a_blot_is_neither_blank_nor_a_number_and_a_speck_is_nothing() -> None:
    drawn = Sheet()
    drawn.table([40, 140, 200, 260], [40, 60, 80], [["申请", "3", ""], ["结转", "5", ""]])
    drawn.fill(222, 46, 238, 54, grey=0)  # a blot
    drawn.fill(230, 70, 230.4, 70.4, grey=0)  # a speck
    page = ocr.page(drawn.pixels, 1, DPI)
    [table] = blocks([page])
    assert isinstance(table, Table)
    blot, speck = table.grid[0][2], table.grid[1][2]
    assert blot is not None and speck is not None
    assert read_cell(blot.text).kind == "text"
    assert blot.confidence is not None
    assert (speck.text, speck.confidence) == ("", None)
    assert blot.region is not None
    assert "page 1 at 200,40 to 260,60" in blot.region


def test_a_shadow_over_the_page_is_no_ink() -> None:
    drawn = sheet().pixels.astype(float)
    shadow = np.linspace(1.0, 0.45, drawn.shape[1])[None, :]
    assert tables(Image.fromarray((drawn * shadow).astype(np.uint8))) == [NUMBERS, TIGHT]


def test_a_red_stamp_over_the_tables_hides_no_cell() -> None:
    assert tables(stamped(sheet().image, 0.45, 0.45)) == [NUMBERS, TIGHT]


def test_a_page_as_many_points_wide_as_its_picture_has_pixels_is_as_wide_as_a4() -> None:
    drawn = Sheet(400, 560)
    drawn.table([40, 140, 200, 260, 320, 380], [40, 60, 80, 100], NUMBERS)
    drawn.words("另一行长一些的文字在表的下面", 40, 220, 11)
    [table] = pdf.read(image_pdf([drawn.image], dpi=72), frozenset({"ocr"})).tables
    assert [[c.text if c else None for c in row] for row in table.grid] == NUMBERS
    # The sheet is 400 of its own points wide: a point there is 595 / 400 here.
    assert next(table.cells()).region == "table 1, page 1 at 60,60 to 208,89 pt"


def test_places_are_points_and_every_glyph_has_a_confidence() -> None:
    drawn = sheet()
    page = ocr.page(np.asarray(drawn.image.convert("RGB")), 7, DPI)
    assert page.number == 7
    assert (page.width, page.height) == (drawn.image.width / SCALE, drawn.image.height / SCALE)
    assert all(glyph.confidence is not None and 0 <= glyph.confidence <= 1 for glyph in page.glyphs)
    number = next(glyph for glyph in page.glyphs if glyph.text == "1234567")
    assert 200 < number.x0 < number.x1 < 260
    assert 60 < number.y0 < number.y1 < 80


def test_an_empty_page_is_empty() -> None:
    page = ocr.page(Sheet().pixels, 1, DPI)
    assert (page.glyphs, page.horizontal, page.vertical) == ([], [], [])
