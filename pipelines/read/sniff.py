"""Tell a file format from the bytes, never from names and headers: those of government sites are often wrong.

Belongs here: which format it is, and what there is to say of one that cannot be read at all. Does not belong here:
reading, and what stands in the directories of OLE and ZIP files (`ole`, `zips`).
"""

from __future__ import annotations

import json
import re
import zlib
from pathlib import PurePosixPath

from pipelines.read import ole, zips
from pipelines.read.file_kind import UNKNOWN, Kind, encrypted, unknown, unsupported

#: A compressed body may grow to this much.
MOST_UNPACKED = 200 << 20
#: JSON longer than this is told from its beginning only.
_LONGEST_JSON = 1 << 20
_HEAD = 65536
#: Byte order marks and white space, which some sites put before anything.
_BEFORE = b"\xef\xbb\xbf\xff\xfe \t\r\n"

_PICTURE = Kind("image", "a picture")
_UNPACK = "unpack it and give the files in it"
_AS_JPEG = "save the picture as JPEG or PNG"
#: Magic numbers at the start of a file.
_MAGIC = (
    (b"{\\rt", Kind("rtf", "an RTF document")),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"II+\x00", _PICTURE),
    (b"MM\x00+", _PICTURE),
    (b"Rar!\x1a\x07", unsupported("unknown", "a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", unsupported("unknown", "a 7-Zip archive", _UNPACK)),
    (b"\xfd7zXZ\x00", unsupported("unknown", "a file packed with xz", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", unsupported("unknown", "a file packed with Zstandard", _UNPACK)),
    (b"MSCF\x00\x00\x00\x00", unsupported("unknown", "a cabinet archive", _UNPACK)),
    (b"ITSF\x03\x00", unsupported("unknown", "compiled HTML help (CHM)", _UNPACK)),
    (b"\xff\x4f\xff\x51", unsupported("image", "a JPEG 2000 picture", _AS_JPEG)),
    (b"\x00\x00\x00\x0cjP  ", unsupported("image", "a JPEG 2000 picture", _AS_JPEG)),
    (b"%!PS", unsupported("unknown", "a PostScript file", "convert it to PDF")),
    (b"AT&TFORM", unsupported("unknown", "a DjVu file", "convert it to PDF")),
    (b"CAJ\x00", unsupported("unknown", "a CAJ file", "convert it to PDF")),
    (b"SQLite format 3\x00", unknown("an SQLite database")),
)
_HEIF = re.compile(rb"^....ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif)", re.DOTALL)
_DOCUMENT = re.compile(rb"<\s*(!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
#: How some converters leave each table in their Markdown.
_BARE_TABLE = re.compile(rb"<html>\s*<body>\s*<table", re.IGNORECASE)
_BLOCK = re.compile(rb"<\s*(div|p)\b", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^(#{1,6} |\|.*\|\s*$)", re.MULTILINE)
_MIME = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MAIL_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:")
_PROGID = re.compile(rb"<\?mso-application[^>]*progid\s*=\s*[\"']([\w.]+)", re.IGNORECASE)
_JSON = re.compile(rb"^(\{\s*[\"}]|\[\s*[\[{\"\]])")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b")

_TEXT = Kind("text", "text")
_HTML = Kind("html", "an HTML page")
_XML = {
    b"word.document": Kind("doc", "a Word 2003 XML document"),
    b"excel.sheet": unsupported("xls", "an Excel 2003 XML workbook", "save it as XLSX"),
}
_FLAT_OPC = unsupported("docx", "a Word document as one flat XML file", "save it as DOCX")

#: What a file's suffix claims it is. Suffixes that claim nothing in particular are left out.
_SUFFIXES = {
    suffix: formats.split()
    for suffixes, formats in (
        (".pdf", "pdf"),
        (".html .htm .shtml .xhtml", "html mhtml"),
        (".mht .mhtml", "mhtml"),
        (".docx .docm", "docx"),
        (".doc .wps", "doc"),
        (".xlsx .xlsm", "xlsx"),
        (".xls .et", "xls"),
        (".txt .md", "text"),
        (".rtf", "rtf"),
        (".odt", "odt"),
        (".ods", "ods"),
        (".ofd", "ofd"),
        (".zip", "zip"),
        (".jpg .jpeg .png .gif .tif .tiff .bmp .webp", "image"),
    )
    for suffix in suffixes.split()
}


def sniff(data: bytes) -> str:
    """The format: one of `expectations.vocabulary.FORMATS`."""
    return identify_format(data).format


def disagreement(file_name: str, kind: Kind) -> str | None:
    """Tell what to say where a file's name claims another format than its bytes have, which often explains a failure."""
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    if kind.format in ("empty", "unknown") or kind.format in _SUFFIXES.get(suffix, {kind.format}):
        return None
    return f"the name ends in {suffix}, but the content is {kind.name}"


def identify_format(data: bytes) -> Kind:
    """Tell what a file is, by its content. Never raises; looks at little more than the beginning, but for directories."""
    if data.startswith(b"\x1f\x8b"):
        return _packed(data)
    if data.startswith(ole.MAGIC):
        return ole.kind(data)
    if data.startswith(zips.MAGIC):
        return zips.kind(data)
    head = data[:_HEAD]
    start = head.lstrip(_BEFORE)
    if not start and not data.strip(_BEFORE):
        return Kind("empty", "no bytes but white space")
    return _binary(head) or _binary(start) or _pdf(head) or _written(data, start)


def _binary(head: bytes) -> Kind | None:
    """A format with a magic number of its own."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _PICTURE
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00" and len(head) > 26:
        return _PICTURE
    if _HEIF.match(head):
        return unsupported("image", "an HEIF picture, as telephones take them", _AS_JPEG)
    if head[257:262] == b"ustar":
        return unsupported("unknown", "a TAR archive", _UNPACK)
    return None


def _pdf(head: bytes) -> Kind | None:
    """Some PDFs begin with a few stray bytes, so the magic may come late; a page that speaks of PDFs is a page."""
    at = head.find(b"%PDF-", 0, 1024 + 5)
    return Kind("pdf", "a PDF") if at >= 0 and not _DOCUMENT.search(head, 0, at) else None


def _written(data: bytes, start: bytes) -> Kind:
    """A format that is made of characters; anything else that is left is unknown."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and len(start) - len(start.translate(None, _CONTROLS)) > len(start) // 100:
        return UNKNOWN
    if wide:
        start = start.replace(b"\x00", b"")
    if (kind := _xml(start)) is not None:
        return kind
    if _is_mail(start):
        return Kind("mhtml", "a page saved in one file (MHTML)")
    if _is_json(data, start):
        return unknown("JSON: a server's answer, not a document")
    return _HTML if _looks_like_html(start) else _TEXT


def _xml(start: bytes) -> Kind | None:
    """Office documents that are a single XML file."""
    if not start.startswith((b"<?xml", b"<?mso-")):
        return None
    first = start[:4096]
    if b"<pkg:package" in first:
        return _FLAT_OPC
    if b"<office:document" in first and b"opendocument.text" in first:
        return Kind("odt", "a flat OpenDocument text")
    program = _PROGID.search(first)
    return _XML.get(program[1].lower()) if program else None


def _is_mail(start: bytes) -> bool:
    """Browsers and Word ("single file web page") save pages as mail messages with parts."""
    first = start[:4096]
    return bool(_MAIL_HEADER.match(first) and _MIME.search(first) and _MULTIPART.search(first))


def _is_json(data: bytes, start: bytes) -> bool:
    if not _JSON.match(start):
        return False
    try:
        json.loads(data.lstrip(_BEFORE)) if len(data) <= _LONGEST_JSON else None
    except (ValueError, RecursionError):
        return False
    return True


def _looks_like_html(sample: bytes) -> bool:
    """A page has paragraphs or divisions. Text of converters may hold tables as HTML, and a tag here and there."""
    if _BARE_TABLE.search(sample) and not sample.startswith(b"<"):
        return False
    if _DOCUMENT.search(sample[:4096]):
        return True
    return bool(_BLOCK.search(sample)) and len(_MARKDOWN.findall(sample)) < 3


def _packed(data: bytes) -> Kind:
    """A body that a server sent compressed, and that was saved so. What is in it counts; containers are not opened."""
    inner = identify_unpacked(data)
    if inner.format == "zip" or inner.name == "a TAR archive":
        return unsupported("unknown", "an archive packed with gzip", _UNPACK)
    return inner


def identify_unpacked(data: bytes) -> Kind:
    """Tell what the compressed bytes hold; unknown where they are damaged or hold too much."""
    body = gunzipped(data)
    if body is None:
        return unknown("a file packed with gzip that is damaged or too large")
    return UNKNOWN if body.startswith(b"\x1f\x8b") else identify_format(body)


def gunzipped(data: bytes) -> bytes | None:
    """The content of gzip-compressed bytes; None where they are damaged or hold more than `MOST_UNPACKED`."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(data, MOST_UNPACKED)
    except zlib.error:
        return None
    return body if unpacker.eof else None


__all__ = ["MOST_UNPACKED", "Kind", "disagreement", "encrypted", "gunzipped", "identify_format", "sniff"]
