"""Content → text, as converters leave it: Markdown whose tables are HTML, since its own know no merged cells."""

from __future__ import annotations

from pipelines.read.document import Block, Heading, Table
from tests.made.renderers import html
from tests.made.renderers.content import Content


def render(content: Content) -> bytes:
    """A report as Markdown with HTML tables."""
    return "\n\n".join(map(_block, content.blocks)).encode() + b"\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return html.table(block)
    return f"{'#' * block.level} {block.text}" if isinstance(block, Heading) else block.text
