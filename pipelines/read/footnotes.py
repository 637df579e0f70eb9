"""Raised and lowered signs at a number: a footnote's mark, a power, or something else.

Belongs here: telling them apart, in whatever file format. Examples: 605¹ is 605 and a mark, 10³ is a power.
"""

from __future__ import annotations

import re

#: A mark of a footnote: 1, [2], (3), ①, *, 注1. No report has more footnotes than this.
_MARK = re.compile(r"^[\[(（［【]?(?:注|附注)?[:：]?(\d{0,2}|[①-⑳]|[*＊※†‡]{1,3})[\])）］】]?$")
MOST_FOOTNOTES = 30
#: A mark behind 10 may be its power as well as a footnote.
_POWER = re.compile(r"(?<![\d.,])10$")
_DIGIT = re.compile(r"[\d〇一二三四五六七八九十百千万亿]")


def is_mark(text: str, before: str) -> bool:
    """Tell whether raised `text` is a footnote's mark and no power of the number `before` it."""
    mark = _MARK.match(text)
    if mark is None or _POWER.search(before):
        return False
    return not mark[1].isdecimal() or (0 < int(mark[1]) <= MOST_FOOTNOTES and not mark[1].startswith("0"))


def is_beside_number(before: str, behind: str) -> bool:
    """Tell whether what stands between two texts touches a number."""
    return bool(_DIGIT.search(before[-1:]) or _DIGIT.search(behind[:1]))
