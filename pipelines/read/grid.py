"""Cells with spans → a rectangular grid, as a browser lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.read.document import Cell, Table, Unreadable

#: More places than any report has (the largest real tables have some 400), fewer than would hurt.
MAX_PLACES = 200_000
MAX_COLSPAN = 1000

#: A source cell: text, rowspan, colspan. A rowspan of 0 reaches to the end of the table, as in HTML.
SourceCell = tuple[str, int, int]


def table(rows: Sequence[Sequence[SourceCell]], locator: str) -> Table:
    """Lay out rows of cells. Spans that reach beyond the table are cut; ragged rows are filled with None.

    Raises `Unreadable("too_many_cells")` for a table of over `MAX_PLACES` places.
    """
    height = len(rows)
    grid: list[dict[int, Cell]] = [{} for _ in range(height)]
    places = width = 0
    new = tuple.__new__  # most cells cover one place, and a report has hundreds
    for i, row in enumerate(rows):
        j = 0
        line = grid[i]
        for text, rowspan, colspan in row:
            while j in line:
                j += 1
            if rowspan == colspan == 1:
                line[j] = new(Cell, (text, i, j, 1, 1, None, None))
                places += 1
                j += 1
                continue
            down = min(rowspan or height, height - i)
            across = min(colspan, MAX_COLSPAN)
            cell = Cell(text, i, j, down, across)
            places += down * across
            if places > MAX_PLACES:
                raise Unreadable(
                    "too_many_cells", f"{locator} has over {MAX_PLACES:,} cells once merged ones are expanded"
                )
            for k in range(i, i + down):
                for m in range(j, j + across):
                    grid[k].setdefault(m, cell)
            j += across
        if line:
            width = max(width, max(line) + 1)
    if height * width > MAX_PLACES:
        raise Unreadable("too_many_cells", f"{locator} has over {MAX_PLACES:,} cells")
    columns = range(width)
    return Table(tuple(tuple(map(line.get, columns)) for line in grid), locator)


def placed(cells: Iterable[Cell], locator: str) -> Table:
    """Cells that know their places → a grid. Where two cells claim a place, the one that comes first keeps it.

    Raises `Unreadable("too_many_cells")` for a table of over `MAX_PLACES` places.
    """
    lines: dict[int, dict[int, Cell]] = {}
    places = height = width = 0
    for cell in cells:
        _, row, column, down, across, *_ = cell
        places += down * across
        height, width = max(height, row + down), max(width, column + across)
        if places > MAX_PLACES or height * width > MAX_PLACES:
            raise Unreadable("too_many_cells", f"{locator} has over {MAX_PLACES:,} cells")
        if down == 1 and across == 1:
            lines.setdefault(row, {}).setdefault(column, cell)
            continue
        for i in range(row, row + down):
            line = lines.setdefault(i, {})
            for j in range(column, column + across):
                line.setdefault(j, cell)
    columns = range(width)
    none: dict[int, Cell] = {}
    return Table(tuple(tuple([lines.get(i, none).get(j) for j in columns]) for i in range(height)), locator)


def part(table: Table, start: int, end: int) -> Table:
    """The rows from `start` to before `end` as a table of its own; its cells count from its first row."""
    moved: dict[int, Cell] = {}

    def place(cell: Cell | None) -> Cell | None:
        if cell is None:
            return None
        top = max(cell.row, start)
        span = min(cell.row + cell.rowspan, end) - top
        return moved.setdefault(id(cell), cell._replace(row=top - start, rowspan=span))

    rows = tuple(tuple(place(cell) for cell in row) for row in table.grid[start:end])
    return Table(rows, f"{table.locator} from row {start}")
