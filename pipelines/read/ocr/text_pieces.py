"""Tells which parts of a page's picture are to be read: lines of text, each within one cell of a table, and no ink left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.read.ocr.ink_spots import Spot
from pipelines.read.ocr.raster import Pixels

#: Two lines of ink are one when they share this part of the lower one's height.
SAME_LINE = 0.5
#: In a cell, words nearer than this part of their height are read as one piece, and a piece with a gap wider than
#: `APART` is two: they may be two numbers.
TOGETHER = 0.6
APART = 1.3
#: Text outside of tables belongs to a cell if so much of it lies there.
INSIDE = 0.5
#: A piece this much higher than wide holds characters one under the other.
STACKED = 1.7
#: Ink as large as this part of a cell is the cell's colour.
GROUND = 0.85
#: What is left of a rule's edge: so near to the border of its cell, and so thin, in points.
NEAR_BORDER = 1.4
THIN = 1.1


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text to read. `box` is as much of the picture as is to be shown, `ink` where its ink stands.

    `cell` is the cell that it stands in; there something must be read. `spots` counts its separate spots of ink.
    """

    box: Pixels
    ink: Pixels
    cell: Pixels | None = None
    spots: int = 0


def pieces(found: Sequence[Pixels], spots: Sequence[Spot], cells: Sequence[Pixels], scale: float) -> list[Piece]:
    """The pieces of a page: `found` are lines as the engine sees them, `cells` the insides of ruled cells."""
    owners, free = _by_cell(spots, cells)
    listed: list[Piece] = []
    for number, cell in enumerate(cells):
        own = [spot for spot in owners.get(number, ()) if not _is_border(spot.box, cell, scale)]
        parts = [(part, _share(box, cell)) for box in found if _has_size(part := box.meets(cell))]
        listed += _in_cell(cell, own, parts)
    for box in found:
        if not any(_share(box, cell) >= INSIDE for cell in cells) and sum(_share(box, c) for c in cells) < INSIDE:
            inside = [spot.box for spot in free if box.holds(*spot.centre)]
            ink = _around(inside) if inside else box
            listed += [Piece(box, ink, None, len(inside))] if not _is_stacked(box) else _unstacked(box, inside, None)
    return listed


def _by_cell(spots: Sequence[Spot], cells: Sequence[Pixels]) -> tuple[dict[int, list[Spot]], list[Spot]]:
    """Spots by the number of the smallest cell that holds their middle, and those in no cell."""
    inside: dict[int, list[Spot]] = {}
    free: list[Spot] = []
    order = sorted(range(len(cells)), key=lambda k: cells[k].width * cells[k].height)
    for spot in spots:
        number = next((k for k in order if cells[k].holds(*spot.centre)), None)
        if number is None:
            free.append(spot)
        else:
            inside.setdefault(number, []).append(spot)
    return inside, free


def _is_border(box: Pixels, cell: Pixels, scale: float) -> bool:
    """Tell whether a spot is what is left of a rule."""
    near, thin = NEAR_BORDER * scale, THIN * scale
    if box.width <= thin:
        return box.x1 - cell.x0 <= near or cell.x1 - box.x0 <= near
    return box.height <= thin and (box.y1 - cell.y0 <= near or cell.y1 - box.y0 <= near)


def _in_cell(cell: Pixels, spots: Sequence[Spot], found: Sequence[tuple[Pixels, float]]) -> list[Piece]:
    """The pieces of one cell: the ink that the engine's boxes hold, and lines of what ink is left.

    `found` are the parts of the boxes that lie in the cell, each with the share of its box. A box without ink holds text
    that is lighter than its ground, or very faint.
    """
    if found and any(_is_ground(spot.box, cell) for spot in spots):
        spots = []  # light text on dark ground: what is dark is not the text
    groups: list[list[Pixels]] = []
    faint: list[Pixels] = []
    taken: set[int] = set()
    for part, share in found:
        own = [k for k, spot in enumerate(spots) if k not in taken and part.holds(*spot.centre)]
        if any(spots[k].is_mark for k in own):
            taken.update(own)
            groups.append([spots[k].box for k in own])
        elif share >= INSIDE and not any(_share(part, spots[k].box) > 0 for k in taken):
            faint.append(part)
    groups += _lines([spot.box for k, spot in enumerate(spots) if k not in taken and spot.is_mark])
    listed = [Piece(box, box, cell) for box in faint]
    for group in _together(groups):
        if _is_stacked(_around(group)):
            listed += _unstacked(_around(group), group, cell)
        else:
            listed += [Piece(_shown(_around(part), cell), _around(part), cell, len(part)) for part in _apart(group)]
    return listed


def _is_ground(box: Pixels, cell: Pixels) -> bool:
    """Tell whether ink fills the cell: then it is what the text stands on."""
    return box.width > GROUND * cell.width and box.height > GROUND * cell.height


def _lines(boxes: Sequence[Pixels]) -> list[list[Pixels]]:
    """Spots of ink by the line that they stand on."""
    lines: list[list[Pixels]] = []
    for box in sorted(boxes, key=lambda b: (b.y0, b.x0)):
        for line in lines:
            if _same_line(_around(line), box):
                line.append(box)
                break
        else:
            lines.append([box])
    return lines


def _same_line(one: Pixels, other: Pixels) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= SAME_LINE * min(one.height, other.height)


def _together(groups: Sequence[list[Pixels]]) -> list[list[Pixels]]:
    """Groups on one line that are near each other as one: the engine may break a word."""
    merged: list[list[Pixels]] = []
    for group in sorted(groups, key=lambda g: _around(g).x0):
        box = _around(group)
        for before in merged:
            other = _around(before)
            if _same_line(other, box) and box.x0 - other.x1 <= TOGETHER * max(box.height, other.height):
                before.extend(group)
                break
        else:
            merged.append(list(group))
    return merged


def _apart(group: Sequence[Pixels]) -> list[list[Pixels]]:
    """A group, cut where ink is too far apart to be one word."""
    ordered = sorted(group, key=lambda b: b.x0)
    gap = APART * _around(group).height
    parts = [[ordered[0]]]
    end = ordered[0].x1
    for box in ordered[1:]:
        if box.x0 - end > gap:
            parts.append([])
        parts[-1].append(box)
        end = max(end, box.x1)
    return parts


def _is_stacked(box: Pixels) -> bool:
    return box.height > STACKED * box.width


def _unstacked(box: Pixels, group: Sequence[Pixels], cell: Pixels | None) -> list[Piece]:
    """Characters that stand one under the other, each as a piece; one digit is higher than wide, too, and stays whole."""
    rows: list[Pixels] = []
    for part in sorted(group, key=lambda b: b.y0):
        if rows and (part.y0 < rows[-1].y1 or rows[-1].around(part).height <= 1.1 * box.width):
            rows[-1] = rows[-1].around(part)
        else:
            rows.append(part)
    if len(rows) < 2:
        return [Piece(_shown(box, cell), box, cell, len(group))]
    return [
        Piece(
            _shown(Pixels(box.x0, row.y0, box.x1, row.y1), cell),
            Pixels(box.x0, row.y0, box.x1, row.y1),
            cell,
            sum(row.holds(b.x0, b.y0) for b in group),
        )
        for row in rows
    ]


def _shown(ink: Pixels, cell: Pixels | None) -> Pixels:
    """Tell what to show of a piece: its ink and a margin, but nothing of other cells or of rules."""
    margin = max(3, round(0.22 * min(ink.height, 2 * ink.width)))
    box = Pixels(ink.x0 - margin, ink.y0 - margin, ink.x1 + margin, ink.y1 + margin)
    if cell is None:
        return box.meets(Pixels(0, 0, 10**6, 10**6))
    return box.meets(cell).around(ink)


def _around(boxes: Iterable[Pixels]) -> Pixels:
    listed = list(boxes)
    return Pixels(
        min(b.x0 for b in listed), min(b.y0 for b in listed), max(b.x1 for b in listed), max(b.y1 for b in listed)
    )


def _has_size(box: Pixels) -> bool:
    return box.width > 0 and box.height > 0


def _share(box: Pixels, cell: Pixels) -> float:
    """The part of a box that lies in a cell."""
    part = box.meets(cell)
    return part.width * part.height / (box.width * box.height)
