"""Content → an HTML page."""

from __future__ import annotations

from html import escape

from pipelines.read.document import Block, Heading, Table
from tests.made.layouts import tag, tr
from tests.made.renderers.content import Content


def render(content: Content) -> bytes:
    """A report as a page: nothing but headings, paragraphs and tables."""
    body = "\n".join(_block(block) for block in content.blocks)
    return f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'></head><body>\n{body}\n</body></html>\n".encode()


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return table(block)
    return tag(f"h{block.level}" if isinstance(block, Heading) else "p", _text(block.text))


def table(block: Table) -> str:
    """A table element with its merged cells."""
    rows = [
        tr(
            *(
                tag("td", _text(cell.text), colspan=cell.colspan, rowspan=cell.rowspan)
                for cell in block.cells()
                if cell.row == row
            )
        )
        for row in range(block.height)
    ]
    return f"<table border='1'>{''.join(rows)}</table>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
