"""Hashes of files, each file read once: it is the same file while its inode, size and time are the same."""

from __future__ import annotations

from pathlib import Path

from pipelines.files import sha256_of

_KNOWN: dict[tuple[int, int, int, int], str] = {}


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes. A file that was read in this process, or that `remember` told of, is not read again."""
    signature = _signature(path)
    if signature not in _KNOWN:
        _KNOWN[signature] = sha256_of(path)
    return _KNOWN[signature]


def remember(path: Path, sha256: str) -> None:
    """Take the hash of a file as known."""
    _KNOWN[_signature(path)] = sha256


def _signature(path: Path) -> tuple[int, int, int, int]:
    told = path.stat()
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns
