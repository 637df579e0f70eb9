"""Tells which encoding a Chinese government page is in. What the page says of itself is often wrong."""

from __future__ import annotations

import codecs
import re

import webencodings

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Labels worth believing where the bytes are not UTF-8. GB2312 and GBK are part of GB18030, which is always tried;
#: a Western single-byte label decodes anything without an error and says nothing of a Chinese page.
_BELIEVED = {"big5", "euc-jp", "shift_jis", "euc-kr", "utf-16le", "utf-16be"}


def decode(data: bytes) -> tuple[str, str, int]:
    """Text, encoding, and how many characters could not be decoded (U+FFFD).

    Byte order mark, then strict UTF-8, then the page's label unless it decodes worse than the alternatives.
    """
    encoding = detect(data)
    text = data.decode(encoding, "replace")
    return text, encoding, text.count("\ufffd")


def detect(data: bytes) -> str:
    """The Python codec to decode `data` with."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return codec
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    return "utf-8"


def _not_utf8(data: bytes) -> str:
    """The label where it decodes cleanly, else whichever of the likely encodings loses least."""
    match = _CHARSET.search(data[:4096])
    label = webencodings.lookup(match[1].decode("ascii")) if match else None
    candidates = ["gb18030", "utf-8"]
    if label is not None and label.name in _BELIEVED:
        candidates.insert(0, label.codec_info.name)
    return min(candidates, key=lambda codec: data.decode(codec, "replace").count("\ufffd"))
