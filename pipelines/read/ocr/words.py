"""Pieces of a picture → glyphs: recognised, what is doubtful twice, and what cannot be read marked as such."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import cv2
import numpy as np

from pipelines.read.document import UNREAD
from pipelines.read.layout.shapes import Glyph
from pipelines.read.ocr.engine import Word
from pipelines.read.ocr.marked_ink import is_marked
from pipelines.read.ocr.raster import Grey, resized
from pipelines.read.ocr.strokes import is_dash, is_slash
from pipelines.read.ocr.text_pieces import Piece

#: A cell's reading below this is read again in another size.
SURE = 0.95
#: Where two readings differ, the better one is worth no more than this.
DISPUTED = 0.5
#: A reading below this says nothing, unless it has words: one character in doubt leaves the others.
NOTHING = 0.5
#: Sizes within this part of the page's usual size are that size: heights of ink differ by the letters in a line.
SAME_SIZE = 0.3
#: What a single stroke may be read as.
STROKES = frozenset("1lI|丨！!")
DASHES = frozenset("-—–－_一")
#: A dash with its margins is a long one from this width on, in points; and how sure its shape is.
LONG_DASH = 8.0
SHAPE = 0.9
#: The height of ink in a line of digits or Chinese characters, as a part of the font's height.
INK_HEIGHT = 0.85

Texts = Callable[[Sequence[Grey]], list[Word]]


def read(page: Grey, pieces: Sequence[Piece], scale: float, texts: Texts) -> list[Glyph]:
    """The words of a page. In a cell nothing is dropped: ink that says nothing becomes `UNREAD` with confidence 0."""
    crops = [page[p.box.y0 : p.box.y1, p.box.x0 : p.box.x1] for p in pieces]
    found = texts([_framed(crop) if piece.cell else crop for crop, piece in zip(crops, pieces, strict=True)])
    doubtful = [k for k, piece in enumerate(pieces) if piece.cell and _is_doubtful(found[k], piece)]
    again = texts([_framed(_contrasted(resized(crops[k], 2.0)), 0.35) for k in doubtful])
    for k, second in zip(doubtful, again, strict=True):
        found[k] = settled(found[k], second)
    found = [
        _by_shape(word, crop, scale) if piece.cell and piece.spots == 1 else word
        for word, crop, piece in zip(found, crops, pieces, strict=True)
    ]
    found = [
        _unread_digits(word, piece) if is_marked(page[p.y0 : p.y1, p.x0 : p.x1], word.text) else word
        for word, piece in zip(found, pieces, strict=True)
        for p in (piece.ink,)
    ]
    usual = _usual_height(pieces)
    glyphs = []
    for piece, word in zip(pieces, found, strict=True):
        if not _says_nothing(word):
            glyphs.append(_glyph(piece, word, usual, scale))
        elif piece.cell is not None:
            glyphs.append(_glyph(piece, Word(UNREAD, 0.0), usual, scale))
    return glyphs


def settled(first: Word, second: Word) -> Word:
    """Of two readings of one piece the more certain one; where they differ it is in doubt."""
    better = max(first, second, key=lambda word: word.confidence if word.text else -1.0)
    if not first.text or not second.text or _bare(first.text) == _bare(second.text):
        return better
    return Word(better.text, min(better.confidence, DISPUTED))


def _unread_digits(word: Word, piece: Piece) -> Word:
    """A reading whose digits are in doubt: in a cell that is all of it, in a sentence its words stay."""
    if piece.cell is not None and not any(unicodedata.category(c) == "Lo" for c in word.text):
        return Word(UNREAD, 0.0)
    return word._replace(text="".join(UNREAD if c.isdecimal() else c for c in word.text))


def _says_nothing(word: Word) -> bool:
    words = sum(unicodedata.category(c) == "Lo" for c in word.text)
    return not word.text or (words < 2 and word.confidence < NOTHING)


def _by_shape(word: Word, crop: Grey, scale: float) -> Word:
    """A reading of a single stroke, which the engine confuses or does not see, by the shape of its ink."""
    if word.text in STROKES and is_slash(crop):
        return Word("/", word.confidence)
    if (word.confidence < SURE or word.text in DASHES) and is_dash(crop):
        return Word("-" if crop.shape[1] < LONG_DASH * scale else "—", max(word.confidence, SHAPE))
    return word


def _bare(text: str) -> str:
    """Tell what two readings of a label must share: （ and ( are printed alike. Of a number it is all."""
    bare = "".join(c for c in text if unicodedata.category(c)[0] in "LN")
    return text if bare.isdecimal() or not bare else bare


def _is_doubtful(word: Word, piece: Piece) -> bool:
    """Tell whether a cell's piece should be read again: uncertain, or digits that are more or fewer than spots of ink."""
    return word.confidence < SURE or (word.text.isdecimal() and len(word.text) != piece.spots)


def _framed(crop: Grey, part: float = 0.15) -> Grey:
    """A picture with a margin of its own paper."""
    margin = max(2, round(part * crop.shape[0]))
    paper = int(np.percentile(crop, 90))
    framed = cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(paper,))
    return np.asarray(framed, dtype=np.uint8)


def _contrasted(crop: Grey) -> Grey:
    """A picture from black ink to white paper."""
    dark, light = np.percentile(crop, (1, 90))
    stretched = (crop.astype(np.float32) - dark) * (255.0 / max(light - dark, 1.0))
    return np.asarray(stretched.clip(0, 255), dtype=np.uint8)


def _usual_height(pieces: Sequence[Piece]) -> float:
    """The height of ink of most lines, by their width: long lines hold letters of all heights."""
    heights = sorted((p.ink.height, p.ink.width) for p in pieces if p.cell is None)
    half = sum(width for _, width in heights) / 2
    for height, width in heights:
        half -= width
        if half <= 0:
            return float(height)
    return 0.0


def _glyph(piece: Piece, word: Word, usual: float, scale: float) -> Glyph:
    height = float(piece.ink.height)
    if usual and abs(height - usual) <= SAME_SIZE * usual:
        height = usual
    x0, y0, x1, y1 = (value / scale for value in piece.ink)
    return Glyph(word.text, x0, y0, x1, y1, height / scale / INK_HEIGHT, round(word.confidence, 3))
