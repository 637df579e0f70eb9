"""A spreadsheet's stored number and its format → the text that the sheet shows.

Belongs here: decimals, percent signs, literal units, dates. What is left out: thousands separators, colours, conditions,
and sections for zero and negative numbers, so that a stored 0 is a 0 even where the sheet shows a dash.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

#: Formats that are stored as a number (ECMA-376 part 1, 18.8.30). Those of 27 to 36 and 50 to 58 are East Asian dates.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy",
    31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日",
    55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
#: Quoted and escaped text, padding, brackets, digits, date letters: a format's first section in tokens.
_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|[_*].|\[([^\]]*)\]?|([#0?][#0?,]*(?:\.[#0?]+)?)|([ymdhsYMDHS]+)|(.)', re.DOTALL)
_GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
#: 9999-12-31.
_LAST_DAY = 2_958_465
#: Stored numbers have 15 digits; longer ones are what binary fractions look like.
_DIGITS = 15


class _Format(NamedTuple):
    """What of a format changes a number. `date` holds the parts of a date that are shown, "" for a number."""

    before: str = ""
    behind: str = ""
    decimals: int | None = None
    scale: int = 0
    date: str = ""
    is_empty: bool = False


def shown(printed: str, code: str, is_1904: bool = False) -> str:
    """A stored number as the sheet shows it: "3119.0" → 3119, 0.125 as `0.0%` → 12.5%, 45311 as `yyyy"年"` → 2024年.

    What is no number is given back as it is.
    """
    try:
        value = Decimal(printed)
    except InvalidOperation:
        return printed
    if not value.is_finite():
        return printed
    form = _format(code)
    if form.is_empty:
        return ""
    if form.date and 0 <= value <= _LAST_DAY:
        return _date(value, form.date, is_1904)
    value = +Decimal(f"{value:.{_DIGITS}g}")
    if form.scale:
        value = value.scaleb(form.scale)
    if form.decimals is not None:
        places = Decimal(1).scaleb(-form.decimals)
        value = value.quantize(places, ROUND_HALF_UP) if abs(value) < 10**12 else value
    return form.before + _plain(value) + form.behind


def _plain(value: Decimal) -> str:
    """Digits without an exponent and without zeros behind the last decimal; no report counts in 10^30."""
    if value == 0:
        return "0"
    if not -_DIGITS < value.adjusted() < 2 * _DIGITS:
        return str(value)
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@lru_cache(maxsize=1024)
def _format(code: str) -> _Format:
    """What a format says, by its first section. One that is not understood shows the number as it is."""
    if _GENERAL.search(code) or code == "@":
        return _Format()
    if code.strip() and not code.replace(";", "").strip():
        return _Format(is_empty=True)
    tokens = list(_TOKEN.finditer(_first_section(code)))
    letters = "".join(t[5].lower() for t in tokens if t[5])
    if letters or any(t[3] and t[3].lower().strip("hms") == "" for t in tokens):
        words = "".join(t[1] or t[2] or t[6] or "" for t in tokens)
        return _Format(date=_date_parts(letters, "年" in words or "月" in words))
    numbers = [t[4] for t in tokens if t[4]]
    if len(numbers) != 1 or any(t[6] in ("E", "e", "/", "@") for t in tokens if t[6]):
        return _Format()
    at = next(i for i, t in enumerate(tokens) if t[4])
    before, behind = (_literal(part) for part in (tokens[:at], tokens[at + 1 :]))
    number = numbers[0]
    thousands = len(number) - len(number.rstrip(","))
    percent = (before + behind).count("%")
    decimals = len(number.rstrip(",").partition(".")[2])
    return _Format(before.replace("+", ""), behind.rstrip(), decimals, 2 * percent - 3 * thousands)


def _literal(tokens: list[re.Match[str]]) -> str:
    """The text that a format puts beside the number; brackets for colours and padding are not shown."""
    return "".join(t[1] or t[2] or t[6] or "" for t in tokens if not t[6] or t[6] not in ",()- ").strip()


def _first_section(code: str) -> str:
    quoted = False
    for i, sign in enumerate(code):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted and (i == 0 or code[i - 1] != "\\"):
            return code[:i]
    return code


def _date_parts(letters: str, is_chinese: bool) -> str:
    """Which parts are shown: `y`, `ym`, `ymd`, `md`, `t` (a time), with `年` where the format writes 年 or 月."""
    if "y" not in letters and "d" not in letters:
        return "t" if "h" in letters or "s" in letters else "m"
    parts = "".join(part for part in "ymd" if part in letters)
    return parts + ("t" if "h" in letters else "") + ("年" if is_chinese else "")


def _date(value: Decimal, parts: str, is_1904: bool) -> str:
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + datetime.timedelta(days=float(value))
    moment = (moment + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
    if parts == "m":
        return f"{moment.month}"
    time = f"{moment:%H:%M}" if "t" in parts else ""
    if "年" in parts:
        units = (("y", f"{moment.year}年"), ("m", f"{moment.month}月"), ("d", f"{moment.day}日"))
        day = "".join(text for part, text in units if part in parts)
    else:
        numbers = (("y", f"{moment.year}"), ("m", f"{moment.month:02d}"), ("d", f"{moment.day:02d}"))
        day = "-".join(text for part, text in numbers if part in parts)
    return " ".join(filter(None, (day, time)))
