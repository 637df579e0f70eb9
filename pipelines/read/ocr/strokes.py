"""The shape of single strokes that recognition confuses or misses: a slash is read as 1, and a lone dash not at all."""

from __future__ import annotations

import numpy as np

from pipelines.read.ocr.raster import Grey

#: How straight a slash is (correlation of its pixels' places), and how far it leans to the right, as a part of its height.
#: In the fonts that were looked at a slash has 0.9 to 1.0 and 0.25 to 1.0; 1, 7 and l, slanted ones too, have less of one.
STRAIGHT = 0.85
LEAN = 0.22
#: A dash is so many times as wide as high, and fills its box.
FLAT = 2.0
SOLID = 0.5
#: Less ink than this, in pixels, has no shape.
LEAST = 12


def is_slash(crop: Grey) -> bool:
    """Tell whether the picture of one sign shows a straight stroke that leans to the right: / rather than 1."""
    x, y, weight = _ink(crop)
    if len(weight) < LEAST:
        return False
    x, y = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
    across = np.average(x * x, weights=weight)
    down = np.average(y * y, weights=weight)
    both = np.average(x * -y, weights=weight)
    if across <= 0 or down <= 0:
        return False
    return bool(both / np.sqrt(across * down) > STRAIGHT and both / down > LEAN)


def is_dash(crop: Grey) -> bool:
    """Tell whether the picture shows a level stroke and nothing else."""
    x, y, weight = _ink(crop)
    if len(weight) < LEAST:
        return False
    width, height = float(np.ptp(x)) + 1, float(np.ptp(y)) + 1
    return width >= FLAT * height and len(weight) >= SOLID * width * height


def _ink(crop: Grey) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places of dark pixels, and how dark each is."""
    paper, darkest = float(np.percentile(crop, 90)), float(crop.min())
    y, x = np.nonzero(crop < (paper + darkest) / 2)
    return x.astype(float), y.astype(float), paper - crop[y, x].astype(float)
