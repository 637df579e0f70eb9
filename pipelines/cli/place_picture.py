"""A picture of a place in a PDF or a scan: the page around it, with a frame around the cell where its place is known.

Belongs here: cutting. Does not belong here: which places there are (`pipelines.ask.review`), or reading (`pipelines.read`).
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.archive import by_hash
from pipelines.ask.review import Item
from pipelines.files import write_atomically
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from PIL.Image import Image

#: Formats whose pages can be shown.
FORMATS = ("pdf", "image")
_BOX = re.compile(r"page (\d+) at ([\d.-]+),([\d.-]+) to ([\d.-]+),([\d.-]+) pt")
#: Points of the page that are shown above and below the place, and pixels a point.
_AROUND = 90.0
_SCALE = 2.0
#: An A4 page is so wide and so high in points: pictures are read as if they showed one.
_A4 = (595.0, 842.0)
_NAME = re.compile(r"[^\w.-]+")


class NoPicture(Exception):
    """There is no picture of the place; the message says why."""


class _Place(NamedTuple):
    page: int
    box: tuple[float, float, float, float] | None


def write(item: Item, workspace: Workspace, folder: Path) -> Path:
    """Write the picture of a place as PNG into a folder; its path. Raises `NoPicture`."""
    if item.format not in FORMATS:
        raise NoPicture(f"a document of the format {item.format or 'unknown'} has no pages to show")
    place = _place(item)
    try:
        data = by_hash.load(workspace.archive, item.document_sha256)
        picture, scale = _page(data, item.format, place.page)
    except by_hash.ArchiveError as error:
        raise NoPicture(f"the archive does not hold the document: {error}") from error
    except ImportError as error:
        raise NoPicture("Pillow is not installed: pip install 'gongkai[ocr]'") from error
    except (OSError, RuntimeError) as error:
        raise NoPicture(f"the document cannot be shown: {error}") from error
    made = BytesIO()
    _cut(picture, place.box, scale).save(made, "PNG")
    path = folder / f"{_NAME.sub('_', item.id)}.png"
    write_atomically(path, made.getvalue())
    return path


def _place(item: Item) -> _Place:
    found = _BOX.search(item.locator)
    if found is None:
        if item.page is None and item.format == "pdf":
            raise NoPicture("the page of the place is not known")
        return _Place(item.page or 1, None)
    x0, y0, x1, y1 = (float(found[i]) for i in range(2, 6))
    return _Place(int(found[1]), (x0, y0, x1, y1))


def _page(data: bytes, format: str, number: int) -> tuple[Image, float]:
    """A page as it is seen, and its pixels a point."""
    if format == "pdf":
        import pypdfium2 as pdfium

        with pdfium.PdfDocument(data) as pdf:
            if number > len(pdf):
                raise NoPicture(f"the document has no page {number}")
            return pdf[number - 1].render(scale=_SCALE, may_draw_forms=True).to_pil().convert("RGB"), _SCALE
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as image:
        frames = int(getattr(image, "n_frames", 1))
        if number <= frames:
            image.seek(number - 1)
        seen = ImageOps.exif_transpose(image).convert("RGB")
    is_landscape = seen.height < seen.width < 1.6 * seen.height
    return seen, seen.width / _A4[1 if is_landscape else 0]


def _cut(picture: Image, box: tuple[float, float, float, float] | None, scale: float) -> Image:
    """The whole width of the page around a box, which is framed; the whole page where the box is not on it."""
    from PIL import ImageDraw

    if box is None or box[2] * scale > picture.width * 1.02 or box[3] * scale > picture.height * 1.02:
        return picture
    x0, y0, x1, y1 = (round(side * scale) for side in box)
    ImageDraw.Draw(picture).rectangle((x0 - 2, y0 - 2, x1 + 2, y1 + 2), outline=(200, 0, 0), width=3)
    around = round(_AROUND * scale)
    return picture.crop((0, max(y0 - around, 0), picture.width, min(y1 + around, picture.height)))
