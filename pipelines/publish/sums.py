"""`SHA256SUMS`: the hash of every file of a release, as `sha256sum -c` reads it, and the proof of a download by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.files import sha256_of, write_durably
from pipelines.publish.known_hashes import hash_of
from pipelines.publish.versions import SUMS


@dataclass(frozen=True, slots=True)
class VerifiedFiles:
    """Holds what became of the files that `SHA256SUMS` lists, and files that it does not list, by path in order."""

    count: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether every file is there as it was released. Further files beside them do no harm."""
        return not (self.missing or self.damaged)


class NoSumsError(Exception):
    """A folder that is no release: it has no `SHA256SUMS`, or one that cannot be read."""


def write_sums(folder: Path) -> dict[str, str]:
    """Write the hashes of all files of a folder into its `SHA256SUMS`; the same by path."""
    sums = {path: hash_of(folder / path) for path in _files(folder)}
    write_durably(folder / SUMS, "".join(f"{sha256}  {path}\n" for path, sha256 in sums.items()).encode())
    return sums


def read_sums(folder: Path) -> dict[str, str]:
    """The hashes by path. Raises `NoSumsError`."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSumsError(f"{folder} is no release: it has no {SUMS} that can be read") from error
    pairs = [line.split("  ", 1) for line in lines]
    if not lines or any(len(pair) != 2 or len(pair[0]) != 64 for pair in pairs):
        raise NoSumsError(f"{folder / SUMS} is damaged: a line is not a hash and a path")
    return {path: sha256 for sha256, path in pairs}


def verify(folder: Path, stands: Callable[[str, Path], bool] = lambda sha256, file: False) -> VerifiedFiles:
    """Read every file of a release and compare its hash. Raises `NoSumsError`.

    A file of which `stands` says that it is what its hash says is not read. A path that leads out of the folder is
    damage, and is not opened.
    """
    listed = read_sums(folder)
    missing, damaged = [], []
    for path, sha256 in sorted(listed.items()):
        file = folder / path
        if not file.resolve().is_relative_to(folder.resolve()):
            damaged.append(path)
        elif not file.is_file():
            missing.append(path)
        elif not stands(sha256, file) and sha256_of(file) != sha256:
            damaged.append(path)
    unlisted = [path for path in _files(folder) if path not in listed]
    return VerifiedFiles(len(listed), tuple(missing), tuple(damaged), tuple(unlisted))


def _files(folder: Path) -> Iterator[str]:
    """The files of a folder by path, in order, but for the list of hashes itself."""
    found = (path for path in folder.rglob("*") if path.is_file())
    yield from sorted(name for path in found if (name := path.relative_to(folder).as_posix()) != SUMS)
