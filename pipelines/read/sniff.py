"""Tell a file format from the bytes. Names and headers of government sites are often wrong."""

from __future__ import annotations

import re

#: Magic numbers at the start of a file.
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"PK\x03\x04", "zip"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_DOCUMENT = re.compile(rb"<\s*(!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
#: How some converters leave each table in their Markdown.
_BARE_TABLE = re.compile(rb"<html>\s*<body>\s*<table", re.IGNORECASE)
_BLOCK = re.compile(rb"<\s*(div|p)\b", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^(#{1,6} |\|.*\|\s*$)", re.MULTILINE)
_HEAD = 65536


def sniff(data: bytes) -> str:
    """One of `expectations.vocabulary.FORMATS`. Some PDFs begin with a few stray bytes, so the magic may come late."""
    if not data.strip():
        return "empty"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _zip_kind(data) if kind == "zip" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = data[:_HEAD]
    if head.count(b"\x00") > len(head) // 100 and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return "unknown"
    return "html" if _looks_like_html(data) else "text"


def _looks_like_html(data: bytes) -> bool:
    """A page has paragraphs or divisions. Text of converters may hold tables as HTML, and a tag here and there."""
    sample = data[:_HEAD].replace(b"\x00", b"")
    if _BARE_TABLE.search(sample) and not sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    if _DOCUMENT.search(sample[:4096]):
        return True
    return bool(_BLOCK.search(sample)) and len(_MARKDOWN.findall(sample)) < 3


def _zip_kind(data: bytes) -> str:
    """DOCX and XLSX are ZIP files; the names inside stand near the start or in the directory at the end."""
    names = data[:_HEAD] + data[-_HEAD:]
    if b"word/" in names:
        return "docx"
    return "xlsx" if b"xl/" in names else "zip"
