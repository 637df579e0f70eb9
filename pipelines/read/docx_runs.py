"""Tells what becomes of a run of a Word document by its look: read, left out, or set apart from what it stands in.

Belongs here: the fate of text, and symbols. Does not belong here: how looks are told (`docx_styles`, `docx_ground`).
"""

from __future__ import annotations

import re
from enum import Enum
from xml.etree.ElementTree import Element

from pipelines.read import apart
from pipelines.read.document import UNREAD
from pipelines.read.docx_styles import Look, is_drawn_font
from pipelines.read.numbering import W

_LETTER = re.compile(r"[!-~]")


class Fate(Enum):
    """Holds what becomes of a run. `ASIDE` is text of which it is in doubt whether a person sees it."""

    SHOWN = "shown"
    UNSEEN = "unseen"
    STRUCK = "struck"
    RAISED = "raised"
    ASIDE = "aside"


def fate_of(look: Look, shows: bool | None) -> Fate:
    """Tell what becomes of text of a look; `shows` says whether it has another colour than its ground, None for unknown."""
    if look.is_unseen or shows is False:
        return Fate.UNSEEN
    if look.is_struck:
        return Fate.STRUCK
    if look.is_raised:
        return Fate.RAISED
    return Fate.ASIDE if look.web_hidden or shows is None else Fate.SHOWN


def as_read(text: str, fate: Fate, is_drawn: bool) -> str:
    """The text of a run with the signs of `apart`. In a font of drawings a 6 is no 6."""
    if is_drawn:
        text = _LETTER.sub(UNREAD, text)
    if fate is Fate.SHOWN:
        return text
    if fate is Fate.UNSEEN:
        return ""
    if fate is Fate.STRUCK:
        return apart.INK if text.strip() else text
    return apart.raised(text) if fate is Fate.RAISED else apart.aside(text)


def symbol(node: Element) -> str:
    """A symbol's character by its code; one of a font of drawings stays in the private area, where it is no digit."""
    try:
        number = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return UNREAD
    font = node.get(f"{W}font", "")
    if 0xF000 <= number < 0xF100 and font.lower() == "symbol" and chr(number - 0xF000).isdecimal():
        return chr(number - 0xF000)
    if number < 0xE000 and is_drawn_font(font):
        return UNREAD
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x10000 else UNREAD
