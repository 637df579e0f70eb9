"""Damage to the bytes of a document: inside the parts of a ZIP and the streams of a PDF too, where it hurts the text.

What is then verified must be what the whole document says. A damage may change a digit that is printed; then the page
says another number, and no reader could know. Only a cell outside of every sum could pass so, and such a cell is
never verified: nothing is excused.
"""

from __future__ import annotations

import base64
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

from tests.trials.operator import damaging

Edit = Callable[[random.Random, bytes], bytes]
#: The longest range that is deleted, doubled or moved, in bytes.
LONGEST = 400
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


def truncated(dice: random.Random, data: bytes) -> bytes:
    """The end is not there."""
    return data[: dice.randrange(len(data) + 1)]


def flipped(dice: random.Random, data: bytes) -> bytes:
    """Some bits, or whole bytes, are others."""
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 8, 30])):
        at = dice.randrange(len(changed))
        changed[at] = (
            changed[at] ^ (1 << dice.randrange(8)) if dice.random() < 0.5 else dice.choice(b"<>0123456789 /\"'&")
        )
    return bytes(changed)


def _range(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data))
    return start, min(len(data), start + dice.choice([1, 2, 5, dice.randint(1, 60), dice.randint(1, LONGEST)]))


def deleted(dice: random.Random, data: bytes) -> bytes:
    """A range is not there."""
    start, end = _range(dice, data)
    return data[:start] + data[end:]


def duplicated(dice: random.Random, data: bytes) -> bytes:
    """A range stands twice."""
    start, end = _range(dice, data)
    return data[:end] + data[start:end] + data[end:]


def spliced(dice: random.Random, data: bytes) -> bytes:
    """A range stands in another place, too, or in place of what was there."""
    start, end = _range(dice, data)
    at = dice.randrange(len(data))
    return data[:at] + data[start:end] + data[at + dice.choice([0, end - start]) :]


# --- inside of containers


def inside(edit: Edit) -> Edit:
    """The same edit inside of a part or stream, if the document has any; at times in its own bytes."""

    def edited(dice: random.Random, data: bytes) -> bytes:
        if not data or dice.random() < 0.2:
            return edit(dice, data) if data else data
        if data.startswith(b"PK"):
            with suppress(Exception):  # a ZIP that another step broke has no parts
                return _in_part(dice, data, edit)
        if data.startswith(b"%PDF"):
            return _in_stream(dice, data, edit)
        return edit(dice, data)

    edited.__doc__ = edit.__doc__
    return edited


def _in_part(dice: random.Random, data: bytes, edit: Edit) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    main = [n for n in parts if n.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml"))]
    name = dice.choice(main if main and dice.random() < 0.8 else [n for n in parts if parts[n]])
    parts[name] = edit(dice, parts[name])
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _in_stream(dice: random.Random, data: bytes, edit: Edit) -> bytes:
    """Content streams are deflated (and in ASCII); the file's table of places is wrong afterwards, as in broken files."""
    streams = [m for m in _STREAM.finditer(data) if len(m[1]) > 20]
    if not streams:
        return edit(dice, data)
    match = dice.choice(streams)
    inner, pack = _unpacked(match[1])
    if not inner:
        return edit(dice, data)
    return data[: match.start(1)] + pack(edit(dice, inner)) + data[match.end(1) :]


def _unpacked(stream: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    with suppress(ValueError, zlib.error):
        if stream.rstrip().endswith(b"~>"):
            plain = zlib.decompress(_a85(stream))
            return plain, lambda content: base64.a85encode(zlib.compress(content)) + b"~>"
        return zlib.decompress(stream), zlib.compress
    return stream, lambda content: content


def _a85(stream: bytes) -> bytes:
    return base64.a85decode(stream.strip().removesuffix(b"~>"))


for _name, _edit in {
    "truncate bytes": truncated,
    "flip bytes": flipped,
    "delete bytes": deleted,
    "duplicate bytes": duplicated,
    "splice bytes": spliced,
}.items():
    damaging(_name)(inside(_edit))
