"""Content → PDF as a word processor prints it: embedded font, ruled tables with merged cells that break over pages.

The labels' columns are narrow, so labels wrap as in published reports, some after every character. A row is never cut;
a merged cell that reaches over the end of a page is, and its text goes on on the next page, as in Word and WPS.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.read.document import Block, Cell, Heading, Table
from tests.made.renderers.content import Content
from tests.made.renderers.looks import DRESSED, Piece, pieces, undressed

FONT = "NotoSansSC"
#: Lengths are in points.
PROSE_SIZE = 11.0
HEADING_SIZE = 13.0
#: Tables with more columns than this are set small.
MANY_COLUMNS = 11
LEADING = 1.35
PADDING = 3.0
#: A column of labels is this many characters wide, unless its longest label is shorter.
LABEL_WIDTH = 6
RULE_WIDTH = 0.5
#: What is never broken over lines: numbers and Latin words.
_TOKEN = re.compile(rf"{DRESSED}|[0-9A-Za-z.,%/+\-]+|.", re.DOTALL)
#: How a page hides text: the render mode 3, white, no opacity, a white box over it, a clip that leaves it out.
UNSEEN = ("mode 3", "white", "alpha", "covered", "clipped")
#: A mark that is raised or lowered is so much smaller, and so many ems higher or lower.
_MARK_SIZE, _MARK_RISE = 0.6, 0.4
#: Never begins a line; hangs over the end of the one before.
_CLOSING = frozenset("，。、；：！？）》”’%")


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is set. `rules`: "strokes", "rectangles" (thin filled ones, as some programs draw lines) or "none"."""

    rules: str = "strokes"
    margin: float = 70.0
    page_numbers: bool = True
    running_head: str = ""


def render(content: Content, style: Style | None = None, user_password: str | None = None) -> bytes:
    """A report as PDF; with a password encrypted, where "" opens it to read but not to change.

    Raises `ValueError` for a character that the font does not have.
    """
    register()
    buffer = BytesIO()
    lock = None if user_password is None else StandardEncryption(user_password, "owner", canModify=0, strength=128)
    writer = _Writer(Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1, encrypt=lock), style or Style())
    for block in content.blocks:
        writer.block(block)
    writer.end()
    return buffer.getvalue()


@cache
def font_file() -> Path:
    """Noto Sans SC (OFL) out of the package zhplot, which is not imported: it would import matplotlib."""
    files = metadata.files("zhplot") or []
    return Path(str(next(f for f in files if f.name == "NotoSansSC-Regular.ttf").locate()))


@cache
def register() -> None:
    """Let reportlab know `FONT`."""
    pdfmetrics.registerFont(TTFont(FONT, str(font_file())))


@cache
def _character_width(character: str) -> float:
    """Width in ems."""
    face = pdfmetrics.getFont(FONT).face
    if ord(character) not in face.charToGlyph:
        raise ValueError(f"the font has no {character!r} (U+{ord(character):04X})")
    return float(face.charWidths[ord(character)]) / 1000


def text_width(text: str, size: float) -> float:
    """The width of a line of text in points."""
    return size * sum(map(_character_width, undressed(text).replace("\n", "")))


def wrap(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Text broken into lines no wider than `width` points, but for a closing mark and for what cannot be broken."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", indent if not lines else 0.0
        for token in _TOKEN.findall(part):
            wide = text_width(token, size)
            if line and used + wide > width and token not in _CLOSING:
                lines.append(line.rstrip())
                line, used = "", 0.0
                if token == " ":
                    continue
            line += token
            used += wide
        lines.append(line.rstrip())
    return lines


def column_widths(table: Table, width: float, size: float) -> list[float]:
    """Numbers have room on one line; labels share what is left, none wider than it needs."""
    least = [size + 2 * PADDING] * table.width
    wanted = list(least)
    for cell in table.cells():
        if cell.colspan == 1:
            full = text_width(cell.text.replace("\n", ""), size) + 2 * PADDING
            label = min(full, LABEL_WIDTH * size + 2 * PADDING) if cell.rowspan < 4 else least[cell.column]
            wanted[cell.column] = max(wanted[cell.column], label)
            unbroken = max((text_width(t, size) for t in _TOKEN.findall(cell.text)), default=0.0) + 2 * PADDING
            least[cell.column] = max(least[cell.column], unbroken)
    wanted = [max(w, n) for w, n in zip(wanted, least, strict=True)]
    spare = width - sum(wanted)
    if spare >= 0:
        return [w + spare / table.width for w in wanted]
    give = sum(wanted) - sum(least)
    share = min(1.0, -spare / give) if give else 0.0
    return [w - share * (w - n) for w, n in zip(wanted, least, strict=True)]


class _Writer:
    """Sets blocks one under the other. `_y` is how far down from the page's top the next line begins."""

    def __init__(self, canvas: Canvas, style: Style) -> None:
        self._canvas = canvas
        self._style = style
        self._width, self._height = A4
        self._page = 1
        self._y = 0.0
        self._begin()

    def _begin(self) -> None:
        self._y = self._style.margin
        if self._style.running_head:
            self._text(self._style.running_head, self._style.margin, 0.5 * self._style.margin, 8)

    def _break(self) -> None:
        self._finish()
        self._canvas.showPage()
        self._page += 1
        self._begin()

    def _finish(self) -> None:
        if self._style.page_numbers:
            number = f"- {self._page} -"
            self._text(number, (self._width - text_width(number, 9)) / 2, self._height - 0.6 * self._style.margin, 9)

    def end(self) -> None:
        """The last page's foot, and the file."""
        self._finish()
        self._canvas.save()

    def block(self, block: Block) -> None:
        """Set a block."""
        if isinstance(block, Table):
            self._table(block)
            self._y += 8
        elif isinstance(block, Heading):
            size = HEADING_SIZE + (3 if block.level == 1 else 0)
            self._lines(wrap(block.text, self._width - 2 * self._style.margin, size), size)
        else:
            indent = 2 * PROSE_SIZE
            self._lines(wrap(block.text, self._width - 2 * self._style.margin, PROSE_SIZE, indent), PROSE_SIZE, indent)

    def _lines(self, lines: Sequence[str], size: float, indent: float = 0.0) -> None:
        for i, line in enumerate(lines):
            if self._y + LEADING * size > self._bottom:
                self._break()
            self._text(line, self._style.margin + (0.0 if i else indent), self._y, size)
            self._y += LEADING * size
        self._y += 3

    @property
    def _bottom(self) -> float:
        return self._height - self._style.margin

    def _text(self, text: str, x: float, top: float, size: float) -> None:
        for piece in pieces(text):
            self._piece(piece, x, self._height - top - size, size)
            x += text_width(piece.text, size)

    def _piece(self, piece: Piece, x: float, y: float, size: float) -> None:
        """A piece of text whose base line begins at a point."""
        rise = {"raised": _MARK_RISE, "lowered": -_MARK_RISE}.get(piece.look, 0.0)
        self._canvas.setFont(FONT, size * _MARK_SIZE if rise else size)
        if piece.look == "unseen":
            self._unseen(piece.text, piece.one_of(UNSEEN), x, y, size)
            return
        self._canvas.drawString(x, y + rise * size, piece.text)
        if piece.look == "struck":
            self._canvas.setLineWidth(RULE_WIDTH)
            self._canvas.line(x, y + 0.35 * size, x + text_width(piece.text, size), y + 0.35 * size)

    def _unseen(self, text: str, how: str, x: float, y: float, size: float) -> None:
        canvas, width = self._canvas, text_width(text, size)
        canvas.saveState()
        if how == "white":
            canvas.setFillColorRGB(1, 1, 1)
        elif how == "alpha":
            canvas.setFillAlpha(0)
        elif how == "clipped":
            clip = canvas.beginPath()
            clip.rect(0, 0, 1, 1)
            canvas.clipPath(clip, stroke=0, fill=0)
        canvas.drawString(x, y, text, mode=3 if how == "mode 3" else None)
        if how == "covered":
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(x, y - 0.25 * size, width, 1.2 * size, stroke=0, fill=1)
        canvas.restoreState()

    def _table(self, table: Table) -> None:
        size = 7.5 if table.width > MANY_COLUMNS else 9.0
        widths = column_widths(table, self._width - 2 * self._style.margin, size)
        set_ = _SetTable(table, self._style.margin, widths, size)
        start = 0
        while start < table.height:
            end = set_.fitting(start, self._bottom - self._y)
            if end == start:
                assert self._y > self._style.margin, "a row is higher than a page"
                self._break()
                continue
            self._rows(set_, start, end)
            start = end

    def _rows(self, table: _SetTable, start: int, end: int) -> None:
        """The rows from `start` to before `end`, each cell's rules, and as much of its text as has room."""
        top = self._y
        down = list(accumulate(table.heights[start:end], initial=top))
        for cell in table.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rowspan, end)
            if first >= last:
                continue
            y0, y1 = down[first - start], down[last - start]
            x0, x1 = table.edges[cell.column], table.edges[cell.column + cell.colspan]
            self._frame(x0, y0, x1, y1)
            is_last = last == cell.row + cell.rowspan
            self._cell_text(table.take(cell, y1 - y0, is_last), x0, y0, x1, y1, table.size)
        self._y = down[-1]

    def _cell_text(self, lines: list[str], x0: float, y0: float, x1: float, y1: float, size: float) -> None:
        y = y0 + (y1 - y0 - len(lines) * LEADING * size) / 2
        for line in lines:
            self._text(line, x0 + max(PADDING, (x1 - x0 - text_width(line, size)) / 2), y, size)
            y += LEADING * size

    def _frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The four rules of a cell; neighbours draw theirs over one another, as programs do."""
        if self._style.rules == "none":
            return
        for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            if self._style.rules == "strokes":
                self._canvas.setLineWidth(RULE_WIDTH)
                self._canvas.line(a, self._height - b, c, self._height - d)
            else:
                half = RULE_WIDTH / 2
                self._canvas.rect(
                    a - half, self._height - d - half, c - a + RULE_WIDTH, d - b + RULE_WIDTH, stroke=0, fill=1
                )


class _SetTable:
    """A table with its measures: edges of columns and heights of rows in points, lines of each cell's text."""

    def __init__(self, table: Table, left: float, widths: Sequence[float], size: float) -> None:
        self.size = size
        self.cells = list(table.cells())
        self.edges = list(accumulate(widths, initial=left))
        self._waiting = {_place(cell): self._wrapped(cell) for cell in self.cells}
        self.heights = [LEADING * size + 2 * PADDING] * table.height
        for cell in sorted(self.cells, key=lambda c: c.rowspan):
            rows = range(cell.row, cell.row + cell.rowspan)
            needed = len(self._waiting[_place(cell)]) * LEADING * size + 2 * PADDING
            lack = needed - sum(self.heights[r] for r in rows)
            if lack > 0:
                for r in rows:
                    self.heights[r] += lack / len(rows)

    def _wrapped(self, cell: Cell) -> list[str]:
        room = self.edges[cell.column + cell.colspan] - self.edges[cell.column] - 2 * PADDING + 0.01
        return wrap(cell.text, room, self.size) if cell.text else []

    def fitting(self, start: int, room: float) -> int:
        """The row behind the last one that fits under one another from `start` on."""
        end, used = start, 0.0
        while end < len(self.heights) and used + self.heights[end] <= room:
            used += self.heights[end]
            end += 1
        return end

    def take(self, cell: Cell, room: float, is_last: bool) -> list[str]:
        """The lines of a cell's text for a part of it that is `room` high; all that are left for its last part."""
        lines = self._waiting[_place(cell)]
        count = len(lines) if is_last else int((room - 2 * PADDING) / (LEADING * self.size))
        self._waiting[_place(cell)] = lines[count:]
        return lines[:count]


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
