"""Content → XLSX by openpyxl: one sheet, a row a paragraph, tables with merged cells and rules."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.read.document import Cell, Table
from tests.made.renderers.content import Content
from tests.made.renderers.docx import dateless

_RULED = Border(*(Side("thin"),) * 4)
#: What a spreadsheet holds as a number and prints as it was typed.
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


def render(content: Content) -> bytes:
    """A report as a workbook. Whole numbers are numbers in it, all else is text."""
    book = Workbook()
    sheet = book.active
    row = 1
    for block in content.blocks:
        if isinstance(block, Table):
            _table(sheet, block, row)
            row += block.height
        else:
            sheet.cell(row, 1, block.text).data_type = "s"
            row += 1
    buffer = BytesIO()
    book.save(buffer)
    return dateless(buffer.getvalue())


def _table(sheet: Worksheet, table: Table, top: int) -> None:
    for cell in table.cells():
        first_row, first_column = top + cell.row, 1 + cell.column
        _write(sheet, cell, first_row, first_column)
        for row in range(first_row, first_row + cell.rowspan):
            for column in range(first_column, first_column + cell.colspan):
                sheet.cell(row, column).border = _RULED
        if cell.rowspan * cell.colspan > 1:
            sheet.merge_cells(
                None, first_row, first_column, first_row + cell.rowspan - 1, first_column + cell.colspan - 1
            )


def _write(sheet: Worksheet, cell: Cell, row: int, column: int) -> None:
    if _NUMBER.fullmatch(cell.text):
        sheet.cell(row, column, int(cell.text))
    elif cell.text:
        sheet.cell(row, column, cell.text).data_type = "s"
