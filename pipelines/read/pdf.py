"""PDF → `Document`: text by its positions, tables by their ruling lines, pages that are pictures by OCR."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from pipelines.read import metadata
from pipelines.read.document import Block, Document, Heading, NeedsTool, Table, Unreadable
from pipelines.read.layout.blocks import blocks as blocks_of
from pipelines.read.layout.shapes import Page
from pipelines.read.pdfium import Drawn, draw

#: The longest reports have some 60 pages.
MAX_PAGES = 300
#: A page with fewer characters than this, a fair part of which is a picture, is a scan.
FEW_CHARACTERS = 20
PICTURE = 0.2
#: Dots an inch at which a scanned page is drawn for OCR.
DPI = 200


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
    drawn = [_draw(pdf, index) for index in range(len(pdf))]
    scans = [one.page.number for one in drawn if _is_scan(one)]
    if scans and "ocr" not in tools:
        raise NeedsTool(
            "ocr",
            f"{_pages(scans)} of {len(drawn)} without text: pictures of a printed report",
            "install what reads pictures: pip install 'gongkai[ocr]'; then build again",
        )
    pages = [_ocr(pdf, one.page.number) if _is_scan(one) else one.page for one in drawn]
    found = blocks_of(pages)
    if not found:
        raise Unreadable("no_text", "the PDF has no text", "if its pages are pictures, give it as scans")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        encoding=None,
        size_bytes=len(data),
        title=next((b.text for b in found if isinstance(b, Heading)), None),
        metadata=_fields(found),
        blocks=tuple(found),
        replacement_characters=sum(one.unknown for one in drawn if not _is_scan(one)),
        page_count=len(drawn),
        ocr_page_count=len(scans),
    )


def _draw(pdf: pdfium.PdfDocument, index: int) -> Drawn:
    try:
        page = pdf[index]
    except pdfium.PdfiumError as error:
        raise Unreadable(
            "damaged", f"page {index + 1} of the PDF cannot be read ({error})", "fetch it again"
        ) from error
    try:
        return draw(page, index + 1)
    finally:
        page.close()


def _is_scan(one: Drawn) -> bool:
    """Whether a page's text stands in a picture, or is none: its fonts have no map to Unicode, or a false one."""
    glyphs = one.page.glyphs
    if len(glyphs) < FEW_CHARACTERS and one.picture > PICTURE:
        return True
    letters = [g.text for g in glyphs if g.text.isalpha()]
    chinese = sum("\u2e80" <= text < "\ufb00" for text in letters)
    return one.unknown > max(len(glyphs) // 4, FEW_CHARACTERS) or (len(letters) > 30 and chinese < 0.1 * len(letters))


def _ocr(pdf: pdfium.PdfDocument, number: int) -> Page:
    """Draw a page and read it by OCR."""
    from pipelines.read import ocr  # here only: the extra may not be installed

    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = page.render(scale=scale, rev_byteorder=True).to_numpy()
    finally:
        page.close()
    return ocr.page(image, number, scale * 72)


#: What a page drawn for OCR may have: an A3 page at 200 dots an inch has 8 million.
MAX_PIXELS = 20_000_000


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
