"""What a page does not show is not read; what only looks as if it were hidden, is. reportlab draws, pdfium reads."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pypdfium2.raw as c
import pytest
from PIL import Image
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.read.document import UNREAD
from pipelines.read.layout.lines import lines
from pipelines.read.pdfium import Drawn, draw, struck_by_notes

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = 300.0, 400.0
#: The 605 of each page stands here, in a cell from (90, 190) to (160, 212).
X, Y = 100, 200


def drawn(paint: Draw, rotation: int = 0) -> Drawn:
    buffer = BytesIO()
    made = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    made.setPageRotation(rotation)
    made.setFont("Helvetica", 10)
    paint(made)
    made.showPage()
    made.save()
    pdf = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        return draw(pdf[0], 1)
    finally:
        pdf.close()


def text_of(paint: Draw) -> str:
    """All text of a page, line by line, without white space within a line."""
    return "\n".join("".join(line.text.split()) for line in lines(drawn(paint).page.glyphs))


def number(made: Canvas, text: str = "605", x: float = X, y: float = Y) -> None:
    made.setFillColorRGB(0, 0, 0)
    made.drawString(x, y, text)


def box(made: Canvas, x: float, y: float, width: float, height: float, *colour: float) -> None:
    made.setFillColorRGB(*colour[:3], alpha=colour[3] if len(colour) > 3 else 1)
    made.rect(x, y, width, height, stroke=0, fill=1)


def picture(*colour: int, size: tuple[int, int] = (40, 20)) -> ImageReader:
    return ImageReader(Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour))


# --- unseen


def in_no_colour(made: Canvas) -> None:
    number(made)
    made.drawString(X + 17, Y, "0", mode=3)


def in_no_colour_under_the_number(made: Canvas) -> None:
    made.drawString(X, Y, "560", mode=3)
    number(made)


def only_cut_out(made: Canvas) -> None:
    number(made)
    made.saveState()
    made.drawString(X + 17, Y, "0", mode=7)
    made.restoreState()


def white_on_white(made: Canvas) -> None:
    number(made)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X + 17, Y, "7")


def nearly_white(made: Canvas) -> None:
    number(made)
    made.setFillColorRGB(0.99, 0.99, 0.98)
    made.drawString(X + 17, Y, "7")


def grey_on_grey(made: Canvas) -> None:
    box(made, 90, 190, 70, 22, 0.6, 0.6, 0.6)
    number(made)
    made.setFillColorRGB(0.6, 0.6, 0.6)
    made.drawString(X + 17, Y, "7")


def white_outlines(made: Canvas) -> None:
    number(made)
    made.setStrokeColorRGB(1, 1, 1)
    made.drawString(X + 17, Y, "7", mode=1)


def transparent(made: Canvas) -> None:
    number(made)
    made.setFillAlpha(0)
    made.drawString(X + 17, Y, "7")


def cut_off(made: Canvas) -> None:
    number(made)
    path = made.beginPath()
    path.rect(X, Y - 5, 17.2, 20)
    made.clipPath(path, stroke=0)
    made.drawString(X + 17, Y, "88")


def cut_off_by_two_paths(made: Canvas) -> None:
    number(made)
    for x in (X - 60, X):
        path = made.beginPath()
        path.rect(x, Y - 5, 60, 20)
        made.clipPath(path, stroke=0)
    made.drawString(X + 17, Y, "88")


def under_a_white_box(made: Canvas) -> None:
    number(made, "560")
    box(made, 95, 195, 60, 15, 1, 1, 1)
    number(made)


def under_a_white_box_beside(made: Canvas) -> None:
    number(made)
    number(made, "7", X + 17)
    box(made, X + 17, 195, 20, 15, 1, 1, 1)


def under_a_black_box(made: Canvas) -> None:
    number(made)
    number(made, "7", X + 17)
    box(made, X + 17, 195, 20, 15, 0, 0, 0)


def under_a_thick_line(made: Canvas) -> None:
    number(made)
    number(made, "7", X + 17)
    made.setStrokeColorRGB(1, 1, 1)
    made.setLineWidth(16)
    made.line(X + 17, Y + 3, X + 40, Y + 3)


def under_a_picture(made: Canvas) -> None:
    number(made)
    number(made, "7", X + 17)
    made.drawImage(picture(255, 255, 255), X + 17, 195, 20, 15)


def under_a_box_in_a_form(made: Canvas) -> None:
    made.beginForm("cover")
    box(made, X + 17, 195, 20, 15, 1, 1, 1)
    made.endForm()
    number(made)
    number(made, "7", X + 17)
    made.doForm("cover")


def in_a_form_cut_off(made: Canvas) -> None:
    made.beginForm("twin", lowerx=0, lowery=0, upperx=X + 16.8, uppery=HEIGHT)
    made.setFont("Helvetica", 10)
    number(made, "7", X + 17)
    made.endForm()
    number(made)
    made.doForm("twin")


UNSEEN = [
    in_no_colour,
    in_no_colour_under_the_number,
    only_cut_out,
    white_on_white,
    nearly_white,
    grey_on_grey,
    white_outlines,
    transparent,
    cut_off,
    cut_off_by_two_paths,
    under_a_white_box,
    under_a_white_box_beside,
    under_a_black_box,
    under_a_thick_line,
    under_a_picture,
    under_a_box_in_a_form,
    in_a_form_cut_off,
]


@pytest.mark.parametrize("paint", UNSEEN)
def test_what_the_page_does_not_show_is_not_read(paint: Draw) -> None:
    assert text_of(paint) == "605"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_nor_is_it_on_a_page_that_is_turned(rotation: int) -> None:
    assert [glyph.text for glyph in drawn(under_a_white_box, rotation).page.glyphs] == ["6", "0", "5"]


# --- in doubt


def half_covered(made: Canvas) -> None:
    number(made)
    box(made, X + 11.1, Y - 3, 5.6, 6.5, 1, 1, 1)


def hardly_seen(made: Canvas) -> None:
    number(made, "60")
    made.setFillColorRGB(0.94, 0.94, 0.94)
    made.drawString(X + 11.12, Y, "5")


@pytest.mark.parametrize("paint", [half_covered, hardly_seen])
def test_what_is_half_seen_is_unread(paint: Draw) -> None:
    assert text_of(paint) == f"60{UNREAD}"


# --- seen


def white_on_a_dark_cell(made: Canvas) -> None:
    box(made, 90, 190, 70, 22, 0.1, 0.2, 0.5)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605")


def white_on_a_pale_blue_cell(made: Canvas) -> None:
    box(made, 90, 190, 70, 22, 0.6, 0.75, 0.9)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605")


def white_on_a_dark_picture(made: Canvas) -> None:
    made.drawImage(picture(20, 40, 120), 90, 190, 70, 22)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605")


def on_a_zebra(made: Canvas) -> None:
    for k in range(4):
        box(made, 20, 170 + 20 * k, 260, 20, *((1, 1, 1), (0.9, 0.93, 0.97))[k % 2])
    number(made)


def in_cells_shaded_one_by_one(made: Canvas) -> None:
    for k, digit in enumerate("605"):
        box(made, X + 20 * k, 190, 20, 22, 1, 1, 1)
        number(made, digit, X + 5 + 20 * k)


def under_a_clear_picture(made: Canvas) -> None:
    number(made)
    made.drawImage(picture(255, 0, 0, 90), 60, 150, 120, 100, mask="auto")


def under_a_stamp(made: Canvas) -> None:
    stamp = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    for k in range(60):
        stamp.putpixel((k, 2), (255, 0, 0, 255))
    number(made)
    made.drawImage(ImageReader(stamp), 80, 170, 60, 60, mask="auto")


def under_a_clear_box(made: Canvas) -> None:
    number(made)
    box(made, 60, 150, 120, 100, 1, 1, 0, 0.3)


def with_a_watermark(made: Canvas) -> None:
    number(made)
    made.saveState()
    made.setFillColor(Color(0.5, 0.5, 0.5, alpha=0.3))
    made.translate(80, 150)
    made.rotate(45)
    made.setFont("Helvetica", 40)
    made.drawString(0, 0, "COPY")
    made.restoreState()


def bold_by_printing_twice(made: Canvas) -> None:
    number(made)
    number(made, x=X + 0.3)


def with_a_white_halo(made: Canvas) -> None:
    made.setStrokeColorRGB(1, 1, 1)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605", mode=2)
    number(made)


def over_its_own_layer(made: Canvas) -> None:
    made.drawString(X, Y, "605", mode=3)
    number(made)


def over_its_own_white_copy(made: Canvas) -> None:
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605")
    number(made)


def grey(made: Canvas) -> None:
    made.setFillColorRGB(0.75, 0.75, 0.75)
    made.drawString(X, Y, "605")


def in_a_clip_that_holds_it(made: Canvas) -> None:
    path = made.beginPath()
    path.circle(X + 8, Y + 3, 40)
    made.clipPath(path, stroke=0)
    number(made)


def in_a_framed_cell(made: Canvas) -> None:
    number(made)
    made.setLineWidth(1)
    made.rect(90, 190, 70, 22)


def black_outlines(made: Canvas) -> None:
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, "605", mode=1)


SEEN = [
    white_on_a_dark_cell,
    white_on_a_pale_blue_cell,
    white_on_a_dark_picture,
    on_a_zebra,
    in_cells_shaded_one_by_one,
    under_a_clear_picture,
    under_a_stamp,
    under_a_clear_box,
    with_a_watermark,
    bold_by_printing_twice,
    with_a_white_halo,
    over_its_own_layer,
    over_its_own_white_copy,
    grey,
    in_a_clip_that_holds_it,
    in_a_framed_cell,
    black_outlines,
]


@pytest.mark.parametrize("paint", SEEN)
def test_what_only_looks_hidden_is_read(paint: Draw) -> None:
    assert text_of(paint) == "605"


# --- a scanner's layer


def scan(made: Canvas, layer: str) -> None:
    """A picture of many numbers over the page, with what a scanner read of it in no colour."""
    page = Image.new("L", (300, 400), 255)
    for x in range(100, 117, 3):
        for y in range(192, 200):
            page.putpixel((x, y), 0)
    made.drawImage(ImageReader(page), 0, 0, WIDTH, HEIGHT)
    made.setFillColorRGB(1, 1, 1)
    made.drawString(X, Y, layer, mode=3)


def test_a_scanners_layer_is_the_text_of_its_picture() -> None:
    found = drawn(lambda made: scan(made, "605"))
    assert [glyph.text for glyph in found.page.glyphs] == ["6", "0", "5"]
    assert found.hidden


def test_a_layer_where_the_picture_shows_nothing_is_no_text() -> None:
    found = drawn(lambda made: scan(made, "605      88"))
    assert [glyph.text for glyph in found.page.glyphs] == ["6", "0", "5"]


# --- struck


def struck(text: str, start: float, end: float, height: float) -> Draw:
    """605 behind what a line strikes, `height` over the baseline."""

    def paint(made: Canvas) -> None:
        number(made, text + "605")
        made.setLineWidth(0.6)
        made.line(X + start, Y + height, X + end, Y + height)

    return paint


def struck_by_a_box(made: Canvas) -> None:
    number(made, "16605")
    box(made, X, Y + 3.2, 11, 0.6, 1, 0, 0)


def struck_twice(made: Canvas) -> None:
    number(made, "16605")
    for height in (2.6, 4.2):
        made.line(X, Y + height, X + 11, Y + height)


@pytest.mark.parametrize(
    "paint",
    [struck("16", 0, 11, 3.4), struck("16", -1, 12, 2.8), struck_by_a_box, struck_twice],
    ids=["low", "first", "box", "twice"],
)
def test_what_a_line_strikes_is_not_read(paint: Draw) -> None:
    assert text_of(paint) == "605"
    assert drawn(paint).page.horizontal == []


def crossed(made: Canvas) -> None:
    number(made, "16")
    made.line(X - 1, Y - 1, X + 12, Y + 8)
    made.line(X - 1, Y + 8, X + 12, Y - 1)


def test_what_is_crossed_or_under_a_long_rule_is_unread() -> None:
    assert text_of(crossed) == 2 * UNREAD
    assert text_of(struck("", -60, 120, 3.4)) == 3 * UNREAD


def white_rule(made: Canvas) -> None:
    box(made, X - 5, Y + 3, 40, 0.6, 1, 1, 1)
    number(made)


def header_with_a_slanted_line(made: Canvas) -> None:
    number(made, "605", X + 30, Y + 6)
    made.line(90, 212, 160, 190)


@pytest.mark.parametrize(
    "paint",
    [
        struck("", 0, 17, -1.2),
        struck("", 0, 17, -2.4),
        struck("", -10, 60, 10.5),
        struck("", -10, 60, -3.5),
        struck("", 19, 40, 3.4),
        white_rule,
        header_with_a_slanted_line,
    ],
)
def test_lines_beside_text_strike_nothing(paint: Draw) -> None:
    assert text_of(paint) == "605"


def test_what_a_note_strikes_out_is_known() -> None:
    """A viewer draws the line of such a note; the page itself has none."""
    buffer = BytesIO()
    made = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    made.setFont("Helvetica", 10)
    number(made, "16605")
    made.save()
    pdf = pypdfium2.PdfDocument(buffer.getvalue())
    page = pdf[0]
    note = c.FPDFPage_CreateAnnot(page.raw, c.FPDF_ANNOT_STRIKEOUT)
    c.FPDFAnnot_AppendAttachmentPoints(note, c.FS_QUADPOINTSF(X, Y + 8, X + 11, Y + 8, X, Y - 2, X + 11, Y - 2))
    c.FPDFPage_CloseAnnot(note)
    marked = struck_by_notes(page)
    assert marked == [(X, Y - 2, X + 11, Y + 8)]
    assert "".join(glyph.text for glyph in draw(page, 1, marked).page.glyphs) == "605"
    page.close()
    pdf.close()
