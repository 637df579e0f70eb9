"""Bytes → `Document`: one module a file format, nothing that knows what an annual report is.

Belongs here: telling formats and encodings apart, blocks, grids, publication metadata. Does not belong here: forms,
labels, numbers, years (see `pipelines.parse`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from pipelines.read import docx, html, mhtml, office, pdf, picture, sheet, text
from pipelines.read.document import Document, NeedsTool, Unreadable
from pipelines.read.file_kind import Kind
from pipelines.read.sniff import gunzipped, identify_format

__all__ = ["Document", "NeedsTool", "Unreadable", "read"]

_WAIT = "the bytes are archived and will be read once there is a reader; a version as HTML or text can be read today"


#: The reader of each format. None imports anything heavy before it has something to read.
_READERS: dict[str, Callable[[bytes, frozenset[str]], Document]] = {
    "html": lambda data, _: html.read(data),
    "mhtml": lambda data, _: mhtml.read(data),
    "text": lambda data, _: text.read(data),
    "pdf": pdf.read,
    "docx": docx.read,
    "doc": lambda data, tools: office.read(data, "doc", tools),
    "rtf": lambda data, tools: office.read(data, "rtf", tools),
    "odt": lambda data, tools: office.read(data, "odt", tools),
    "xlsx": lambda data, _: sheet.read(data, "xlsx"),
    "xls": lambda data, _: sheet.read(data, "xls"),
    "image": picture.read,
}


def read(data: bytes, file_name: str = "", tools: frozenset[str] = frozenset()) -> Document:
    """Read a document of any known format. The format is told from the bytes; `file_name` serves messages only.
    `tools` names what may be used besides the readers themselves (`pipelines.workers.tools`: "ocr", "libreoffice"): what needs
    one that is not given raises `NeedsTool`.

    Raises `Unreadable` with the code `empty`, `encrypted`, `damaged`, `format_not_supported`, `too_large` or a
    reader's own.
    """
    kind = identify_format(data)
    if kind.format == "empty":
        raise Unreadable("empty", f"{file_name or 'the document'} holds no bytes but white space", "fetch it again")
    if kind.code is not None:
        raise Unreadable(kind.code, _said(kind), kind.hint)
    document = _read(kind, (gunzipped(data) or b"") if data.startswith(b"\x1f\x8b") else data, tools)
    # What the reader saw may have been unpacked or converted; the document is what was given.
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), format=kind.format, size_bytes=len(data))


def _read(kind: Kind, data: bytes, tools: frozenset[str]) -> Document:
    if kind.format not in _READERS:
        raise Unreadable("format_not_supported", f"{kind.name}: there is no reader for this format yet", _WAIT)
    return _READERS[kind.format](data, tools)


def _said(kind: Kind) -> str:
    """Tell why a file is turned away: what it is, and what is the matter."""
    words = {"encrypted": f"{kind.name} that a password protects", "damaged": f"{kind.name}; it cannot be opened"}
    return words.get(kind.code or "", f"{kind.name}, which is not read")
