"""Names of files in archives: decoded, and made harmless as names within a source.

Nothing is ever written under such a name; it is shown, matched against `sources.csv` and against links. Belongs here:
the one name of a member. Does not belong here: what is done with the member (`pipelines.harvest.containers`).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

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

    The name is UTF-8 where the archive says so or the bytes are, else GBK, as Chinese Windows writes it.
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
