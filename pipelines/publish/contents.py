"""`files/` of a folder of releases: each content once, under its hash; the files of every version are links to it.

A version's folder stays an ordinary folder of ordinary files, which can be copied, served and zipped. No file is ever
written in place: it may be a file of another version as well, and so every file is made read-only. What is kept here of
inputs and times is a memory and no source: without it everything is made and read again, to the same bytes.

Belongs here: storing, lending, proving, removing. Does not belong here: what makes a file (`export`, `sheets`, `site`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from pipelines.files import fingerprint, read_json, sha256_of, sweep, write_atomically
from pipelines.publish.known_hashes import hash_of, remember
from pipelines.steps.fingerprints import release_version

FOLDER = "files"
_STATE = "state.json"
#: Every run proves one content in so many by its hash, each in its turn.
TURNS = 10
_READ_ONLY = 0o444


class Contents:
    """The contents of a folder of releases; without a folder, a store that keeps nothing and lends nothing."""

    def __init__(self, releases: Path | None = None) -> None:
        self._folder = None if releases is None else releases / FOLDER
        said: Mapping[str, Any] = {} if self._folder is None else read_json(self._folder / _STATE) or {}
        #: Size and time of each content when it was stored, by hash.
        self._stored: dict[str, list[int]] = dict(said.get("stored", {}))
        #: The hash of what was made of inputs, by their fingerprint.
        self._made: dict[str, str] = dict(said.get("made", {}))
        self._turn = int(said.get("turn", 0))

    def file(self, path: Path, inputs: Iterable[str], make: Callable[[Path], None]) -> None:
        """Let a file be there: linked where the same program made it of the same inputs before, else made.

        `inputs` tell all that the bytes depend on besides the program. `make` writes the file at `path`.
        """
        told = tuple(inputs)
        if not self.lend({path: told}):
            make(path)
            self.made({path: told})

    def lend(self, wanted: Mapping[Path, Iterable[str]]) -> bool:
        """Link files that belong together, each with its inputs as in `file`; false, and none of them, where one is missing."""
        lent = []
        for path, inputs in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not self._lend(self._made.get(_key(inputs), ""), path):
                break
            lent.append(path)
        if len(lent) < len(wanted):
            for path in lent:
                path.unlink()
        return len(lent) == len(wanted)

    def made(self, written: Mapping[Path, Iterable[str]]) -> None:
        """Remember what files were made of."""
        for path, inputs in written.items():
            self._made[_key(inputs)] = hash_of(path)

    def as_recorded(self, sha256: str, file: Path) -> bool:
        """Tell whether a file has the size and the time that the content had when it was stored.

        False also for a content whose turn it is to be proved by its hash.
        """
        return crc32(sha256.encode()) % TURNS != self._turn % TURNS and self._stored.get(sha256) == _told(file)

    def keep(self, folder: Path, sums: Mapping[str, str]) -> None:
        """Store the contents of a folder and let its files be links to them. `sums` are the hashes by path.

        Where the file system has no links the files stay as they are, and this is said once.
        """
        if self._folder is None:
            return
        self.take_over(folder, sums)
        self._turn += 1
        self._write()

    def take_over(self, folder: Path, sums: Mapping[str, str]) -> None:
        """Store what a whole version has that is not stored yet, as one that was made before there was a store."""
        if self._folder is None:
            return
        try:
            for name, sha256 in sums.items():
                self._keep(folder / name, sha256)
        except OSError as error:
            print(f"releases share no files: {self._folder} takes no hard links ({error.strerror})", file=sys.stderr)

    def prune(self) -> None:
        """Remove contents that no version names any more, and what is remembered of them."""
        if self._folder is None:
            return
        sweep(self._folder, "??/.*.tmp")
        for file in self._folder.glob("??/*"):
            if file.stat().st_nlink == 1:
                file.unlink(missing_ok=True)
        gone = {sha256 for sha256 in self._stored if not self._place(sha256).exists()}
        if gone:
            self._stored = {sha256: told for sha256, told in self._stored.items() if sha256 not in gone}
            self._write()

    def _write(self) -> None:
        made = {key: sha256 for key, sha256 in self._made.items() if sha256 in self._stored}
        state = {"made": made, "stored": self._stored, "turn": self._turn}
        write_atomically(self._folder_there() / _STATE, json.dumps(state, sort_keys=True).encode())

    def _folder_there(self) -> Path:
        if self._folder is None:
            raise ValueError("this store has no folder")
        return self._folder

    def _place(self, sha256: str) -> Path:
        return self._folder_there() / sha256[:2] / sha256

    def _lend(self, sha256: str, path: Path) -> bool:
        """Link a content; false where it is not there as it was stored, or cannot be linked."""
        if self._folder is None or sha256 not in self._stored or self._stored[sha256] != _told(self._place(sha256)):
            return False
        try:
            os.link(self._place(sha256), path)
        except OSError:
            return False
        remember(path, sha256)
        return True

    def _keep(self, file: Path, sha256: str) -> None:
        place = self._place(sha256)
        if place.exists() and place.samefile(file):
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_sound(sha256):
            file.chmod(_READ_ONLY)
            _link(file, place)
            self._stored[sha256] = _told(place)
            return
        # A content can have as many links as the file system allows; then the file stays one of its own.
        with suppress(OSError):
            _link(place, file)
        remember(file, sha256)

    def _is_sound(self, sha256: str) -> bool:
        """Tell whether a content is stored and whole: as recorded, or by its hash where nothing is recorded."""
        place, now = self._place(sha256), _told(self._place(sha256))
        if not now or (self._stored.get(sha256) != now and sha256_of(place) != sha256):
            return False
        self._stored[sha256] = now
        return True


def _key(inputs: Iterable[str]) -> str:
    return fingerprint([release_version(), *inputs])


def _told(file: Path) -> list[int]:
    """Size and time of a file; nothing where it is not there."""
    try:
        told = file.stat()
    except FileNotFoundError:
        return []
    return [told.st_size, told.st_mtime_ns]


def _link(source: Path, place: Path) -> None:
    """Let a name be a link, whatever it was before, in one step."""
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    os.link(source, temporary)
    temporary.replace(place)
