from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.ocr.strokes import is_dash, is_slash
from tests.made.renderers.image import degraded
from tests.pipelines.read.ocr.drawn import Sheet


def sign(text: str, bad: bool = False, size: float = 10) -> np.ndarray:
    drawn = Sheet(20, 20)
    drawn.words(text, 5, 7 if text in "-—" else 4, size)
    return np.asarray(degraded(drawn.image, skew=0.3)) if bad else drawn.pixels


@pytest.mark.parametrize("bad", [False, True])
@pytest.mark.parametrize("size", [7.5, 10, 14])
def test_a_slash_is_told_from_what_it_is_read_as(bad: bool, size: float) -> None:
    assert is_slash(sign("/", bad, size))
    assert not any(is_slash(sign(text, bad, size)) for text in "17lI0")


@pytest.mark.parametrize("bad", [False, True])
def test_a_dash_is_a_level_stroke_and_nothing_else(bad: bool) -> None:
    assert is_dash(sign("-", bad)) and is_dash(sign("—", bad))
    assert not any(is_dash(sign(text, bad)) for text in "1/7=+0二")


def test_an_empty_picture_has_no_shape() -> None:
    empty = Sheet(10, 10).pixels
    assert not is_slash(empty)
    assert not is_dash(empty)
