"""Tells what a page is made of, whether a PDF draws it or OCR sees it: pieces of text, and ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Glyph(NamedTuple):
    """A piece of text and its box in points, measured from the top left corner of the upright page.

    A PDF gives single characters, OCR words or whole lines; no piece reaches over the border of a table's cell.
    `size` is the font's height. `confidence` (0-1) is None for text that was not read by OCR. `angle` is the direction
    in which the text runs, in degrees against the clock: 0, or 90, 180, 270 for text that is turned on the page.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    confidence: float | None = None
    angle: int = 0


def boxes(glyphs: Sequence[Glyph]) -> np.ndarray:
    """The boxes of at least one piece of text: 4 (x0, y0, x1, y1) × pieces."""
    _, x0, y0, x1, y1, *_ = zip(*glyphs, strict=True)
    return np.array((x0, y0, x1, y1))


class Rule(NamedTuple):
    """A ruling line in points: horizontal at height `at` from x `start` to `end`, or vertical at x `at` from y `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """An upright page: its number from 1, its size in points, its text and its ruling lines."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
