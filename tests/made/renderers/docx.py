"""Content → DOCX by python-docx, merged cells as Word makes them (gridSpan, vMerge)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordDocument

from pipelines.read.document import Heading, Table
from tests.made.renderers.content import Content

_DATE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def render(content: Content) -> bytes:
    """A report as a Word document."""
    document = docx.Document()
    for block in content.blocks:
        if isinstance(block, Table):
            _table(document, block)
        elif isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        else:
            document.add_paragraph(block.text)
    buffer = BytesIO()
    document.save(buffer)
    return dateless(buffer.getvalue())


def _table(document: WordDocument, table: Table) -> None:
    made = document.add_table(table.height, table.width, style="Table Grid")
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells():
        place = grid[cell.row][cell.column]
        if cell.rowspan * cell.colspan > 1:
            place = place.merge(grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
        place.text = cell.text


def dateless(archive: bytes) -> bytes:
    """An office file with every date in it set to one, so that the same content gives the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATE.sub(b"2000-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
