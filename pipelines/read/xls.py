"""XLS workbooks (Excel 5 to 2003, and ET of WPS), by xlrd → sheets of shown cells.

Belongs here: what xlrd says, in our terms. Does not belong here: tables and paragraphs (`sheet`).
"""

from __future__ import annotations

import io
from typing import Any

import xlrd

from pipelines.read.cell_pieces import RAISED
from pipelines.read.document import Unreadable
from pipelines.read.numberformat import shown
from pipelines.read.worksheet import MAX_SHEETS, Merge, Sheet

MAX_BYTES = 100_000_000
_BROKEN = "download it again: the file is cut off or damaged"


def sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises `Unreadable` (`too_large`, `encrypted`, `damaged`)."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"the workbook has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
        if book.nsheets > MAX_SHEETS:
            raise Unreadable("too_large", f"the workbook has {book.nsheets:,} sheets, over the limit of {MAX_SHEETS}")
        sources = (book.sheet_by_index(i) for i in range(book.nsheets))
        return [_sheet(book, source) for source in sources if source.visibility == 0]
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # xlrd meets broken files with whatever error comes first
        if "encrypted" in str(error).lower():
            raise Unreadable(
                "encrypted", "the workbook is encrypted", "a version without a password is needed"
            ) from error
        raise Unreadable("damaged", f"the workbook cannot be read: {error or type(error).__name__}", _BROKEN) from error


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name)
    sheet.hidden_rows.update(r for r, info in source.rowinfo_map.items() if info.hidden)
    sheet.hidden_columns.update(c for c, info in source.colinfo_map.items() if info.hidden or info.width == 0)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = source.cell(row, column)
            if cell.ctype != xlrd.XL_CELL_EMPTY:
                style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
                text = _raised(book, source, row, column) or _text(book, cell, style)
                sheet.put(row, column, text, style is not None and _is_ruled(style.border))
    sheet.merges.extend(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells)
    return sheet


def _text(book: Any, cell: Any, style: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        form = book.format_map.get(style.format_key) if style is not None else None
        return shown(repr(cell.value), form.format_str if form else "General", bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    return ""


def _raised(book: Any, source: Any, row: int, column: int) -> str:
    """The text of a cell of several fonts with raised pieces marked; "" for one of a single font."""
    runs = source.rich_text_runlist_map.get((row, column))
    if not runs:
        return ""
    text = str(source.cell_value(row, column))
    edges = [0, *(start for start, _ in runs), len(text)]
    fonts = [None, *(font for _, font in runs)]
    pieces = []
    for start, end, font in zip(edges, edges[1:], fonts, strict=False):
        style = None if font is None else book.font_list[font]
        raised = style is not None and bool(style.escapement or style.struck_out)
        pieces.append(f"{RAISED}{text[start:end]}{RAISED}" if raised else text[start:end])
    return "".join(pieces)


def _is_ruled(border: Any) -> bool:
    return bool(border.left_line_style or border.right_line_style or border.top_line_style or border.bottom_line_style)
