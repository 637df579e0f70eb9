"""Scans with a scanner's own layer of text, where nothing reads pictures."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.read.document import NeedsTool, Paragraph
from pipelines.read.pdf import read
from tests.made.renderers import pdf

WORDS = "杭州市上城区教育局二〇二三年政府信息公开工作年度报告收到申请605件"


def scan(layer: str, *, striped: bool = True) -> bytes:
    """A page that is a picture, of stripes that stand for print or of nothing, with a layer of text in no colour."""
    page = Image.new("L", (300, 400), 255)
    if striped:
        for x in range(0, 300, 3):
            page.paste(0, (x, 0, x + 1, 400))
    pdf.register()
    buffer = BytesIO()
    made = Canvas(buffer, pagesize=(500, 400), invariant=1)
    made.drawImage(ImageReader(page), 0, 0, 500, 400)
    made.setFont(pdf.FONT, 10)
    made.drawString(40, 300, layer, mode=3)
    made.showPage()
    made.save()
    return buffer.getvalue()


def test_without_ocr_a_scanners_layer_is_read_and_said_to_be_unsure() -> None:
    found = read(scan(WORDS))
    (block,) = found.blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.confidence) == (WORDS, 0.5)
    assert found.ocr_page_count == 1


@pytest.mark.parametrize("data", [scan(""), scan("605"), scan(WORDS, striped=False)])
def test_a_scan_without_a_layer_or_with_one_that_it_does_not_show_needs_ocr(data: bytes) -> None:
    with pytest.raises(NeedsTool):
        read(data)
