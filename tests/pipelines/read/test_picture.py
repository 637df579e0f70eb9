from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pipelines.read import picture, read
from pipelines.read.document import NeedsTool, Paragraph, Table, Unreadable
from tests.pipelines.read.ocr.drawn import Sheet

pytestmark = pytest.mark.long(seconds=20)

OCR = frozenset({"ocr"})


def png(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def header_of_png(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    )


def report() -> Image.Image:
    """Half an A4 page at 200 pixels an inch."""
    drawn = Sheet(595, 400)
    drawn.words("某市政府信息公开工作年度报告", 120, 50, 20)
    drawn.table([90, 250, 370, 500], [100, 125, 150], [["信息内容", "本年", "废止"], ["行政许可", "36", "104"]])
    for line in range(3):
        drawn.words("本年度报告所列数据的统计期限自一月一日起至十二月止", 90, 180 + 20 * line, 12)
    return drawn.image


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data, tools=OCR)
    return caught.value


def test_without_the_tool_the_picture_says_what_it_needs() -> None:
    with pytest.raises(NeedsTool) as caught:
        read(png(report()))
    assert (caught.value.tool, caught.value.code) == ("ocr", "needs_ocr")
    assert "gongkai[ocr]" in (caught.value.hint or "")


def test_reading_other_formats_imports_nothing_of_the_extra() -> None:
    code = "import sys, pipelines.read as r; r.read(b'<p>x</p>'); print([m for m in ('cv2','rapidocr','onnxruntime','PIL') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class TestLimits:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("rapidocr", reason="reading pictures needs the extra gongkai[ocr]")

    @pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (2_000_000, 2_000_000)])
    def test_a_picture_with_too_many_pixels_is_never_decoded(self, size: tuple[int, int]) -> None:
        assert refused(header_of_png(*size)).code == "too_large"

    @pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
    def test_a_picture_that_is_cut_off_is_damaged(self, format: str) -> None:
        whole = png(report().convert("RGB"), format)
        assert refused(whole[: len(whole) // 2]).code == "damaged"

    def test_a_moving_picture_is_refused(self) -> None:
        frames = [Image.new("L", (200, 200), grey) for grey in (0, 128, 255)]
        assert refused(png(frames[0], "GIF", save_all=True, append_images=frames[1:])).code == "animated"

    def test_a_picture_without_text_has_no_text(self) -> None:
        assert refused(png(Image.new("L", (800, 1100), 255))).code == "no_text"


class TestRead:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("rapidocr", reason="reading pictures needs the extra gongkai[ocr]")

    def test_title_table_and_text_of_a_page(self) -> None:
        document = read(png(report()), tools=OCR)
        assert (document.format, document.page_count, document.ocr_page_count) == ("image", 1, 1)
        assert document.title == "某市政府信息公开工作年度报告"
        [table] = document.tables
        assert [[c.text if c else None for c in row] for row in table.grid] == [
            ["信息内容", "本年", "废止"],
            ["行政许可", "36", "104"],
        ]
        assert any(isinstance(b, Paragraph) and "统计期限" in b.text for b in document.blocks)

    def test_each_page_of_a_tiff_is_a_page(self) -> None:
        second = Sheet(595, 400)
        second.table([90, 250, 370], [100, 125, 150], [["行政处罚", "58"], ["行政强制", "7"]])
        data = png(report(), "TIFF", save_all=True, append_images=[second.image], compression="tiff_lzw")
        document = read(data, tools=OCR)
        assert document.page_count == 2
        assert [table.locator for table in document.tables] == ["table 1, page 1", "table 2, page 2"]

    def test_a_photograph_is_turned_as_the_camera_says_and_clear_paper_is_white(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned by 90 degrees with the clock
        turned = report().rotate(90, expand=True)
        assert read(png(turned, "JPEG", exif=exif), tools=OCR).title == "某市政府信息公开工作年度报告"
        ink = 255 - np.asarray(report())
        clear = Image.fromarray(np.dstack([np.zeros_like(ink)] * 3 + [ink]), "RGBA")
        assert read(png(clear), tools=OCR).title == "某市政府信息公开工作年度报告"

    def test_pictures_in_a_document_say_where_they_are_and_ornaments_say_nothing(self) -> None:
        found = picture.blocks_of(png(report()), 3)
        tables = [b for b in found if isinstance(b, Table)]
        assert [t.locator for t in tables] == ["picture 3, table 1, page 1"]
        assert all((c.region or "").startswith("picture 3, ") for c in tables[0].cells())
        assert picture.blocks_of(png(Image.new("L", (60, 60), 0)), 1) == []


class TestStrips:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

    def test_a_long_screenshot_is_cut_between_its_lines(self) -> None:
        drawn = Sheet(300, 3000)
        for line in range(120):
            drawn.words("网页截图中的一行文字", 20, 15 + 24.5 * line, 12)
        parts = picture.strips(drawn.pixels, 200)
        assert len(parts) > 2
        assert np.array_equal(np.vstack(parts), drawn.pixels)
        assert all((part[0] == 255).all() and (part[-1] == 255).all() for part in parts)

    def test_a_page_is_one_strip(self) -> None:
        page = report()
        assert len(picture.strips(np.asarray(page), 200)) == 1
