"""Files that are whole or absent, whatever kills the program: atomic writes, and hashes of contents.

Belongs here: what every step that writes needs. Does not belong here: what is written, or where (`pipelines.workspace`).
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any


def write_atomically(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    `durable` also waits for the disk, for bytes that cannot be made again. The temporary file carries the numbers
    of process and thread, so that two writers of the same file never share it; `sweep` removes what a kill leaves behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_native_id()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait for the disk. For folders that nobody sees before they are whole: half of it can be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_json(path: Path, content: object) -> None:
    """Write JSON atomically, keys sorted: the same content gives the same bytes."""
    write_atomically(path, json_bytes(content))


def json_bytes(content: object) -> bytes:
    """JSON with sorted keys and a line end."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a JSON file; None where it is missing or damaged, as after a crash of the machine."""
    with suppress(FileNotFoundError, ValueError):
        content = json.loads(path.read_bytes())
        return content if isinstance(content, dict) else None
    return None


def sweep(folder: Path, pattern: str = ".*.tmp") -> None:
    """Remove temporary files of writers that were killed. Only while no one else writes there."""
    for left in folder.glob(pattern):
        left.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(parts: Iterable[str]) -> str:
    """A short hash over texts in the given order."""
    whole = hashlib.sha256()
    for part in parts:
        # A file's name need not be UTF-8.
        whole.update(part.encode("utf-8", "surrogateescape"))
        whole.update(b"\0")
    return whole.hexdigest()[:16]
