"""Enumerations in running text: which marks stand where, and the tree of lists that they make.

One mechanism for every style: a mark has a style, a number and a place at a boundary; a list is marks of one style whose
numbers go up. A mark of another style with number 1 opens a list inside the item in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from pipelines.parse.shortcomings.cues import cue

_NUMERALS = "一二三四五六七八九十"
_ZH = rf"[{_NUMERALS}]{{1,3}}"
_STOP = r"[，,、：:]"
#: Signs that begin a line or a clause of a list; a dash or a dot does so only before a word, and never once only.
_BULLETS = "●•■◆▪★▲△○◎◇□➢➤►▶√✓✔※"
_WORD = r"(?=[^\S\n]*[一-鿿“《])"
#: What may stand before a mark: white space, punctuation, a closing bracket; else 统一是 would hold a mark.
_BOUNDARY = rf"(?<![^\s。；;：:，,、！!？?）)》”\"将{_BULLETS}])"
#: Styles whose marks are plain enough in any position, and those that count only where a sentence begins.
_STYLES = {
    "is": rf"({_ZH})\s*(?:是|要|则)(?!否)",
    "ordinal": rf"第\s*({_ZH})(?:\s*{_STOP}|\s*是|(?=\s))",
    "among": rf"其({_ZH})(?:\s*{_STOP}|\s*是)?",
    "bracket_zh": rf"[（(]\s*({_ZH})\s*[）)]\s*[、.．]?",
    "bracket_digit": r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?",
    "digit_bracket": r"(\d{1,2})\s*[）)]",
    "digit": r"(?<![\d.])(\d{1,2})\s*[.．、](?!\d)",
    "dotted": r"([⒈-⒛])",
    "first_then": rf"(首先|其次|再次|再者|最后)(?:\s*{_STOP}|\s*是|(?=[要需应]))",
    "sides": rf"(一方面|另外?一方面|另方面)(?:\s*{_STOP}|\s*是)?",
    "problem": rf"(?:问题|不足|短板)[^\S\n]?({_ZH}|\d{{1,2}})\s*(?:{_STOP}|[.．]|(?=\s))",
    "measure": rf"(?:改进|整改|对应)?(?:措施|举措|办法)[^\S\n]?({_ZH}|\d{{1,2}})\s*(?:{_STOP}|[.．]|(?=\s))",
    "numeral": rf"(?:(?<=[。；;：:\s])|\A)({_ZH})、",
    "roman": r"([Ⅰ-Ⅻⅰ-ⅻ])[^\S\n]*[.．、]?",
    "letter": rf"([A-Ga-g])[^\S\n]*[.．、)）]{_WORD}",
    "padded": rf"(?:(?<=\n)|\A)[^\S\n]*(0[1-9])(?=[^\S\n]){_WORD}",
    "bullet": rf"(?:(?<=[\n：:；;。\s])|\A)[^\S\n]*([{_BULLETS}])",
    "dash": rf"(?:(?<=\n)|\A)[^\S\n]*([-—–·*＊]{{1,2}}){_WORD}",
}
#: Signs that are nothing but marks, wherever they stand: ①公开不及时②内容不全面.
_ANYWHERE = {"circled": r"([①-⑳])", "bracketed": r"([⑴-⒇])"}


def _any_of(styles: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in styles.items())


#: With these words a mark begins, if with any: most places are passed over at once.
_FIRST = rf"(?=[^一-鿿]|[{_NUMERALS}第其首再最另问不短改整对措举办])"
_MARK = re.compile(f"{_FIRST}(?:{_BOUNDARY}(?:{_any_of(_STYLES)})|{_any_of(_ANYWHERE)})")
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "一方面": 1, "另一方面": 2, "另外一方面": 2, "另方面": 2}
#: Each of their signs is a style of its own.
_UNNUMBERED = ("bullet", "dash")
#: 最后 and every bullet continue whatever stands open.
_NEXT = 0
#: The mark says itself what it counts, so that 措施二 can stand in 问题二, far from 措施一.
LABELLED = ("problem", "measure")
_PIECES = re.compile(r"(?<=[。；;\n])")


@dataclass(frozen=True, slots=True)
class Mark:
    """An enumerator: style, number (0 where it only says "the next"), first character and the one behind the last."""

    style: str
    number: int
    start: int
    end: int


@dataclass(slots=True)
class Item:
    """Holds what a mark introduces: from `body` to `end`, with the lists that begin inside it."""

    mark: Mark
    body: int
    end: int
    lists: list[Enumeration] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Tell where the mark stands."""
        return self.mark.start


@dataclass(slots=True)
class Enumeration:
    """A list: items of one style whose numbers go up."""

    style: str
    items: list[Item]

    @property
    def start(self) -> int:
        """Tell where the first mark stands."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Behind the last item."""
        return self.items[-1].end


def marks(text: str) -> Iterator[Mark]:
    """Whatever looks like an enumerator, in order."""
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        # The group behind the named one is the style's own: the number.
        printed = match[match.re.groupindex[style] + 1]
        named = f"{style} {printed}" if style in _UNNUMBERED else style
        yield Mark(named, _number(printed), match.start(), match.end())


def _number(printed: str) -> int:
    if printed in _WORDS:
        return _WORDS[printed]
    if printed.isdecimal():
        return int(printed)
    for first in "①⑴⒈ⅠⅰAa":
        if ord(first) <= ord(printed[0]) < ord(first) + (12 if first in "Ⅰⅰ" else 20):
            return ord(printed[0]) - ord(first) + 1
    return _numeral(printed) if printed[0] in _NUMERALS else _NEXT


def _numeral(printed: str) -> int:
    """一 to 九十九; 0 is never meant."""
    tens, ten, ones = printed.rpartition("十")
    if not ten:
        return _NUMERALS.index(printed[0]) + 1
    return 10 * (_NUMERALS.index(tens[0]) + 1 if tens else 1) + (_NUMERALS.index(ones[0]) + 1 if ones else 0)


def outline(text: str) -> list[Enumeration]:
    """The lists of a text, outermost first; an item ends where the next begins, the last where its parent does."""
    root = Item(Mark("", 0, 0, 0), 0, len(text))
    open_items = [root]
    found = list(marks(text))
    for mark, following in zip_longest(found, found[1:]):
        _place(open_items, mark, text, _opens(mark, following))
    _prune(root, text)
    return root.lists


def _opens(mark: Mark, following: Mark | None) -> bool:
    """Tell whether a mark can begin a list. The first item can lack its mark: 我局将甲；二是乙；三是丙."""
    if mark.number == 1 or mark.style.startswith(_UNNUMBERED) or mark.style in LABELLED:
        return True
    unmarked_first = following is not None and (following.style, following.number) == (mark.style, 3)
    return mark.style == "is" and mark.number == 2 and unmarked_first


def _place(open_items: list[Item], mark: Mark, text: str, opens: bool) -> None:
    """Put a mark into the list that it continues, or open one; a mark that does neither is text."""
    item = Item(mark, mark.end, len(text))
    for depth in range(len(open_items) - 1, 0, -1):
        siblings = open_items[depth - 1].lists[-1]
        if siblings.style != mark.style:
            continue
        if _continues(siblings.items[-1].mark, mark) and not _is_apart(text, siblings.items[-1].mark, mark):
            siblings.items.append(item)
        elif opens:
            open_items[depth - 1].lists.append(Enumeration(mark.style, [item]))
        else:
            return
        for closed in open_items[depth:]:
            closed.end = mark.start
        open_items[depth:] = [item]
        return
    if opens:
        open_items[-1].lists.append(Enumeration(mark.style, [item]))
        open_items.append(item)


def _continues(last: Mark, mark: Mark) -> bool:
    """Tell whether a number follows another. Reports skip a number or print one twice; they never count backwards."""
    return mark.number == _NEXT or (mark.number > 1 and last.number <= mark.number <= last.number + 2)


def _is_apart(text: str, last: Mark, mark: Mark) -> bool:
    """Tell whether words between two marks without numbers announce another list: a heading, or 下一步将：."""
    if not mark.style.startswith(_UNNUMBERED):
        return False
    pieces = _PIECES.split(text[last.end : mark.start])[1:]
    return any(cue(piece.strip()) for piece in pieces if piece.strip() and piece.rstrip()[-1] not in "。；;")


def _prune(parent: Item, text: str) -> None:
    """Take out lists with an item that says nothing: 1、2、3月 is no enumeration."""
    kept: list[Enumeration] = []
    for found in parent.lists:
        for item in found.items:
            _prune(item, text)
        alone = found.style.startswith("dash") and len(found.items) == 1
        if not alone and all(len(text[item.body : item.end].strip("，,、。；; \n")) >= 2 for item in found.items):
            kept.append(found)
        else:
            kept.extend(inner for item in found.items for inner in item.lists)
    parent.lists = kept


def split(item: Item, at: int) -> list[Enumeration]:
    """End an item earlier; returns the lists, or what of them, stands behind."""
    behind: list[Enumeration] = []
    kept: list[Enumeration] = []
    for inner in item.lists:
        before = [i for i in inner.items if i.start < at]
        after = [i for i in inner.items if i.start >= at]
        if before:
            kept.append(Enumeration(inner.style, before))
            if before[-1].end > at:
                behind += split(before[-1], at)
        if after:
            behind.append(Enumeration(inner.style, after))
    item.lists, item.end = kept, at
    return behind
