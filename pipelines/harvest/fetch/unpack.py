"""Bodies as they travel → as they are: gzip and deflate unpacked, piece by piece, never more than is wanted.

Belongs here: content codings. What aiohttp would do by itself passes over a cut end, and half a report would be taken for
the whole. Does not belong here: archives of files, which are content (`pipelines.archive.containers`).
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

_GZIP, _ZLIB, _RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
#: How each member of gzip begins.
_MAGIC = b"\x1f\x8b"
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}


class BadCoding(Exception):
    """A body that cannot be unpacked, or not to its end."""


class TooLarge(Exception):
    """A body that unpacks to more than is wanted; `start` is what is wanted of it."""

    def __init__(self, start: bytes) -> None:
        super().__init__(f"more than {len(start):,} bytes")
        self.start = start


async def unpacked(pieces: AsyncIterator[bytes], coding: str | None, largest: int) -> bytes:
    """A whole body by its `Content-Encoding`. Raises `BadCoding`, or `TooLarge` as soon as that is known."""
    names = [name for part in (coding or "").lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in _WINDOWS):
        raise BadCoding(f"it is packed as {coding}, which was not asked for")
    unpacker = _Unpacker(_WINDOWS[names[0]]) if names else None
    body = bytearray()
    async for piece in pieces:
        # One byte more than is wanted tells that there is more.
        body += unpacker.unpack(piece, largest + 1 - len(body)) if unpacker else piece
        if len(body) > largest:
            raise TooLarge(bytes(body[:largest]))
    if unpacker and not unpacker.is_whole:
        raise BadCoding("it is cut off in the midst of what is packed")
    return bytes(body)


class _Unpacker:
    """One packed body. After its end there can be another one, of gzip, or filling that browsers pass over too."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        #: What came and is too short to tell what it is.
        self._held = b""
        self._begun = self._ended = False

    @property
    def is_whole(self) -> bool:
        """Tell whether what came ended where it should; nothing at all is whole too."""
        return self._ended or not (self._begun or self._held)

    def unpack(self, piece: bytes, most: int) -> bytes:
        """Tell what a piece unpacks to, but no more than `most` bytes. Raises `BadCoding`."""
        found = bytearray()
        piece, self._held = self._held + piece, b""
        while piece and len(found) < most:
            if not self._begun or self._ended:
                if len(piece) < len(_MAGIC):
                    self._held = piece
                    break
                if self._ended and not (self._window == _GZIP and piece.startswith(_MAGIC)):
                    break
                self._stream, self._ended = zlib.decompressobj(self._window), False
            found += self._next(piece, most - len(found))
            self._begun, self._ended, piece = True, self._stream.eof, self._stream.unused_data
        return bytes(found)

    def _next(self, piece: bytes, most: int) -> bytes:
        try:
            return self._stream.decompress(piece, most)
        except zlib.error as error:
            if self._window != _ZLIB or self._begun:
                raise BadCoding(f"it cannot be unpacked: {error}") from error
        # Some servers leave out the frame of zlib that "deflate" means.
        self._window, self._stream = _RAW, zlib.decompressobj(_RAW)
        return self._next(piece, most)
