"""A page's picture → its words and ruling lines, by OCR. Optional: `pip install 'gongkai[ocr]'`.

Belongs here: stamps, turning pages upright, ruling lines, ink, recognition. Does not belong here: files (`pipelines.read.picture`,
`pipelines.read.pdf`), tables and paragraphs (`pipelines.read.layout`), what a word means: text stays as it was read, and
no letter that looks like a digit becomes one (see `pipelines.parse.doubtful_readings`).
"""

from __future__ import annotations

import numpy as np

from pipelines.read.layout.lattice import lattices
from pipelines.read.layout.shapes import Page
from pipelines.read.ocr import engine, ink_spots, ruling, seals, text_pieces, turn_upright, words
from pipelines.read.ocr.raster import POINTS, Pixels, flattened

__all__ = ["page"]

#: From the middle of a rule to the inside of its cell, in points.
RULE = 0.8


def page(image: np.ndarray, number: int, dpi: float) -> Page:
    """Read the picture of a page: `image` is grey, RGB or RGBA (height × width [× channels], 8 bit) at `dpi` pixels an inch.

    A page that was scanned at a slant or sideways is turned upright first, and all places are those of the upright page.
    In ruled cells no ink is passed over but that of red stamps: what cannot be read is a glyph with the text `UNREAD` and confidence 0.
    """
    scale = dpi / POINTS
    upright_page, found = turn_upright.turned(seals.unstamped(image, dpi), dpi, engine.boxes, engine.texts)
    flat = flattened(upright_page, dpi)
    horizontal, vertical, lines = ruling.rules(upright_page, flat, scale)
    cells = [box for lattice in lattices(horizontal, vertical) for box in lattice.cells]
    spots = ink_spots.spots(flat, lines, scale)
    inside = [cell for box in cells if (cell := _pixels(box.x0, box.y0, box.x1, box.y1, scale)) is not None]
    listed = text_pieces.pieces(found, spots, inside, scale)
    height, width = upright_page.shape
    glyphs = words.read(upright_page, listed, scale, engine.texts)
    return Page(number, width / scale, height / scale, glyphs, horizontal, vertical)


def _pixels(x0: float, y0: float, x1: float, y1: float, scale: float) -> Pixels | None:
    """The inside of a cell, whose box is given in points, as pixels; None where there is none."""
    box = Pixels(*(round(value * scale) for value in (x0 + RULE, y0 + RULE, x1 - RULE, y1 - RULE)))
    return box if box.width > 2 and box.height > 2 else None
