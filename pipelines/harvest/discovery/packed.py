"""Pieces of HTML that a page holds packed as base64, and unpacks by a script: pagers, in a known template."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

_UNPACKS = re.compile(r"\batob\b|base64", re.IGNORECASE)
_PACKED = re.compile(r"(?<![A-Za-z0-9+/=,])[A-Za-z0-9+/]{40,20000}={0,2}(?![A-Za-z0-9+/=])")
_MOST = 20


def html_packed(source: str) -> Iterator[str]:
    """The pieces with links in them, unpacked; none in a page that unpacks nothing."""
    if not _UNPACKS.search(source):
        return
    for match in list(_PACKED.finditer(source))[:_MOST]:
        text = _unpacked(match[0])
        if re.search(r"<a\s|\bhref=", text):
            yield text


def _unpacked(packed: str) -> str:
    try:
        text = base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    return unquote_plus(text) if "%3C" in text or "%3c" in text else text
