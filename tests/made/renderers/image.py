"""A PDF's pages as pictures, and pictures as a PDF without text: what a scanner makes of a printed report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.made.renderers.pdf import font_file

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


def pale_rules(image: Image.Image, grey: int = 185) -> Image.Image:
    """A picture whose ruling lines are printed in pale grey: every dark run longer than any stroke of a letter."""
    import cv2  # of the extra `ocr`; other renderers do without

    levels = np.asarray(image.convert("L"))
    ink = (levels < 250) * np.uint8(255)
    length = max(levels.shape) // 40  # twice as long as a character of a heading
    rules = np.zeros_like(ink)
    for kernel in (np.ones((1, length), np.uint8), np.ones((length, 1), np.uint8)):
        rules |= np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    return Image.fromarray(np.where(rules > 0, np.maximum(levels, grey), levels).astype(np.uint8))


def photographed(image: Image.Image, *, lean: float = 0.01, shade: float = 0.4, seed: int = 1) -> Image.Image:
    """A page as a telephone takes it: its corners out of place by a part `lean` of its size, and light that falls from
    one side, so that the farthest corner is darker by a part `shade`; a little blurred and noisy, stored as JPEG.
    """
    import cv2

    levels = np.asarray(image.convert("L"), dtype=np.float32)
    height, width = levels.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    moved = corners + np.array([(1, 0.5), (-0.5, 1), (-0.2, -0.6), (0.3, -1)], dtype=np.float32) * (lean * width)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    leaning = cv2.warpPerspective(levels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0,))
    far = np.hypot(*np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))) / np.sqrt(2)
    lit = (leaning.clip(0, 255) * (0.95 - shade * far)).astype(np.uint8)
    return degraded(Image.fromarray(lit), skew=0.0, blur=0.6, noise=4.0, jpeg_quality=75, seed=seed)


def stamped(image: Image.Image, x: float, y: float, *, diameter: float = 42.0, dpi: int = DPI) -> Image.Image:
    """A page with a round red stamp over its middle at a part `x` of its width and `y` of its height.

    `diameter` is in millimetres: a government's stamp has 42 to 50. Its ink is clear, as the real one is: print shows
    through.
    """
    size = round(diameter / 25.4 * dpi)
    red = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(red)
    middle = (image.width * x, image.height * y)
    left, top = middle[0] - size / 2, middle[1] - size / 2
    ink = (225, 30, 40)
    draw.ellipse((left, top, left + size, top + size), outline=ink, width=max(2, size // 35))
    points = [
        (middle[0] + r * size * np.sin(k * np.pi / 5), middle[1] - r * size * np.cos(k * np.pi / 5))
        for k in range(10)
        for r in [0.15 if k % 2 == 0 else 0.06]
    ]
    draw.polygon(points, fill=ink)
    font = ImageFont.truetype(str(font_file()), size // 9)
    for k, character in enumerate("示例市人民政府办公室"):
        angle = (k - 4.5) * 26
        tile = Image.new("L", (size // 6, size // 6), 0)
        ImageDraw.Draw(tile).text((size // 12, size // 12), character, font=font, fill=255, anchor="mm")
        place = (
            round(middle[0] + 0.38 * size * np.sin(np.radians(angle)) - size / 12),
            round(middle[1] - 0.38 * size * np.cos(np.radians(angle)) - size / 12),
        )
        red.paste(ink, place, tile.rotate(-angle))
    return ImageChops.multiply(image.convert("RGB"), red)
