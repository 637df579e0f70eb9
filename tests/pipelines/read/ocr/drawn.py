"""Pages drawn pixel by pixel for the tests of OCR: ruled tables and words, at 200 pixels an inch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.made.renderers.pdf import font_file

DPI = 200
SCALE = DPI / 72


class Sheet:
    """A white page; places and sizes are in points."""

    def __init__(self, width: float = 400, height: float = 300) -> None:
        self.image = Image.new("L", (round(width * SCALE), round(height * SCALE)), 255)
        self._draw = ImageDraw.Draw(self.image)

    def words(self, text: str, x: float, y: float, size: float = 10, grey: int = 0) -> None:
        """A line of text, its top left corner at (x, y)."""
        font = ImageFont.truetype(str(font_file()), round(size * SCALE))
        self._draw.text((x * SCALE, y * SCALE), text, font=font, fill=grey, anchor="lt")

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6, grey: int = 0) -> None:
        """A ruling line."""
        ends = [value * SCALE for value in (x0, y0, x1, y1)]
        self._draw.line(ends, fill=grey, width=max(1, round(width * SCALE)))

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: int) -> None:
        """A filled rectangle."""
        self._draw.rectangle([value * SCALE for value in (x0, y0, x1, y1)], fill=grey)

    def table(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 10) -> None:
        """A ruled table with its texts in the middle of the cells."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        font = ImageFont.truetype(str(font_file()), round(size * SCALE))
        for top, bottom, row in zip(ys, ys[1:], texts, strict=False):
            for left, right, text in zip(xs, xs[1:], row, strict=False):
                middle = ((left + right) / 2 * SCALE, (top + bottom) / 2 * SCALE)
                self._draw.text(middle, text, font=font, fill=0, anchor="mm")

    @property
    def pixels(self) -> np.ndarray:
        """The page as an array."""
        return np.asarray(self.image)
