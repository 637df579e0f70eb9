"""Which encoding a Chinese government page is in. What the page says of itself is often wrong."""

from __future__ import annotations

import codecs
import re

import webencodings

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Labels that mean GB2312, GBK or GB18030; the last holds the other two, so it decodes all three.
_GB = {"gbk", "gb18030"}


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
    if label is not None and label.name not in {*_GB, "utf-8"}:
        candidates.insert(0, label.codec_info.name)
    return min(candidates, key=lambda codec: data.decode(codec, "replace").count("\ufffd"))
