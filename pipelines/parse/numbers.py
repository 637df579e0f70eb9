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
_UNITS = "件|项|条|个|宗|次|人次|人|万元|亿元|元|部|份|起|篇"
#: A cell that holds one of these alone is a unit beside its numbers.
UNITS = frozenset(_UNITS.split("|"))
_NUMBER = re.compile(
    rf"^(?P<sign>[+\-−－]|增加?|新增|减少?|下降)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>{_UNITS})?$"
)
#: 3① or 12²: a footnote mark must not become a digit.
_FOOTNOTE = re.compile(r"[²³¹⁰-₟⅐-↏①-⓿❶-➓㈠-㉃㉈-㉏㉑-㉟㊀-㊉㊱-㊿¼-¾]")
_MINUS = frozenset({"-", "−", "－", "减", "减少", "下降"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed cell as read. `kind` is "number", "blank", "mark" (a sign for nothing) or "text"."""

    kind: str
    value: Number | None = None
    unit: str | None = None


BLANK = Reading("blank")
MARK = Reading("mark")
TEXT = Reading("text")


@lru_cache(maxsize=65536)
def read_cell(text: str) -> Reading:
    """Read a cell: full-width digits, thousands separators, spaces inside a number, a sign or words for one, a unit.

    A cell of several lines is text, and so is one of several numbers with spaces between: they must never become one.
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
    """Whether digits with spaces between them are several numbers: two are longer than a digit, or the first is 0.

    A stray space (7 12) and digits spaced out (3 1 1 9) are one number.
    """
    if len(pieces) < 2 or not all(piece.isdecimal() for piece in pieces):
        return False
    return pieces[0] == "0" or sum(len(piece) > 1 for piece in pieces) > 1


def _plain(text: str) -> str:
    """Compatibility forms (full-width digits, signs, commas) resolved, white space dropped."""
    return "".join(normalize("NFKC", text).split()).replace("，", ",")


def _number(match: re.Match[str]) -> Reading:
    digits = match["digits"].replace(",", "")
    value: Number = Decimal(digits) if "." in digits else int(digits)
    return Reading("number", -value if match["sign"] in _MINUS else value, match["unit"])
