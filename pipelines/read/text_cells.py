"""Tables of which a converter printed one cell a line, each with its bar behind it → rows of cells.

A line of bars alone is a blank cell for each bar, and several of them end a row. So the ends of rows tell the width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import gcd

_CELL = re.compile(r"^(?P<text>[^|]*?)\s*(?P<bars>\|+)$")
#: Fewer cells are no table.
_LEAST = 8


def cells_a_line(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]] | None:
    """The line behind a table that begins at a line, and its rows; None where no such table begins there."""
    cells: list[str] = []
    ends: list[int] = []
    end = start
    for end in range(start, len(lines) + 1):
        match = _CELL.match(lines[end].strip()) if end < len(lines) else None
        if match is None:
            break
        text, bars = match["text"].strip(), len(match["bars"])
        cells += [text, *[""] * (bars - 1)] if text else [""] * bars
        if not text and bars > 1:
            ends.append(len(cells))
    width = gcd(*ends) if ends else 0
    if len(cells) < _LEAST or width < 2 or len(cells) % width or len(ends) < 2:
        return None
    return end, [cells[k : k + width] for k in range(0, len(cells), width)]
