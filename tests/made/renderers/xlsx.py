"""Content → XLSX by openpyxl: one sheet, a row a paragraph, tables with merged cells and rules."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.read.document import Cell, Table
from tests.made.renderers.content import Content
from tests.made.renderers.docx import dateless
from tests.made.renderers.looks import Piece, pieces

#: How a sheet strikes out, raises, lowers and hides a part of a cell's text.
WAYS: dict[str, list[InlineFont]] = {
    "struck": [InlineFont(strike=True)],
    "raised": [InlineFont(vertAlign="superscript")],
    "lowered": [InlineFont(vertAlign="subscript")],
    "unseen": [InlineFont(color="FFFFFFFF")],
}
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
            _write_text(sheet, block.text, row, 1)
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
        _write_text(sheet, cell.text, row, column)


def _write_text(sheet: Worksheet, text: str, row: int, column: int) -> None:
    parts = pieces(text)
    if any(part.look for part in parts):
        sheet.cell(row, column).value = CellRichText(*map(_part, parts))
    else:
        sheet.cell(row, column, text).data_type = "s"


def _part(piece: Piece) -> str | TextBlock:
    return TextBlock(piece.one_of(WAYS[piece.look]), piece.text) if piece.look else piece.text
