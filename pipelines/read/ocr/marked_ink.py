"""Ink that says what recognition does not: a line struck through a number, a small digit raised behind it.

Recognition reads ~~16~~173 as 16173, and 173 with a footnote's mark as 1731. What is told here is only that there is such
ink; the number is then in doubt (`UNREAD`), as nothing tells for sure what is left of it.
"""

from __future__ import annotations

import unicodedata

import cv2
import numpy as np

from pipelines.read.ocr.raster import Grey

#: All lengths are parts of the height of the piece's ink. A strike runs between these, from the top; the bar of a 4 lies
#: in the lower part, so beside one a strike runs higher, or is longer than the bars of two.
HIGH, MIDDLE, LOW = 0.3, 0.6, 0.7
MIDDLE_BESIDE_4 = 0.52
LONG, LONG_BELOW = 0.68, 1.5
#: Beside words it is longer than most strokes of characters (一, 千), and its middle is so near to digits.
LONG_IN_WORDS = 1.0
NEAR = 0.2
#: It is so thin, and this part of it has ink above, and below.
THIN = 0.3
THROUGH = 0.3
#: A raised digit is so high, stands so far above the foot of the others, and hides so little of them.
SMALLEST, SMALL = 0.33, 0.78
RAISED = 0.22
OVERLAP = 0.25
#: Fewer pixels than this have no shape.
LEAST_HEIGHT = 8


def is_marked(crop: Grey, text: str) -> bool:
    """Tell whether a line of ink with digits in it is struck there, or has a raised digit. `text` is what was recognised."""
    if not any(sign.isdecimal() for sign in text):
        return False
    dark = _dark(crop)
    if dark.shape[0] < LEAST_HEIGHT:
        return False
    if not any(unicodedata.category(sign) == "Lo" or sign == "%" for sign in text):
        is_number = all(sign.isdecimal() or sign in ".,，" for sign in text)
        return bool(strikes(dark, LONG, MIDDLE_BESIDE_4 if "4" in text else MIDDLE)) or (is_number and has_raised(dark))
    columns = _columns_of_digits(text, dark.shape[1])
    near = NEAR * dark.shape[0]
    middles = [(start + end) / 2 for start, end in strikes(dark, LONG_IN_WORDS)]
    return any(first - near <= middle <= last + near for middle in middles for first, last in columns)


def _columns_of_digits(text: str, width: int) -> list[tuple[float, float]]:
    """Where runs of digits stand in a line of this width, roughly: a digit is half as wide as a Chinese character."""
    sizes = [1.0 if unicodedata.east_asian_width(sign) in "WF" or sign == "%" else 0.5 for sign in text]
    unit = width / sum(sizes)
    found: list[tuple[float, float]] = []
    place = 0.0
    for sign, size in zip(text, sizes, strict=True):
        if sign.isdecimal():
            start = found.pop()[0] if found and found[-1][1] == place else place
            found.append((start, place + size * unit))
        place += size * unit
    return found


def strikes(dark: Grey, long: float, middle: float = MIDDLE_BESIDE_4) -> list[tuple[int, int]]:
    """The first and last columns of thin level lines through ink, at least this part of the height long.

    `dark` is 1 where there is ink; a line below the `middle` has to be longer.
    """
    height, width = dark.shape
    found: list[tuple[int, int]] = []
    for top, bottom, least in ((HIGH, middle, long), (middle, LOW, max(long, LONG_BELOW))):
        length = round(least * height)
        if width >= length:
            band = np.zeros_like(dark)
            rows = slice(round(top * height), int(bottom * height))
            band[rows] = _runs(dark, length)[rows]
            found += _lines(dark, band)
    return found


def _runs(dark: Grey, length: int) -> Grey:
    """The pixels of level runs of this length. Beyond the edges there is paper; the library would take it for ink."""
    wide = cv2.copyMakeBorder(dark, 0, 0, length, length, cv2.BORDER_CONSTANT, value=(0,))
    return np.asarray(cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))[:, length:-length])


def _lines(dark: Grey, runs: Grey) -> list[tuple[int, int]]:
    """The columns of those runs that are thin and have ink on both sides."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(runs), connectivity=8)
    return [
        (x, x + wide)
        for x, y, wide, high, area in stats[1:count].tolist()
        if area / wide <= THIN * dark.shape[0] + 2 and _runs_through(dark, x, y, wide, high)
    ]


def _runs_through(dark: Grey, x: int, y: int, wide: int, high: int) -> bool:
    """Tell whether there is ink above and below a line: a dash has none."""
    above, below = dark[: max(y - 1, 0), x : x + wide], dark[y + high + 1 :, x : x + wide]
    return bool(above.any(axis=0).mean() >= THROUGH and below.any(axis=0).mean() >= THROUGH)


def has_raised(dark: Grey) -> bool:
    """Tell whether a small spot of ink stands high beside higher ones: 173 with a mark. An accent or a broken digit is none."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    spots = stats[1:count, :4]
    if len(spots) < 2:
        return False
    tallest = int(spots[:, 3].max())
    foot = int(max(y + high for _, y, _, high in spots if high == tallest))
    for x, y, wide, high in spots.tolist():
        is_small = SMALLEST * tallest <= high <= SMALL * tallest
        if is_small and foot - (y + high) >= RAISED * tallest and not _has_ink_below(spots, x, y, wide, high):
            return True
    return False


def _has_ink_below(spots: np.ndarray, x: int, y: int, wide: int, high: int) -> bool:
    """Tell whether another spot stands beside the same columns: then both are parts of one sign (%, a broken 5)."""
    for x1, y1, wide1, high1 in spots.tolist():
        if (x1, y1, wide1, high1) != (x, y, wide, high):
            shared = min(x + wide, x1 + wide1) - max(x, x1)
            if shared > OVERLAP * min(wide, wide1):
                return True
    return False


def _dark(crop: Grey) -> Grey:
    """1 where there is ink, cut to its rows."""
    paper, darkest = float(np.percentile(crop, 90)), float(crop.min())
    dark = np.asarray(crop < (paper + darkest) / 2, dtype=np.uint8)
    rows = np.flatnonzero(dark.any(axis=1))
    return dark[rows[0] : rows[-1] + 1] if len(rows) else dark[:0]
