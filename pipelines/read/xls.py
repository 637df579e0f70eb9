"""XLS workbooks (Excel 5 to 2003, and ET of WPS), by xlrd → sheets of shown cells.

Belongs here: what xlrd says, in our terms. Does not belong here: tables and paragraphs (`sheet`).
"""

from __future__ import annotations

import io
from typing import Any

import xlrd

from pipelines.read import apart
from pipelines.read.document import UNREAD, Unreadable
from pipelines.read.numberformat import shown, text_shown
from pipelines.read.worksheet import MAX_SHEETS, Merge, Sheet

MAX_BYTES = 100_000_000
#: Twentieths of a point: smaller text is no text to a person.
_TINY = 30
_WHITE = (255, 255, 255)
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
                text = _shown(book, source, row, column, style)
                sheet.put(row, column, text, style is not None and _is_ruled(style.border))
    sheet.merges.extend(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells)
    return sheet


def _shown(book: Any, source: Any, row: int, column: int, style: Any) -> str:
    """Tell what a cell shows. A number that is struck out as a whole is unread."""
    text = _runs(book, source, row, column, style)
    if text:
        return text
    text = _text(book, source.cell(row, column), style)
    font = book.font_list[style.font_index] if style is not None and style.font_index < len(book.font_list) else None
    if not text or font is None:
        return text
    if _is_unseen(book, font, style):
        return ""
    return UNREAD if font.struck_out else text


def _text(book: Any, cell: Any, style: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return text_shown(str(cell.value).replace("\r\n", "\n").replace("\r", "\n"), _format(book, style))
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return shown(repr(cell.value), _format(book, style), bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    return ""


def _format(book: Any, style: Any) -> str:
    form = book.format_map.get(style.format_key) if style is not None else None
    return str(form.format_str) if form else "General"


def _runs(book: Any, source: Any, row: int, column: int, style: Any) -> str:
    """The text of a cell of several fonts without what is not seen and with what is raised; "" for one font."""
    runs = source.rich_text_runlist_map.get((row, column))
    if not runs:
        return ""
    text = str(source.cell_value(row, column))
    edges = [0, *(start for start, _ in runs), len(text)]
    fonts = [None, *(font for _, font in runs)]
    pieces = []
    for start, end, font in zip(edges, edges[1:], fonts, strict=False):
        piece = text[start:end]
        pieces.append(piece if font is None else _run(book, piece, book.font_list[font], style))
    return apart.in_cell("".join(pieces))


def _run(book: Any, text: str, font: Any, style: Any) -> str:
    """The text of a run with the signs of `apart`."""
    if _is_unseen(book, font, style):
        return ""
    if font.struck_out:
        return apart.INK if text.strip() else text
    return apart.raised(text) if font.escapement else text


def _is_unseen(book: Any, font: Any, style: Any) -> bool:
    """Tell whether text has the colour of its cell, or nearly no size."""
    if 0 < font.height <= _TINY:
        return True
    colour = book.colour_map.get(font.colour_index)
    background = style.background if style is not None else None
    if background is None or background.fill_pattern > 1:
        return False
    ground = book.colour_map.get(background.pattern_colour_index) if background.fill_pattern else _WHITE
    return colour is not None and colour == (ground or _WHITE)


def _is_ruled(border: Any) -> bool:
    return bool(border.left_line_style or border.right_line_style or border.top_line_style or border.bottom_line_style)
