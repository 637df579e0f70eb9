"""Content → DOCX by python-docx, merged cells as Word makes them (gridSpan, vMerge)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from pipelines.read.document import Heading, Table
from tests.made.renderers.content import Content
from tests.made.renderers.looks import pieces

#: How Word strikes out, raises, lowers and hides: a property of the run and its value.
WAYS: dict[str, list[tuple[str, str]]] = {
    "struck": [("strike", "1"), ("dstrike", "1")],
    "raised": [("vertAlign", "superscript"), ("position", "12")],
    "lowered": [("vertAlign", "subscript"), ("position", "-12")],
    "unseen": [("vanish", "1"), ("color", "FFFFFF"), ("sz", "2")],
}
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
            _write(document.add_paragraph(), block.text)
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
        _write(place.paragraphs[0], cell.text)


def _write(paragraph: WordParagraph, text: str) -> None:
    for piece in pieces(text):
        run = paragraph.add_run(piece.text)
        if piece.look:
            name, value = piece.one_of(WAYS[piece.look])
            made = OxmlElement(f"w:{name}")
            made.set(qn("w:val"), value)
            run._r.get_or_add_rPr().append(made)


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
