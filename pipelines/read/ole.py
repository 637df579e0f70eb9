"""OLE compound files (the binary formats of Microsoft Office and WPS): which document one is, and whether it is locked.

Belongs here: the names of streams and the few bytes that say "encrypted". Does not belong here: reading the document.
"""

from __future__ import annotations

import io
import struct

import olefile

from pipelines.read.file_kind import Kind, damaged, encrypted, unknown

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "a Word or WPS document"
_EXCEL = "an Excel or WPS workbook"
#: [MS-DOC] 2.5.2 FibBase: the flag fEncrypted in the 16 bits at offset 10.
_FIB_FLAGS_AT, _FIB_ENCRYPTED = 10, 0x0100
#: [MS-XLS] 2.4.117: the record FilePass comes early among the workbook's globals; EOF ends them.
_FILE_PASS, _EOF, _RECORDS = 0x002F, 0x000A, 200
#: Streams that name other things, for the message.
_OTHERS = {
    "powerpoint document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
    "visiodocument": "a Visio drawing",
    "catalog": "a thumbnail cache",
}


def kind(data: bytes) -> Kind:
    """Tell an OLE file by its streams. Never raises."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _by_streams(file)
    except Exception:  # of a foreign parser on broken bytes, anything may come
        return _by_traces(data)


def _by_streams(file: olefile.OleFileIO) -> Kind:
    names = {entry[0].lower(): entry[0] for entry in file.listdir() if entry}
    if "encryptedpackage" in names:
        return encrypted("unknown", "an Office document")
    for name, format, what, is_locked in (
        ("worddocument", "doc", _WORD, _is_locked_word),
        ("workbook", "xls", _EXCEL, _is_locked_excel),
        ("book", "xls", _EXCEL, _is_locked_excel),
    ):
        if name in names:
            content = file.openstream(names[name]).read()
            if len(content) < file.get_size(names[name]):
                return damaged(format, f"{what}, cut off")
            return encrypted(format, what) if is_locked(content) else Kind(format, what)
    return unknown(next((what for name, what in _OTHERS.items() if name in names), "an OLE file of another program"))


def _is_locked_word(head: bytes) -> bool:
    return len(head) >= _FIB_FLAGS_AT + 2 and bool(struct.unpack_from("<H", head, _FIB_FLAGS_AT)[0] & _FIB_ENCRYPTED)


def _is_locked_excel(head: bytes) -> bool:
    at = 0
    for _ in range(_RECORDS):
        if at + 4 > len(head):
            return False
        record, size = struct.unpack_from("<HH", head, at)
        if record in (_FILE_PASS, _EOF):
            return bool(record == _FILE_PASS)
        at += 4 + size
    return False


def _by_traces(data: bytes) -> Kind:
    """Tell what a broken file was: the names of its streams still stand in it."""
    for name, format, what in (("WordDocument", "doc", _WORD), ("Workbook", "xls", _EXCEL)):
        if name.encode("utf-16-le") in data:
            return damaged(format, f"{what}, cut off or broken")
    return damaged("unknown", "an OLE file, cut off or broken")
