"""The files of sources that were hashed before, by what the system says of them: size, times, inode.

A file that was written shortly before it was hashed may be written again within the same tick of the clock. It is not
remembered, so the next look hashes it again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

#: A file that was changed so many nanoseconds ago has settled.
SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """Holds what is known of a file's bytes: their hash, and whether they are an archive of reports."""

    sha256: str
    holds_files: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Holds what the system says of a file, and when it was asked (nanoseconds)."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    at_ns: int

    @property
    def is_settled(self) -> bool:
        """Tell whether any later change would show."""
        return max(self.mtime_ns, self.ctime_ns) + SETTLED_NS < self.at_ns


def look(path: Path) -> Look:
    """Ask the system. Raises `OSError`."""
    at = time.time_ns()
    status = path.stat()
    return Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, _inode(status), at)


def _inode(status: os.stat_result) -> int:
    """The inode as SQLite holds it: signed."""
    return status.st_ino - (1 << 64) if status.st_ino >= 1 << 63 else status.st_ino


def known(rows: sqlite3.Connection, path: Path) -> tuple[Known | None, Look]:
    """Tell what is known of a file, None where it is not as it was; and what the system says of it. Raises `OSError`."""
    now = look(path)
    query = "select size, mtime_ns, ctime_ns, inode, sha256, holds_files from source_files where path = ?"
    found = rows.execute(query, (_name(path),)).fetchone()
    if found is None or found[:4] != (now.size, now.mtime_ns, now.ctime_ns, now.inode):
        return None, now
    return Known(found[4], bool(found[5])), now


def remember(rows: sqlite3.Connection, path: Path, seen: Look, sha256: str, *, holds_files: bool) -> None:
    """Remember the hash of a file that was looked at before it was read."""
    if seen.is_settled:
        row = (_name(path), seen.size, seen.mtime_ns, seen.ctime_ns, seen.inode, sha256, int(holds_files))
        rows.execute("insert or replace into source_files values (?, ?, ?, ?, ?, ?, ?)", row)


def _name(path: Path) -> bytes:
    """A name need not be text."""
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - links stay as they are
