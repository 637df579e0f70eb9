"""Content → an HTML page."""

from __future__ import annotations

from html import escape

from pipelines.read.document import Block, Heading, Table
from tests.made.layouts import tag, tr
from tests.made.renderers.content import Content
from tests.made.renderers.looks import Piece, pieces

#: How a page strikes out, raises, lowers and hides: what stands before and behind the text.
WAYS: dict[str, list[tuple[str, str]]] = {
    "struck": [
        ("<s>", "</s>"),
        ("<del>", "</del>"),
        ("<strike>", "</strike>"),
        ("<span style='text-decoration:line-through'>", "</span>"),
        ("<span class='gone'>", "</span>"),
    ],
    "raised": [
        ("<sup>", "</sup>"),
        ("<span style='vertical-align:super'>", "</span>"),
        ("<span class='mark'>", "</span>"),
    ],
    "lowered": [("<sub>", "</sub>"), ("<span style='vertical-align: sub'>", "</span>")],
    "unseen": [
        ("<span style='display:none'>", "</span>"),
        ("<span hidden>", "</span>"),
        ("<span style='visibility: hidden'>", "</span>"),
        ("<span style='font-size:0'>", "</span>"),
        ("<span class='unseen'>", "</span>"),
        ("<span style='position:absolute;left:-9999px'>", "</span>"),
        ("<span style='mso-hide:all;display:none'>", "</span>"),
        ("<span style='color:#fff;background:#fff'>", "</span>"),
        ("<span style='opacity:0'>", "</span>"),
    ],
}
_STYLE = (
    "<style>.gone{text-decoration:line-through} .mark{vertical-align:super;font-size:60%} .unseen{display:none}</style>"
)


def render(content: Content) -> bytes:
    """A report as a page: nothing but headings, paragraphs and tables."""
    body = "\n".join(_block(block) for block in content.blocks)
    style = _STYLE if "class='" in body else ""
    head = f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'>{style}</head>"
    return f"{head}<body>\n{body}\n</body></html>\n".encode()


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
    return "".join(_piece(piece) for piece in pieces(text))


def _piece(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>")
    before, behind = piece.one_of(WAYS[piece.look]) if piece.look else ("", "")
    return f"{before}{text}{behind}"
