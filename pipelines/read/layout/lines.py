"""Pieces of text → lines, and lines → the text of a cell or of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from pipelines.read.layout.shapes import Glyph

#: Two pieces stand on one line when their middles are nearer than this part of their height.
SAME_LINE = 0.55
#: Gaps wider than this part of the font's height part words, digits (numbers of narrow columns), and columns.
WORD_GAP = 0.35
DIGIT_GAP = 0.2
COLUMN_GAP = 1.5
#: In a cell a gap between digits wider than this parts two numbers, which must never become one.
NUMBER_GAP = 1.0
#: A digit that is this much smaller than the rest of its line, and raised or lowered, is a mark and no part of a number.
RAISED_SIZE = 0.85
#: The foot of a mark is so much higher or lower than that of the line, in parts of the font's height: a small one's, and
#: one's that is as large as the rest. A font reaches below its line by about `DESCENT` of a character's box.
RAISED_SMALL = 0.12
RAISED_LARGE = 0.25
DESCENT = 0.18
#: Inner margins of a cell that word processors set by default, both sides together, in points.
CELL_MARGINS = 11.0


@dataclass(slots=True)
class Line:
    """Pieces of text on one line, from left to right, and the box around them in points."""

    glyphs: list[Glyph]
    page: int = 0
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    size: float = 0.0
    text: str = field(default="", init=False)

    @property
    def confidence(self) -> float | None:
        """The lowest of its pieces; None where none was read by OCR."""
        return lowest(self.glyphs)


def lowest(glyphs: Iterable[Glyph]) -> float | None:
    """The lowest confidence of pieces read by OCR; None where there are none."""
    return min((g.confidence for g in glyphs if g.confidence is not None), default=None)


def lines(glyphs: Sequence[Glyph], page: int = 0) -> list[Line]:
    """Sort pieces into lines from top to bottom. Text that is turned reads along its own direction."""
    turned = _direction(glyphs)
    upright = [_turned(g, turned) for g in glyphs] if turned else glyphs
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(upright, key=_middle):
        here = (glyph.y0 + glyph.y1) / 2
        if rows and here - middle < SAME_LINE * max(min(glyph.size, rows[-1][-1].size), 3.0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle = here
    return [_line(row, page) for row in rows]


_left = attrgetter("x0")


def _middle(glyph: Glyph) -> float:
    return glyph.y0 + glyph.y1


def _direction(glyphs: Sequence[Glyph]) -> int:
    """The angle of most pieces."""
    angles = [g.angle for g in glyphs]
    if not any(angles):
        return 0
    return max(set(angles), key=angles.count)


def _turned(glyph: Glyph, angle: int) -> Glyph:
    """A piece on a page that is turned so that text of this angle stands upright."""
    x0, y0, x1, y1 = glyph.x0, glyph.y0, glyph.x1, glyph.y1
    if angle == 90:
        box = (-y1, x0, -y0, x1)
    elif angle == 180:
        box = (-x1, -y1, -x0, -y0)
    else:
        box = (y0, -x1, y1, -x0)
    return glyph._replace(x0=box[0], y0=box[1], x1=box[2], y1=box[3])


def _line(row: list[Glyph], page: int) -> Line:
    row.sort(key=_left)
    kept = [row[0]]
    for glyph in row[1:]:
        if not _printed_twice(kept[-1], glyph):
            kept.append(glyph)
    _, lefts, tops, rights, bottoms, sizes, _, _ = zip(*kept, strict=True)
    largest = max(sizes)
    if min(sizes) < RAISED_SIZE * largest or max(bottoms) - min(bottoms) > RAISED_SMALL * largest:
        kept = _with_marks(kept)
    line = Line(kept, page)
    line.x0, line.x1, line.y0, line.y1 = lefts[0], max(rights), min(tops), max(bottoms)
    line.size = sorted(sizes)[len(kept) // 2]
    line.text = _text(kept)
    return line


_RAISED = str.maketrans("0123456789()-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻⁺")
_LOWERED = str.maketrans("0123456789()-+", "₀₁₂₃₄₅₆₇₈₉₍₎₋₊")


def _with_marks(row: list[Glyph]) -> list[Glyph]:
    """A line whose raised and lowered digits are written as such: they are marks of footnotes, no part of a number.

    Raised is what stands higher than the rest of the line: than its largest letters, of which most stand at one height.
    """
    largest = max(g.size for g in row)
    feet = sorted(_foot(g) for g in row if g.size >= RAISED_SIZE * largest)
    foot = feet[len(feet) // 2]
    return [_as_mark(g, (foot - _foot(g)) / largest, g.size < RAISED_SIZE * largest) for g in row]


def _as_mark(glyph: Glyph, raised: float, is_small: bool) -> Glyph:
    """A character as a mark, where it is `raised` far enough, in parts of the font's height (negative: lowered)."""
    least = RAISED_SMALL if is_small else RAISED_LARGE
    if abs(raised) < least or glyph.confidence is not None:
        return glyph
    return glyph._replace(text=glyph.text.translate(_RAISED if raised > 0 else _LOWERED))


def _foot(glyph: Glyph) -> float:
    """The height of the line on which a character stands."""
    return glyph.y1 - DESCENT * (glyph.y1 - glyph.y0)


def _printed_twice(before: Glyph, glyph: Glyph) -> bool:
    """Bold type is often faked by printing a character again with a small offset."""
    return before.text == glyph.text and glyph.x0 - before.x0 < 0.4 * (glyph.x1 - glyph.x0)


def _text(glyphs: Sequence[Glyph]) -> str:
    """The text of a line, with a space where words are parted, and a tab where columns are."""
    pieces = [glyphs[0].text]
    end = glyphs[0].x1
    for text, x0, _, x1, _, size, _, _ in glyphs[1:]:
        gap = x0 - end
        if gap > WORD_GAP * size or (
            gap > DIGIT_GAP * size and text.isdecimal() and pieces[-1].isdecimal() and _has_close_digits(glyphs)
        ):
            pieces.append("\t" if gap > COLUMN_GAP * size else " ")
        pieces.append(text)
        end = max(end, x1)
    return "".join(pieces)


def _has_close_digits(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the digits of numbers stand close on a line, so that a small gap parts two numbers."""
    pairs = [(a, b) for a, b in pairwise(glyphs) if a.text.isdecimal() and b.text.isdecimal()]
    return any(b.x0 - a.x1 < 0.1 * b.size for a, b in pairs)


def digit_gap(glyphs: Sequence[Glyph]) -> float:
    """The gap, in parts of the font's height, from which on two digits of a page stand apart.

    Where digits are spaced out on the whole page, it is wider than they usually are.
    """
    gaps: list[float] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if not glyph.text.isdecimal():
            before = None
            continue
        if before is not None and abs(before.y1 - glyph.y1) < 1:
            gaps.append((glyph.x0 - before.x1) / max(glyph.size, 1.0))
        before = glyph
    near = sorted(gap for gap in gaps if -0.5 < gap < COLUMN_GAP)
    return max(DIGIT_GAP, 2.5 * near[len(near) // 2]) if near else DIGIT_GAP


def cell_text(glyphs: Sequence[Glyph], width: float, gap: float = DIGIT_GAP) -> str:
    """The text of a cell of a width in points: its lines joined, white space left out between Chinese characters.

    Two numbers in one cell stay apart, by a line break, unless the first fills the cell and so had to be broken. On a
    line digits are parted by the `gap` of the page (`digit_gap`): by a space, and by a line break where it is wide.
    """
    if len(glyphs) < 2:
        return glyphs[0].text if glyphs else ""
    pieces: list[str] = []
    before: Line | None = None
    for line in lines(glyphs):
        text = _numbers_apart(line, gap)
        if before is not None and pieces[-1][-1:].isdigit() and text[:1].isdigit() and not _full(before, line, width):
            pieces.append("\n")
        pieces.append(text)
        before = line
    return _squeezed("".join(pieces))


def _numbers_apart(line: Line, gap: float) -> str:
    """The text of a line; of one that holds digits alone, with spaces and line breaks where they stand apart."""
    if len(line.glyphs) < 2 or not all(glyph.text.isdecimal() for glyph in line.glyphs):
        return line.text
    pieces = [line.glyphs[0].text]
    for before, glyph in pairwise(line.glyphs):
        space = (glyph.x0 - before.x1) / max(glyph.size, 1.0)
        pieces += ["\n" if space > max(gap, NUMBER_GAP) else " " if space > gap else "", glyph.text]
    return "".join(pieces)


def is_full(glyphs: Sequence[Glyph], width: float) -> bool:
    """Tell whether the last line of a cell of a width in points has no room for one more character."""
    last = lines(glyphs)[-1]
    return width - (last.x1 - last.x0) < CELL_MARGINS + 1.2 * last.size


def goes_on_in(above: Sequence[Glyph], below: Sequence[Glyph], width: float) -> bool:
    """Tell whether the number that ends a cell of a width in points had to be broken and goes on in the cell below."""
    return _full(lines(above)[-1], lines(below)[0], width)


def _full(line: Line, following: Line, width: float) -> bool:
    """Tell whether a number had to be broken over lines: its next digit would not have fitted. One in two sizes is two."""
    if line.text[:1] in "0０" or min(line.size, following.size) < RAISED_SIZE * max(line.size, following.size):
        return False
    first = following.glyphs[0]
    return width - (line.x1 - line.x0) < CELL_MARGINS + 1.2 * (first.x1 - first.x0) / max(len(first.text), 1)


def _squeezed(text: str) -> str:
    """Spaces kept only where they part words or numbers of the Latin alphabet; columns stay apart."""
    if " " not in text and "\t" not in text:
        return text
    parts = text.split(" ")
    kept = [parts[0]]
    for before, part in pairwise(parts):
        if before[-1:].isascii() and part[:1].isascii():
            kept.append(" ")
        kept.append(part)
    return "".join(kept).replace("\t", " ")


def paragraphs(listed: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of running text by paragraph. A paragraph ends where a line is indented, or the one before it ends early.

    A line with columns, as a table without rules leaves them, is a paragraph of its own.
    """
    left, right = _margins(listed)
    current: list[Line] = []
    apart = False
    for line in listed:
        before, apart = apart, "\t" in line.text
        if current and (before or apart or not _goes_on(current[-1], line, left, right)):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _margins(listed: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of the running text: where most lines begin, and the furthest that they reach."""
    if not listed:
        return 0.0, 0.0
    starts = sorted(line.x0 for line in listed if len(line.text) > 15) or [min(line.x0 for line in listed)]
    ends = sorted(line.x1 for line in listed)
    return starts[len(starts) // 10], ends[-1 - len(ends) // 20]


#: What a paragraph ends with, and what a heading or a numbered paragraph begins with.
_ENDS = frozenset("。；;：:！？!?”)）")
_ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s?[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d)|第.{1,3}部分)"
)


def starts_numbered(text: str) -> bool:
    """Tell whether a text begins as a heading or a numbered item does: 一、 （二） 3."""
    return _ENUMERATED.match(text) is not None


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    """Tell whether a line is the continuation of the one before it."""
    size = max(line.size, 1.0)
    if abs(before.size - line.size) > 0.15 * size or (before.text[-1] in _ENDS and starts_numbered(line.text)):
        return False
    if before.page == line.page and line.y0 - before.y1 > 1.8 * size:
        return False
    return line.x0 - left < 1.2 * size and right - before.x1 < 2.2 * size


def joined(part: Sequence[Line]) -> str:
    """The text of a paragraph: lines follow one another without white space, but for words of the Latin alphabet."""
    pieces = [part[0].text]
    for line in part[1:]:
        if (
            pieces[-1][-1:].isascii()
            and line.text[:1].isascii()
            and pieces[-1][-1:].isalpha()
            and line.text[:1].isalpha()
        ):
            pieces.append(" ")
        pieces.append(line.text)
    return _squeezed("".join(pieces))
