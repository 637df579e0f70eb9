"""OLE compound files made by hand, for the tests: the smallest that [MS-CFB] allows, a few streams in one folder."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def ole_file(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams. Each is padded to 4096 bytes: shorter ones would need the mini stream."""
    bodies = [content.ljust(4096, b"\0") for content in streams.values()]
    entries = [_entry("Root Entry", 5, child=1)]
    fat: list[int] = [_FAT]
    folder_sectors = -(-(len(streams) + 1) // 4)
    fat += [*range(2, folder_sectors + 1), _END]
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), start=1):
        start, count = len(fat), -(-len(body) // _SECTOR)
        fat += [*range(start + 1, start + count), _END]
        right = number + 1 if number < len(streams) else _NONE
        entries.append(_entry(name, 2, right=right, start=start, size=len(body)))
    folder = b"".join(entries).ljust(folder_sectors * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    assert len(table) == _SECTOR
    return _header() + table + folder + b"".join(bodies)


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return (head + struct.pack("<I", 0)).ljust(_SECTOR, b"\xff")


def _entry(name: str, kind: int, *, right: int = _NONE, child: int = _NONE, start: int = 0, size: int = 0) -> bytes:
    wide = name.encode("utf-16-le")
    entry = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, kind, 1, _NONE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)
