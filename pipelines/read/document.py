"""Tells what every reader yields, whatever the file format: a `Document` of blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.read.advice import advice

#: What stands for ink that could not be read: never a number, never a blank.
UNREAD = "\ufffd"


class Cell(NamedTuple):
    """A cell of a table (a named tuple: a report has hundreds, and these are made fastest). `row` and `column` are its top left place in the grid, both from 0.

    `text` is literal but for white space, which is trimmed and folded; it is "" for a blank cell, and `UNREAD` for one
    that has ink which OCR could not read. `confidence` (0-1) is None for text that was not read by OCR; `region` says
    where the cell's picture stands, where text alone is not the evidence: "page 3 at 120,340 to 160,352 pt".
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    confidence: float | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the format itself marks as one, level 1 the highest."""

    text: str
    level: int
    locator: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line where the format has no paragraphs. `confidence` (0-1) only where OCR read it."""

    text: str
    locator: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid. A merged cell stands at every place it covers, so it is the same object there.

    A place that no cell of a ragged table covers is None. `locator` says where the table stands, in the document's
    own terms ("table 3", "lines 120-131").
    """

    grid: tuple[tuple[Cell | None, ...], ...]
    locator: str

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.grid)

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.grid[0]) if self.grid else 0

    def cells(self) -> Iterator[Cell]:
        """Each cell once, in reading order."""
        for i, row in enumerate(self.grid):
            for j, cell in enumerate(row):
                if cell is not None and cell.row == i and cell.column == j:
                    yield cell


Block = Heading | Paragraph | Table


class Link(NamedTuple):
    """A link of a page to a document, with the address as it stands there and the link's text."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A read document. `metadata` holds the publication's own fields (索引号, 发布机构 …) by their printed names.

    `page_count` is None for formats without pages; `ocr_page_count` is how many pages or pictures OCR read. `links` are
    the documents that a page links or shows in a frame.
    """

    sha256: str
    format: str
    encoding: str | None
    size_bytes: int
    title: str | None
    metadata: dict[str, str]
    blocks: tuple[Block, ...]
    replacement_characters: int = 0
    page_count: int | None = None
    ocr_page_count: int = 0
    links: tuple[Link, ...] = ()

    @property
    def tables(self) -> list[Table]:
        """The tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


class Unreadable(Exception):
    """A document that cannot be read. `code` and `message` go to quarantine, `hint` says what would help.

    Without a `hint` it is the usual one for the code.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint or advice(code)


class NeedsTool(Unreadable):
    """A document that a tool which was not given could read. `tool` is one of `pipelines.workers.tools`; code `needs_<tool>`."""

    def __init__(self, tool: str, message: str, hint: str) -> None:
        super().__init__(f"needs_{tool}", message, hint)
        self.tool = tool
