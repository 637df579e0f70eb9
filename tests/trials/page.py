"""A report as operators change it: rows of boxes, the cell of the form that each box holds, and the truth about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from expectations.identities import Number
from pipelines.parse import Hints, Report, parse
from pipelines.read import grid, read
from pipelines.read.document import Block, Heading, Paragraph, Table
from pipelines.workspace import SAMPLE
from tests.made.renderers import html
from tests.made.renderers.content import REPORTS, Content, content
from tests.made.renderers.looks import bare
from tests.test_sample import cells_of

#: A cell of a form: table, row, column.
Key = tuple[str, str, str]
#: What a figure says, whatever sentence it stands in: indicator, aspect, value, upper end of a range.
Said = tuple[str | None, str, Number, Number | None]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as in HTML: its text with looks (`tests.made.renderers.looks`), its spans, and the cell of the form in it."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    key: Key | None = None


Row = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as rows of boxes."""

    rows: tuple[Row, ...]

    def table(self, locator: str = "table") -> Table:
        """The grid that it makes."""
        return grid.table([[(b.text, b.rowspan, b.colspan) for b in row] for row in self.rows], locator)

    def holds(self, table: str) -> bool:
        """Tell whether a statutory table has cells here."""
        return any(box.key is not None and box.key[0] == table for row in self.rows for box in row)

    def mapped(self, change: Callable[[Box], Box]) -> Sheet:
        """The same with each box changed."""
        return Sheet(tuple(tuple(change(box) for box in row) for row in self.rows))

    def columns(self) -> list[list[int]]:
        """For each row the column of the grid that each of its boxes begins in."""
        taken: set[tuple[int, int]] = set()
        found = []
        for i, row in enumerate(self.rows):
            j, starts = 0, []
            for box in row:
                while (i, j) in taken:
                    j += 1
                starts.append(j)
                taken |= {(i + k, j + m) for k in range(box.rowspan) for m in range(box.colspan)}
                j += box.colspan
            found.append(starts)
        return found


@dataclass(frozen=True)
class Page:
    """A report, and what a reader of the page can say about its cells.

    `truth` holds the value of every cell that the page shows as a number of the form; a cell that is not there has none.
    `open` are cells whose value or grade may be lost, `marked` those that must not pass without a failing check.
    `said` are the figures of the narrative. `units` are those in which a cell counts, where the page says another than
    the form.
    """

    name: str
    year: int
    blocks: tuple[Heading | Paragraph | Sheet, ...]
    truth: Mapping[Key, Number | None]
    said: frozenset[Said] = frozenset()
    open: frozenset[Key] = frozenset()
    marked: frozenset[Key] = frozenset()
    units: Mapping[Key, str] = field(default_factory=dict)

    # --- looking

    def sheets(self, table: str | None = None) -> list[int]:
        """The blocks that hold cells of a statutory table, or of any."""
        return [
            i
            for i, block in enumerate(self.blocks)
            if isinstance(block, Sheet)
            and (block.holds(table) if table else any(box.key for row in block.rows for box in row))
        ]

    def tables(self) -> list[str]:
        """The statutory tables that it has."""
        return list(dict.fromkeys(box.key[0] for box in self.boxes() if box.key))

    def boxes(self, table: str | None = None) -> Iterator[Box]:
        """The boxes of the sheets that hold cells, or of those of one table."""
        for i in self.sheets(table):
            for row in self.sheet(i).rows:
                yield from row

    def sheet(self, block: int) -> Sheet:
        """A block that is a table."""
        found = self.blocks[block]
        assert isinstance(found, Sheet)
        return found

    def keys(self, table: str) -> list[Key]:
        """The cells of a table in reading order."""
        return [box.key for box in self.boxes(table) if box.key and box.key[0] == table]

    def rows(self, table: str) -> list[str]:
        """The row codes of a table in the order of the page."""
        return list(dict.fromkeys(row for _, row, _ in self.keys(table)))

    def printed(self, key: Key) -> str:
        """What a reader sees in a cell; "" where the page has no such cell."""
        return next((bare(box.text) for box in self.boxes(key[0]) if box.key == key), "")

    # --- changing

    def with_block(self, index: int, *blocks: Heading | Paragraph | Sheet) -> Page:
        """With other blocks in place of one."""
        return replace(self, blocks=(*self.blocks[:index], *blocks, *self.blocks[index + 1 :]))

    def with_boxes(self, change: Callable[[Box], Box], table: str | None = None) -> Page:
        """With each box of the sheets changed."""
        blocks = list(self.blocks)
        for i in self.sheets(table):
            blocks[i] = self.sheet(i).mapped(change)
        return replace(self, blocks=tuple(blocks))

    def with_rows(self, index: int, rows: Iterable[Iterable[Box]]) -> Page:
        """With other rows in one sheet."""
        return self.with_block(index, Sheet(tuple(tuple(row) for row in rows)))

    def telling(self, *, opens: Iterable[Key] = (), marks: Iterable[Key] = (), without: Iterable[Key] = ()) -> Page:
        """With cells opened, cells that must be marked, and cells that the page no longer shows a number of."""
        gone, marked = frozenset(without), frozenset(marks)
        return replace(
            self,
            truth={key: value for key, value in self.truth.items() if key not in gone},
            open=self.open | frozenset(opens) | marked | gone,
            marked=self.marked | marked,
        )

    def in_unit(self, keys: Iterable[Key], unit: str) -> Page:
        """With cells that count in another unit; a zero is one in every unit."""
        return replace(self, units={**self.units, **{key: unit for key in keys if self.truth.get(key)}})

    def content(self) -> Content:
        """What renderers take."""
        return Content(self.name, tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        for i, block in enumerate(self.blocks):
            yield block.table(f"table {i}") if isinstance(block, Sheet) else block


def said(report: Report) -> frozenset[Said]:
    """What the figures of a report say."""
    return frozenset((f.indicator, f.aspect, f.value, f.value_to) for f in report.figures)


@cache
def sources() -> dict[str, Page]:
    """The reports of the sample whose cells were checked by hand, as pages."""
    return {page.name: page for path in REPORTS if (page := _page(path.stem, content(path))) is not None}


def _page(stem: str, made: Content) -> Page | None:
    expected = SAMPLE / "expected" / f"{stem}.csv"
    if not expected.exists():
        return None
    gold = cells_of(expected)
    document = read(html.render(made), f"{stem}.html")
    report = parse(document, Hints(stem))
    places = {(f.locator, f.grid_row, f.grid_column): (f.table, f.row, f.column) for f in report.facts}
    blocks = [_sheet(b, places) if isinstance(b, Table) else b for b in document.blocks]
    page = Page(stem, report.report_year, tuple(blocks), {k: value for k, (value, _) in gold.items()}, said(report))
    for key, (_, raw) in gold.items():  # the places are the program's, the cells are not
        assert "".join(page.printed(key).split()) == "".join(raw.split()), (stem, key)
    return page


def _sheet(table: Table, places: Mapping[tuple[str, int | None, int | None], Key]) -> Sheet:
    rows: list[list[Box]] = [[] for _ in range(table.height)]
    for cell in table.cells():
        key = places.get((table.locator, cell.row, cell.column))
        rows[cell.row].append(Box(cell.text, cell.rowspan, cell.colspan, key))
    return Sheet(tuple(tuple(row) for row in rows))
