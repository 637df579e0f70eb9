"""A page in colour → grey without its red stamps: a seal (公章) pressed over a table hides no number that shows through.

Only what has the shape of a stamp goes: red letters of a head, a red rule and a red ground stay as they are.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipelines.read.ocr.raster import Grey, Pixels, grey, resized

#: Millimetres an inch, and the length of a stamp's sides: governments' have 42 to 50.
MM = 25.4
SMALLEST, LARGEST = 25.0, 65.0
#: Round stamps and oval ones are no longer than this for their height, or the other way round.
OBLONG = 1.5
#: Red ink covers no more of a stamp's square than this, and no less.
FULL, EMPTY = 0.6, 0.06
#: How much redder than its paper stamping ink is, in levels of 255.
RED = 25
#: Stamps are looked for at this many pixels an inch. What is nearer than this, in millimetres, is of one stamp.
LOOK_DPI = 50.0
NEAR = 4.0
#: Around a stamp, in millimetres: what its ink has run to.
MARGIN = 1.5
#: Of a stamp's ink, all but this part (in percent) is at least as light in red light as what is made paper.
DARKEST_INK = 15


def unstamped(image: np.ndarray, dpi: float) -> Grey:
    """A grey picture of one that is grey, RGB or RGBA, with red stamps as light as paper and print under them as it was.

    In red light red ink is nearly as light as paper, and black is black.
    """
    plain = grey(image)
    if image.ndim == 2 or image.shape[2] < 3:
        return plain
    found = _stamps(image, dpi)
    if found:
        plain = plain.copy()
    for box in found:
        part = np.s_[box.y0 : box.y1, box.x0 : box.x1]
        plain[part] = _in_red_light(image[part])
    return plain


def _stamps(image: np.ndarray, dpi: float) -> list[Pixels]:
    """The boxes of red stamps."""
    factor = min(1.0, LOOK_DPI / dpi)
    scale = dpi * factor / MM
    red = np.asarray(_redness(resized(np.ascontiguousarray(image[:, :, :3]), factor)) > RED, dtype=np.uint8)
    if not red.any():
        return []
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((max(3, round(NEAR * scale) | 1),) * 2, np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = image.shape[:2]
    found = []
    for k, (x, y, wide, high, _) in enumerate(stats[1:count].tolist(), start=1):
        ink = int(red[y : y + high, x : x + wide][labels[y : y + high, x : x + wide] == k].sum()) / (wide * high)
        if _is_stamp(wide / scale, high / scale, ink):
            x0, y0 = x - MARGIN * scale, y - MARGIN * scale
            x1, y1 = x + wide + MARGIN * scale, y + high + MARGIN * scale
            places = (round(value / factor) for value in (x0, y0, x1, y1))
            found.append(Pixels(*places).meets(Pixels(0, 0, width, height)))
    return found


def _is_stamp(width: float, height: float, ink: float) -> bool:
    """By its size in millimetres and the part of its square that ink covers."""
    shorter, longer = sorted((width, height))
    return SMALLEST <= longer <= LARGEST and longer <= OBLONG * shorter and EMPTY <= ink <= FULL


def _redness(image: np.ndarray) -> np.ndarray:
    """Tell how much redder than the picture's paper each pixel is."""
    red, green, blue = (image[:, :, k].astype(np.int16) for k in range(3))
    redness = red - np.maximum(green, blue)
    return np.asarray(redness - int(np.median(redness)))


def _in_red_light(image: np.ndarray) -> Grey:
    """The picture of a stamp in red light, so bright that red ink is as light as paper."""
    red = image[:, :, 0].astype(np.float32)
    ink = red[_redness(image) > 2 * RED]
    level = float(np.percentile(ink, DARKEST_INK)) if ink.size else 255.0
    paper = float(np.percentile(red, 90))
    return np.asarray(np.minimum(red * (paper / max(min(level, paper), 1.0)), paper), dtype=np.uint8)
