"""The text of a section → its sentences, each with a key that two sentences share when they say the same but for numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: What ends a sentence. A semicolon does: reports list what they did between semicolons.
_PIECE = re.compile(r"[^。！？!?；;\r\n]+[。！？!?；;]*[”’」』）)]?")
_ENDED = re.compile(r"[。！？!?；;：:][”’」』）)]?$")
#: An enumeration mark before a sentence: （一）, 1., 一是, 首先.
_MARK = re.compile(
    r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:[)）、.,:](?![0-9])|是(?!否))|第[一二三四五六七八九十]+[,、是])+"
)
_NUMBER = re.compile(r"[0-9][0-9.,，]*(?:(?<=[,，])|)|[〇零一二两三四五六七八九十百千万亿]+")
_NO_LETTER = re.compile(r"[^\w#]|_")
_NAME_MARK = "某"
#: A shorter key is a heading, a label or what is left of a list.
_LEAST = 5
#: A heading is a short line with an enumeration mark and no stop at its end.
_HEADING = 25


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `start` is its first character's place in the section's text, from 0."""

    text: str
    start: int
    key: str


def sentences(text: str, names: Iterable[str] = ()) -> list[Sentence]:
    """The sentences of a section's text in their order; headings and scraps are none.

    `names` are set aside in the keys as numbers are: 杭州市 and 宁波市 that use one template have the same keys.
    """
    aside = _names(names)
    found: list[Sentence] = []
    for piece in _PIECE.finditer(text):
        printed = piece[0].strip()
        if not printed or _is_heading(printed):
            continue
        key = _key(printed, aside)
        if len(key.replace("#", "")) >= _LEAST:
            found.append(Sentence(printed, piece.start() + len(piece[0]) - len(piece[0].lstrip()), key))
    return found


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    """The names as one pattern, longer ones first: 杭州市 before 杭州."""
    plain = sorted({_plain(name) for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, plain))) if plain else None


def _is_heading(printed: str) -> bool:
    return len(printed) <= _HEADING and not _ENDED.search(printed) and bool(_MARK.match(_plain(printed)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _key(printed: str, aside: re.Pattern[str] | None) -> str:
    """The letters of a sentence without its mark; a number is #, a name is 某."""
    plain = _plain(printed)
    if aside is not None:
        plain = aside.sub(_NAME_MARK, plain)
    unmarked = _MARK.sub("", plain)
    return _NO_LETTER.sub("", _NUMBER.sub("#", unmarked)).casefold()
