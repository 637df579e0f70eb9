"""A spreadsheet's stored number or text and its format → what the sheet shows.

Belongs here: sections and their conditions, scaling commas, decimals, percent signs, literal text, dates. `0!.0,` shows
195000 as 19.5. What is left out: thousands separators, colours, padding, and Chinese numerals, which are written as
digits. A dash in place of zero is a 0. `UNREAD` stands for what the rules do not tell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from pipelines.read.document import UNREAD

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
#: A format in tokens: quoted and escaped text, padding, brackets, General, digits, date letters, any other sign.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<padding>[_*].?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>general|g/通用格式)|(?P<digit>[#0?])|(?P<letters>[ymdhs]+)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)$")
_CURRENCY = re.compile(r"\$([^-]*)")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r|颜色|[黑蓝绿红白黄青]|洋红)", re.IGNORECASE
)
#: What a sheet shows in place of a zero that is still one.
_ZEROS = frozenset(("-", "--", "—", "——", "–", "－", "−", "/", "0", "零", "〇", "○"))
_YUAN = frozenset("¥￥")
_MINUS = ("-", "−", "－")
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
#: 9999-12-31.
_LAST_DAY = 2_958_465
#: Stored numbers have 15 digits; longer ones are what binary fractions look like.
_DIGITS = 15
#: Numbers from here on are not rounded.
_LARGE = 10**12


class _Token(NamedTuple):
    """A sign of a format. `kind` is `text`, `digit`, `point`, `group`, `scale`, `general`, `letters`, `at` or `unclear`."""

    kind: str
    text: str


#: The sign that scales by a hundred. Quoted, it is mere text.
_PERCENT = _Token("text", "%")


class _Section(NamedTuple):
    """One section of a format. `date` holds the parts of a date that are shown, "" for a number.

    `is_plain`: fractions, powers of ten and text formats, whose number is written as it is stored.
    """

    tokens: tuple[_Token, ...] = ()
    condition: tuple[str, Decimal] | None = None
    is_coloured: bool = False
    date: str = ""
    is_plain: bool = False


class _Format(NamedTuple):
    """The sections for numbers (one to three), and the one for text, None where text is shown as it is."""

    numbers: tuple[_Section, ...]
    text: _Section | None


@lru_cache(maxsize=16384)
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
    value = +Decimal(f"{value:.{_DIGITS}g}") if abs(value.adjusted()) < 300 else value
    section = _chosen(_format(code).numbers, value)
    if section is None:
        return UNREAD
    if section.date and 0 <= value <= _LAST_DAY:
        return _date(Decimal(printed), section.date, is_1904)
    if section.date or section.is_plain:
        return _plain(value)
    return _number(section, value, code)


def text_shown(text: str, code: str) -> str:
    """A stored text as the sheet shows it: `;;;` shows nothing, `@"件"` shows 605 as 605件."""
    if not text or ("@" not in code and ";" not in code):
        return text
    section = _format(code).text
    if section is None:
        return text
    return "".join(
        text if token.kind == "at" else token.text for token in section.tokens if token.kind in ("at", "text")
    )


# ---------------------------------------------------------------- sections


@lru_cache(maxsize=1024)
def _format(code: str) -> _Format:
    """The sections of a format: those for numbers, and for text the fourth or the last one with an @."""
    parts = _sections(code)
    has_text = any(token.kind == "at" for token in parts[-1].tokens)
    if len(parts) > 3 or (has_text and len(parts) > 1):
        return _Format(tuple(parts[:3] if len(parts) > 3 else parts[:-1]), parts[min(len(parts) - 1, 3)])
    return _Format(tuple(parts), parts[0] if has_text else None)


def _sections(code: str) -> list[_Section]:
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["sign"] == ";":
            found.append([])
        else:
            found[-1].append(match)
    return [_section(matches) for matches in found]


def _section(matches: Sequence[re.Match[str]]) -> _Section:
    brackets = [m["bracket"] for m in matches if m["bracket"] is not None]
    conditions = [m for m in map(_CONDITION.match, (b.strip() for b in brackets)) if m]
    condition = (conditions[0][1], Decimal(conditions[0][2])) if conditions else None
    is_coloured = any(_COLOUR.match(b) for b in brackets)
    tokens = _settled([_token(m) for m in matches])
    letters = "".join(m["letters"].lower() for m in matches if m["letters"])
    if letters or any(b and not b.lower().strip("hms") for b in brackets):
        words = "".join(token.text for token in tokens if token.kind == "text")
        return _Section(tokens, condition, is_coloured, _date_parts(letters, "年" in words or "月" in words))
    signs = {m["sign"] for m in matches if m["sign"]}
    has_digits = any(token.kind == "digit" for token in tokens)
    is_plain = has_digits and bool(signs & {"E", "e", "/"})
    return _Section(tokens, condition, is_coloured, is_plain=is_plain)


def _token(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or ""
    text = match[kind]
    if kind == "sign":
        return _sign(text)
    if kind == "bracket":
        currency = _CURRENCY.match(text)
        return _Token("text", currency[1] if currency and currency[1] not in _YUAN else "")
    if kind in ("quoted", "escaped"):
        return _Token("text", text)
    return _Token(kind, text) if kind in ("digit", "letters", "general") else _Token("text", "")


def _sign(sign: str) -> _Token:
    if sign == "%":
        return _PERCENT
    if sign.isascii() and sign.isalpha():
        return _Token("unclear", sign)
    return _Token({".": "point", ",": "group", "@": "at"}.get(sign, "text"), sign)


def _settled(tokens: list[_Token]) -> tuple[_Token, ...]:
    """Tokens with each comma's part told: between digits it groups, behind the last of them it scales by a thousand."""
    tokens = [token for token in tokens if token.kind != "text" or token.text]
    kinds = [token.kind for token in tokens]
    for i, kind in enumerate(kinds):
        if kind != "group":
            continue
        before = next((k for k in reversed(kinds[:i]) if k not in ("group", "scale")), "")
        behind = [k for k in kinds[i:] if k not in ("group", "scale")]
        if before != "digit":
            kinds[i] = "unclear"
        elif not behind or behind[0] == "point" or "digit" not in behind:
            kinds[i] = "scale"
        elif behind[0] != "digit":
            kinds[i] = "unclear"
    return tuple(
        token if token.kind == kind else _Token(kind, token.text) for kind, token in zip(kinds, tokens, strict=True)
    )


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> _Section | None:
    """The section for a number; None where each has a condition and none holds, which shows ####."""
    first, second = sections[0], sections[min(1, len(sections) - 1)]
    if first.condition is None and second.condition is None:
        if len(sections) > 1 and value < 0:
            return second
        return sections[2] if len(sections) > 2 and value == 0 else first
    if first.condition is None and value > 0:
        return first
    for section in (first, second):
        if section.condition is not None and _holds(section.condition, value):
            return section
    rest = sections[1:] if second.condition is None else sections[2:]
    if len(rest) > 1:
        return rest[0] if value < 0 else rest[1]
    return rest[0] if rest else None


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    if value == limit:
        return sign in ("=", "<=", ">=")
    return sign == "<>" or (value < limit and sign in ("<", "<=")) or (value > limit and sign in (">", ">="))


# ---------------------------------------------------------------- numbers


def _number(section: _Section, value: Decimal, code: str) -> str:
    """A number in a section of digits and texts."""
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if "unclear" in kinds or kinds.count("point") > 1 or kinds.count("general") + kinds.count("at") > 1:
        return UNREAD
    text = "".join(token.text for token in tokens if token.kind == "text").strip()
    if not {"digit", "general", "at"} & set(kinds):
        return "0" if value == 0 and ";" in code and text in _ZEROS else text
    percent = sum(token is _PERCENT for token in tokens)
    scaled = abs(value).scaleb(2 * percent - 3 * kinds.count("scale"))
    whole = _with_digits(tokens, scaled) if "digit" in kinds else _with_general(tokens, scaled)
    return _signed(whole.strip(), section, value, code)


def _signed(whole: str, section: _Section, value: Decimal, code: str) -> str:
    """Tell what a section shows, with the sign of its number. Brackets around a negative number are its sign."""
    if value >= 0:
        return whole.lstrip("+").lstrip()
    has_own = ";" in code and section is not _format(code).numbers[0]
    if has_own and whole.startswith("(") and whole.endswith(")"):
        return "-" + whole[1:-1].strip()
    if has_own and whole.startswith(_MINUS):
        return "-" + whole[1:].strip()
    if has_own and not section.is_coloured and section.condition is None:
        return whole
    return "-" + whole if whole.strip("0.") else whole


def _with_general(tokens: tuple[_Token, ...], value: Decimal) -> str:
    return "".join(_plain(value) if token.kind in ("general", "at") else token.text for token in tokens)


def _with_digits(tokens: tuple[_Token, ...], value: Decimal) -> str:
    """A number's digits in their places. Text between digits stands between them: `0!.0` shows 195 as 19.5."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole, behind = [i for i in places if i < point], [i for i in places if i > point]
    if abs(value.adjusted()) < _DIGITS and value < _LARGE:
        value = value.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    first, last = places[0], places[-1]
    texts = [token.text if token.kind == "text" else "" for token in tokens]
    if not any(texts[first:last]):
        is_nothing = value == 0 and not any(tokens[i].text == "0" for i in places)
        return "".join(texts[:first]) + ("" if is_nothing else _plain(value)) + "".join(texts[last:])
    if not abs(value.adjusted()) < _DIGITS or (not whole and value >= 1):
        return UNREAD
    digits, _, decimals = f"{value:f}".partition(".")
    texts = _placed(texts, tokens, whole, digits.lstrip("0"))
    for i, digit in zip(behind, decimals, strict=False):
        texts[i] = digit
    if point < len(tokens):
        texts[point] = "."
    return "".join(texts)


def _placed(texts: list[str], tokens: tuple[_Token, ...], places: list[int], digits: str) -> list[str]:
    """The digits before the point from the right, one a place; the first place takes all that are left."""
    least = next((len(places) - k for k, i in enumerate(places) if tokens[i].text == "0"), 0)
    digits = digits.rjust(least, "0")
    for i in reversed(places):
        taken = digits if i == places[0] else digits[-1:]
        texts[i], digits = taken, digits[: len(digits) - len(taken)]
    return texts


def _plain(value: Decimal) -> str:
    """Digits without an exponent and without zeros behind the last decimal; no report counts in 10^30."""
    if value == 0:
        return "0"
    if not -_DIGITS < value.adjusted() < 2 * _DIGITS:
        return str(value)
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


# ---------------------------------------------------------------- dates


def _date_parts(letters: str, is_chinese: bool) -> str:
    """Tell which parts are shown: `y`, `ym`, `ymd`, `md`, `t` (a time), with `年` where the format writes 年 or 月."""
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
