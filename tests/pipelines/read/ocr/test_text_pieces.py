from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.ocr.ink_spots import Spot
from pipelines.read.ocr.raster import Pixels
from pipelines.read.ocr.text_pieces import pieces

LEFT, RIGHT = Pixels(0, 0, 100, 40), Pixels(104, 0, 204, 40)


def spot(x: int, y: int, width: int = 12, height: int = 18, is_mark: bool = True) -> Spot:
    return Spot(Pixels(x, y, x + width, y + height), is_mark)


def inks(found: list[Pixels], spots: list[Spot], cells: list[Pixels]) -> list[tuple[Pixels, Pixels | None]]:
    return [(piece.ink, piece.cell) for piece in pieces(found, spots, cells, 200 / 72)]


def test_a_line_over_two_cells_is_cut_between_them() -> None:
    line = Pixels(60, 8, 150, 34)
    assert inks([line], [spot(70, 10), spot(84, 10), spot(110, 10)], [LEFT, RIGHT]) == [
        (Pixels(70, 10, 96, 28), LEFT),
        (Pixels(110, 10, 122, 28), RIGHT),
    ]


def test_ink_that_the_engine_did_not_see_is_a_piece() -> None:
    assert inks([], [spot(50, 10)], [LEFT, RIGHT]) == [(Pixels(50, 10, 62, 28), LEFT)]


def test_specks_and_what_is_left_of_rules_are_none() -> None:
    speck, edge = spot(50, 10, 2, 2, is_mark=False), spot(98, 2, 2, 36)
    assert inks([], [speck, edge], [LEFT, RIGHT]) == []


def test_digits_far_apart_in_a_cell_are_two_pieces_and_near_ones_are_one() -> None:
    far = [spot(5, 10), spot(80, 10)]
    assert [ink for ink, _ in inks([Pixels(0, 5, 100, 35)], far, [LEFT])] == [
        Pixels(5, 10, 17, 28),
        Pixels(80, 10, 92, 28),
    ]
    near = [spot(40, 10), spot(56, 10)]
    parts = [Pixels(38, 8, 54, 30), Pixels(54, 8, 70, 30)]
    assert [ink for ink, _ in inks(parts, near, [LEFT])] == [Pixels(40, 10, 68, 28)]


def test_lines_one_under_the_other_are_pieces_of_their_own() -> None:
    cell = Pixels(0, 0, 100, 80)
    assert [ink for ink, _ in inks([], [spot(40, 8), spot(40, 48)], [cell])] == [
        Pixels(40, 8, 52, 26),
        Pixels(40, 48, 52, 66),
    ]


def test_text_outside_of_cells_keeps_the_box_of_its_ink() -> None:
    line = Pixels(300, 100, 400, 130)
    assert inks([line], [spot(310, 106), spot(380, 106)], [LEFT]) == [(Pixels(310, 106, 392, 124), None)]


def test_faint_text_without_ink_is_shown_to_the_engine_again() -> None:
    assert inks([Pixels(20, 8, 80, 34)], [], [LEFT]) == [(Pixels(20, 8, 80, 34), LEFT)]


BOXES = st.builds(lambda x, y, w, h: Pixels(x, y, x + w, y + h), *[st.integers(0, 180)] * 2, *[st.integers(1, 60)] * 2)


@given(st.lists(BOXES, max_size=6), st.lists(BOXES, max_size=8))
def test_no_ink_in_a_cell_is_lost_and_no_piece_leaves_its_cell(found: list[Pixels], ink: list[Pixels]) -> None:
    spots = [Spot(box.meets(cell), True) for box in ink for cell in (LEFT, RIGHT) if box.meets(cell).width]
    spots = [s for s in spots if s.box.height and s.box.width > 5 and s.box.height > 5]
    listed = pieces(found, spots, [LEFT, RIGHT], 200 / 72)
    assert all(piece.box.meets(piece.cell) == piece.box for piece in listed if piece.cell)
    grounds = [
        c for c in (LEFT, RIGHT) if any(s.box.width > 0.85 * c.width and s.box.height > 0.85 * c.height for s in spots)
    ]
    for one in spots:
        cell = next(c for c in (LEFT, RIGHT) if c.holds(*one.centre))
        if cell not in grounds:
            assert any(piece.cell == cell and piece.ink.meets(one.box) == one.box for piece in listed)
