"""Red stamps on pages in colour: gone where they are stamps, with all print that they cover left; anything else stays."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.made.renderers.image import degraded, stamped
from tests.pipelines.read.ocr.drawn import DPI, Sheet

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.ocr.raster import grey
from pipelines.read.ocr.seals import unstamped


def sheet() -> Image.Image:
    drawn = Sheet()
    drawn.table(
        [40, 140, 200, 260], [60, 90, 120, 150], [["行政许可", "3", "12"], ["处罚", "0", "7"], ["强制", "5", "8"]]
    )
    return drawn.image


@pytest.mark.parametrize("diameter", [30.0, 42.0, 50.0])
@pytest.mark.parametrize("paper", [(255, 255, 255), (244, 228, 205)])
def test_a_stamp_is_made_paper_and_the_print_under_it_stays(diameter: float, paper: tuple[int, int, int]) -> None:
    page = stamped(sheet(), 0.5, 0.4, diameter=diameter)
    coloured = (np.asarray(page, dtype=float) * np.array(paper) / 255).astype(np.uint8)
    found = unstamped(coloured, DPI)
    was = np.asarray(sheet())
    assert found[was < 100].max() < 120  # print is dark
    assert found[was == 255].min() > 0.8 * np.median(found)  # and nothing else is
    assert (grey(coloured)[was == 255] < 0.6 * np.median(found)).any()  # as it was before


def test_a_stamp_stored_as_a_bad_jpeg_is_gone_too() -> None:
    from io import BytesIO

    buffer = BytesIO()
    stamped(sheet(), 0.5, 0.4).save(buffer, "JPEG", quality=50)
    found = unstamped(np.asarray(Image.open(buffer)), DPI)
    was = np.asarray(sheet())
    far = np.asarray(Image.fromarray(was).resize((was.shape[1] // 8, was.shape[0] // 8), Image.Resampling.BOX)) == 255
    seen = np.asarray(Image.fromarray(found).resize((far.shape[1], far.shape[0]), Image.Resampling.BOX))
    assert seen[far].min() > 200


def test_red_that_is_no_stamp_stays() -> None:
    """A head in red letters, a red rule, a red square that stands on its own."""
    page = sheet().convert("RGB")
    draw = ImageDraw.Draw(page)
    draw.line((100, 40, 900, 40), fill=(220, 0, 0), width=6)
    for k in range(8):
        draw.rectangle((110 + 60 * k, 70, 145 + 60 * k, 110), outline=(220, 0, 0), width=5)
    draw.rectangle((150, 600, 450, 800), fill=(200, 30, 30))
    pixels = np.asarray(page)
    assert np.array_equal(unstamped(pixels, DPI), grey(pixels))


def test_a_grey_page_is_what_it_was() -> None:
    pixels = np.asarray(degraded(sheet()))
    assert np.array_equal(unstamped(pixels, DPI), pixels)
    colours = np.dstack([pixels] * 3)
    assert np.array_equal(unstamped(colours, DPI), grey(colours))
