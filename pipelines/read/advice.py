"""Tells what would help with a document that is turned away, by the reason, where its reader knows nothing better."""

from __future__ import annotations

_SAVE_AGAIN = "if it is a real report, open it in an office program and save it again, or print it to a new PDF"
_BY_CODE = {
    "animated": "give each page as a picture of its own",
    "damaged": "fetch it again: the download is incomplete or the file is broken",
    "too_complex": _SAVE_AGAIN,
    "too_deep": _SAVE_AGAIN,
    "too_large": "give the report alone, without what it is published with; pictures at 200 pixels an inch",
    "too_many_cells": "if it is a real report, delete rows and columns that hold nothing, and save it again",
    "too_many_pages": "give the report alone",
    "xml_entities": "office programs write no document types: be wary of it; a real report can be saved as a new DOCX",
    "zip_bomb": "it unpacks to far more than it is: be wary of it; a real report can be saved as a new file",
}


def advice(code: str) -> str | None:
    """A sentence on what to do; None for a code that explains itself."""
    return _BY_CODE.get(code)
