"""Struck and raised digits in pictures: drawn here, so what is struck is known."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.made.cases import folded
from tests.made.renderers.image import degraded
from tests.made.renderers.pdf import font_file

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.ocr.marked_ink import is_marked
from pipelines.read.ocr.raster import Grey
from tests.pipelines.read.ocr.drawn import SCALE

#: Sizes of print in points.
SIZES = (8.0, 10.0, 12.0)
Parts = tuple[tuple[str, str], ...]


def drawn(parts: Parts, size: float, bad: bool) -> Grey:
    """The ink of a line. A part is plain, `struck` by a line of its own width, or `raised` and small."""
    image = Image.new("L", (700, 80), 255)
    pen = ImageDraw.Draw(image)
    x = 30.0
    for text, how in parts:
        font = ImageFont.truetype(str(font_file()), round(size * SCALE * (0.6 if how == "raised" else 1)))
        y = 30 - (round(size * SCALE * 0.15) if how == "raised" else 0)
        pen.text((x, y), text, font=font, fill=0, anchor="lt")
        _, top, _, bottom = pen.textbbox((x, y), text, font=font, anchor="lt")
        if how == "struck":
            middle = (top + bottom) / 2
            pen.line((x, middle, x + pen.textlength(text, font=font), middle), fill=0, width=round(0.7 * SCALE))
        x += pen.textlength(text, font=font)
    pixels = np.asarray(degraded(image) if bad else image)
    rows, columns = np.nonzero(pixels < 128)
    return np.asarray(pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


def marked(parts: Parts) -> set[bool]:
    """The answers for clean and bad pictures in all sizes. A bad picture breaks the smallest raised digits to pieces."""
    text = "".join(text for text, _ in parts)
    bad_sizes = SIZES[1:] if any(how == "raised" for _, how in parts) else SIZES
    tried = [(size, False) for size in SIZES] + [(size, True) for size in bad_sizes]
    return {is_marked(drawn(parts, size, bad), text) for size, bad in tried}


@folded(
    "parts",
    [
        (("16", "struck"), ("173", "")),
        (("5", "struck"), ("605", "")),
        (("605", "struck"),),
        (("8", "struck"),),
        (("173", ""), ("1", "raised")),
        (("8", ""), ("2", "raised")),
        (("主动公开", ""), ("500", "struck"), ("560条", "")),
        (("收到申请", ""), ("12", "struck"), ("15件", "")),
    ],
)
def test_struck_and_raised_digits_are_seen(parts: Parts) -> None:
    assert marked(parts) == {True}


@folded(
    "text",
    [
        *(
            "605",
            "1731",
            "4",
            "44",
            "8460",
            "643",
            "14069",
            "560",
            "965",
            "196",
            "790",
            "56",
            "6",
            "9",
            "10000",
            "1644",
            "1,234",
            "19.5",
            "2—3",
            "2023-11",
            "±5",
        ),
        *("50%", "12.5%", "14万元", "605千元", "35 件", "(3)", "[2]", "1/2", "第十2平方公里", "3.危及“三安"),
        *(
            "示例市人民政府2020年政府信息公开工作年度报告",
            "全市公开规章2件、规范性文件18件，每一件都登出。",
            "2021年1月25日",
        ),
    ],
)
def test_plain_digits_and_words_are_not_marked(text: str) -> None:
    assert marked(((text, ""),)) == {False}


def test_the_bar_of_a_4_in_a_coarse_picture_is_no_strike() -> None:
    rows = [
        "......##...",
        ".....####..",
        ".....####..",
        "....#####..",
        "...######..",
        "...##..##..",
        "..##...##..",
        ".##....##..",
        ".##...###..",
        "##########.",
        ".#########.",
        "......###..",
        ".......##..",
        ".......##..",
        ".......#...",
    ]
    four = np.array([[0 if sign == "#" else 255 for sign in row] for row in rows], dtype=np.uint8)
    assert not is_marked(four, "4")


def test_a_struck_word_beside_a_number_leaves_the_number() -> None:
    assert not is_marked(
        drawn((("主动公开政府信息", "struck"), ("共公布信息560条", "")), 10, False), "主动公开政府信息共公布信息560条"
    )
