"""The archive: every document ever given, kept once under the hash of its bytes, never changed, never removed.

Belongs here: keeping, loading and verifying bytes. Does not belong here: where documents come from
(`pipelines.harvest.folder`) or what they say.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.files import sha256_of, write_atomically


class ArchiveError(Exception):
    """The archive does not hold the bytes that it should."""


def path_of(archive: Path, sha256: str) -> Path:
    """Where a document lies: `<archive>/ab/<sha256>`."""
    return archive / sha256[:2] / sha256


def keep(archive: Path, data: bytes) -> str:
    """Keep a document and return its SHA-256. Keeping it again does nothing, but for mending a cut file."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not has(archive, sha256, len(data)):
        write_atomically(path_of(archive, sha256), data, durable=True)
    return sha256


def has(archive: Path, sha256: str, size: int) -> bool:
    """Whether a document of so many bytes lies there; that they are its bytes, `load` and `verify` prove."""
    path = path_of(archive, sha256)
    return path.is_file() and path.stat().st_size == size


def load(archive: Path, sha256: str) -> bytes:
    """The bytes of a document, proved by their hash. Raises `ArchiveError` where they are missing or others."""
    path = path_of(archive, sha256)
    if not path.is_file():
        raise ArchiveError(f"the archive has no document {sha256}")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArchiveError(f"the archived document {sha256} holds other bytes; remove it and give the document again")
    return data


def verify(archive: Path) -> list[str]:
    """The hashes under which the archive holds other bytes, in order. Empty is good."""
    kept = sorted(path for path in archive.glob("??/*") if not path.name.startswith("."))
    return [path.name for path in kept if sha256_of(path) != path.name]
