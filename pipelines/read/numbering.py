"""Word's automatic numbering: the 一、 and （一） that a reader of the page sees and that the text does not hold.

Belongs here: numbering.xml, counters and the way numbers are written. Does not belong here: what a number means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
#: Word counts no further; a larger start is an error of the file.
MAX_NUMBER = 32767

_DIGITS = "〇一二三四五六七八九"
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """Says how one level of a list counts and is written. `restart` is the level after which it begins anew (0: never)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A numbering instance: the counters that it shares with others of the same abstract list, and its levels."""

    abstract: str
    levels: Mapping[int, Level]
    #: Levels that begin anew where the instance is first used, and with which number.
    starts: Mapping[int, int]


class Numbering:
    """The lists of a document and how far each has counted. Call `number` once a paragraph, in reading order."""

    def __init__(self, root: Element | None = None) -> None:
        self._lists = {} if root is None else _lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a paragraph style stands for in its list; 0 where the list does not say."""
        known = self._lists.get(list_id)
        levels = known.levels.items() if known else ()
        return next((i for i, level in levels if level.style == style), 0)

    def number(self, list_id: str, level: int) -> str:
        """Count on, and the number as printed, with what follows it; "" for a bullet or an unknown list."""
        known = self._lists.get(list_id)
        if known is None or level not in known.levels:
            return ""
        counts = self._count(list_id, known, level)
        own = known.levels[level]
        return _written(own, known.levels, counts) + _behind(own)

    def _count(self, list_id: str, known: _List, level: int) -> Mapping[int, int]:
        counts = self._counts.setdefault(known.abstract, {})
        for above in range(level):
            counts.setdefault(above, _start(known, above))
        fresh = level in known.starts and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        counts[level] = _start(known, level) if fresh or level not in counts else counts[level] + 1
        for below in [i for i in counts if i > level]:
            restart = known.levels[below].restart if below in known.levels else None
            # Without a word on it a level begins anew below every higher one; levels are named from 1 here.
            if restart is None or (restart and level < restart):
                del counts[below]
        return counts


def _start(known: _List, level: int) -> int:
    own = known.levels.get(level)
    return known.starts.get(level, own.start if own else 1)


def _behind(level: Level) -> str:
    """Tell what separates the number from the text: nothing after a full-width sign, which has its own space."""
    if level.suffix == "nothing" or level.format == "bullet" or not level.text:
        return ""
    return "" if level.text[-1] in "、．）】〕：， \u3000" else " "


def _written(own: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    if own.format == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = levels.get(index)
        if level is None or index not in counts:
            return ""
        return write(counts[index], "decimal" if own.is_legal else level.format)

    return _PLACE.sub(place, own.text)


# ---------------------------------------------------------------- numbering.xml


def _lists(root: Element) -> dict[str, _List]:
    abstracts = {node.get(f"{W}abstractNumId", ""): node for node in root.findall(f"{W}abstractNum")}
    by_style = {
        link.get(VAL): name for name, node in abstracts.items() if (link := node.find(f"{W}styleLink")) is not None
    }
    known = {name: {_index(n): _level(n) for n in node.findall(f"{W}lvl")} for name, node in abstracts.items()}
    found: dict[str, _List] = {}
    for node in root.findall(f"{W}num"):
        name = _value(node, "abstractNumId") or ""
        abstract = abstracts.get(name)
        if abstract is not None and (link := abstract.find(f"{W}numStyleLink")) is not None:
            name = by_style.get(link.get(VAL), name)
            abstract = abstracts[name]
        overrides = node.findall(f"{W}lvlOverride")
        # Most instances change nothing and share their levels.
        levels = dict(known.get(name, {})) if overrides else known.get(name, {})
        starts: dict[int, int] = {}
        for override in overrides:
            index = _index(override)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[index] = _level(own)
            if (first := _number(override, "startOverride")) is not None:
                starts[index] = first
                levels[index] = replace(levels.get(index, Level()), start=first)
        found[node.get(f"{W}numId", "")] = _List(name, levels, starts)
    return found


def _level(node: Element) -> Level:
    start, text = _number(node, "start"), _value(node, "lvlText")
    legal = node.find(f"{W}isLgl")
    return Level(
        start=0 if start is None else start,
        format=_value(node, "numFmt") or "decimal",
        text=text or "",
        suffix=_value(node, "suff") or "tab",
        restart=_number(node, "lvlRestart"),
        is_legal=legal is not None and legal.get(VAL) not in ("0", "false", "off"),
        style=_value(node, "pStyle"),
    )


def _index(node: Element) -> int:
    printed = node.get(f"{W}ilvl", "0")
    return int(printed) if printed.isascii() and printed.isdecimal() and len(printed) < 3 else 0


def _value(node: Element, name: str) -> str | None:
    """The value of a property. A custom format, which Word wraps with a plain one for old programs, is none here."""
    child = node.find(f"{W}{name}")
    return child.get(VAL) if child is not None else None


def _number(node: Element, name: str) -> int | None:
    printed = _value(node, name)
    if printed is None or not (printed.isascii() and printed.isdecimal()):
        return None
    return min(int(printed[:6]), MAX_NUMBER)


# ---------------------------------------------------------------- how numbers are written


def write(number: int, format: str) -> str:
    """A number in one of Word's number formats; in digits for those that no Chinese document uses."""
    writer = _FORMATS.get(format)
    return writer(number) if writer else str(number)


def counting(number: int) -> str:
    """As it is spoken: 1 一, 10 十, 11 十一, 20 二十, 105 一百零五. From 10,000 on in single digits."""
    if not 0 < number < 10_000:
        return digits(number)
    written, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(written)
    return written[1:] if written.startswith("一十") else written


def short_counting(number: int) -> str:
    """As it is spoken below 100, in single digits from there on: 99 九十九, 100 一〇〇."""
    return counting(number) if number < 100 else digits(number)


def digits(number: int) -> str:
    """In single Chinese digits: 10 一〇."""
    return "".join(_DIGITS[int(d)] for d in str(number))


def _financial(number: int) -> str:
    swapped = str.maketrans(_DIGITS[1:] + "十百千", _FINANCIAL[1:] + "拾佰仟")
    spoken = counting(number)
    return (f"一{spoken}" if spoken.startswith("十") else spoken).translate(swapped)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """a to z, then aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _from(first: str, last: int) -> Callable[[int], str]:
    """Signs that Unicode holds in a row from 1 on, in digits behind the last."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(d)) for d in str(number))


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": short_counting,
    "chineseCountingThousand": counting,
    "japaneseCounting": counting,
    "taiwaneseCounting": short_counting,
    "taiwaneseCountingThousand": counting,
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "taiwaneseDigital": digits,
    "chineseLegalSimplified": _financial,
    "ideographLegalTraditional": _financial,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
