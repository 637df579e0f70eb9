"""Formats are told from the bytes: a table of what sites really serve, and never an exception."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.vocabulary import FORMATS
from pipelines.read import Unreadable, read
from pipelines.read.sniff import disagreement, gunzipped, identify_format, sniff
from tests.made.cases import folded
from tests.made.ole import ole_file

_ODF = "application/vnd.oasis.opendocument."
#: FibBase of [MS-DOC]: magic, version, …, and the flags at offset 10, of which 0x0100 says "encrypted".
_WORD = struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0x0200) + bytes(600)
_LOCKED_WORD = struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0x0300) + bytes(600)
#: [MS-XLS]: BOF, then FilePass (0x2F) or not, then EOF.
_BOF, _EOF = struct.pack("<HH16x", 0x0809, 16), struct.pack("<HH", 0x000A, 0)
_EXCEL, _LOCKED_EXCEL = _BOF + _EOF, _BOF + struct.pack("<HH6x", 0x002F, 6) + _EOF
_MHT = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "<html><body><p>一、总体情况</p></body></html>\r\n--x--\r\n"
).encode()


def compressed(data: bytes) -> bytes:
    """The same bytes at any time, since tests are named after them."""
    return gzip.compress(data, mtime=0)


def zipped(*names: str, **contents: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_", ".")), content)
    return out.getvalue()


def open_document(kind: str, manifest: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODF + kind)
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest)
        archive.writestr(zipfile.ZipInfo("content.xml"), "x")
    return out.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
SAMPLES = [
    (b"%PDF-1.7 ...", "pdf"),
    (b"\r\n\r\n%PDF-1.4", "pdf"),
    (b"\x00junk" * 100 + b"%PDF-1.4", "pdf"),
    (b"<html><body>%PDF-1.4 is a format", "html"),
    (DOCX, "docx"),
    (DOCX[:-40], "docx"),
    (zipped("[Content_Types].xml", "WORD\\document.xml"), "docx"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    (zipped("a.txt"), "zip"),
    (zipped("word/report.pdf", "xl/report.pdf"), "zip"),
    (zipped(), "zip"),
    (open_document("text"), "odt"),
    (open_document("spreadsheet"), "ods"),
    (ole_file({"WordDocument": _WORD, "1Table": b""}), "doc"),
    (ole_file({"Workbook": _EXCEL}), "xls"),
    (ole_file({"Book": _EXCEL}), "xls"),
    (b"{\\rtf1\\ansi", "rtf"),
    (b"\xef\xbb\xbf{\\rtf1\\ansi", "rtf"),
    (b"\r\n {\\rtf1\\ansi", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
    (b"GIF89a....", "image"),
    (b"II*\x00\x08\x00\x00\x00", "image"),
    (b"MM\x00*\x00\x00\x00\x08", "image"),
    (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00" + bytes(60), "image"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image"),
    (_MHT, "mhtml"),
    (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x/\r\n" + _MHT, "mhtml"),
    (compressed(b"<!DOCTYPE html><html>"), "html"),
    (compressed(b"%PDF-1.4"), "pdf"),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "doc"),
    (b'<?xml version="1.0"?><office:document office:mimetype="' + _ODF.encode() + b'text">', "odt"),
    (b'<?xml version="1.0"?><!DOCTYPE html><html>', "html"),
    (b"<!DOCTYPE html><html>", "html"),
    (b"<p style='x'>a</p><table>", "html"),
    ("# 标题\n\n<table><tr><td>1</td></tr></table>".encode(), "text"),
    ("甲县年度报告\n一、总体情况\n<table><tr><td>1</td></tr></table>\n".encode(), "text"),
    ("# 甲\n# 乙\n<div>图</div>\n# 丙\n".encode(), "text"),
    ("| 规章 | 0 |\n".encode(), "text"),
    ("一、总体情况".encode("gb18030"), "text"),
    ("一、总体情况 2024".encode("utf-16"), "text"),
    ("<html><body><p>甲</p></body></html>".encode("utf-16"), "html"),
    ("[索引号] 0001".encode(), "text"),
    ("BM 是什么".encode(), "text"),
    (b"\x00\x01\x02\x00\x00\x00\x05", "unknown"),
    (bytes(range(256)) * 20, "unknown"),
    (b" \n\t ", "empty"),
    (b"\xef\xbb\xbf\r\n", "empty"),
    (b"", "empty"),
]


@folded(("data", "kind"), SAMPLES)
def test_formats_are_told_from_the_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@folded(
    ("data", "code", "names", "helps"),
    [
        (ole_file({"WordDocument": _LOCKED_WORD}), "encrypted", "Word", "password"),
        (ole_file({"Workbook": _LOCKED_EXCEL}), "encrypted", "Excel", "password"),
        (ole_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "encrypted", "Office", "password"),
        (open_document("text", "<manifest:encryption-data/>"), "encrypted", "OpenDocument", "password"),
        (ole_file({"WordDocument": _WORD})[:1600], "damaged", "Word", "fetch"),
        (ole_file({"WordDocument": _WORD})[:700], "damaged", "OLE", "fetch"),
        (ole_file({"PowerPoint Document": b"x"}), "format_not_supported", "PowerPoint", "report"),
        (ole_file({"Contents": b"x"}), "format_not_supported", "OLE", "report"),
        (open_document("presentation"), "format_not_supported", "presentation", "report"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "format_not_supported", "OFD", "PDF"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "format_not_supported", "PowerPoint", "report"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "format_not_supported", "XLSB", "XLSX"),
        (zipped("META-INF/MANIFEST.MF", "a.class"), "format_not_supported", "Java", "report"),
        (b"Rar!\x1a\x07\x01\x00", "format_not_supported", "RAR", "unpack"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "format_not_supported", "7-Zip", "unpack"),
        (b'{"code":404,"message":"not found"}', "format_not_supported", "JSON", "report"),
        (b"[]", "format_not_supported", "JSON", "report"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W>', "format_not_supported", "Excel", "XLSX"),
        (compressed(zipped("a.txt")), "format_not_supported", "gzip", "unpack"),
        (compressed(compressed(b"x")), "format_not_supported", "unknown", "report"),
        (compressed(b"<html>" * 99)[:-20], "format_not_supported", "gzip", "report"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "format_not_supported", "HEIF", "JPEG"),
        (b"\x00\x01\x02\x00\x00\x00\x05", "format_not_supported", "unknown", "report"),
        (b"", "empty", "no bytes", "fetch"),
    ],
)
def test_what_cannot_be_read_says_what_it_is_and_what_would_help(
    data: bytes, code: str, names: str, helps: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "x")
    assert (caught.value.code, names in caught.value.message) == (code, True), caught.value.message
    assert helps in (caught.value.hint or "")


@pytest.mark.parametrize(("data", "code"), [(b"<html><body></body></html>", "no_text"), (b"<html></html>", "no_text")])
def test_a_page_without_text_says_so(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "x.html")
    assert caught.value.code == code


def test_a_name_that_says_something_else_is_named() -> None:
    page = identify_format(b"<html>")
    assert disagreement("县/report.PDF", page) == "the name ends in .pdf, but the content is an HTML page"
    for name in ("report.htm", "report", "report.aspx"):
        assert disagreement(name, page) is None
    assert disagreement("report.pdf", identify_format(b"")) is None


def test_what_was_packed_by_the_server_is_read_as_what_it_is() -> None:
    page = "<html><body><p>一、总体情况</p></body></html>".encode()
    packed = gzip.compress(page)
    document = read(packed)
    assert (document.format, document.size_bytes) == ("html", len(packed))
    assert [block.text for block in document.blocks] == ["一、总体情况"]  # type: ignore[union-attr]
    assert document.sha256 != read(page).sha256


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.read.sniff.MOST_UNPACKED", 10_000)
    assert gunzipped(gzip.compress(bytes(9_999))) == bytes(9_999)
    assert gunzipped(gzip.compress(bytes(10_001))) is None


def test_a_saved_page_is_read_by_its_html() -> None:
    document = read(_MHT)
    assert document.format == "mhtml"
    assert [block.text for block in document.blocks] == ["一、总体情况"]  # type: ignore[union-attr]


def test_a_saved_page_in_a_wide_encoding_is_read() -> None:
    page = "<html><body><p>一、总体情况</p></body></html>".encode("utf-16-le").hex(" ").upper()
    quoted = "".join(f"={byte}" for byte in page.split())
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; '
    document = read(
        f"{head}charset=utf-16-le\nContent-Transfer-Encoding: quoted-printable\n\n{quoted}\n--x--\n".encode()
    )
    assert [block.text for block in document.blocks] == ["一、总体情况"]  # type: ignore[union-attr]


def test_a_saved_message_without_a_page_says_so() -> None:
    with pytest.raises(Unreadable, match="holds no HTML"):
        read(
            b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\na\n--x--\n'
        )


def test_a_directory_too_large_for_a_document_is_not_read() -> None:
    many = bytearray(DOCX)
    at = many.rindex(b"PK\x05\x06")
    many[at + 10 : at + 12] = struct.pack("<H", 60_000)
    assert sniff(bytes(many)) == "zip"


@given(st.binary(max_size=400), st.sampled_from([sample for sample, _ in SAMPLES]), st.integers(0, 3000))
def test_any_bytes_have_a_format(noise: bytes, sample: bytes, cut: int) -> None:
    for data in (noise, sample[:cut], sample[:cut] + noise, noise + sample, sample[:cut] + noise + sample[cut + 9 :]):
        kind = identify_format(data)
        assert kind.format in FORMATS
        assert kind.name
        assert (kind.code is None) or kind.hint or kind.format == "empty"


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_no_json_is_taken_for_a_page(value: object) -> None:
    data = json.dumps(value, ensure_ascii=True).encode()
    assert sniff(data) in ("unknown", "text")
