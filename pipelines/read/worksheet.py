"""Tells what a spreadsheet is made of, whatever its file format: cells at places, merges, what is hidden.

Belongs here: the type that `xlsx` and `xls` yield. Does not belong here: tables and paragraphs (`sheet`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.read.document import Unreadable

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_SHEETS = 500
#: Cells with text or a rule of one sheet; a report has some 500.
MAX_CELLS = 1_000_000


class Merge(NamedTuple):
    """A merged range, its ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class StoredCell(NamedTuple):
    """A cell as it is stored: the text that it shows (lines of its own kept), and whether it has a rule."""

    text: str
    is_ruled: bool


@dataclass(slots=True)
class Sheet:
    """A sheet. `rows` holds only cells with text or a rule, by row and column from 0."""

    name: str
    rows: dict[int, dict[int, StoredCell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    _count: int = 0

    def put(self, row: int, column: int, text: str, is_ruled: bool) -> None:
        """Add a cell. Raises `Unreadable("too_many_cells")` for one too many."""
        if text or is_ruled:
            self._count += 1
            if self._count > MAX_CELLS:
                raise Unreadable("too_many_cells", f"the sheet {self.name} has over {MAX_CELLS:,} cells")
            self.rows.setdefault(row, {})[column] = StoredCell(text, is_ruled)

    def visible(self) -> Sheet:
        """The sheet without its hidden rows and columns; a merged text shows in what is left of its range."""
        if not self.hidden_rows and not self.hidden_columns:
            return self
        rows, columns = sorted(self.hidden_rows), sorted(self.hidden_columns)
        left = Sheet(self.name)
        for row, line in self.rows.items():
            if row not in self.hidden_rows:
                kept = {c - bisect_left(columns, c): p for c, p in line.items() if c not in self.hidden_columns}
                left.rows[row - bisect_left(rows, row)] = kept
        for merge in self.merges:
            top, bottom = _left(merge.top, merge.bottom, rows)
            first, last = _left(merge.left, merge.right, columns)
            if top <= bottom and first <= last:
                left.merges.append(Merge(top, first, bottom, last))
                place = self.rows.get(merge.top, {}).get(merge.left)
                if place is not None:
                    left.rows.setdefault(top, {})[first] = place
        return left


def _left(first: int, last: int, hidden: list[int]) -> tuple[int, int]:
    """The range that remains of a range once hidden places are gone; its end is before its start if nothing does."""
    return first - bisect_left(hidden, first), last - bisect_left(hidden, last + 1)
