"""Looks of a piece of text, written into the text itself, so that a report with them is rendered as any other.

`dressed("560", "struck")` is a text that every renderer of this folder draws struck through. A look has several *ways*:
a format draws them by different means (`display:none`, a class rule, zero font size …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

LOOKS = ("struck", "raised", "lowered", "unseen")
#: Code points of no character: a piece begins with one of `_FIRST …`, which says its look and way, and ends with `_END`.
_FIRST, _WAYS, _END = 0xE000, 16, "\ue0ff"
_PIECE = re.compile(f"([\ue000-\ue0fe])([^{_END}]*){_END}|([^\ue000-\ue0fe]+)")
#: A dressed piece, to be kept whole by what breaks lines.
DRESSED = f"[\ue000-\ue0fe][^{_END}]*{_END}"
T = TypeVar("T")


class Piece(NamedTuple):
    """A piece of text; `look` is "" for plain text."""

    text: str
    look: str = ""
    way: int = 0

    def one_of(self, means: Sequence[T]) -> T:
        """The means of a format by which this piece gets its look."""
        return means[self.way % len(means)]


def dressed(text: str, look: str, way: int = 0) -> str:
    """A text with a look."""
    return f"{chr(_FIRST + _WAYS * LOOKS.index(look) + way % _WAYS)}{text}{_END}"


def pieces(text: str) -> list[Piece]:
    """A text in its pieces."""
    found = []
    for mark, inner, plain in _PIECE.findall(text):
        number = ord(mark) - _FIRST if mark else 0
        found.append(Piece(inner, LOOKS[number // _WAYS], number % _WAYS) if mark else Piece(plain))
    return found


def bare(text: str) -> str:
    """A text without what has a look: all that counts on the page."""
    return "".join(piece.text for piece in pieces(text) if not piece.look)


def undressed(text: str) -> str:
    """A text with all of its pieces and no look: what a format without looks would show."""
    return "".join(piece.text for piece in pieces(text))
