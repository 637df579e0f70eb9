"""Pages → blocks in reading order: tables that run over page breaks in one piece, paragraphs whole again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.read.document import Block, Cell, Heading, Paragraph, Table
from pipelines.read.layout.lattice import Box, Lattice, lattices
from pipelines.read.layout.lines import (
    Line,
    cell_text,
    digit_gap,
    goes_on_in,
    is_full,
    joined,
    lines,
    lowest,
    paragraphs,
    starts_numbered,
)
from pipelines.read.layout.margins import without_margins
from pipelines.read.layout.shapes import Glyph, Page
from pipelines.read.layout_tables import without_prose

#: Edges of columns that differ by no more than this, in points, are the same on two pages.
SAME_EDGE = 4.0
#: A title's letters are so much larger than those of most of the text.
TITLE_SIZE = 1.25
#: No title is longer, and a line of running text is longer than this.
LONGEST_TITLE = 80
LEAST_PROSE = 20
#: A cell over the full width with more lines than this is running text in a frame.
FRAMED_LINES = 3
#: A header that is repeated on each page has no more rows than this.
MAX_HEADER = 6
#: Rows with so many cells have labels with numbers of their own.
MANY_CELLS = 6
#: A blank outer column as narrow as this, in points, is padding between two frames.
PADDING = 12.0
#: Marks that never begin a line.
CLOSING = frozenset("，。、；：？！”’）》〉】」』,.;:?!)%％")
_NOTHING = Glyph("", 0.0, 0.0, -1e9, 0.0, 0.0)


@dataclass(slots=True)
class _Filled:
    """A cell with its text and where it stands. Cells of several pages share one table."""

    box: Box
    page: int
    glyphs: list[Glyph]
    text: str


@dataclass(slots=True)
class _Grid:
    """A table, or the part of it on one page: the edges of its columns, and its cells; `height` counts its rows."""

    page: int
    top: float
    xs: tuple[float, ...]
    height: int
    cells: list[_Filled]
    pages: list[int] = field(default_factory=list)


_Item = _Grid | Line


def blocks(pages: Sequence[Page]) -> list[Block]:
    """The tables and paragraphs of pages. Page numbers and running heads are left out.

    Raises `Unreadable` for pages with more rules or cells than any report has.
    """
    grids: list[list[_Grid]] = []
    loose: list[list[Line]] = []
    for page in pages:
        found, rest = _tables(page)
        grids.append(found)
        loose.append(lines(rest, page.number))
    loose = without_margins(pages, loose)
    items: list[_Item] = []
    for on_page, text in zip(grids, loose, strict=True):
        both: list[_Item] = [*on_page, *text]
        items += sorted(both, key=lambda item: item.top if isinstance(item, _Grid) else item.y0)
    return _blocks(_joined_over_breaks(items))


# --- tables of one page


def _tables(page: Page) -> tuple[list[_Grid], list[Glyph]]:
    """The ruled tables of a page, and the pieces of text outside them."""
    found = lattices(page.horizontal, page.vertical)
    gap = digit_gap(page.glyphs) if found else 0.0
    inside, rest = _sorted_in(found, page.glyphs)
    grids: list[_Grid] = []
    for lattice, held in zip(found, inside, strict=True):
        filled = [_fill(box, page.number, held.get(k, []), gap) for k, box in enumerate(lattice.cells)]
        if _rows_unruled(filled):
            rest += [glyph for cell in filled for glyph in cell.glyphs]
            continue
        for grid in _without_frames(lattice, filled):
            if isinstance(grid, _Grid):
                grids.append(grid)
            else:
                rest += grid.glyphs
    return grids, rest


def _rows_unruled(filled: Sequence[_Filled]) -> bool:
    """Tell whether no rules divide the rows of a table: columns of numbers stand in cells beside as many lines of labels.

    Then the text is told by its place. Numbers one above the other beside a single label stay in their cell: nothing
    says which of them counts.
    """
    stacks = [cell for cell in filled if _is_stack(cell.text)]
    if len(stacks) >= 2:
        high = {cell.box.row: len(lines(cell.glyphs)) for cell in filled if any(map(str.isalpha, cell.text))}
        if all(high.get(cell.box.row, 0) >= len(cell.text.split("\n")) for cell in stacks):
            return True
    if max(cell.box.row for cell in filled) >= 2:
        return False
    high_cells = [texts for cell in filled if len(texts := [line.text for line in lines(cell.glyphs)]) > 3]
    mixed = any(sum(text.isdecimal() for text in texts) >= 2 for texts in high_cells)
    return len(high_cells) >= 2 and mixed


def _is_stack(text: str) -> bool:
    """Tell whether a cell holds several numbers and nothing else."""
    return "\n" in text and all(part.isdecimal() for part in text.split("\n"))


def _sorted_in(found: Sequence[Lattice], glyphs: Sequence[Glyph]) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Each piece of text in the cell in which its middle lies: by table and number of the cell; and the rest.

    Of tables in one another the inner one counts. What hangs over from a full line into the next cell (a closing mark,
    a character that begins before the edge) belongs to the character before it.
    """
    inside: list[dict[int, list[Glyph]]] = [{} for _ in found]
    rest = list(glyphs)
    for k in sorted(range(len(found)), key=lambda k: _area(found[k])):
        lattice, held = found[k], inside[k]
        owners, width = _owners(lattice), len(lattice.xs) - 1
        xs, ys = lattice.xs, lattice.ys
        left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
        outside: list[Glyph] = []
        before, last, edge = _NOTHING, outside, 1e9
        for glyph in rest:
            x, y = (glyph[1] + glyph[3]) / 2, (glyph[2] + glyph[4]) / 2
            if x > edge and (glyph[0] in CLOSING or glyph[1] < edge) and _hangs_over(before, glyph):
                pass  # in the cell of the one before
            elif left < x < right and top < y < bottom:
                cell = owners[(bisect_right(ys, y) - 1) * width + bisect_right(xs, x) - 1]
                last, edge = held.setdefault(cell, []), lattice.cells[cell].x1
            else:
                last, edge = outside, 1e9
            last.append(glyph)
            before = glyph
        rest = outside
    return inside, rest


def _hangs_over(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character that is no digit stands right behind another, or is it printed once more."""
    if glyph.text.isdecimal():
        return False
    again = glyph.text == before.text and abs(glyph.x0 - before.x0) < 0.3 * glyph.size
    return (again or abs(glyph.x0 - before.x1) < 0.5 * glyph.size) and abs(glyph.y1 - before.y1) < 0.3 * glyph.size


def _area(lattice: Lattice) -> float:
    return (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0])


def _owners(lattice: Lattice) -> list[int]:
    """The number of the cell at each place of the grid, row by row."""
    width = len(lattice.xs) - 1
    owners = [0] * (width * (len(lattice.ys) - 1))
    for k, (row, column, rowspan, colspan, *_) in enumerate(lattice.cells):
        for place in range(row * width + column, (row + rowspan) * width + column, width):
            owners[place : place + colspan] = [k] * colspan
    return owners


def _fill(box: Box, page: int, glyphs: list[Glyph], gap: float) -> _Filled:
    return _Filled(box, page, glyphs, cell_text(glyphs, box.x1 - box.x0, gap))


def _without_frames(lattice: Lattice, filled: Sequence[_Filled]) -> Iterable[_Grid | _Filled]:
    """A table without rows that are running text in a frame: those come out as text, the rest as tables.

    A table that holds no text at all is a drawing, and is left out.
    """
    width = len(lattice.xs) - 1
    frames = [cell for cell in filled if _is_frame(cell, width)]
    yield from frames
    rows: list[_Filled] = []
    ends = {cell.box.row for cell in frames}
    for cell in filled:
        if cell.box.row in ends:
            yield from _grid(lattice, rows)
            rows = []
        else:
            rows.append(cell)
    yield from _grid(lattice, rows)


def _is_frame(cell: _Filled, width: int) -> bool:
    return cell.box.colspan == width and len(lines(cell.glyphs)) > FRAMED_LINES


def _grid(lattice: Lattice, filled: Sequence[_Filled]) -> Iterable[_Grid]:
    if not any(cell.text for cell in filled):
        return
    left, right = _padding(lattice.xs, filled)
    rows = _without_padding(filled, len(lattice.xs) - 1)
    first = min(cell.box.row for cell in rows)
    height = max(cell.box.row + cell.box.rowspan for cell in rows) - first
    kept = [cell for cell in rows if left <= cell.box.column < len(lattice.xs) - 1 - right]
    for cell in kept:
        colspan = min(cell.box.colspan, len(lattice.xs) - 1 - right - cell.box.column)
        cell.box = cell.box._replace(row=cell.box.row - first, column=cell.box.column - left, colspan=colspan)
    page = filled[0].page
    yield _Grid(page, lattice.ys[first], lattice.xs[left : len(lattice.xs) - right], height, kept, [page])


def _without_padding(filled: Sequence[_Filled], width: int) -> list[_Filled]:
    """The cells without blank ones over the full width at top and bottom: the padding of a frame around the table."""
    blank = {cell.box.row for cell in filled if cell.box.colspan == width and not cell.text}
    others = [cell for cell in filled if cell.box.row not in blank]
    first = min(cell.box.row for cell in others)
    last = max(cell.box.row + cell.box.rowspan for cell in others)
    return [cell for cell in filled if first <= cell.box.row < last]


def _padding(xs: Sequence[float], filled: Sequence[_Filled]) -> tuple[int, int]:
    """Tell how many columns at the left and at the right (0 or 1) are padding of a frame: too narrow for a character, blank."""
    width = len(xs) - 1
    left = xs[1] - xs[0] < PADDING and not any(c.text and c.box.colspan < width for c in filled if c.box.column == 0)
    ends = [c for c in filled if c.box.column + c.box.colspan == width]
    right = xs[-1] - xs[-2] < PADDING and not any(c.text and c.box.colspan < width for c in ends)
    return (int(left), int(right)) if width > 2 else (0, 0)


# --- over page breaks


def _joined_over_breaks(items: Sequence[_Item]) -> list[_Item]:
    """Tables that end a page and go on at the top of the next, as one."""
    out: list[_Item] = []
    for item in items:
        before = out[-1] if out else None
        if isinstance(item, _Grid) and isinstance(before, _Grid) and _goes_on(before, item):
            out[-1] = _join(before, item)
        else:
            out.append(item)
    return out


def _goes_on(before: _Grid, after: _Grid) -> bool:
    """Tell whether a table is the rest of the one before it: on the next page, with edges at the same places."""
    return after.page == before.pages[-1] + 1 and _shift(before, after) is not None


def _shift(before: _Grid, after: _Grid) -> float | None:
    """By how much the second part stands to the right of the first; None where their edges do not match.

    A part may lack edges: those within merged cells, or those of an outer column that is not ruled there.
    """
    for shift in (0.0, after.xs[0] - before.xs[0]):
        fewer, more = sorted(([x - shift for x in after.xs], before.xs), key=len)
        if all(any(abs(x - y) <= SAME_EDGE for y in more) for x in fewer):
            as_wide = abs(fewer[0] - more[0]) <= SAME_EDGE and abs(fewer[-1] - more[-1]) <= SAME_EDGE
            if as_wide or len(fewer) >= max(4, 0.6 * len(more)):
                return shift
    return None


def _join(before: _Grid, after: _Grid) -> _Grid:
    """Two parts of a table as one. Cells that no rule closes at the page break, and cells of a cut row, are one cell."""
    shift = _shift(before, after) or 0.0
    xs = before.xs if len(before.xs) >= len(after.xs) else tuple(x - shift for x in after.xs)
    _place_columns(before, xs, 0.0)
    _place_columns(after, xs, shift)
    _drop_header(before, after)
    ends = {(c.box.column, c.box.colspan): c for c in before.cells if c.box.row + c.box.rowspan == before.height}
    starts = [c for c in after.cells if c.box.row == 0]
    pairs = [(ends[place], c) for c in starts if (place := (c.box.column, c.box.colspan)) in ends]
    rest_is_blank = len(pairs) == len(starts) and not any(cell.text for cell in starts)
    cut = rest_is_blank or _is_cut([(a, b) for a, b in pairs if a.box.rowspan == b.box.rowspan == 1])
    down = before.height - 1 if cut else before.height
    for cell in after.cells:
        cell.box = cell.box._replace(row=cell.box.row + down)
    joined: set[int] = set()
    for above, below in pairs:
        if cut or (above.box.open_bottom and below.box.open_top):
            span = below.box.row + below.box.rowspan - above.box.row
            above.box = above.box._replace(rowspan=span, open_bottom=below.box.open_bottom)
            above.text = _one_text(above, below)
            above.glyphs = [*above.glyphs, *below.glyphs]
            joined.add(id(below))
    cells = [*before.cells, *(cell for cell in after.cells if id(cell) not in joined)]
    return _Grid(before.page, before.top, xs, down + after.height, cells, [*before.pages, after.page])


def _drop_header(before: _Grid, after: _Grid) -> None:
    """Leave out the rows that the second part repeats from the top of the first, without a number in them."""
    for height in range(min(MAX_HEADER, after.height - 1, before.height - 1), 0, -1):
        head, again = (_top(grid, height) for grid in (before, after))
        if head and head == again and not any(text.isdecimal() for *_, text in head):
            after.cells = [cell for cell in after.cells if cell.box.row >= height]
            for cell in after.cells:
                cell.box = cell.box._replace(row=cell.box.row - height)
            after.height -= height
            return


def _top(grid: _Grid, height: int) -> list[tuple[int, int, int, int, str]]:
    """The cells of the first rows with their texts; nothing where one reaches further down or all are blank."""
    cells = [(c.box.row, c.box.column, c.box.rowspan, c.box.colspan, c.text) for c in grid.cells if c.box.row < height]
    whole = all(row + rowspan <= height for row, _, rowspan, _, _ in cells)
    return cells if whole and any(text for *_, text in cells) else []


def _is_cut(pairs: Sequence[tuple[_Filled, _Filled]]) -> bool:
    """Tell whether the last row of one page and the first of the next are one row, which the page break cut.

    Its numbers stand in one half, its label goes on from a full line, or is there in the half without numbers alone.
    A label with a number of its own begins a row. Where there is but one number in a row of many cells, the label must go
    on. Of a header all words that go on do so from full lines. So do numbers that had to be broken, if most cells have
    no more to say.
    """
    if not any(cell.text.isdecimal() for pair in pairs for cell in pair):
        words = [(a, b) for a, b in pairs if b.text]
        return len(words) > 2 and all(a.text and is_full(a.glyphs, _width(a)) for a, b in words)
    below = [(a, b) for a, b in pairs if b.text]
    if below and 2 * len(below) < len(pairs) and all(_goes_on_below(a, b) for a, b in below):
        return True
    values = [(a, b) for a, b in pairs if a.text.isdecimal() or b.text.isdecimal()]
    labels = [(a, b) for a, b in pairs if (a.text or b.text) and not (a.text.isdecimal() or b.text.isdecimal())]
    goes_on = any(a.text and b.text for a, b in labels)
    if len(values) < (1 if goes_on and len(pairs) >= MANY_CELLS else 2):
        return False
    if not labels or (any(a.text for a, _ in values) and any(b.text for _, b in values)):
        return False
    return all(
        not starts_numbered(b.text)
        if not a.text
        else not b.text or (is_full(a.glyphs, _width(a)) and not starts_numbered(b.text))
        for a, b in labels
    ) and any(b.text for _, b in labels)


def _goes_on_below(above: _Filled, below: _Filled) -> bool:
    """Tell whether a cell is so full that what it holds has to go on in the one below."""
    if not above.text or starts_numbered(below.text):
        return False
    if above.text[-1:].isdecimal() and below.text[:1].isdecimal():
        return goes_on_in(above.glyphs, below.glyphs, _width(above))
    return above.text.isdecimal() == below.text.isdecimal() and is_full(above.glyphs, _width(above))


def _width(cell: _Filled) -> float:
    return cell.box.x1 - cell.box.x0


def _one_text(above: _Filled, below: _Filled) -> str:
    """The text of a cell cut by a page break. Digits on both sides are two numbers, unless the first had to be broken."""
    digits = above.text[-1:].isdecimal() and below.text[:1].isdecimal()
    apart = digits and not goes_on_in(above.glyphs, below.glyphs, _width(above))
    return above.text + ("\n" if apart else "") + below.text


def _place_columns(grid: _Grid, xs: Sequence[float], shift: float) -> None:
    """Count the columns of a grid's cells by the edges `xs`."""
    edges = [min(range(len(xs)), key=lambda k: abs(xs[k] - x + shift)) for x in grid.xs]
    for cell in grid.cells:
        left, right = edges[cell.box.column], edges[cell.box.column + cell.box.colspan]
        cell.box = cell.box._replace(column=left, colspan=max(right - left, 1))


# --- blocks


def _blocks(items: Sequence[_Item]) -> list[Block]:
    out: list[Block] = []
    text: list[Line] = []
    usual = _usual_size([item for item in items if isinstance(item, Line)])
    tables = 0
    for item in items:
        if isinstance(item, Line):
            text.append(item)
            continue
        out += _paragraphs(text, usual)
        text = []
        tables += 1
        out += without_prose(_table(item, tables))
    return [*out, *_paragraphs(text, usual)]


def _usual_size(listed: Sequence[Line]) -> float:
    """The font height of most of the running text. A table without rules leaves more lines, of smaller letters."""
    prose = [line for line in listed if len(line.text) > LEAST_PROSE and not any(c in "\t " for c in line.text)]
    sizes = sorted((line.size, len(line.text)) for line in prose or listed)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return 0.0


def _paragraphs(text: Sequence[Line], usual: float) -> list[Block]:
    out: list[Block] = []
    for part in paragraphs(text):
        words = joined(part)
        if not words.strip():
            continue
        place = f"page {part[0].page}"
        if part[0].size >= TITLE_SIZE * usual and part[0].page == 1 and _may_be_title(words):
            _add_title(out, words.strip(), place)
        else:
            confidence = min((c for line in part if (c := line.confidence) is not None), default=None)
            out.append(Paragraph(words.strip(), place, confidence))
    return out


def _may_be_title(words: str) -> bool:
    return len(words) <= LONGEST_TITLE and words.strip()[-1] not in "。；" and not starts_numbered(words)


def _add_title(out: list[Block], words: str, place: str) -> None:
    """A title in large letters; one that is broken over lines is one heading."""
    if out and isinstance(out[-1], Heading):
        out[-1] = Heading(out[-1].text + words, 1, place)
    else:
        out.append(Heading(words, 1, place))


def _table(grid: _Grid, number: int) -> Table:
    width = len(grid.xs) - 1
    places: list[list[Cell | None]] = [[None] * width for _ in range(grid.height)]
    for filled in grid.cells:
        cell = _cell(filled, number)
        for i in range(cell.row, min(cell.row + cell.rowspan, grid.height)):
            for j in range(cell.column, min(cell.column + cell.colspan, width)):
                places[i][j] = cell
    pages = f"page {grid.pages[0]}" if len(grid.pages) == 1 else f"pages {grid.pages[0]}-{grid.pages[-1]}"
    return Table(tuple(tuple(line) for line in places), f"table {number}, {pages}")


def _cell(filled: _Filled, table: int) -> Cell:
    box = filled.box
    region = f"table {table}, page {filled.page} at {box.x0:.0f},{box.y0:.0f} to {box.x1:.0f},{box.y1:.0f} pt"
    return Cell(filled.text, box.row, box.column, box.rowspan, box.colspan, lowest(filled.glyphs), region)
