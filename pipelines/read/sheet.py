"""Spreadsheets (XLSX, XLS) → `Document`: on each visible sheet ruled or filled ranges are tables, lines of one cell text.

Hidden sheets, rows and columns are left out: the sheet as it is shown and printed is what was published. Belongs here:
what is a table and what a line. Does not belong here: file formats (`xlsx`, `xls`), what a table says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.read import grid, metadata, xls, xlsx
from pipelines.read.apart import in_prose
from pipelines.read.cell_pieces import joined
from pipelines.read.document import Block, Cell, Document, Heading, Paragraph, Table, Unreadable
from pipelines.read.furniture import is_page_number
from pipelines.read.html import squeeze
from pipelines.read.layout_tables import PROSE_LENGTH
from pipelines.read.worksheet import Merge, Sheet, StoredCell

#: The publication's fields stand among the first blocks.
FIELD_BLOCKS = 40
#: A text that stands alone in its row and is longer than this is prose, not a label.
LONGEST_LABEL = 100
_WORDS = re.compile(r"[一-鿿].*[一-鿿]", re.DOTALL)
_NUMBER = re.compile(r"[-−]?[\d,，.\s]*\d[%％]?")
_NUMERAL = re.compile(r"[一二三四五六七八九十]+[、.．]")
#: Names that programs give to sheets.
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表格?)\s*\d*", re.IGNORECASE)


def read(data: bytes, format: str) -> Document:
    """Read a workbook; `format` is "xlsx" or "xls".

    Raises `Unreadable`: a `Package`'s codes, `damaged`, `encrypted`, `too_large`, `too_many_cells`, `no_text`.
    """
    found = (xlsx if format == "xlsx" else xls).sheets(data)
    filled = [
        sheet.visible() for sheet in found if any(p.text.strip() for row in sheet.rows.values() for p in row.values())
    ]
    blocks: list[Block] = []
    for sheet in filled:
        own = list(_blocks(sheet))
        if len(filled) > 1 and own and not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
            own.insert(0, Heading(squeeze(sheet.name), 1, f"sheet {sheet.name}"))
        blocks += own
    fields: dict[str, str] = {}
    blocks = list(_without_fields(blocks, fields))
    if not blocks:
        raise Unreadable("no_text", "no visible sheet of the workbook holds text")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format=format,
        encoding=None,
        size_bytes=len(data),
        title=None,
        metadata=fields,
        blocks=tuple(blocks),
    )


def _without_fields(blocks: list[Block], fields: dict[str, str]) -> Iterator[Block]:
    """The blocks but for header tables of the publication's fields; fields are noted."""
    for i, block in enumerate(blocks):
        is_table = isinstance(block, Table)
        found = metadata.from_table(block) if isinstance(block, Table) else {}
        if not isinstance(block, Table) and i < FIELD_BLOCKS:
            found = metadata.from_line(block.text)
        for name, value in found.items():
            fields.setdefault(name, value)
        if not is_table or not found:
            yield block


# ---------------------------------------------------------------- rows


@dataclass(slots=True)
class _Row:
    """A row of a sheet. `texts` are its own cells with text (not those merged over), `ruled` the columns with rules."""

    number: int
    texts: dict[int, str] = field(default_factory=dict)
    ruled: set[int] = field(default_factory=set)
    #: Columns that a cell of a row above reaches into.
    covered: set[int] = field(default_factory=set)
    #: The columns of a merged range, by its first column.
    spans: dict[int, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.ruled or self.covered)

    @property
    def single(self) -> str | None:
        """The text that the row consists of, where it has one cell; None for any other row."""
        if len(self.texts) != 1 or self.covered:
            return None
        column, text = next(iter(self.texts.items()))
        return text if self.ruled <= set(range(column, column + self.spans.get(column, 1))) else None

    @property
    def has_number(self) -> bool:
        return any(_NUMBER.fullmatch(text.strip()) for text in self.texts.values())

    @property
    def is_header(self) -> bool:
        """Tell whether it heads columns: words in two cells at least, and no number."""
        return not self.has_number and sum(1 for text in self.texts.values() if _WORDS.search(text)) >= 2


@dataclass(slots=True)
class _Laid:
    """A sheet as it is shown: its rows down to the last one with text, and the ranges of merged cells with text."""

    name: str
    rows: dict[int, _Row]
    merges: dict[tuple[int, int], Merge]


def _laid(sheet: Sheet) -> _Laid:
    filled = [(r, c) for r, line in sheet.rows.items() for c, place in line.items() if place.text.strip()]
    bottom, right = max((r for r, _ in filled), default=-1), max((c for _, c in filled), default=-1)
    rows: dict[int, _Row] = {}

    def row(number: int) -> _Row:
        return rows.setdefault(number, _Row(number))

    covered: set[tuple[int, int]] = set()
    merges: dict[tuple[int, int], Merge] = {}
    for top, left, low, far in sheet.merges:
        merge = Merge(top, left, min(low, bottom), min(far, right))
        height, width = merge.bottom - top + 1, merge.right - left + 1
        if height < 1 or width < 1 or (top, left) in covered:
            continue
        if len(covered) + height * width > grid.MAX_PLACES:
            raise Unreadable("too_many_cells", f"the merged cells of the sheet {sheet.name} cover too many places")
        covered |= {(r, c) for r in range(top, merge.bottom + 1) for c in range(left, merge.right + 1)} - {(top, left)}
        if sheet.rows.get(top, {}).get(left, _BLANK).text.strip():
            merges[top, left] = merge
            row(top).spans[left] = width
            for below in range(top + 1, merge.bottom + 1):
                row(below).covered.update(range(left, merge.right + 1))
    for r, line in sheet.rows.items():
        for c, place in line.items() if r <= bottom else ():
            if c <= right and place.is_ruled:
                row(r).ruled.add(c)
            if place.text.strip() and (r, c) not in covered:
                row(r).texts[c] = place.text
    return _Laid(sheet.name, rows, merges)


_BLANK = StoredCell("", False)


# ---------------------------------------------------------------- blocks


def _blocks(sheet: Sheet) -> Iterator[Block]:
    laid = _laid(sheet)
    run: list[_Row] = []
    for number in sorted(laid.rows):
        row = laid.rows[number]
        if row.is_empty:
            continue
        if run and number != run[-1].number + 1:
            yield from _of_run(laid, run)
            run = []
        run.append(row)
    yield from _of_run(laid, run)


def _of_run(laid: _Laid, run: list[_Row]) -> Iterator[Block]:
    """Rows without an empty one between → lines and tables."""
    lines = _lines(run)
    table: list[_Row] = []
    for i, row in enumerate(run):
        if i in lines:
            yield from _table(laid, table)
            table = []
            yield from _paragraphs(laid, row)
        else:
            table.append(row)
    yield from _table(laid, table)


def _lines(run: list[_Row]) -> set[int]:
    """Tell which rows of a run are text and not part of a table.

    A row of one cell is a line before and after a table. Amid a table it may be a group's label or a banner: it is a
    line where it is prose, or where a new header follows; within rules only where it bears a section's numeral too.
    """
    lines: set[int] = set()
    i = 0
    while i < len(run):
        end = i
        while end < len(run) and run[end].single is not None:
            end += 1
        if end > i:
            lines |= _lines_of(run, i, end)
        elif _is_beside(run, i):
            lines.add(i)
        i = max(end, i + 1)
    return lines


def _lines_of(run: list[_Row], start: int, end: int) -> set[int]:
    """Tell which of the rows of one cell from `start` to before `end` are lines."""
    singles = range(start, end)
    if start == 0:
        return set(singles)
    if end == len(run):
        # Behind a table: a label without values keeps the table's rules.
        return {i for i in singles if not run[i].ruled}
    if all(run[i].ruled for i in singles):
        head = run[end].is_header and _NUMERAL.match((run[end - 1].single or "").strip())
        return {end - 1} if head else set()
    is_text = run[end].is_header or any(len(run[i].single or "") > LONGEST_LABEL for i in singles)
    return {i for i in singles if not run[i].ruled} if is_text else set()


def _is_beside(run: list[_Row], i: int) -> bool:
    """Tell whether a row of several texts stands outside a table's rules: 单位：件 above it, 审核人 and 填报人 below."""
    row = run[i]
    if row.ruled or row.covered or row.has_number:
        return False
    return any(run[k].ruled for k in (i - 1, i + 1) if 0 <= k < len(run))


def _paragraphs(laid: _Laid, row: _Row) -> Iterator[Block]:
    for column in sorted(row.texts):
        for line in in_prose(row.texts[column]).split("\n"):
            text = squeeze(line)
            if text and not is_page_number(text):
                yield Paragraph(text, f"sheet {laid.name} {_address(row.number, column)}")


def _table(laid: _Laid, rows: list[_Row]) -> Iterator[Block]:
    """Rows of a table. One that is there for layout gives lines: those of its full-width rows, where one is prose."""
    texts = [(row, row.single) for row in rows]
    if len(rows) <= 2 and any(len(text) > PROSE_LENGTH for row in rows for text in row.texts.values()):
        texts = [(row, "") for row in rows]
    elif not any(len(text or "") > LONGEST_LABEL for _, text in texts):
        texts = [(row, None) for row in rows]
    between: list[_Row] = []
    for row, text in texts:
        if text is None:
            between.append(row)
            continue
        yield from _data_table(laid, between)
        between = []
        yield from _paragraphs(laid, row)
    yield from _data_table(laid, between)


def _data_table(laid: _Laid, rows: list[_Row]) -> Iterator[Table]:
    """Rows as a grid; places without a cell of their own are blank cells."""
    if not rows:
        return
    top, bottom = rows[0].number, rows[-1].number
    columns = {c for row in rows for c in (*row.texts, *row.covered, *(c + n - 1 for c, n in row.spans.items()))}
    left, right = min(columns), max(columns)
    if (bottom - top + 1) * (right - left + 1) > grid.MAX_PLACES:
        raise Unreadable("too_many_cells", f"a table of the sheet {laid.name} has over {grid.MAX_PLACES:,} cells")
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row in rows:
        for column in range(left, right + 1):
            if (row.number, column) in taken:
                continue
            merge = laid.merges.get((row.number, column), Merge(row.number, column, row.number, column))
            low = min(merge.bottom, bottom)
            taken |= {(r, c) for r in range(row.number, low + 1) for c in range(column, merge.right + 1)}
            text = joined(row.texts.get(column, ""))
            cells.append(Cell(text, row.number - top, column - left, low - row.number + 1, merge.right - column + 1))
    place = f"{_address(top, left)}:{_address(bottom, right)}"
    yield grid.placed(cells, f"sheet {laid.name} {place}")


def _address(row: int, column: int) -> str:
    """The name of a cell as the program shows it: row 2, column 1 → B3."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{row + 1}"
