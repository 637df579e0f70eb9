"""Pictures of pages (JPEG, PNG, TIFF, BMP, WebP, GIF) → `Document`; pictures inside other documents → blocks.

Belongs here: opening picture files within limits, their scale, cutting long screenshots into pages. Does not belong here:
what is on the page (`pipelines.read.ocr`). Nothing heavy is imported before there is a picture to read.
"""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from pipelines.read import metadata
from pipelines.read.document import Block, Cell, Document, Heading, NeedsTool, Paragraph, Table, Unreadable
from pipelines.read.layout.blocks import blocks as layout_blocks
from pipelines.read.layout.shapes import Page

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from pipelines.read.ocr.raster import Grey

#: Bytes of a picture file.
MAX_BYTES = 100_000_000
#: An A4 page at 600 pixels an inch has 35 million, and a long screenshot 20 million.
MAX_PIXELS = 80_000_000
#: Pages of a TIFF, and strips of a screenshot.
MAX_PAGES = 300
#: A picture inside a document with a shorter side than this, in pixels, is an ornament.
ORNAMENT = 100
#: Width and height of A4 in inches.
A4 = (8.27, 11.69)
#: Pixels an inch at which pages are read: finer ones are made smaller, and coarse ones larger.
FINE, USUAL, COARSE = 260.0, 200.0, 140.0
#: Higher than so many times its width, a picture is no page but a screenshot of several.
LONG = 2.2
#: Height of a line of usual text with the engine's margins, in points, and how far from it a page may be.
LINE_HEIGHT = 16.0
LINE_TOLERANCE = 1.7
#: Lines of text that tell the scale.
ENOUGH_LINES = 5
#: How PIL says that a file is damaged.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, struct.error, zlib.error)
_AGAIN = "fetch it again; the download may have been cut short"


def read(data: bytes, tools: frozenset[str] = frozenset()) -> Document:
    """Read a picture of a page, or a TIFF of several.

    Raises `NeedsTool("ocr")`, and `Unreadable` with the code `too_large`, `too_many_pages`, `animated`, `damaged` or
    `no_text`.
    """
    if "ocr" not in tools:
        raise NeedsTool(
            "ocr",
            "a picture of a page",
            "install what reads pictures: pip install 'gongkai[ocr]'; then build again",
        )
    pages: list[Page] = []
    for image in _images(data):
        pages += _pages(image, len(pages) + 1)
        _within_pages(len(pages))
    found = layout_blocks(pages)
    if not found:
        raise Unreadable("no_text", "no text was found in the picture", "check that it shows a page of a report")
    fields: dict[str, str] = {}
    for block in found[:30]:
        if not isinstance(block, Table):
            fields.update((k, v) for k, v in metadata.from_line(block.text).items() if k not in fields)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="image",
        encoding=None,
        size_bytes=len(data),
        title=next((b.text for b in found if isinstance(b, Heading)), None),
        metadata=fields,
        blocks=tuple(found),
        page_count=len(pages),
        ocr_page_count=len(pages),
    )


def blocks_of(data: bytes, number: int) -> list[Block]:
    """Tell what a picture inside a document says; nothing for ornaments. `number` counts the document's pictures from 1.

    Raises `Unreadable` as `read` does.
    """
    pages: list[Page] = []
    for image in _images(data):
        if min(image.shape) >= ORNAMENT:
            pages += _pages(image, len(pages) + 1)
            _within_pages(len(pages))
    return [_placed(block, f"picture {number}, ") for block in layout_blocks(pages)]


def _placed(block: Block, where: str) -> Block:
    """A block whose places begin with the picture's."""
    if isinstance(block, Heading | Paragraph):
        return replace(block, locator=where + block.locator)
    moved: dict[int, Cell] = {}

    def place(cell: Cell | None) -> Cell | None:
        if cell is None:
            return None
        return moved.setdefault(id(cell), cell._replace(region=where + cell.region if cell.region else None))

    return Table(tuple(tuple(place(cell) for cell in row) for row in block.grid), where + block.locator)


# --- files


def _images(data: bytes) -> Iterator[Grey]:
    """The pictures of a file in grey. Sizes are checked before anything is decoded."""
    from PIL import Image

    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"the picture has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limit here is lower than the one that PIL warns of
        try:
            with Image.open(BytesIO(data)) as image:
                yield from _frames(image)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels(_said(error)) from error
        except _DAMAGED as error:
            raise Unreadable("damaged", f"the picture cannot be decoded ({error})", _AGAIN) from error


def _frames(image: ImageFile) -> Iterator[Grey]:
    _within_pixels(image)
    frames = int(getattr(image, "n_frames", 1))
    if frames > 1 and image.format not in ("TIFF", "MPO"):
        raise Unreadable("animated", f"a moving picture of {frames} frames", "give each page as a picture of its own")
    _within_pages(frames)
    for k in range(1 if image.format == "MPO" else frames):
        if frames > 1:
            image.seek(k)
            _within_pixels(image)
        yield _grey(image)


def _within_pixels(image: ImageFile) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels(f"{image.width:,} × {image.height:,} pixels")


def _said(error: Exception) -> str:
    """Tell how many pixels there are, out of what PIL says."""
    number = re.search(r"\d+", str(error))
    return f"{int(number[0]):,} pixels" if number else "more pixels than are decoded"


def _too_many_pixels(said: str) -> Unreadable:
    return Unreadable(
        "too_large", f"the picture is too large: {said}; the limit is {MAX_PIXELS:,}", "give it at 200 pixels an inch"
    )


def _within_pages(count: int) -> None:
    if count > MAX_PAGES:
        raise Unreadable("too_many_pages", f"the picture has over {MAX_PAGES} pages", "give the report alone")


def _grey(image: ImageFile) -> Grey:
    """An upright grey picture: turned as the camera says, what is transparent made white, red stamps taken away."""
    import numpy as np
    from PIL import Image, ImageOps

    from pipelines.read.ocr.seals import unstamped

    upright: Image.Image = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        deep = np.asarray(upright, dtype=np.float32)
        return np.asarray((deep * (255.0 / max(float(deep.max()), 1.0))).clip(0, 255), dtype=np.uint8)
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        upright = paper
    if upright.mode in ("1", "L"):
        return np.asarray(upright.convert("L"), dtype=np.uint8)
    # A page is as wide as A4, whatever its scale turns out to be: stamps are of many sizes, too.
    return unstamped(np.asarray(upright.convert("RGB"), dtype=np.uint8), min(upright.size) / A4[0])


# --- pages


def _pages(image: Grey, first: int) -> Iterator[Page]:
    """The pages that a picture shows, numbered from `first`."""
    from pipelines.read import ocr
    from pipelines.read.ocr.raster import resized

    dpi = _dpi(image)
    factor = USUAL / dpi if dpi > FINE or dpi < COARSE else 1.0
    for k, part in enumerate(strips(resized(image, factor), dpi * factor)):
        yield ocr.page(part, first + k, dpi * factor)


def _dpi(image: Grey) -> float:
    """Pixels an inch, as if the picture were as wide as an A4 page; unless its lines of text are much too high or low."""
    from pipelines.read.ocr import engine

    height, width = image.shape
    is_landscape = height < width < 1.6 * height
    dpi: float = width / A4[1 if is_landscape else 0]
    sample = image[: 2 * width]
    heights = sorted(box.height for box in engine.boxes(sample, dpi) if box.width > 3 * box.height)
    if len(heights) < ENOUGH_LINES:
        return dpi
    by_text: float = heights[len(heights) // 2] * 72 / LINE_HEIGHT
    return dpi if 1 / LINE_TOLERANCE < by_text / dpi < LINE_TOLERANCE else by_text


def strips(image: Grey, dpi: float) -> list[Grey]:
    """A long screenshot cut between its lines into parts as high as pages; any other picture as it is."""
    height, width = image.shape
    page = round(A4[1] * dpi)
    if height <= LONG * width or height <= 1.5 * page:
        return [image]
    quiet = _quiet(image, dpi)
    cuts = [0]
    while height - cuts[-1] > 1.3 * page:
        start, end = cuts[-1] + round(0.7 * page), cuts[-1] + page
        window = quiet[start:end]
        best = window.min()
        cuts.append(start + int((window == best).nonzero()[0][-1]))
        _within_pages(len(cuts))
    return [image[top:bottom] for top, bottom in zip(cuts, [*cuts[1:], height], strict=True)]


def _quiet(image: Grey, dpi: float) -> Grey:
    """For each row how much ink there is at and around it, over a part of a line's height."""
    import cv2
    import numpy as np

    from pipelines.read.ocr.ink_spots import binary
    from pipelines.read.ocr.raster import flattened

    ink = (binary(flattened(image, dpi)) > 0).sum(axis=1, dtype=np.int32).astype(np.float32)
    reach = max(3, round(dpi / 72 * 4) | 1)
    return np.asarray(cv2.dilate(ink.reshape(-1, 1), np.ones((reach, 1), np.uint8)).ravel())
