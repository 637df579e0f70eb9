from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.document import Unreadable
from pipelines.read.layout.lattice import MAX_RULES, Box, lattices, snapped
from pipelines.read.layout.shapes import Rule

#: Places of columns and rows of the drawn tables, in points.
WIDTH, HEIGHT = 40.0, 20.0


def places(box: Box) -> tuple[int, int, int, int]:
    return box.row, box.column, box.rowspan, box.colspan


def drawn(cells: list[tuple[int, int, int, int]]) -> tuple[list[Rule], list[Rule]]:
    """The four sides of each cell, as a word processor draws them: cell by cell."""
    horizontal, vertical = [], []
    for row, column, rowspan, colspan in cells:
        x0, x1, y0, y1 = column * WIDTH, (column + colspan) * WIDTH, row * HEIGHT, (row + rowspan) * HEIGHT
        horizontal += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
        vertical += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return horizontal, vertical


@st.composite
def partitions(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """A grid cut into merged cells: each rectangle is split or kept."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 6))

    def split(row: int, column: int, down: int, across: int) -> list[tuple[int, int, int, int]]:
        ways = ["keep"] + (["down"] if down > 1 else []) + (["across"] if across > 1 else [])
        way = draw(st.sampled_from(ways))
        if way == "down":
            cut = draw(st.integers(1, down - 1))
            return split(row, column, cut, across) + split(row + cut, column, down - cut, across)
        if way == "across":
            cut = draw(st.integers(1, across - 1))
            return split(row, column, down, cut) + split(row, column + cut, down, across - cut)
        return [(row, column, down, across)]

    return split(0, 0, height, width)


@given(partitions())
def test_merged_cells_are_found_as_drawn(cells: list[tuple[int, int, int, int]]) -> None:
    rows = sorted({row for row, *_ in cells} | {row + down for row, _, down, _ in cells})
    columns = sorted({column for _, column, *_ in cells} | {column + across for _, column, _, across in cells})
    # Rows and columns that no cell begins at are no rows and columns of the drawing.
    expected = sorted(
        (rows.index(r), columns.index(c), rows.index(r + d) - rows.index(r), columns.index(c + a) - columns.index(c))
        for r, c, d, a in cells
    )
    found = lattices(*drawn(cells))
    if len(cells) == 1:
        assert found == []
    else:
        assert [places(box) for box in found[0].cells] == expected


def test_rules_that_do_not_quite_meet_are_one_table() -> None:
    horizontal = [Rule(0, 1, 79), Rule(20, 1, 79), Rule(40, 1, 79)]
    vertical = [Rule(0, 1, 39), Rule(41, 1, 39), Rule(80, 1, 39)]
    (lattice,) = lattices(horizontal, vertical)
    assert [places(box) for box in lattice.cells] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_two_tables_on_a_page_come_from_top_to_bottom() -> None:
    upper, lower = drawn([(0, 0, 1, 1), (0, 1, 1, 1)]), drawn([(5, 0, 1, 1), (5, 1, 1, 1), (5, 2, 1, 1)])
    found = lattices(lower[0] + upper[0], lower[1] + upper[1])
    assert [len(lattice.cells) for lattice in found] == [2, 3]


def test_double_and_split_lines_are_one_rule() -> None:
    assert snapped([Rule(10, 0, 50), Rule(11.5, 0, 50)]) == [Rule(10.75, 0, 50)]
    assert snapped([Rule(10, 0, 20), Rule(10, 21, 50), Rule(10, 60, 70)]) == [Rule(10, 0, 50), Rule(10, 60, 70)]


def test_a_table_that_the_page_cuts_is_closed_where_its_rules_end() -> None:
    """The last row has no line below it: the vertical rules reach on to the page's end."""
    horizontal = [Rule(0, 0, 80), Rule(20, 0, 80)]
    vertical = [Rule(0, 0, 45), Rule(40, 0, 45), Rule(80, 0, 45)]
    (lattice,) = lattices(horizontal, vertical)
    assert lattice.ys == (0, 20, 45)
    assert [(box.row, box.open_bottom) for box in lattice.cells] == [(0, False), (0, False), (1, True), (1, True)]


def test_outer_columns_without_a_rule_are_columns() -> None:
    horizontal = [Rule(0, 0, 120), Rule(20, 0, 120), Rule(40, 0, 120)]
    (lattice,) = lattices(horizontal, [Rule(40, 0, 40), Rule(80, 0, 40)])
    assert lattice.xs == (0, 40, 80, 120)


def test_a_frame_around_text_and_a_lone_line_are_no_tables() -> None:
    assert lattices(*drawn([(0, 0, 3, 3)])) == []
    assert lattices([Rule(10, 0, 500)], []) == []
    assert lattices([], []) == []


def test_a_drawing_of_more_lines_than_any_table_is_refused() -> None:
    with pytest.raises(Unreadable) as why:
        lattices([Rule(float(k), 0, 10) for k in range(MAX_RULES + 1)], [])
    assert why.value.code == "too_complex"


def test_a_grid_of_more_cells_than_any_table_is_refused() -> None:
    lines = [Rule(3.0 * k, 0, 3000) for k in range(1000)]
    with pytest.raises(Unreadable) as why:
        lattices(lines, lines)
    assert why.value.code == "too_many_cells"


def test_double_rules_and_gaps_between_frames_make_no_strips() -> None:
    """Each cell has a frame of its own, 4 points from the next, as pages with cellspacing have it."""
    horizontal, vertical = [], []
    for row in range(2):
        for column in range(3):
            x0, x1 = column * 44.0, column * 44.0 + 40
            y0, y1 = row * 24.0, row * 24.0 + 20
            horizontal += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            vertical += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    horizontal += [Rule(-4, -4, 132), Rule(48, -4, 132)]
    vertical += [Rule(-4, -4, 48), Rule(132, -4, 48)]
    (found,) = lattices(
        [*horizontal, *(Rule(r.at, -4, 132) for r in horizontal)],
        [*vertical, *(Rule(r.at, -4, 48) for r in vertical)],
    )
    assert [places(box) for box in found.cells] == [(i, j, 1, 1) for i in range(2) for j in range(3)]
