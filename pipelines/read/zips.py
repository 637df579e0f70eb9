"""ZIP files: which document one is, by what its directory lists.

Belongs here: telling DOCX, XLSX, OpenDocument and OFD from plain archives. Does not belong here: opening containers
(`pipelines.harvest`) or reading documents.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile

from pipelines.read.file_kind import Kind, encrypted, unknown, unsupported

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
#: No document has more parts; the directory of a larger archive is not read here.
_MOST_MEMBERS = 10_000
#: The largest `mimetype` and manifest that are looked into.
_LONGEST = 1 << 20
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(.{2}).{2}", re.DOTALL)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_PLAIN = Kind("zip", "a ZIP archive")
_DOCX = Kind("docx", "a Word document (DOCX)")
_XLSX = Kind("xlsx", "an Excel workbook (XLSX)")
_AS_PDF = "ask the publisher for a PDF or Word version, or convert it to PDF"


def kind(data: bytes) -> Kind:
    """Tell a ZIP file by its members. Never raises: one without a directory goes by the members that it begins with."""
    if _declared(data) > _MOST_MEMBERS:
        return _PLAIN
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
            return _open_document(archive, names) or _by_names(names)
    except Exception:  # a broken or hostile directory: anything may come
        return _by_names(_first_names(data))


def _declared(data: bytes) -> int:
    """Tell how many members the record at the file's end declares; 0 where there is none."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return int(struct.unpack_from("<H", data, at + 10)[0]) if 0 <= at <= len(data) - 12 else 0


def _by_names(names: list[str]) -> Kind:
    low = {name.lower() for name in names}
    if "ofd.xml" in low:
        return unsupported("ofd", "an OFD document (GB/T 33190)", _AS_PDF)
    folders = {name.partition("/")[0] for name in low}
    if "[content_types].xml" in low or low & {"word/document.xml", "xl/workbook.xml"}:
        return _office(low, folders)
    if "meta-inf/manifest.mf" in low:
        return unknown("a Java archive")
    return unknown("an Android program") if "androidmanifest.xml" in low else _PLAIN


def _office(low: set[str], folders: set[str]) -> Kind:
    if "word" in folders:
        return _DOCX
    if "xl/workbook.bin" in low:
        return unsupported("xlsx", "a binary Excel workbook (XLSB)", "save it as XLSX")
    if "xl" in folders:
        return _XLSX
    if "ppt" in folders:
        return unknown("a PowerPoint presentation")
    return unknown("an Office file of another program")


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> Kind | None:
    """OpenDocument files name their type in a member of its own."""
    if "mimetype" not in names:
        return None
    declared = _member(archive, "mimetype").decode("ascii", "replace").strip()
    if not declared.startswith(_OPEN_DOCUMENT):
        return unknown(f"a file of the type {declared[:80]}") if declared.startswith("application/") else None
    what = declared.removeprefix(_OPEN_DOCUMENT).partition("-")[0]
    formats = {"text": ("odt", "an OpenDocument text (ODT)"), "spreadsheet": ("ods", "an OpenDocument table (ODS)")}
    if what not in formats:
        return unknown(f"an OpenDocument file of the kind {what[:40]}")
    format, name = formats[what]
    locked = b"encryption-data" in _member(archive, "META-INF/manifest.xml")
    return encrypted(format, name) if locked else Kind(format, name)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as member:
            return member.read(_LONGEST)
    except (KeyError, RuntimeError):
        return b""


def _first_names(data: bytes) -> list[str]:
    """The names of the members whose own headers can be found, for a file that lost its directory."""
    found = []
    for header in _LOCAL_NAME.finditer(data, 0, 8 << 20):
        length = struct.unpack("<H", header[1])[0]
        found.append(data[header.end() : header.end() + length].decode("utf-8", "replace"))
        if len(found) >= _MOST_MEMBERS:
            break
    return found
