"""A PDF's pages as pictures, and pictures as a PDF without text: what a scanner makes of a printed report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

DPI = 200
#: The date in a made PDF: one that never changes.
_DATE = time.gmtime(0)


def pages(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """The pages of a PDF in grey, at `dpi` pixels an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def image_pdf(images: Sequence[Image.Image], dpi: int = DPI, quality: int = 95) -> bytes:
    """A PDF with one picture a page (JPEG of `quality`) and no text."""
    buffer = BytesIO()
    images[0].save(
        buffer,
        "PDF",
        resolution=dpi,
        save_all=True,
        append_images=list(images[1:]),
        quality=quality,
        creationDate=_DATE,
        modDate=_DATE,
    )
    return buffer.getvalue()


def degraded(
    image: Image.Image,
    *,
    skew: float = 0.8,
    blur: float = 0.7,
    noise: float = 10.0,
    jpeg_quality: int = 60,
    seed: int = 1,
) -> Image.Image:
    """A picture as a bad scanner makes it: turned by `skew` degrees, blurred (radius in pixels), noisy, stored as JPEG.

    `noise` is the standard deviation of normal noise in grey levels.
    """
    turned = image.convert("L").rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(blur))
    grain = np.random.default_rng(seed).normal(0.0, noise, (soft.height, soft.width))
    noisy = np.clip(np.asarray(soft, dtype=np.float64) + grain, 0, 255).astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(noisy).save(buffer, "JPEG", quality=jpeg_quality)
    return Image.open(BytesIO(buffer.getvalue())).convert("L")


def scan(pdf: bytes, dpi: int = DPI) -> bytes:
    """A PDF as a clean scan of itself."""
    return image_pdf(pages(pdf, dpi), dpi)


def bad_scan(pdf: bytes, dpi: int = DPI, seed: int = 1) -> bytes:
    """A PDF as a bad scan of itself; each page has noise of its own."""
    made = [degraded(page, seed=seed + number) for number, page in enumerate(pages(pdf, dpi))]
    return image_pdf(made, dpi, quality=60)
