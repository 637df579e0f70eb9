"""Bytes → `Document`: one module a file format, nothing that knows what an annual report is.

Belongs here: telling formats and encodings apart, blocks, grids, publication metadata. Does not belong here: forms,
labels, numbers, years (see `pipelines.parse`).
"""

from __future__ import annotations

from pipelines.read import html, pdf, text
from pipelines.read.document import Document, NeedsTool, Unreadable
from pipelines.read.sniff import sniff

__all__ = ["Document", "NeedsTool", "Unreadable", "read"]

_NAMES = {"pdf": "PDF", "image": "a picture", "zip": "a ZIP archive", "unknown": "unknown binary data"}
_WAIT = "the bytes are archived and will be read once there is a reader; a version as HTML or text can be read today"
_HINTS = {"unknown": "check that the download is complete and is a report, not an error page"}


def read(data: bytes, file_name: str = "", tools: frozenset[str] = frozenset()) -> Document:
    """Read a document of any known format. The format is told from the bytes; `file_name` serves messages only.
    `tools` names what may be used besides the readers themselves (`pipelines.tools`: "ocr", "libreoffice"): what needs
    one that is not given raises `NeedsTool`.

    Raises `Unreadable` with the code `empty`, `format_not_supported`, `too_large` or a reader's own.
    """
    kind = sniff(data)
    if kind == "empty":
        raise Unreadable("empty", f"{file_name or 'the document'} holds no bytes but white space")
    if kind == "html":
        return html.read(data)
    if kind == "text":
        return text.read(data)
    if kind == "pdf":
        return pdf.read(data, tools)
    raise Unreadable(
        "format_not_supported",
        f"{_NAMES.get(kind, kind)}: there is no reader for this format yet",
        _HINTS.get(kind, _WAIT),
    )
