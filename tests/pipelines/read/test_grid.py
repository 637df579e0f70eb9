from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read import grid
from pipelines.read.document import Cell, Unreadable


def texts(rows: list[list[grid.SourceCell]]) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in grid.table(rows, "table 1").grid]


def test_spans_expand_to_every_place_they_cover() -> None:
    rows = [[("a", 2, 1), ("b", 1, 2)], [("c", 1, 1), ("d", 1, 1)]]
    assert texts(rows) == [["a", "b", "b"], ["a", "c", "d"]]


def test_a_rowspan_beyond_the_end_is_cut_and_a_ragged_row_filled() -> None:
    assert texts([[("a", 9, 1), ("b", 1, 1)], []]) == [["a", "b"], ["a", None]]


def test_a_rowspan_of_zero_reaches_the_end() -> None:
    assert texts([[("a", 0, 1)], [("b", 1, 1)], [("c", 1, 1)]]) == [["a", None], ["a", "b"], ["a", "c"]]


def test_a_merged_cell_is_one_object_that_knows_its_place() -> None:
    table = grid.table([[("a", 2, 2)], []], "table 1")
    cell = table.grid[1][1]
    assert cell is table.grid[0][0]
    assert cell is not None
    assert (cell.row, cell.column, cell.rowspan, cell.colspan) == (0, 0, 2, 2)
    assert list(table.cells()) == [cell]


def test_a_bomb_of_spans_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        grid.table([[("x", 60000, 1000)]] * 300, "table 1")
    assert caught.value.code == "too_many_cells"


cells = st.tuples(st.text(max_size=3), st.integers(0, 5), st.integers(1, 5))


@given(st.lists(st.lists(cells, max_size=5), max_size=6))
def test_every_grid_is_rectangular_and_holds_every_cell_once(rows: list[list[grid.SourceCell]]) -> None:
    table = grid.table(rows, "table 1")
    assert len({len(row) for row in table.grid}) <= 1
    assert sorted(c.text for c in table.cells()) == sorted(text for row in rows for text, _, _ in row)


def test_cells_that_know_their_places() -> None:
    wide, tall, late = Cell("a", 0, 0, 1, 2), Cell("b", 1, 0, 2, 1), Cell("c", 2, 3)
    made = grid.placed([late, wide, tall], "table 1")
    assert made.grid == ((wide, wide, None, None), (tall, None, None, None), (tall, None, None, late))
    assert grid.placed([], "table 1").height == 0


def test_of_two_cells_at_a_place_the_first_keeps_it() -> None:
    first, second = Cell("a", 0, 0, 1, 2), Cell("b", 0, 1, 1, 2)
    assert grid.placed([first, second], "table 1").grid == ((first, first, second),)


@pytest.mark.parametrize("cell", [Cell("a", 0, 0, 10**9, 10**9), Cell("a", 10**9, 0), Cell("a", 0, 10**9)])
def test_places_without_end_are_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable) as caught:
        grid.placed([Cell("x", 0, 0), cell], "table 1")
    assert caught.value.code == "too_many_cells"
