"""Printed cells and tokens → numbers. What is not plainly a number stays text: nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from unicodedata import normalize

from expectations.identities import Number

#: Signs that say "nothing here" without being a number; the literal text keeps them apart from a blank and from 0.
MARKS = frozenset(
    {"/", "\\", "-", "—", "--", "——", "–", "－", "―", "一", "无", "/／", "／", "*", "…", "不适用", "无此项"}
)
_COUNTED = "件|项|条|个|宗|次|人次|人|部|份|起|篇"
#: Sums of money, the larger unit whole: 千元 is not 元. Other money than yuan has its own name.
MONEY = "(?:人民币)?(?:百亿|十亿|千万|百万|十万|亿|万|千|仟)?元|美元|港元|港币|欧元|日元"
_UNITS = f"(?:百万|十万|亿|万|千|百)?(?:{_COUNTED})|{MONEY}"
#: A cell that holds one of these alone is a unit beside its numbers.
UNITS = frozenset((*_COUNTED.split("|"), "万元", "亿元", "元", "千元", "万件", "万条"))
_NUMBER = re.compile(
    rf"^(?P<sign>[+\-−－]|增加?|新增|减少?|下降)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>{_UNITS})?$"
)
#: 3① or 12²: a footnote mark must not become a digit.
_FOOTNOTE = re.compile(r"[²³¹⁰-₟⅐-↏①-⓿❶-➓㈠-㉃㉈-㉏㉑-㉟㊀-㊉㊱-㊿¼-¾]")
_MINUS = frozenset({"-", "−", "－", "减", "减少", "下降"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed cell as read. `kind` is "number", "blank", "mark" (a sign for nothing) or "text".

    `is_change`: a sign or a word before the number says by how much something changed (-7, 增173).
    """

    kind: str
    value: Number | None = None
    unit: str | None = None
    is_change: bool = False


BLANK = Reading("blank")
MARK = Reading("mark")
TEXT = Reading("text")


@lru_cache(maxsize=65536)
def read_cell(text: str) -> Reading:
    """Read a cell: full-width digits, thousands separators, spaces inside a number, a sign or words for one, a unit.

    A cell of several lines is text, and so is one of several numbers with spaces between: they must never become one.
    8 12 can be 812 with a stray space, or two numbers: only groups of three digits (1 234) are one number for sure.
    """
    if text.isdecimal() and text.isascii():
        return Reading("number", int(text))
    if not text or text.isspace():
        return BLANK
    if text in MARKS:
        return MARK
    if "\n" in text:
        return TEXT
    if _FOOTNOTE.search(text) or _are_several(text.split()):
        return TEXT
    match = _NUMBER.match(_plain(text))
    return _number(match) if match else TEXT


def _are_several(pieces: list[str]) -> bool:
    """Tell whether digits with spaces between them can be several numbers: all but thousands (1 234) can."""
    if len(pieces) < 2 or not all(piece.isdecimal() for piece in pieces):
        return False
    first, *groups = pieces
    return first == "0" or len(first) > 1 or any(len(group) != 3 for group in groups)


def is_spaced(text: str) -> bool:
    """Tell whether a cell holds nothing but digits in several pieces: 8 12 may be 812 or two numbers."""
    pieces = text.split()
    return len(pieces) > 1 and "\n" not in text and all(piece.isdecimal() for piece in pieces)


def _plain(text: str) -> str:
    """Compatibility forms (full-width digits, signs, commas) resolved, white space dropped."""
    return "".join(normalize("NFKC", text).split()).replace("，", ",")


def _number(match: re.Match[str]) -> Reading:
    digits = match["digits"].replace(",", "")
    value: Number = Decimal(digits) if "." in digits else int(digits)
    unit = match["unit"].removeprefix("人民币").replace("仟", "千") if match["unit"] else None
    return Reading("number", -value if match["sign"] in _MINUS else value, unit, is_change=bool(match["sign"]))
