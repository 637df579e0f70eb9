"""Tells whether a PDF has layers (optional content groups), which a viewer shows or hides. Their text may be unseen."""

from __future__ import annotations

import re
import zlib

_LAYERS = (b"/OCProperties", b"/OCGs", b"/OCG")
_STREAM = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n")
#: A file's catalog stands in one of few object streams. No more of them, and no more of each, is looked at.
MOST_STREAMS = 40
MOST_BYTES = 2_000_000


def has_layers(data: bytes) -> bool:
    """Tell whether a PDF names layers, in the open or in its compressed objects."""
    if _names_layers(data):
        return True
    starts = [match.end() for _, match in zip(range(MOST_STREAMS), _STREAM.finditer(data), strict=False)]
    return any(_names_layers(_inflated(data, start)) for start in starts)


def _names_layers(data: bytes) -> bool:
    return any(name in data for name in _LAYERS)


def _inflated(data: bytes, start: int) -> bytes:
    """The plain bytes of a compressed stream; nothing of one that is encrypted or damaged."""
    try:
        return zlib.decompressobj().decompress(data[start : start + MOST_BYTES], MOST_BYTES)
    except zlib.error:
        return b""
