"""Text that a drawn line strikes: `16` with a line through it before 173 is no part of the number.

A line strikes what it runs through in the middle, and no more than that: an underline runs below, a table's rule between.
A rule that runs on far beyond the text, or aslant through a number, leaves in doubt what counts: its digits are `UNREAD`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipelines.read.document import UNREAD
from pipelines.read.layout.shapes import Glyph, Rule, boxes

#: Between these parts of a line's height, from its foot, a rule runs through the letters.
LOW, HIGH = 0.28, 0.7
#: A strike reaches beyond the text that it strikes by no more than this part of the font's height.
BEYOND = 0.6
#: The inner part of a character's box that a slanted line has to cross, from each side.
INSET = 0.3

Slant = tuple[float, float, float, float]


def strike(
    glyphs: list[Glyph],
    horizontal: Sequence[Rule],
    vertical: Sequence[Rule],
    slanted: Sequence[Slant],
    is_seen: Callable[[Rule], bool] = lambda rule: True,
) -> tuple[list[Glyph], set[Rule]]:
    """The characters that no line strikes, and the rules that are strikes and no rules of a table.

    Places are those of a page that is not turned. `slanted` are lines from point to point (x, y, x, y). `is_seen` tells
    whether a rule has a colour of its own; only rules that run through text are asked.
    """
    struck: dict[Rule, list[int]] = {}
    if glyphs and (horizontal or vertical):
        for angle in {glyph.angle for glyph in glyphs}:
            _note(struck, glyphs, angle, sorted(set(horizontal if angle % 180 == 0 else vertical)))
    struck = {rule: held for rule, held in struck.items() if is_seen(rule)}
    crossed = [k for k, glyph in enumerate(glyphs) if _is_crossed(glyph, slanted)] if slanted else []
    return _without(glyphs, struck, crossed)


def outside(glyphs: list[Glyph], marked: Sequence[tuple[float, float, float, float]]) -> list[Glyph]:
    """The characters whose middle lies in none of the boxes (left, top, right, bottom) that are marked as struck."""
    if not marked:
        return glyphs
    return [glyph for glyph in glyphs if not any(_holds(box, glyph) for box in marked)]


def _holds(box: tuple[float, float, float, float], glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _note(struck: dict[Rule, list[int]], glyphs: Sequence[Glyph], angle: int, rules: Sequence[Rule]) -> None:
    """Add the characters of one direction that rules run through, by rule."""
    x0, y0, x1, y1 = boxes(glyphs)
    foot, head, start, end = {0: (y1, y0, x0, x1), 180: (y0, y1, x0, x1), 90: (x1, x0, y0, y1), 270: (x0, x1, y0, y1)}[
        angle
    ]
    edges = foot + LOW * (head - foot), foot + HIGH * (head - foot)
    levels = [rule.at for rule in rules]
    first = np.searchsorted(levels, np.minimum(*edges))
    last = np.searchsorted(levels, np.maximum(*edges), side="right")
    middle = (start + end) / 2
    for k in map(int, np.flatnonzero(first < last)):
        if glyphs[k].angle == angle:
            for rule in rules[int(first[k]) : int(last[k])]:
                if rule.start <= middle[k] <= rule.end:
                    struck.setdefault(rule, []).append(k)


def _without(
    glyphs: list[Glyph], struck: dict[Rule, list[int]], crossed: Sequence[int]
) -> tuple[list[Glyph], set[Rule]]:
    strikes = {rule for rule, held in struck.items() if _is_strike(rule, [glyphs[k] for k in held])}
    gone = {k for rule in strikes for k in struck[rule]}
    doubted = {k for held in struck.values() for k in held}.union(crossed)
    if not doubted:
        return glyphs, strikes
    kept = [
        glyph._replace(text=UNREAD) if k in doubted and glyph.text.isdecimal() else glyph
        for k, glyph in enumerate(glyphs)
        if k not in gone
    ]
    return kept, strikes


def _is_strike(rule: Rule, held: Sequence[Glyph]) -> bool:
    """Tell whether a rule runs through its text and no further, give or take a little."""
    shown = [glyph for glyph in held if glyph.text.strip()]
    if not shown:
        return False
    is_flat = shown[0].angle % 180 == 0
    start = min(glyph.x0 if is_flat else glyph.y0 for glyph in shown)
    end = max(glyph.x1 if is_flat else glyph.y1 for glyph in shown)
    room = BEYOND * max(glyph.size for glyph in shown)
    return rule.start >= start - room and rule.end <= end + room


def _is_crossed(glyph: Glyph, slanted: Sequence[Slant]) -> bool:
    """Tell whether a slanted line runs through the inner part of a character's box."""
    if not glyph.text.isdecimal():
        return False
    dx, dy = INSET * (glyph.x1 - glyph.x0), INSET * (glyph.y1 - glyph.y0)
    inner = glyph.x0 + dx, glyph.y0 + dy, glyph.x1 - dx, glyph.y1 - dy
    return any(_crosses(line, *inner) for line in slanted)


def _crosses(line: Slant, left: float, top: float, right: float, bottom: float) -> bool:
    """Tell whether a line from point to point has a part within a box (Liang and Barsky 1984)."""
    x, y, x1, y1 = line
    first, last = 0.0, 1.0
    for along, low, high in ((x1 - x, left - x, right - x), (y1 - y, top - y, bottom - y)):
        if along == 0.0:
            if low > 0.0 or high < 0.0:
                return False
            continue
        near, far = sorted((low / along, high / along))
        first, last = max(first, near), min(last, far)
    return first <= last
