"""Labels that name the report's year, or the one before it, in figures → the form's words: 2023年制发件数 → 本年制发件数.

Any other year stays: such a label is no label of the form's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.read.document import Block, Cell, Table

#: A label is no longer than this; longer texts are sentences.
LONGEST_LABEL = 60


def in_words(blocks: Sequence[Block], year: int) -> Sequence[Block]:
    """The blocks with 本年 and 上年 in the cells of tables, where a label names these years."""
    names = re.compile(rf"(?<!\d)(?:({year})|({year - 1}))年度?")
    if not any(_names(block, names) for block in blocks):
        return blocks
    return [_table(block, names) if isinstance(block, Table) and _names(block, names) else block for block in blocks]


def _names(block: Block, names: re.Pattern[str]) -> bool:
    return isinstance(block, Table) and any(
        "年" in cell.text and _is_label(cell, names) for row in block.grid for cell in row if cell is not None
    )


def _is_label(cell: Cell, names: re.Pattern[str]) -> bool:
    return len(cell.text) <= LONGEST_LABEL and names.search(cell.text) is not None and not names.fullmatch(cell.text)


def _table(table: Table, names: re.Pattern[str]) -> Table:
    """A merged cell stays one object at every place that it covers."""
    said: dict[int, Cell] = {}

    def cell(one: Cell | None) -> Cell | None:
        if one is None or not _is_label(one, names):
            return one
        if id(one) not in said:
            said[id(one)] = one._replace(text=names.sub(lambda m: "本年" if m[1] else "上年", one.text))
        return said[id(one)]

    return Table(tuple(tuple(cell(one) for one in row) for row in table.grid), table.locator)
