"""Letters and noise that OCR reads where a number is printed: O for 0, l for 1, a speck for a full stop.

Belongs here: which numbers a text may be, and which cells of a table stand in a number's place. Does not belong here:
taking one of them for the value (`pipelines.parse.doubtful_readings` does, where the form's arithmetic bears it out).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from expectations.identities import Number
from pipelines.parse.numbers import Reading, read_cell
from pipelines.read.document import UNREAD, Cell, Table

#: A cell with more characters than this holds words.
LONGEST = 12
#: What a number may be read as, by the digit that is printed.
_DIGITS = {"0": "Oo〇○◯DQ", "1": "lI|丨]![", "2": "Zz", "5": "Ss", "6": "b", "8": "B", "9": "qg"}
_LIKE = {sign: digit for digit, signs in _DIGITS.items() for sign in signs}
#: Specks around a number, and what may be a decimal point or a speck inside one.
_SPECKS = " \n\t。.，,、·'’‘`^"
_POINTS = frozenset(".,，。·")
_NUMBERS_APART = re.compile(r"0\s+\d")
#: A cell that stands in a number's place but is none as read.
UNSETTLED = Reading("number")


@lru_cache(maxsize=4096)
def candidates(text: str) -> tuple[Number, ...]:
    """The numbers that a text may be; none for what is a number already, and for what no digits look like."""
    if not text or len(text) > LONGEST or UNREAD in text or read_cell(text).kind != "text":
        return ()
    inner = text.strip(_SPECKS)
    if _NUMBERS_APART.match(inner):
        return ()  # 0 1 are two numbers: no number begins with a 0
    options: list[tuple[str, ...]] = []
    for sign in inner:
        if sign.isascii() and sign.isdigit():
            options.append((sign,))
        elif sign in _LIKE:
            options.append((_LIKE[sign],))
        elif sign in _POINTS:
            options.append(("", "."))
        elif sign.isspace():
            options.append(("",))
        else:
            return ()
    found = {value for signs in product(*options) if (value := read_cell("".join(signs)).value) is not None}
    return tuple(sorted(found))


def unsettled(table: Table) -> dict[int, Reading]:
    """Cells, by `id`, that stand in a number's place although OCR read none there: look-alikes, and ink it could not read.

    A number's place is a column with more numbers than words, or a row of nothing but numbers. Nothing in a table that
    was not read by OCR.
    """
    by_ocr = [cell for line in table.grid for cell in line if cell is not None and cell.confidence is not None]
    doubtful = [c for c in by_ocr if UNREAD in c.text or candidates(c.text)]
    if not doubtful:
        return {}
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells():
        rows.setdefault(cell.row, []).append(cell)
    return {id(cell): UNSETTLED for cell in doubtful if _is_numbers_place(cell, rows)}


def _is_numbers_place(cell: Cell, rows: dict[int, list[Cell]]) -> bool:
    """Tell whether cells above and below say so; where they say nothing, whether all others of its row are numbers."""
    others = [
        (_is_number(c), _is_word(c))
        for row in rows.values()
        if row[0].row != cell.row and any(_is_number(c) for c in row)
        for c in row
        if c.column <= cell.column < c.column + c.colspan
    ]
    numbers, words = sum(n for n, _ in others), sum(w for _, w in others)
    if numbers != words:
        return numbers > words
    return len(rows[cell.row]) > 2 and _all_numbers([c for c in rows[cell.row] if c is not cell])


def _all_numbers(cells: Sequence[Cell]) -> bool:
    return any(_is_number(c) for c in cells) and not any(_is_word(c) for c in cells)


def _is_number(cell: Cell) -> bool:
    return read_cell(cell.text).kind == "number"


def _is_word(cell: Cell) -> bool:
    return read_cell(cell.text).kind == "text" and UNREAD not in cell.text and not candidates(cell.text)
