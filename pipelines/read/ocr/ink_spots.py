"""Spots of ink on a page: connected dark pixels that are neither rules nor specks of noise."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from pipelines.read.ocr.raster import Grey, Pixels

#: Lengths in points, areas in square points. A full stop of small type is larger than a speck.
SPECK = 0.6
#: Ink that must be read: larger than a full stop, as large as a short dash.
MARK_LENGTH = 2.2
MARK_AREA = 0.9
#: Grey levels of ink, where paper is `raster.WHITE`.
DARKEST_PAPER = 205
LIGHTEST_INK = 120


class Spot(NamedTuple):
    """Connected ink: its box, and whether it is so large that it must be a sign that can be read."""

    box: Pixels
    is_mark: bool

    @property
    def centre(self) -> tuple[float, float]:
        """Of its box."""
        return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2


def spots(flat: Grey, lines: Grey, scale: float) -> list[Spot]:
    """The ink of a page whose paper is white. `lines` masks the pixels of rules, `scale` is pixels a point."""
    dark = binary(flat)
    dark[lines > 0] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least = max(3.0, (SPECK * scale) ** 2)
    found = []
    for x, y, width, height, area in stats[1:count].tolist():
        if area >= least:
            is_mark = max(width, height) >= MARK_LENGTH * scale and area >= MARK_AREA * scale * scale
            found.append(Spot(Pixels(x, y, x + width, y + height), is_mark))
    return found


def binary(flat: Grey) -> Grey:
    """255 where there is ink. Where ink ends and paper begins is told from the page itself, within bounds."""
    soft = cv2.GaussianBlur(flat, (3, 3), 0)
    level, _ = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = min(max(level, LIGHTEST_INK), DARKEST_PAPER)
    return np.asarray((soft < level) * np.uint8(255), dtype=np.uint8)
