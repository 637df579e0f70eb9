"""What a page draws, by small drawn PDFs: reportlab draws, pdfium reads."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.read.pdfium import Drawn, draw

WIDTH, HEIGHT = 300.0, 400.0


def canvas() -> tuple[Canvas, BytesIO]:
    buffer = BytesIO()
    return Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1), buffer


def drawn(made: Canvas, buffer: BytesIO) -> Drawn:
    made.showPage()
    made.save()
    pdf = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        return draw(pdf[0], 1)
    finally:
        pdf.close()


def near(*points: float) -> tuple[Any, ...]:
    """pdfium's box of a line is a point larger on every side."""
    return tuple(pytest.approx(point, abs=1.5) for point in points)


def clip(made: Canvas, low: float, high: float) -> None:
    path = made.beginPath()
    path.rect(20, low, 260, high - low)
    made.clipPath(path, stroke=0)


def test_a_row_that_is_cut_off_at_the_margin_ends_there() -> None:
    """Browsers draw a row that the page break cuts in full, and cut it off: its foot would lie beyond the page number."""
    made, buffer = canvas()
    clip(made, 50, 350)
    for x in (50, 150):
        made.line(x, -30, x, 120)
    made.line(50, 120, 150, 120)
    made.line(50, -30, 150, -30)
    page = drawn(made, buffer).page
    assert [(r.at, r.start, r.end) for r in page.vertical] == [near(50, 280, 350), near(150, 280, 350)]
    assert [r.at for r in page.horizontal] == [near(280)[0]]


def test_a_frame_that_is_cut_off_has_no_rule_there() -> None:
    made, buffer = canvas()
    clip(made, 50, 350)
    made.rect(50, -30, 100, 150)
    page = drawn(made, buffer).page
    assert sorted((r.at, r.end) for r in page.vertical) == [near(50, 350), near(150, 350)]
    assert [r.at for r in page.horizontal] == [near(280)[0]]


def test_what_is_not_cut_off_in_the_margin_stays() -> None:
    made, buffer = canvas()
    made.line(50, 10, 50, 120)
    (rule,) = drawn(made, buffer).page.vertical
    assert (rule.start, rule.end) == near(280, 390)


def test_letters_are_as_large_on_a_page_that_is_turned() -> None:
    """The cosine of 90 degrees is nearly nothing, but not nothing."""
    made, buffer = canvas()
    nearly_nothing = math.cos(math.radians(90))
    made.setFont("Helvetica", 12)
    made.transform(nearly_nothing + 1e-6, 1, -1, nearly_nothing + 1e-6, 200, 100)
    made.drawString(0, 0, "Annual report")
    glyphs = drawn(made, buffer).page.glyphs
    assert {round(g.size, 2) for g in glyphs if g.text != " "} == {12.0}
    assert {g.angle for g in glyphs} == {0}
