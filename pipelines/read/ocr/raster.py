"""Pictures as arrays of grey pixels, and boxes on them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

#: Points an inch.
POINTS = 72.0
#: Light falls unevenly over no less than this, in points: larger than any letter or rule.
SHADE = 20.0
#: Grey level of paper made white.
WHITE = 250

Grey = NDArray[np.uint8]


class Pixels(NamedTuple):
    """A box of pixels, from the top left corner; `x1` and `y1` are the first ones outside."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """In pixels."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    def meets(self, other: Pixels) -> Pixels:
        """The part that two boxes share; without width or height where they share none."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        return Pixels(x0, y0, max(min(self.x1, other.x1), x0), max(min(self.y1, other.y1), y0))

    def around(self, other: Pixels) -> Pixels:
        """The smallest box that holds both."""
        return Pixels(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


def grey(image: np.ndarray) -> Grey:
    """A grey picture of one that is grey, RGB or RGBA. What is transparent is paper."""
    if image.ndim == 2:
        return np.ascontiguousarray(image, dtype=np.uint8)
    if image.shape[2] == 1:
        return np.ascontiguousarray(image[:, :, 0], dtype=np.uint8)
    colours = np.ascontiguousarray(image[:, :, :3], dtype=np.uint8)
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def resized(image: Grey, factor: float) -> Grey:
    """A picture made smaller (by averaging) or larger (smoothly)."""
    if abs(factor - 1) < 0.01:
        return image
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=way), dtype=np.uint8)


def flattened(image: Grey, dpi: float, shade: float = SHADE) -> Grey:
    """A picture with its paper made white: shadows, yellowed paper and coloured cells say nothing about ink.

    What is larger than `shade` points is no ink.
    """
    small = resized(image, min(1.0, 50 / dpi))
    size = max(3, round(shade * 50 / POINTS) | 1)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((size, size), np.uint8)), size)
    whole = cv2.resize(paper, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, np.maximum(whole, 64), scale=WHITE), dtype=np.uint8)
