"""PDF → `Document`: text by its positions, tables by their ruling lines, pages that are pictures by OCR."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from pipelines.read import metadata
from pipelines.read.document import Block, Document, Heading, NeedsTool, Table, Unreadable
from pipelines.read.layout.blocks import blocks as blocks_of
from pipelines.read.layout.shapes import Page, Rule
from pipelines.read.pdf_layers import has_layers
from pipelines.read.pdfium import Box, Drawn, Picture, draw, struck_by_notes

#: The longest reports have some 60 pages.
MAX_PAGES = 300
#: A page with fewer characters than this, a fair part of which is a picture, is a scan.
FEW_CHARACTERS = 20
PICTURE = 0.2
#: How sure a scanner's own reading is taken to be (0-1): nobody knows how it read.
LAYER = 0.5
#: How many characters of a page are looked at to tell whether its fonts have a map to Unicode.
SAMPLE = 200
#: A report has three tables. A PDF with fewer, and with a picture at least this high in points, has one as a picture.
FEW_TABLES = 3
LEAST_HEIGHT = 40.0
#: Dots an inch at which a scanned page is drawn for OCR, and the most pixels: an A3 page has 8 million.
DPI = 200
MAX_PIXELS = 20_000_000
#: Both sides of a page longer than this, in points, are its picture's pixels (A3 is 842 wide): it is as wide as A4.
LONGEST_SIDE = 1000.0
A4_WIDTH = 595.0


def read(data: bytes, tools: frozenset[str] = frozenset()) -> Document:
    """Read a PDF.

    Raises `Unreadable` with the code `encrypted`, `damaged`, `too_many_pages`, `too_complex`, `too_many_cells` or
    `no_text`, and `NeedsTool("ocr")` for a scan, where that tool is not given.
    """
    pdf = _open(data)
    try:
        return _document(data, pdf, tools)
    finally:
        pdf.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable(
                "encrypted", "the PDF opens only with a password", "ask the body for a version without a password"
            ) from error
        raise Unreadable(
            "damaged", f"the PDF cannot be opened ({error})", "fetch it again; the download may have been cut short"
        ) from error
    if len(pdf) > MAX_PAGES:
        pages = len(pdf)
        pdf.close()
        raise Unreadable(
            "too_many_pages", f"the PDF has {pages:,} pages, over the limit of {MAX_PAGES}", "give the report alone"
        )
    return pdf


def _document(data: bytes, pdf: pdfium.PdfDocument, tools: frozenset[str]) -> Document:
    layered = has_layers(data)
    drawn = [_draw(pdf, index, layered) for index in range(len(pdf))]
    is_scan = [_is_scan(one) for one in drawn]
    scans = [one.page.number for one, is_one in zip(drawn, is_scan, strict=True) if is_one]
    if "ocr" in tools:
        pages = [_ocr(pdf, o.page.number) if is_one else o.page for o, is_one in zip(drawn, is_scan, strict=True)]
    elif bare := [one.page.number for one in drawn if one.page.number in scans and not _has_layer(one)]:
        raise _needs_ocr(f"{_pages(bare)} of {len(drawn)} without text: pictures of a printed report")
    else:
        pages = [_layer(one.page) if is_one else one.page for one, is_one in zip(drawn, is_scan, strict=True)]
    pictured = [o for o, is_one in zip(drawn, is_scan, strict=True) if not is_one and _tables_in_pictures(o)]
    if "ocr" in tools:
        for one in pictured:
            _add_pictures(pdf, one)
    found = blocks_of(pages)
    if pictured and "ocr" not in tools and sum(isinstance(block, Table) for block in found) < FEW_TABLES:
        numbers = [one.page.number for one in pictured]
        raise _needs_ocr(f"{_pages(numbers)} of {len(drawn)} with pictures that may hold a table")
    if not found:
        raise Unreadable("no_text", "the PDF has no text", "if its pages are drawings, give it as pictures")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        encoding=None,
        size_bytes=len(data),
        title=next((b.text for b in found if isinstance(b, Heading)), None),
        metadata=_fields(found),
        blocks=tuple(found),
        replacement_characters=sum(o.unknown for o, is_one in zip(drawn, is_scan, strict=True) if not is_one),
        page_count=len(drawn),
        ocr_page_count=len(scans) + (len(pictured) if "ocr" in tools else 0),
    )


def _needs_ocr(message: str) -> NeedsTool:
    return NeedsTool("ocr", message, "install what reads pictures: pip install 'gongkai[ocr]'; then build again")


def _draw(pdf: pdfium.PdfDocument, index: int, layered: bool) -> Drawn:
    """A page as it is shown: what is typed into the fields of a form becomes text of the page."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError as error:
        raise Unreadable(
            "damaged", f"page {index + 1} of the PDF cannot be read ({error})", "fetch it again"
        ) from error
    marked: list[Box] = []
    try:
        if pdfium.raw.FPDFPage_GetAnnotCount(page.raw) > 0:
            marked = struck_by_notes(page)
            pdfium.raw.FPDFPage_Flatten(page.raw, pdfium.raw.FLAT_NORMALDISPLAY)
            page.close()
            page = pdf[index]
        return draw(page, index + 1, marked, layered)
    finally:
        page.close()


def _is_scan(one: Drawn) -> bool:
    """Tell whether a page's text stands in a picture, or is none: its fonts have no map to Unicode, or a false one.

    A scanner's own reading, hidden under its picture, is not taken for the page's text where OCR can read the picture:
    nobody saw it, nobody proved it.
    """
    if (len(one.page.glyphs) < FEW_CHARACTERS or one.hidden) and _covered(one) > PICTURE:
        return True
    return not _has_meaning(one)


def _has_layer(one: Drawn) -> bool:
    """Tell whether a scanner left what it read under its picture."""
    return one.hidden and len(one.page.glyphs) >= FEW_CHARACTERS and _has_meaning(one)


def _layer(page: Page) -> Page:
    """A scanner's own reading, which is one by OCR."""
    glyphs = [glyph._replace(confidence=LAYER) for glyph in page.glyphs]
    return replace(page, glyphs=glyphs)


def _has_meaning(one: Drawn) -> bool:
    """Tell whether the fonts of a page say which characters they draw."""
    glyphs = one.page.glyphs
    letters = [g.text for g in glyphs[:: max(len(glyphs) // SAMPLE, 1)] if g.text.isalpha()]
    chinese = sum("\u2e80" <= text < "\ufb00" for text in letters)
    return one.unknown <= max(len(glyphs) // 4, FEW_CHARACTERS) and (
        len(letters) <= 30 or chinese >= 0.1 * len(letters)
    )


def _covered(one: Drawn) -> float:
    """The part of a page (0-1) that pictures cover."""
    return sum(picture.area for picture in one.pictures) / (one.page.width * one.page.height)


def _tables_in_pictures(one: Drawn) -> list[Picture]:
    """Pictures on a page of text that are wide and high enough for a table, and have no text over them."""
    large = [p for p in one.pictures if p.x1 - p.x0 > 0.4 * one.page.width and p.y1 - p.y0 > LEAST_HEIGHT]
    return [
        p
        for p in large
        if not any(p.x0 < g.x0 and g.x1 < p.x1 and p.y0 < g.y0 and g.y1 < p.y1 for g in one.page.glyphs)
    ]


def _add_pictures(pdf: pdfium.PdfDocument, one: Drawn) -> None:
    """Read the pictures of a page of text, and put what they hold in its place on the page."""
    for picture in _tables_in_pictures(one):
        read = _ocr(pdf, one.page.number, picture)
        x, y = picture.x0, picture.y0
        one.page.glyphs += [g._replace(x0=g.x0 + x, x1=g.x1 + x, y0=g.y0 + y, y1=g.y1 + y) for g in read.glyphs]
        one.page.horizontal += [Rule(r.at + y, r.start + x, r.end + x) for r in read.horizontal]
        one.page.vertical += [Rule(r.at + x, r.start + y, r.end + y) for r in read.vertical]


def _ocr(pdf: pdfium.PdfDocument, number: int, part: Picture | None = None) -> Page:
    """Draw a page, or a part of it, and read it by OCR. The places on a page of made-up size are those on A4."""
    from pipelines.read import ocr  # here only: the extra may not be installed

    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        is_made_up = part is None and min(width, height) > LONGEST_SIDE
        shrunk = A4_WIDTH / min(width, height) if is_made_up else 1.0
        scale = min(shrunk * DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        crop = (part.x0, height - part.y1, width - part.x1, part.y0) if part else (0, 0, 0, 0)
        image = page.render(scale=scale, crop=crop, rev_byteorder=True).to_numpy()
    finally:
        page.close()
    return ocr.page(image, number, scale / shrunk * 72)


def _pages(numbers: Sequence[int]) -> str:
    return f"{len(numbers)} pages" if len(numbers) > 1 else f"page {numbers[0]}"


def _fields(found: Sequence[Block]) -> dict[str, str]:
    """The publication's own fields (索引号 …) in the first lines."""
    fields: dict[str, str] = {}
    for block in itertools.islice(_lines(found), 30):
        for name, value in metadata.from_line(block).items():
            fields.setdefault(name, value)
    return fields


def _lines(found: Sequence[Block]) -> Iterator[str]:
    return (block.text for block in found if not isinstance(block, Table))
