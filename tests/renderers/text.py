"""Content → text, as converters leave it: Markdown whose tables are HTML, or Markdown's own.

Markdown's own tables know no merged cells: converters print one at each place that it covers, and what it covers is
lost. So only the first kind holds the same report.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.read.document import Block, Cell, Heading, Table
from tests.renderers import html
from tests.renderers.content import Content


def render(content: Content) -> bytes:
    """A report as Markdown with HTML tables."""
    return _joined(html.table(block) if isinstance(block, Table) else _line(block) for block in content.blocks)


def render_flat(content: Content) -> bytes:
    """A report as Markdown with tables of its own."""
    return _joined(_pipes(block) if isinstance(block, Table) else _line(block) for block in content.blocks)


def _joined(parts: Iterable[str]) -> bytes:
    return "\n\n".join(parts).encode() + b"\n"


def _line(block: Block) -> str:
    assert not isinstance(block, Table)
    return f"{'#' * block.level} {block.text}" if isinstance(block, Heading) else block.text


def _pipes(table: Table) -> str:
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in table.grid)


def _cell(cell: Cell | None) -> str:
    return "" if cell is None else cell.text.replace("|", "\\|").replace("\n", "<br>")
