"""Names of files in containers: decoded, and made harmless as names within a source.

Nothing is ever written under such a name; it is shown, matched against `sources.csv` and against links. Belongs here:
the one name of a member. Does not belong here: what is done with the member (`pipelines.archive.containers`).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

#: Bit of a member's flags: the name is UTF-8.
_UTF8 = 0x800
#: Extra field of Info-ZIP that repeats the name as UTF-8.
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"^[A-Za-z]:(?=/)")
#: Two-byte UTF-8 makes these letters, which no Chinese name has: the bytes are GBK that looks like UTF-8.
_NOT_CHINESE = re.compile("[\u0080-\u07ff]")
#: What a name may be at most, in characters; the end, with the suffix, is kept.
_LONGEST = 240


def name_of(member: zipfile.ZipInfo) -> str:
    """The member's path with `/`, relative, without `..`; what cannot be printed is U+FFFD. Empty where nothing is left.

    The name is UTF-8 where the container says so or the bytes are, else GBK, as Chinese Windows writes it.
    """
    decoded = _decoded(member).partition("\0")[0].replace("\\", "/")
    parts = [part for part in _DRIVE.sub("", decoded).split("/") if part not in ("", ".", "..")]
    name = "/".join("".join(c if c.isprintable() else "\ufffd" for c in part).strip() for part in parts)
    return name if len(name) <= _LONGEST else "…" + name[-_LONGEST:]


def _decoded(member: zipfile.ZipInfo) -> str:
    printed = member.orig_filename
    if member.flag_bits & _UTF8:
        return printed
    raw = printed.encode("cp437", "replace")  # how `zipfile` decoded it
    told = _unicode_path(member.extra, raw)
    if told is not None:
        return told
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" or not _NOT_CHINESE.search(text):
            return text
    return printed


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name of Info-ZIP's extra field, which counts only as long as it belongs to the name beside it."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        content = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(content) > 5 and content[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return content[5:].decode("utf-8", "replace")
        at += 4 + length
    return None


#: Suffixes of files that can be reports. What a file really is, its bytes tell (`pipelines.read`).
SUFFIXES = frozenset(
    {".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".txt", ".md", ".pdf", ".ofd"}
    | {".doc", ".docx", ".docm", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm", ".et", ".ods"}
    | {".zip", ".rar", ".7z"}
    | {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"}
)


#: Browsers save a page's pictures in a folder beside it. A small one is decoration; a scanned page is larger.
_SAVED = re.compile(r"(_files|\.files|_文件)$")


_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})


_SMALLEST_SCAN = 40_000


def is_report_name(name: str) -> bool | None:
    """Tell whether a file of this name can be a report; None where its suffix is one that no report has."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".csv" or name.upper().startswith("README"):
        return False
    return True if not suffix or suffix in SUFFIXES else None


def is_decoration(name: str, size: int) -> bool:
    """Tell whether a file is a small picture that a browser saved with a page. `name` is its path, `size` its bytes."""
    path = PurePosixPath(name)
    return size < _SMALLEST_SCAN and path.suffix.lower() in _PICTURES and bool(_SAVED.search(path.parent.name))
