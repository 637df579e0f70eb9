"""What converters leave of pages in plain text: numbers of pages, running heads, pictures. They are no lines of the report.

A bare number is a page's only where all such numbers count the pages: it is else a cell. Lines keep their numbers: a
line that goes is blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_BARE = re.compile(r"^\d{1,3}$")
_OF_ALL = re.compile(r"^(\d{1,3})\s*/\s*(\d{1,3})$")
_MARK = re.compile(
    r"^(?:[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页.{0,12}|共\s*\d{1,3}\s*页.{0,12}|page\s+\d{1,3}(?:\s+of\s+\d+)?)$",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$|^<img\b[^>]*>$", re.IGNORECASE)
#: What a running head is made of: words, and no row of a table.
_WORDS = re.compile(r"[一-鿿]{4}")
_TITLE = re.compile(r"(?:信息|政务)公开(?:工作)?(?:年度|工作)*(?:报告|年报)$")
_NUMBERS = re.compile(r"\d+")
#: Where more lines than this share stand alone between blank lines, standing alone says nothing.
_MOST_ALONE = 0.3


def lines_of_report(text: str) -> list[str]:
    """The lines of a text, blank where a line is a page's and not the report's."""
    raw = text.splitlines(keepends=True)
    lines = [line.strip().strip("\ufeff\f") for line in raw]
    pages = _pages(raw)
    gone = {i for i, line in enumerate(lines) if line and (_PICTURE.match(line) or _is_of_all(line))}
    gone |= _page_numbers(lines, pages) | _alone_in_turn(lines) | _running_heads(lines, pages) | _titles_again(lines)
    return ["" if i in gone else line.rstrip("\r\n\f") for i, line in enumerate(raw)]


def _is_of_all(line: str) -> bool:
    match = _OF_ALL.match(line)
    return match is not None and 0 < int(match[1]) <= int(match[2]) and int(match[2]) > 1


def _pages(raw: Sequence[str]) -> list[range]:
    """The lines of each page, where form feeds part pages; one page without them."""
    starts = [0, *(i + 1 for i, line in enumerate(raw) if line.endswith("\f"))]
    found = [range(a, b) for a, b in zip(starts, [*starts[1:], len(raw)], strict=True)]
    return [page for page in found if any(raw[i].strip() for i in page)]


def _edges(lines: Sequence[str], pages: Sequence[range]) -> list[tuple[list[int], list[int]]]:
    """The first two and the last two printed lines of each page, the outermost first."""
    printed = [[i for i in page if lines[i]] for page in pages]
    return [(own[:2], own[:-3:-1]) for own in printed]


def _page_numbers(lines: Sequence[str], pages: Sequence[range]) -> set[int]:
    """Bare numbers at the same edge of pages that count them: page 2 has 2, or all have one more."""
    found: set[int] = set()
    for side in (0, 1):
        outermost = [(k, edge[side][0]) for k, edge in enumerate(_edges(lines, pages)) if edge[side]]
        bare = [(k, i) for k, i in outermost if _BARE.match(lines[i])]
        offsets = {int(lines[i]) - k for k, i in bare}
        if len(bare) > 1 and len(offsets) == 1:
            found.update(i for _, i in bare)
    return found


def _alone_in_turn(lines: Sequence[str]) -> set[int]:
    """Bare numbers between blank lines, where few lines stand so and all of these count up by one."""
    printed = [i for i, line in enumerate(lines) if line]
    alone = [i for i in printed if not _line(lines, i - 1) and not _line(lines, i + 1)]
    numbers = [i for i in alone if _BARE.match(lines[i])]
    if len(numbers) < 2 or len(alone) > _MOST_ALONE * len(printed):
        return set()
    values = [int(lines[i]) for i in numbers]
    return set(numbers) if all(b == a + 1 for a, b in pairwise(values)) else set()


def _line(lines: Sequence[str], i: int) -> str:
    return lines[i] if 0 <= i < len(lines) else ""


def _running_heads(lines: Sequence[str], pages: Sequence[range]) -> set[int]:
    """Words that stand again at the edge of pages, or beside the number of a page. The first stays: it may be the title."""
    edges = [i for pair in _edges(lines, pages) for side in pair for i in side] if len(pages) > 1 else []
    printed = [i for i, line in enumerate(lines) if line]
    beside = [
        near
        for k, i in enumerate(printed)
        if _MARK.match(lines[i]) or _is_of_all(lines[i])
        for near in (*printed[max(k - 1, 0) : k], *printed[k + 1 : k + 2])
    ]
    return _again(lines, sorted({*edges, *beside}))


def _again(lines: Sequence[str], places: Iterable[int]) -> set[int]:
    heads = [i for i in places if _WORDS.search(lines[i]) and len(_NUMBERS.findall(lines[i])) < 3]
    counted = Counter(lines[i] for i in heads)
    seen: set[str] = set()
    found = set()
    for i in heads:
        if lines[i] in seen and counted[lines[i]] > 1:
            found.add(i)
        seen.add(lines[i])
    return found


def _titles_again(lines: Sequence[str]) -> set[int]:
    """The title of a report where it stands again as a line of its own."""
    return _again(lines, [i for i, line in enumerate(lines) if len(line) < 60 and _TITLE.search(line)])
