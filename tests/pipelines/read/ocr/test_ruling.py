from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.layout.lattice import lattices
from pipelines.read.layout.shapes import Rule
from pipelines.read.ocr import ruling
from pipelines.read.ocr.raster import flattened
from tests.made.renderers.image import degraded
from tests.pipelines.read.ocr.drawn import DPI, SCALE, Sheet

XS, YS = [40, 140, 200, 260], [40, 60, 80, 100]


def found(pixels: np.ndarray) -> tuple[list[Rule], list[Rule]]:
    horizontal, vertical, _ = ruling.rules(pixels, flattened(pixels, DPI), SCALE)
    return horizontal, vertical


def cells(pixels: np.ndarray) -> list[tuple[int, int, int, int]]:
    return [(b.row, b.column, b.rowspan, b.colspan) for lattice in lattices(*found(pixels)) for b in lattice.cells]


def table() -> Sheet:
    drawn = Sheet()
    drawn.table(XS, YS, [["信息内容", "本年", "件"], ["行政许可", "3", "4"], ["行政处罚", "5", "6"]])
    return drawn


NINE = [(i, j, 1, 1) for i in range(3) for j in range(3)]


def test_rules_are_where_they_were_drawn() -> None:
    horizontal, vertical = found(table().pixels)
    assert [round(rule.at) for rule in horizontal] == YS
    assert [round(rule.at) for rule in vertical] == XS
    assert all(abs(r.start - 40) < 1 and abs(r.end - 260) < 1 for r in horizontal)


def test_a_bad_scan_has_the_same_cells() -> None:
    assert cells(np.asarray(degraded(table().image, skew=0.04))) == NINE


def test_small_gaps_do_not_break_a_rule() -> None:
    drawn = table()
    for x in range(50, 260, 23):
        drawn.rule(x, 60, x + 0.7, 60, width=1.5, grey=255)
    assert cells(drawn.pixels) == NINE


def test_merged_cells_have_no_rule_inside() -> None:
    drawn = Sheet()
    for x in XS:
        drawn.rule(x, 40, x, 80)
    drawn.rule(40, 40, 260, 40)
    drawn.rule(140, 60, 260, 60)
    drawn.rule(40, 80, 260, 80)
    assert cells(drawn.pixels) == [(0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_characters_that_look_like_boxes_are_no_table() -> None:
    drawn = Sheet()
    drawn.words("四日田回目国", 40, 40, 26)
    drawn.words("一二三", 40, 100, 30)
    assert cells(drawn.pixels) == []


def test_the_edges_of_a_coloured_cell_are_rules() -> None:
    drawn = Sheet()
    drawn.fill(40, 40, 260, 60, grey=90)
    drawn.table(XS, [60, 80, 100], [["", "", ""], ["", "", ""]])
    horizontal, _ = found(drawn.pixels)
    assert [round(rule.at) for rule in horizontal] == [40, 60, 80, 100]


def test_the_mask_covers_rules_and_no_text() -> None:
    drawn = table()
    _, _, mask = ruling.rules(drawn.pixels, flattened(drawn.pixels, DPI), SCALE)
    assert mask[round(60 * SCALE), round(170 * SCALE)]
    assert not mask[round(65 * SCALE) : round(75 * SCALE), round(45 * SCALE) : round(135 * SCALE)].any()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(16, 60), min_size=1, max_size=5), st.lists(st.integers(32, 80), min_size=2, max_size=4))
def test_any_grid_is_found(heights: list[int], widths: list[int]) -> None:
    xs, ys = np.cumsum([20, *widths]).tolist(), np.cumsum([20, *heights]).tolist()
    drawn = Sheet(400, 340)
    drawn.table(xs, ys, [])
    assert cells(drawn.pixels) == [(i, j, 1, 1) for i in range(len(heights)) for j in range(len(widths))]
