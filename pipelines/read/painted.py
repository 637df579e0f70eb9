"""Tells which characters of a PDF page a person sees: a page is drawn with and without those in doubt, and compared.

In doubt is text that is drawn in no colour, in nearly white or in the colour of an area of the page, nearly transparent,
cut off, or under something that is painted later. A page without any is not drawn at all. Belongs here: what is painted.
Does not belong here: lines through text (`pipelines.read.layout.struck`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c

from pipelines.read import pdfium_calls as calls
from pipelines.read.document import UNREAD
from pipelines.read.layout.shapes import Glyph, boxes

#: A colour whose parts are all at least this (of 255) is nearly white; an alpha below the other is nearly transparent.
NEARLY_WHITE = 225
NEARLY_CLEAR = 128
#: Colours that differ by no more than this in each part are one colour to the eye.
SAME_COLOUR = 24
#: A character that changes the picture by less than the first is not seen, by less than the second in doubt.
UNSEEN = 8
SEEN = 24
#: Ink differs from its ground by this at least.
INK = 64
#: Of a character's height and width less than the first part is as good as nothing; to be read it shows the second.
SLIVER = 0.2
ENOUGH = 0.65
#: Pixels a point of the picture that is compared, and the most pixels.
SCALE = 2.0
MAX_PIXELS = 8_000_000
_MAX_PAIRS = 4_000_000
_UNPAINTED = frozenset([c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP])
_OUTLINED = frozenset([c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP])
#: Left, bottom, right, top in the page's own coordinates; left, top, right, bottom in points from its top left corner.
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Painting:
    """Holds what the objects of a page say of its paint, in the order of painting. A text object is its address.

    `unpainted`: text in no colour. `faint`: text that is cut off, transparent or in a colour that may not be seen.
    `areas`: the colours of filled areas. `covers`: areas and pictures, and how many text objects are painted before.
    """

    texts: list[int] = field(default_factory=list)
    unpainted: set[int] = field(default_factory=set)
    faint: set[int] = field(default_factory=set)
    areas: set[bytes] = field(default_factory=set)
    covers: list[tuple[int, Box]] = field(default_factory=list)

    def area(self, box: Box, colour: bytes | None) -> None:
        """Note a filled area, or a picture, which has no one colour."""
        if colour is not None:
            self.areas.add(colour)
        if self.texts:
            self.covers.append((len(self.texts), box))

    def settle(self, left: float, top: float) -> None:
        """Once all objects are noted: ask which texts may be unseen, and put covers in points.

        `left` and `top` are the page's corner in its own coordinates.
        """
        self.covers = [(turn, (x0 - left, top - y1, x1 - left, top - y0)) for turn, (x0, y0, x1, y1) in self.covers]
        modes = list(map(calls.render_mode, self.texts))
        if not _UNPAINTED.isdisjoint(modes):
            self.unpainted = {text for text, mode in zip(self.texts, modes, strict=True) if mode in _UNPAINTED}
        clips = list(map(calls.clip_paths, map(calls.clip_of, self.texts)))
        if max(clips, default=0) > 0:
            self.faint.update(text for text, count in zip(self.texts, clips, strict=True) if count > 0)
        self._settle_colours(modes)

    def _settle_colours(self, modes: Sequence[int]) -> None:
        colours = list(map(calls.fill_colour, self.texts))
        if not _OUTLINED.isdisjoint(modes):
            both = zip(self.texts, modes, colours, strict=True)
            colours = [calls.stroke_colour(text) if mode in _OUTLINED else colour for text, mode, colour in both]
        areas = [calls.rgba(colour) for colour in self.areas]
        unsure = {one for one in set(colours) if is_pale(one) or _is_of_an_area(calls.rgba(one), areas)}
        if unsure:
            self.faint.update(text for text, colour in zip(self.texts, colours, strict=True) if colour in unsure)

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether a character of the page may be unseen."""
        return bool(self.unpainted or self.faint or self.covers)


@lru_cache(maxsize=256)
def is_pale(colour: bytes) -> bool:
    """Tell whether a colour is nearly white or transparent."""
    red, green, blue, alpha = calls.rgba(colour)
    return min(red, green, blue) >= NEARLY_WHITE or alpha < NEARLY_CLEAR


def _is_of_an_area(colour: tuple[int, ...], areas: Sequence[tuple[int, ...]]) -> bool:
    """Tell whether a colour is that of an area which is painted somewhere on the page."""
    return any(max(abs(a - b) for a, b in zip(colour[:3], area[:3], strict=True)) <= SAME_COLOUR for area in areas)


@dataclass(slots=True)
class Sources:
    """Says where characters are from: each one's number on the text page, and by how much it was moved (right, up), if so.

    `left` and `top` are the page's corner in its own coordinates.
    """

    left: float
    top: float
    numbers: list[int] = field(default_factory=list)
    moved: dict[int, tuple[float, float]] = field(default_factory=dict)


class Place(NamedTuple):
    """The box of a character's ink in points, from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


def seen(page: pdfium.PdfPage, textpage: Any, glyphs: list[Glyph], sources: Sources, painting: Painting) -> list[Glyph]:
    """The characters of a page that are to be seen; half seen ones are `UNREAD`.

    Of text that is painted twice at one place pdfium knows the first alone. The second (`twins`) may be the one to be
    seen, as black letters over their white halo.
    """
    owner_of, start = calls.object_of_character, calls.address(textpage)
    owners = [owner_of(start, number) or 0 for number in sources.numbers]
    unpainted = [k for k, owner in enumerate(owners) if owner in painting.unpainted] if painting.unpainted else []
    covered = [k for k in _covered(glyphs, owners, painting) if owners[k] not in painting.unpainted]
    faint = [k for k, owner in enumerate(owners) if owner in painting.faint] if painting.faint else []
    faint = sorted(set(faint).difference(covered, unpainted))
    if not (covered or faint or unpainted):
        return glyphs
    sheet = _Sheet(page)
    doubted = {k: (glyphs[k].text, _place(textpage, sources, k, glyphs[k])) for k in (*unpainted, *faint, *covered)}
    twins = set(painting.texts).difference(owners)
    layer = _compared(sheet, twins, {k: doubted[k] for k in unpainted}) if twins else unpainted
    texts = _layer(sheet, glyphs, doubted, unpainted, layer)
    for some in (faint, covered):
        texts |= _compared(sheet, {owners[k] for k in some} | twins, {k: doubted[k] for k in some})
    kept = [glyph._replace(text=texts[k]) if k in texts else glyph for k, glyph in enumerate(glyphs)]
    return [glyph for glyph in kept if glyph.text]


def _covered(glyphs: Sequence[Glyph], owners: Sequence[int], painting: Painting) -> list[int]:
    """The characters over whose middle something is painted later."""
    if not painting.covers or not glyphs:
        return []
    turns, last = dict(zip(painting.texts, count(), strict=False)), len(painting.texts)
    order = np.array([turns.get(owner, last) for owner in owners])
    x0, y0, x1, y1 = boxes(glyphs)
    dx, dy = 0.2 * (x1 - x0), 0.3 * (y1 - y0)
    x0, x1, y0, y1 = x0 + dx, x1 - dx, y0 + dy, y1 - dy
    found = np.zeros(len(glyphs), dtype=bool)
    step = max(_MAX_PAIRS // len(glyphs), 1)
    for start in range(0, len(painting.covers), step):
        some = painting.covers[start : start + step]
        when = np.array([turn for turn, _ in some])[:, None]
        left, top, right, bottom = (edge[:, None] for edge in np.array([box for _, box in some]).T)
        over = (order < when) & (left < x1) & (right > x0) & (top < y1) & (bottom > y0)
        found |= over.any(axis=0)
    return [int(k) for k in np.flatnonzero(found)]


def _place(textpage: Any, sources: Sources, k: int, glyph: Glyph) -> Place:
    """Tell where a character's ink stands; the inner part of its line where pdfium knows of no ink."""
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    number = sources.numbers[k]
    c.FPDFText_GetCharBox(textpage, number, x0, x1, y0, y1)
    dx, dy = sources.moved.get(number, (0.0, 0.0))
    left, right = x0.value + dx - sources.left, x1.value + dx - sources.left
    top, bottom = sources.top - dy - y1.value, sources.top - dy - y0.value
    if right > left and bottom > top and left < glyph.x1 and right > glyph.x0 and top < glyph.y1 and bottom > glyph.y0:
        return Place(left, top, right, bottom)
    inset = 0.2 * (glyph.y1 - glyph.y0)
    return Place(glyph.x0, glyph.y0 + inset, glyph.x1, glyph.y1 - inset)


# --- the picture


class _Sheet:
    """A page's picture, drawn when it is asked for, and drawn once more without some of its text."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        width, height = page.get_size()
        self.scale = min(SCALE, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
        self._whole: np.ndarray | None = None

    @property
    def whole(self) -> np.ndarray:
        """Height × width × 3, 8 bit; its own rotation is undone, as the places of characters are."""
        if self._whole is None:
            self._whole = self._drawn()
        return self._whole

    def _drawn(self) -> np.ndarray:
        back = -self._page.get_rotation() % 360
        return np.array(self._page.render(scale=self.scale, rotation=back).to_numpy()[:, :, :3])

    def change(self, owners: set[int]) -> np.ndarray:
        """By how much (0-255) each pixel differs without these text objects."""
        whole = self.whole
        with _without(owners):
            other = self._drawn()
        apart = np.maximum(whole, other) - np.minimum(whole, other)
        # `max` over the axis takes ten times longer.
        return np.asarray(np.maximum(np.maximum(apart[:, :, 0], apart[:, :, 1]), apart[:, :, 2]))

    def part(self, picture: np.ndarray, place: Place) -> np.ndarray:
        """Tell what stands at a place; at least a pixel, but for a place off the page."""
        x0, y0 = math.floor(place.x0 * self.scale), math.floor(place.y0 * self.scale)
        x1, y1 = math.ceil(place.x1 * self.scale), math.ceil(place.y1 * self.scale)
        return picture[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]


@contextmanager
def _without(owners: set[int]) -> Iterator[None]:
    for owner in owners:
        calls.set_active(owner, 0)
    try:
        yield
    finally:
        for owner in owners:
            calls.set_active(owner, 1)


def _compared(sheet: _Sheet, owners: set[int], doubted: dict[int, tuple[str, Place]]) -> dict[int, str]:
    """Tell what becomes of characters in doubt that are not simply seen: "" for an unseen one, `UNREAD` for half of one."""
    if not doubted:
        return {}
    change = sheet.change(owners)
    texts: dict[int, str] = {}
    for k, (text, place) in doubted.items():
        part = sheet.part(change, place)
        most = int(part.max()) if part.size else 0
        share = _share(part > max(UNSEEN, most // 4), text) if most >= UNSEEN and text.strip() else 0.0
        if share < SLIVER:
            texts[k] = ""
        elif share < ENOUGH or most < SEEN:
            texts[k] = UNREAD
    return texts


def _share(ink: np.ndarray, text: str) -> float:
    """The part (0-1) of a character's height or width, the smaller one, over which ink reaches.

    A digit has some at every height and in nearly every column.
    """
    shares: list[float] = []
    for axis in (0, 1):
        some = np.flatnonzero(ink.any(axis=axis))
        reach = len(some) if text.isdecimal() or not some.size else int(some[-1] - some[0]) + 1
        shares.append(reach / ink.shape[1 - axis])
    return min(shares)


# --- text in no colour


def _layer(
    sheet: _Sheet,
    glyphs: Sequence[Glyph],
    doubted: dict[int, tuple[str, Place]],
    unpainted: Sequence[int],
    layer: Collection[int],
) -> dict[int, str]:
    """Tell what becomes of characters in no colour: they stay where a picture or drawing shows them, if most of a page's do.

    A scanner leaves such a layer. Where other text says the place, or nothing does, they are no text of the page.
    """
    if not layer:
        return {}
    is_layer = 2 * len(unpainted) > len(glyphs)
    hidden = set(unpainted)
    visible = [glyph for k, glyph in enumerate(glyphs) if k not in hidden and glyph.text.strip()]
    under = set(_overlapping({k: doubted[k][1] for k in layer}, visible))
    texts: dict[int, str] = {}
    for k in layer:
        text, place = doubted[k]
        if k in under or not text.strip() or not _has_ink(sheet.part(sheet.whole, place)):
            texts[k] = ""
        elif not is_layer:
            texts[k] = UNREAD
    return texts


def _overlapping(places: dict[int, Place], visible: Sequence[Glyph]) -> Iterator[int]:
    """Those whose middle lies in the box of a visible character."""
    if not visible:
        return
    x0, y0, x1, y1 = boxes(visible)
    for k, place in places.items():
        x, y = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
        if bool(((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)).any()):
            yield k


def _has_ink(part: np.ndarray) -> bool:
    """Tell whether some of a part is much darker or lighter than the rest."""
    return bool(part.size) and int((part.max(axis=(0, 1)) - part.min(axis=(0, 1))).max()) >= INK
