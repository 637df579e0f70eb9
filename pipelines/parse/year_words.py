"""Labels that name the report's year, or the one before it, in figures → the form's words: 2023年制发件数 → 本年制发件数.

Any other year stays: such a label is no label of the form's. So does the year of a banner over a whole table, which says
what the table is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.read.document import Block, Cell, Table

#: A label is no longer than this; longer texts are sentences.
LONGEST_LABEL = 60
#: 表1 2021年 of which a converter took the space: 表12021年.
_YEAR = re.compile(r"(?:(?<!\d)|(?<=表\d))20[0-3]\d(?=年)")
#: 填报日期：2024年1月10日 is a day, and no year that numbers are about; 截至2023年12月31日 and 2023年1月1日至 are.
_DAY = re.compile(r"(?<!截至)(?<!截止)(?<!止到)(?<![至到—-])20\d\d年\d{1,2}月\d{1,2}日(?![至到—-])")


def years_in(text: str) -> list[int]:
    """The years that a text names, days left out."""
    return [int(year) for year in _YEAR.findall(_DAY.sub("", text))] if "年" in text else []


def in_words(blocks: Sequence[Block], year: int) -> Sequence[Block]:
    """The blocks with 本年 and 上年 in the cells of tables, where a label names these years."""
    names = re.compile(rf"(?<!\d)(?:({year})|({year - 1}))年度?")
    if not any(_names(block, names) for block in blocks):
        return blocks
    return [_table(block, names) if isinstance(block, Table) and _names(block, names) else block for block in blocks]


def _names(block: Block, names: re.Pattern[str]) -> bool:
    if not isinstance(block, Table):
        return False
    dated = [(cell, row) for row in block.grid for cell in row if cell is not None and "年" in cell.text]
    return any(_is_label(cell, names, row) for cell, row in dated)


def _is_banner(cell: Cell, row: Sequence[Cell | None]) -> bool:
    """Tell whether a text is the only one of its row, over the full width or beside blank cells."""
    return cell.column == 0 and len(row) > 1 and all(c is cell or c is None or not c.text for c in row)


def _is_label(cell: Cell, names: re.Pattern[str], row: Sequence[Cell | None]) -> bool:
    named = len(cell.text) <= LONGEST_LABEL and names.search(cell.text) is not None
    return named and not names.fullmatch(cell.text) and not _is_banner(cell, row)


def _table(table: Table, names: re.Pattern[str]) -> Table:
    """A merged cell stays one object at every place that it covers."""
    said: dict[int, Cell] = {}

    def cell(one: Cell | None, row: Sequence[Cell | None]) -> Cell | None:
        if one is None or not _is_label(one, names, row):
            return one
        if id(one) not in said:
            said[id(one)] = one._replace(text=names.sub(lambda m: "本年" if m[1] else "上年", one.text))
        return said[id(one)]

    return Table(tuple(tuple(cell(one, row) for one in row) for row in table.grid), table.locator)
