"""Tells what stands in the margins of pages and is no part of the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipelines.read.furniture import is_page_number, is_printed_by_browser
from pipelines.read.layout.lines import Line
from pipelines.read.layout.shapes import Page

#: The part of a page's height, at its top and at its foot, in which running heads and page numbers stand.
MARGIN = 0.13
#: On how many pages the same words must stand at the same height to be a running head.
REPEATED = 3
#: 3, - 3 -, ·3·, 3 / 9, (3): a number with nothing around it but ornament.
_BARE = re.compile(r"^[\s\-—–－―~～·.•|(（]*(\d{1,3})(?:\s*[/／]\s*\d{1,3})?[\s\-—–－―~～·.•|)）]*$")
_DIGITS = re.compile(r"\d+")


def without_margins(pages: Sequence[Page], lines: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without page numbers and running heads.

    A bare number counts as the page's only at the very top or foot, and only if it counts the pages; words, only if
    they stand on several pages at the same height.
    """
    candidates = [list(_in_margin(page, found)) for page, found in zip(pages, lines, strict=True)]
    offset = _offset(pages, candidates)
    heads = _heads(candidates)
    kept: list[list[Line]] = []
    for page, found, edge in zip(pages, lines, candidates, strict=True):
        dropped = {
            id(line)
            for line in edge
            if is_page_number(line.text)
            or is_printed_by_browser(line.text)
            or _number(line.text) == page.number + offset
            or _key(line) in heads
        }
        kept.append([line for line in found if id(line) not in dropped])
    return kept


def _in_margin(page: Page, lines: Iterable[Line]) -> Iterable[Line]:
    """Lines at the top and at the foot; a number within them has nothing above, or below, it."""
    return (line for line in lines if line.y1 < MARGIN * page.height or line.y0 > (1 - MARGIN) * page.height)


def _number(text: str) -> int | None:
    match = _BARE.match(text)
    return int(match[1]) if match else None


def _offset(pages: Sequence[Page], candidates: Sequence[Sequence[Line]]) -> int:
    """Tell what page numbers add to the count of pages: the difference that most pages have; 0 where there are too few."""
    differences: Counter[int] = Counter()
    for page, edge in zip(pages, candidates, strict=True):
        differences.update({n - page.number for line in edge if (n := _number(line.text)) is not None})
    best = differences.most_common(1)
    return best[0][0] if best and best[0][1] >= min(REPEATED, max(2, len(pages) // 2)) else 0


def _heads(candidates: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """The keys of lines that stand at the same height on several pages."""
    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for edge in candidates:
        for line in edge:
            pages[_key(line)].add(line.page)
    return {key for key, seen in pages.items() if len(seen) >= REPEATED and any(c.isalpha() for c in key[0])}


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y0 / 4)
