"""Ruling lines → the cells that they enclose, merged where no rule divides them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.read.document import Unreadable
from pipelines.read.grid import MAX_PLACES
from pipelines.read.layout.shapes import Rule

#: Rules nearer than this, in points, are one rule; a gap no longer than this does not break a rule.
SNAP = 2.5
#: Edges nearer than this are the two sides of one: of a double or thick rule, or of a gap between the cells' frames.
STRIP = 5.0
#: Beyond this a rule reaches into a cell that is open at its side: the page ends there, or the outer rule is not drawn.
OPEN = 6.0
#: More rules than any page has; a drawing of more is no table.
MAX_RULES = 20_000


class Box(NamedTuple):
    """A cell: its place in the grid, and its box in points. `open_top` and `open_bottom`: no rule closes it there."""

    row: int
    column: int
    rowspan: int
    colspan: int
    x0: float
    y0: float
    x1: float
    y1: float
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the edges of its columns and rows in points, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Box, ...]


def lattices(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Lattice]:
    """The tables that ruling lines draw, from top to bottom. Rules that touch belong to one table.

    A table has at least two columns or two rows; what has one cell is a frame around text. Raises `Unreadable`.
    """
    if len(horizontal) + len(vertical) > MAX_RULES:
        raise Unreadable("too_complex", f"a page has over {MAX_RULES:,} ruling lines")
    flat, upright = snapped(horizontal), snapped(vertical)
    found = [_lattice(h, v) for h, v in _connected(flat, upright)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.ys[0], one.xs[0]))


def snapped(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that lie on one another or follow one another as one rule each."""
    bands: list[list[Rule]] = []
    for rule in sorted(rules):
        if bands and rule.at - bands[-1][-1].at <= SNAP and rule.at - bands[-1][0].at <= 2 * SNAP:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return [rule for band in bands for rule in _merged(band)]


def _merged(band: Sequence[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in band) / len(band)
    spans: list[list[float]] = []
    for rule in sorted(band, key=lambda r: r.start):
        if spans and rule.start <= spans[-1][1] + SNAP:
            spans[-1][1] = max(spans[-1][1], rule.end)
        else:
            spans.append([rule.start, rule.end])
    return [Rule(at, start, end) for start, end in spans]


def _connected(flat: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules by the table they belong to: those that meet, directly or through others."""
    parents = list(range(len(flat) + len(upright)))
    for i, h in enumerate(flat):
        for j, v in enumerate(upright, len(flat)):
            if h.start - SNAP <= v.at <= h.end + SNAP and v.start - SNAP <= h.at <= v.end + SNAP:
                parents[_root(parents, i)] = _root(parents, j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k in range(len(parents)):
        group = groups.setdefault(_root(parents, k), ([], []))
        if k < len(flat):
            group[0].append(flat[k])
        else:
            group[1].append(upright[k - len(flat)])
    return list(groups.values())


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _lattice(flat: Sequence[Rule], upright: Sequence[Rule]) -> Lattice | None:
    if not flat or not upright:
        return None
    xs = _edges([v.at for v in upright], [h.start for h in flat], [h.end for h in flat])
    ys = _edges([h.at for h in flat], [v.start for v in upright], [v.end for v in upright])
    height, width = len(ys) - 1, len(xs) - 1
    if height * width < 2:
        return None
    if height * width > MAX_PLACES:
        raise Unreadable("too_many_cells", f"a table on a page has over {MAX_PLACES:,} cells")
    return Lattice(tuple(xs), tuple(ys), tuple(_cells(xs, ys, _Cover(flat), _Cover(upright))))


def _edges(rules: Iterable[float], starts: Iterable[float], ends: Iterable[float]) -> list[float]:
    """Tell where rules stand, and the ends of the rules across them where they reach on into an open cell."""
    bands: list[list[float]] = []
    for at in sorted(rules):
        if bands and at - bands[-1][0] <= STRIP:
            bands[-1].append(at)
        else:
            bands.append([at])
    edges = [(band[0] + band[-1]) / 2 for band in bands]
    first, last = min(starts), max(ends)
    return [
        *([first] if edges[0] - first > OPEN else []),
        *edges,
        *([last] if last - edges[-1] > OPEN else []),
    ]


class _Cover:
    """Says whether rules of one direction run along a stretch."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = sorted(rules)
        self._at = [rule.at for rule in self._rules]

    def runs(self, at: float, start: float, end: float) -> bool:
        """Tell whether a rule at about `at` covers the middle of the stretch."""
        middle = (start + end) / 2
        for rule in self._rules[bisect_right(self._at, at - SNAP) :]:
            if rule.at > at + SNAP:
                return False
            if rule.start <= middle <= rule.end:
                return True
        return False


def _cells(xs: Sequence[float], ys: Sequence[float], flat: _Cover, upright: _Cover) -> list[Box]:
    """Places that no rule divides are one cell, provided that together they are a rectangle; else each its own."""
    height, width = len(ys) - 1, len(xs) - 1
    parents = list(range(height * width))
    for i in range(height):
        for j in range(width):
            here = i * width + j
            if j + 1 < width and not upright.runs(xs[j + 1], ys[i], ys[i + 1]):
                parents[_root(parents, here + 1)] = _root(parents, here)
            if i + 1 < height and not flat.runs(ys[i + 1], xs[j], xs[j + 1]):
                parents[_root(parents, here + width)] = _root(parents, here)
    groups: dict[int, list[int]] = {}
    for here in range(height * width):
        groups.setdefault(_root(parents, here), []).append(here)
    rectangles = [part for places in groups.values() for part in _rectangles(places, width)]
    return sorted(_box(top, left, down, across, xs, ys, flat) for top, left, down, across in rectangles)


def _rectangles(places: Sequence[int], width: int) -> list[tuple[int, int, int, int]]:
    """(row, column, rowspan, colspan) of a merged cell. An L, where a rule was lost, falls apart into its rows."""
    rows = [k // width for k in places]
    columns = [k % width for k in places]
    top, left = min(rows), min(columns)
    down, across = max(rows) - top + 1, max(columns) - left + 1
    if down * across == len(places):
        return [(top, left, down, across)]
    parts: list[tuple[int, int, int, int]] = []
    for k in sorted(places):
        i, j = divmod(k, width)
        if parts and parts[-1][0] == i and parts[-1][1] + parts[-1][3] == j:
            parts[-1] = (i, parts[-1][1], 1, parts[-1][3] + 1)
        else:
            parts.append((i, j, 1, 1))
    return parts


def _box(top: int, left: int, down: int, across: int, xs: Sequence[float], ys: Sequence[float], flat: _Cover) -> Box:
    x0, x1, y0, y1 = xs[left], xs[left + across], ys[top], ys[top + down]
    first, last = top == 0, top + down == len(ys) - 1
    open_top = first and not flat.runs(y0, x0, x1)
    open_bottom = last and not flat.runs(y1, x0, x1)
    return Box(top, left, down, across, x0, y0, x1, y1, open_top, open_bottom)
