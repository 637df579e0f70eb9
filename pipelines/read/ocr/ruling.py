"""Ruling lines in a page's picture: long runs of dark pixels, along or across, broken or a little slanted ones too."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipelines.read.layout.shapes import Rule
from pipelines.read.ocr.raster import POINTS, WHITE, Grey, flattened

#: All lengths are in points.
#: A run of dark pixels shorter than this may be a stroke of a letter.
SHORTEST = 12.0
#: A rule ends on others. One shorter than this that does not is a stroke, or a line under words.
SHORTEST_FREE = 60.0
#: Rules that end so near to another meet it.
MEETS = 1.5
#: Gaps in a rule where a scanner lost it: within a run of pixels, and between runs; and how far those may be out of line.
GAP = 1.2
JOIN = 3.0
STRAY = 0.8
#: Rules are thinner than this.
THICKEST = 4.0
#: How much darker than its surroundings a rule is, in grey levels.
CONTRAST = 14
_NEIGHBOURHOOD = 9.0
#: A coloured cell is so much darker than white, in grey levels, and nowhere as thin as this; it is smaller than that.
COLOUR = 24
DARK = 130
FILL = 4.0
FILL_SHADE = 60.0


def rules(page: Grey, flat: Grey, scale: float) -> tuple[list[Rule], list[Rule], Grey]:
    """Horizontal and vertical rules in points, and a mask of their pixels. `scale` is pixels a point.

    `page` is upright, and `flat` the same with its paper made white. The edge of a coloured cell is a rule, too.
    """
    size = max(3, round(_NEIGHBOURHOOD * scale) | 1)
    binary = cv2.adaptiveThreshold(flat, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, CONTRAST)
    dark = _with_edges(np.asarray(binary, dtype=np.uint8), page, scale)
    across = _runs(dark, scale)
    down = np.ascontiguousarray(_runs(np.ascontiguousarray(dark.T), scale).T)
    flat_rules = _rules(across, scale)
    upright_rules = _rules(np.ascontiguousarray(down.T), scale)
    horizontal, vertical = _meeting(flat_rules, upright_rules)
    mask = _mask(flat.shape, horizontal, vertical, across, down, scale)
    return horizontal, vertical, mask


def _with_edges(dark: Grey, page: Grey, scale: float) -> Grey:
    """Dark pixels, with the edges of coloured cells, and without the inside of dark ones.

    Strokes of letters, dark or light, are too thin to be cells.
    """
    flat = flattened(page, POINTS * scale, FILL_SHADE)
    soft = cv2.blur(flat, (max(3, round(scale) | 1),) * 2)
    kernel = np.ones((max(3, round(FILL * scale)),) * 2, np.uint8)
    solid = cv2.morphologyEx((soft < DARK) * np.uint8(255), cv2.MORPH_OPEN, kernel)
    filled = cv2.morphologyEx((soft < WHITE - COLOUR) * np.uint8(255), cv2.MORPH_OPEN, kernel)
    edges = filled - cv2.erode(filled, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_or(cv2.bitwise_and(dark, cv2.bitwise_not(solid)), edges), dtype=np.uint8)


def _runs(dark: Grey, scale: float) -> Grey:
    """The pixels of horizontal runs. Those that stray a pixel up or down count as one run, and small gaps are closed."""
    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, max(1, round(GAP * scale))), np.uint8))
    length = max(5, round(SHORTEST * scale))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return np.asarray(opened, dtype=np.uint8)


def _rules(runs: Grey, scale: float) -> list[Rule]:
    """Each connected run as a rule; blobs (a black bar, a picture) are none."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for k in range(1, count):
        x, _, width, _, area = (int(v) for v in stats[k])
        if area / width <= THICKEST * scale + 2:
            found.append(Rule(float(centres[k][1]) / scale, x / scale, (x + width) / scale))
    return _joined(found)


def _joined(broken: Sequence[Rule]) -> list[Rule]:
    """Rules that lie on one line, with a gap where a scanner lost them, as one."""
    whole: list[Rule] = []
    for rule in sorted(broken, key=lambda r: r.start):
        for k, before in enumerate(whole):
            if abs(before.at - rule.at) <= STRAY and rule.start - before.end <= JOIN:
                longer = (before.end - before.start, rule.end - rule.start)
                at = float(np.average([before.at, rule.at], weights=longer))
                whole[k] = Rule(at, before.start, max(before.end, rule.end))
                break
        else:
            whole.append(rule)
    return whole


def _meeting(flat: Sequence[Rule], upright: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules of tables: those that are long, and short ones both ends of which meet a rule of a table.

    Large characters that look like boxes (四, 日) have strokes that meet one another, but no long rule.
    """
    kept_flat = [rule for rule in flat if rule.end - rule.start >= SHORTEST_FREE]
    kept_upright = [rule for rule in upright if rule.end - rule.start >= SHORTEST_FREE]
    while True:
        more_flat = [rule for rule in flat if rule not in kept_flat and _is_held(rule, kept_upright)]
        more_upright = [rule for rule in upright if rule not in kept_upright and _is_held(rule, kept_flat)]
        if not more_flat and not more_upright:
            return sorted(kept_flat), sorted(kept_upright)
        kept_flat += more_flat
        kept_upright += more_upright


def _is_held(rule: Rule, across: Sequence[Rule]) -> bool:
    meeting = [r.at for r in across if r.start - MEETS <= rule.at <= r.end + MEETS]
    return all(any(abs(at - end) <= MEETS for at in meeting) for end in (rule.start, rule.end))


def _mask(
    shape: tuple[int, ...], horizontal: Sequence[Rule], vertical: Sequence[Rule], across: Grey, down: Grey, scale: float
) -> Grey:
    """The pixels of the rules that were kept, and one around them: what was a rule is not ink."""
    mask = np.zeros(shape, np.uint8)
    reach = round(THICKEST * scale / 2) + 1
    for rule in horizontal:
        y, x0, x1 = round(rule.at * scale), round(rule.start * scale), round(rule.end * scale)
        part = np.s_[max(0, y - reach) : y + reach + 1, x0:x1]
        mask[part] |= across[part]
    for rule in vertical:
        x, y0, y1 = round(rule.at * scale), round(rule.start * scale), round(rule.end * scale)
        part = np.s_[y0:y1, max(0, x - reach) : x + reach + 1]
        mask[part] |= down[part]
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)
