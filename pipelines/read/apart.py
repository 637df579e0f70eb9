"""Text of an office file with signs for what is set apart in it → the text that is read.

A reader puts the signs while it gathers runs: raised and lowered text, struck text, and fields that show no value.
Here they are resolved once the text is whole: 605¹ becomes 605, 10³ becomes two pieces, struck 16 before 173 goes.
"""

from __future__ import annotations

import re

from pipelines.read import footnotes
from pipelines.read.cell_pieces import RAISED
from pipelines.read.document import UNREAD

#: Around raised or lowered text. None of these signs can stand in XML.
_BEGIN, _END = "\x0e", "\x0f"
#: Stands for ink that is no text of its own: a struck number, a picture. Alone in a cell it makes the cell unread.
INK = "\x10"
#: Stands for a field that shows no value, as a list with nothing chosen: in a cell it is unread.
UNFILLED = "\x11"
#: Around text of which it is in doubt whether a person sees it.
_ASIDE, _ASIDE_END = "\x13", "\x14"
#: Before raised text of a formula, which is a power and no footnote's mark.
_POWER = "\x12"
_OF_NUMBER = "[0-9A-Za-z〇一二三四五六七八九十百千万亿]"
_RAISED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_BETWEEN = re.compile(f"(?<={_OF_NUMBER}){RAISED}+(?={_OF_NUMBER})")
_LINE = re.compile("[\n\t\v]")
_SIGNS = re.compile("[\x0e-\x14]")


def raised(text: str, is_power: bool = False) -> str:
    """Text that is raised or lowered. What is raised inside it is part of it."""
    text = text.replace(_BEGIN, "").replace(_END, "")
    return f"{_BEGIN}{_POWER if is_power else ''}{text}{_END}"


def aside(text: str) -> str:
    """Text that may be unseen: alone it is read, beside other text it is set apart."""
    return f"{_ASIDE}{text}{_ASIDE_END}"


def in_cell(text: str) -> str:
    """The text of a cell. What is still set apart in it stands between `RAISED`; `UNREAD` for ink without text."""
    if not _SIGNS.search(text):
        return text
    text = _without_marks(text)
    if INK in text:
        text = text.replace(INK, "")
        if not text.strip():
            return UNREAD
    return text.replace(UNFILLED, UNREAD)


def in_prose(text: str) -> str:
    """The text of a paragraph. Numbers set apart from one another have a space between them."""
    text = _without_marks(text)
    if INK in text or UNFILLED in text:
        text = text.replace(INK, "").replace(UNFILLED, "")
    return _BETWEEN.sub(" ", text).replace(RAISED, "")


def _without_marks(text: str) -> str:
    """Text without the marks of footnotes at its numbers; other raised text at a number is set apart from it."""
    if _ASIDE in text:
        text = text.replace(_ASIDE_END + _ASIDE, "").replace(_ASIDE, RAISED).replace(_ASIDE_END, RAISED)
    if _BEGIN not in text:
        return text
    first, *rest = _RAISED.split(text.replace(_END + _BEGIN, ""))
    whole = first
    for piece, behind in zip(rest[::2], rest[1::2], strict=True):
        whole += _piece(whole, piece, behind) + behind
    return whole


def _piece(whole: str, piece: str, behind: str) -> str:
    before, after = _LINE.split(whole)[-1].rstrip(), _LINE.split(behind)[0].lstrip()
    is_power = _POWER in piece
    piece = piece.replace(_POWER, "")
    text = "".join(piece.replace(INK, "").split())
    if not text or not footnotes.is_beside_number(before, after):
        return piece
    is_amid = footnotes.is_beside_number(before, "") and footnotes.is_beside_number("", after)
    is_mark = not is_power and not is_amid and footnotes.is_mark(text, before)
    return "" if is_mark else f"{RAISED}{piece}{RAISED}"
