"""Tells where bytes are kept under a name, whole or not at all: a local folder, or a folder of any object store (fsspec).

Belongs here: put, get, list. Does not belong here: what the names mean (`pipelines.archive.by_hash`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import fsspec

from pipelines.files import write_atomically

#: A folder of this machine, or an address that fsspec knows (`s3://bucket/gongkai`, `gs://…`, `memory://…`).
Location = Path | str


class Store(Protocol):
    """A folder of named bytes. Names are relative, with `/`."""

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name; what is there under it is replaced in one step."""
        ...

    def get(self, name: str) -> bytes:
        """The bytes under a name. Raises `FileNotFoundError`."""
        ...

    def size(self, name: str) -> int | None:
        """The size of what is kept under a name; None where nothing is."""
        ...

    def names(self, below: str = "") -> Iterator[str]:
        """All names, or those below a folder, in order."""
        ...


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, data: bytes) -> None:
        write_atomically(self._root / name, data, durable=True)

    def get(self, name: str) -> bytes:
        return (self._root / name).read_bytes()

    def size(self, name: str) -> int | None:
        path = self._root / name
        return path.stat().st_size if path.is_file() else None

    def names(self, below: str = "") -> Iterator[str]:
        # Hidden files are what a killed writer left.
        files = (path for path in (self._root / below).rglob("*") if path.is_file() and not path.name.startswith("."))
        yield from sorted(path.relative_to(self._root).as_posix() for path in files)


class _Remote:
    """An object store: what is put appears whole or not at all, as these stores promise of each object."""

    def __init__(self, address: str) -> None:
        files, root = fsspec.core.url_to_fs(address)
        self._files: Any = files
        self._root = str(root).rstrip("/")

    def put(self, name: str, data: bytes) -> None:
        self._files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(f"{self._root}/{name}", data)

    def get(self, name: str) -> bytes:
        return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def size(self, name: str) -> int | None:
        try:
            return int(self._files.info(f"{self._root}/{name}")["size"])
        except FileNotFoundError:
            return None

    def names(self, below: str = "") -> Iterator[str]:
        folder = f"{self._root}/{below}".rstrip("/")
        self._files.invalidate_cache(folder)
        found = self._files.find(folder) if self._files.exists(folder) else []
        # `find` may or may not repeat the leading slash that the root was given with.
        yield from sorted(path.lstrip("/")[len(self._root.lstrip("/")) :].lstrip("/") for path in found)


@cache
def store(location: Location) -> Store:
    """The store at a location. An address of this machine's own files (`file://`) is a folder like any other."""
    if isinstance(location, Path):
        return _Folder(location)
    if location.startswith(("file://", "local://")):
        return _Folder(Path(location.partition("://")[2]))
    return _Remote(location) if "://" in location else _Folder(Path(location))
