"""Turn a scanned page upright: quarter turns, and the slant with which paper lies on a scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.read.ocr.engine import Word
from pipelines.read.ocr.raster import WHITE, Grey, Pixels, flattened, resized

#: A page lies no more askew than this, in degrees; what seems more is something else.
MOST = 12.0
#: A slant below this, in degrees, moves a line's end by less than its thickness, and turning would only blur.
LEAST = 0.06
#: An angle is right if the page is so much more abrupt when turned by it.
CLEAR = 1.06
#: Grey levels of a scanner's noise, on a page made smaller.
NOISE = 30
#: Steps of the search in degrees, with the pixels an inch at which each is told apart.
_STEPS = ((0.5, MOST, 25.0), (0.1, 0.6, 75.0), (0.02, 0.12, 75.0))
#: A longer side this many times the shorter one shows in which direction a line of text runs, and this many that it is no
#: single character.
LONG = 2.5
SHORT = 1.5
#: So much more text runs up or down on a page that lies on its side.
MOSTLY = 3.0
#: Lines looked at to tell which way is up, and how certain their reading is when they stand upright.
SAMPLE = 5
CERTAIN = 0.6

Boxes = Callable[[Grey, float], list[Pixels]]
Texts = Callable[[Sequence[Grey]], list[Word]]


def turned(image: Grey, dpi: float, boxes: Boxes, texts: Texts) -> tuple[Grey, list[Pixels]]:
    """The page upright, and where its lines of text stand on it. `boxes` finds lines, `texts` reads them."""
    page = rotated(image, skew(image, dpi))
    found = boxes(page, dpi)
    if is_sideways(found) and (quarters := _quarters(page, found, texts)):
        page = np.ascontiguousarray(np.rot90(page, quarters))
        found = boxes(page, dpi)
    if _is_upside_down(page, found, texts):
        page = np.ascontiguousarray(np.rot90(page, 2))
        found = boxes(page, dpi)
    return page, found


def skew(image: Grey, dpi: float) -> float:
    """The slant in degrees, against the clock: how far the page must be turned with the clock. 0.0 where none is found.

    Lines of text and ruling lines, along and across, give a page sums over its rows and columns that change most
    abruptly when it stands upright.
    """
    best = 0.0
    flat = flattened(image, dpi)
    for step, reach, sharpness in _STEPS:
        ink = _Ink(resized(flat, min(1.0, sharpness / dpi)))
        angles = best + np.arange(-reach, reach + step / 2, step)
        scores = [ink.abruptness(angle) for angle in angles]
        best, top = float(angles[int(np.argmax(scores))]), max(scores)
    is_clear = LEAST <= abs(best) < MOST and top > CLEAR * ink.abruptness(0.0)
    return best if is_clear else 0.0


class _Ink:
    """The dark pixels of a page as points, so that turning them by an angle smooths nothing.

    Each lies anywhere on its pixel: in their middles all would stand on lines, which favours the angle 0.
    """

    def __init__(self, flat: Grey) -> None:
        y, x = np.nonzero(flat < WHITE - NOISE)
        anywhere = np.random.default_rng(0).random((2, len(x)))
        self._x, self._y = x + anywhere[0] - flat.shape[1] / 2, y + anywhere[1] - flat.shape[0] / 2
        self._weight = WHITE - flat[y, x].astype(float)
        self._reach = float(np.hypot(*flat.shape)) / 2 + 2

    def abruptness(self, degrees: float) -> float:
        """Tell how much sums over rows and columns change from one to the next, once the page is turned with the clock."""
        sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
        return self._changes(self._y * cosine + self._x * sine) + self._changes(self._x * cosine - self._y * sine)

    def _changes(self, places: NDArray[np.float64]) -> float:
        sums = np.bincount((places + self._reach).astype(np.int64), weights=self._weight, minlength=2)
        return float((np.diff(sums) ** 2).sum())


def rotated(image: Grey, degrees: float) -> Grey:
    """A picture turned with the clock; where it had nothing it becomes as light as its paper."""
    return _rotate(image, -degrees, int(np.percentile(image, 90))) if degrees else image


def _rotate(image: Grey, degrees: float, fill: int) -> Grey:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(fill,)), dtype=np.uint8
    )


def is_sideways(found: Sequence[Pixels]) -> bool:
    """Tell whether nearly all of the text seems to run up or down, by its length.

    Labels of characters one under the other do, too: the engine reads them lying on their sides as well as standing.
    """
    across = sum(box.width for box in found if box.width > LONG * box.height)
    down = sum(box.height for box in found if box.height > LONG * box.width)
    return down > MOSTLY * across


def _quarters(page: Grey, found: Sequence[Pixels], texts: Texts) -> int:
    """Quarter turns against the clock after which the longest lines that run up or down are read well; 0 if none are.

    Characters one under the other are read worse then than the lines that run across.
    """
    longest = sorted((b for b in found if b.height > LONG * b.width), key=lambda b: -b.height)[:SAMPLE]
    lines = [page[b.y0 : b.y0 + min(b.height, 10 * b.width), b.x0 : b.x1] for b in longest]
    certain = {turns: _certainty(texts([np.rot90(line, turns) for line in lines])) for turns in (1, 3)}
    best = max(certain, key=lambda turns: certain[turns])
    return best if certain[best] >= max(CERTAIN, _certainty(texts(_sample(page, found))) - 0.1) else 0


def _is_upside_down(page: Grey, found: Sequence[Pixels], texts: Texts) -> bool:
    """Tell whether the longest lines are read better standing on their heads."""
    lines = _sample(page, found)
    upright = _certainty(texts(lines))
    return (
        bool(lines) and upright < CERTAIN and _certainty(texts([np.rot90(line, 2) for line in lines])) > upright + 0.1
    )


def _sample(page: Grey, found: Sequence[Pixels]) -> list[Grey]:
    """The beginnings of the longest lines that run across the page."""
    longest = sorted((b for b in found if b.width > SHORT * b.height), key=lambda b: -b.width)[:SAMPLE]
    return [page[b.y0 : b.y1, b.x0 : b.x0 + min(b.width, 10 * b.height)] for b in longest]


def _certainty(words: Sequence[Word]) -> float:
    """Tell how certain a reading is on the whole."""
    return float(np.mean([word.confidence for word in words])) if words else 0.0
