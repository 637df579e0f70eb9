"""Tables that are there for layout: a report laid out as one table is paragraphs and tables again.

Belongs here: what cells of prose say about a table. Does not belong here: tables in tables (each format's own matter).
"""

from __future__ import annotations

from itertools import pairwise

from pipelines.read import grid
from pipelines.read.document import Block, Paragraph, Table

#: A cell with more text than this holds prose: the table is there for layout.
PROSE_LENGTH = 300


def without_prose(table: Table) -> list[Block]:
    """A report laid out as one table: its full-width rows become paragraphs, the rows between stay tables."""
    wide = [i for i, row in enumerate(table.grid) if row[0] is not None and row[-1] is row[0] and row[0].row == i]
    if not any(len(_text(table, i)) > PROSE_LENGTH // 3 for i in wide):
        return [table]
    blocks: list[Block] = []
    for start, end in pairwise([-1, *wide, table.height]):
        if start >= 0 and _text(table, start):
            blocks.append(Paragraph(_text(table, start), f"{table.locator} row {start}"))
        if end > start + 1:
            blocks.append(grid.part(table, start + 1, end))
    return blocks


def _text(table: Table, row: int) -> str:
    cell = table.grid[row][0]
    return cell.text if cell is not None else ""
