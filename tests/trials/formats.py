"""The formats that a page is rendered to, each with what it can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.read.document import Heading, Table
from tests.made.renderers import docx, html, pdf, text, xlsx
from tests.made.renderers.content import Content


def lines(made: Content) -> bytes:
    """A report as loose lines: each row of a table is a line, its cells parted by spaces, as converters leave it."""
    found = [line for block in made.blocks for line in (_rows(block) if isinstance(block, Table) else [block.text])]
    return "\n".join(found).encode() + b"\n"


def _rows(table: Table) -> Iterator[str]:
    for row in range(table.height):
        texts = ["".join(cell.text.split()) or "-" for cell in table.cells() if cell.row == row]
        yield " ".join(texts)


def markdown(made: Content) -> bytes:
    """A report as Markdown with pipe tables: a merged cell stands in its first place, the others are blank."""
    return "\n\n".join(_pipes(b) if isinstance(b, Table) else _marked(b) for b in made.blocks).encode() + b"\n"


def _marked(block: object) -> str:
    assert not isinstance(block, Table)
    text = getattr(block, "text", "")
    return f"{'#' * block.level} {text}" if isinstance(block, Heading) else text


def _pipes(table: Table) -> str:
    made = []
    for i, row in enumerate(table.grid):
        texts = [
            "".join(cell.text.split()) if cell is not None and (cell.row, cell.column) == (i, j) else ""
            for j, cell in enumerate(row)
        ]
        made.append(f"| {' | '.join(texts)} |")
        if i == 0:
            made.append("|" + "---|" * table.width)
    return "\n".join(made)


RENDERERS: dict[str, Callable[[Content], bytes]] = {
    "html": html.render,
    "text": text.render,
    "pipes": markdown,
    "lines": lines,
    "docx": docx.render,
    "xlsx": xlsx.render,
    "pdf": pdf.render,
    "pdf-unruled": lambda made: pdf.render(made, pdf.Style(rules="none")),
}
FORMATS = tuple(RENDERERS)
#: Formats that can strike out, raise and hide.
WITH_LOOKS = frozenset({"html", "docx", "xlsx", "pdf", "pdf-unruled"})
#: Formats whose tables are grids.
WITH_GRIDS = frozenset({"html", "text", "docx", "xlsx", "pdf"})
#: Formats that are text, whose bytes can be changed line by line.
OF_LINES = frozenset({"lines", "pipes"})
ALL = frozenset(FORMATS)
