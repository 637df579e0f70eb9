from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.ocr import turn_upright
from pipelines.read.ocr.raster import Pixels
from tests.made.renderers.image import degraded
from tests.pipelines.read.ocr.drawn import DPI, Sheet


def ruled() -> Sheet:
    drawn = Sheet()
    drawn.table([40, 140, 200, 340], [40, 60, 80, 100], [["许可", "3", "4"], ["处罚", "5", "6"], ["合计", "8", "10"]])
    return drawn


def prose() -> Sheet:
    drawn = Sheet()
    for line in range(12):
        drawn.words("政府信息公开工作年度报告的一行文字" if line % 4 else "较短的一行", 40, 30 + 18 * line, 11)
    return drawn


@pytest.mark.parametrize("page", [ruled, prose], ids=["rules", "text alone"])
@pytest.mark.parametrize("degrees", [0.3, 0.8, -2.0, 7.0])
def test_the_slant_of_a_page_is_found(page: object, degrees: float) -> None:
    image = degraded(page().image, skew=degrees)  # type: ignore[operator]
    assert turn_upright.skew(np.asarray(image), DPI) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize("page", [ruled, prose, Sheet], ids=["rules", "text alone", "nothing"])
def test_an_upright_page_stays_upright(page: object) -> None:
    assert abs(turn_upright.skew(page().pixels, DPI)) <= 0.15  # type: ignore[operator]


def test_a_page_without_slant_is_not_touched() -> None:
    pixels = prose().pixels
    assert turn_upright.rotated(pixels, 0.0) is pixels


def test_a_page_lies_on_its_side_when_nearly_all_of_its_text_does() -> None:
    across, down, letter = Pixels(0, 0, 200, 20), Pixels(0, 0, 20, 200), Pixels(0, 0, 20, 22)
    assert turn_upright.is_sideways([down, down, down, down, across, letter])
    assert not turn_upright.is_sideways([down, across, letter])
    assert not turn_upright.is_sideways([])
