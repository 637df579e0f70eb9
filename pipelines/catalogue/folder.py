"""A folder of reports as a source: which files are documents, and what its `sources.csv` knows about them.

Belongs here: finding files and hints. Does not belong here: reading or keeping them.
"""

from __future__ import annotations

import csv
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.archive.names import is_decoration, is_report_name
from pipelines.parse.report import Hints

#: Beside the documents: what is known of them from outside their bytes.
SIDECAR = "sources.csv"
SIDECAR_COLUMNS = ("file_name", "source_url", "report_year", "body_name")


class FolderError(Exception):
    """A source folder that cannot be used, with what to do about it."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """Holds what can be a report: a file, or a document that is archived already, which has a `sha256` instead of a path.

    `hints.file_name` is its path within the folder, with `/`. `holds_files` says of an archived one that it is an archive
    of reports.
    """

    path: Path | None
    size: int
    hints: Hints
    sha256: str | None = None
    holds_files: bool = False


@dataclass(slots=True)
class Scan:
    """Holds what a folder holds: documents in order of their names, and what was left alone and why."""

    found: list[FoundDocument] = field(default_factory=list)
    #: Files that no report is, counted by suffix.
    ignored: Counter[str] = field(default_factory=Counter)
    #: Names of files that could not be opened, lead out of the folder or are not files at all (pipes, devices).
    unopened: list[str] = field(default_factory=list)
    #: Names that the sidecar speaks of and the folder lacks; some may be files in an archive.
    missing: list[str] = field(default_factory=list)
    #: What the sidecar knows, by name.
    known: Mapping[str, Hints] = field(default_factory=dict)


def scan(source: Path) -> Scan:
    """Find the documents of a folder and its subfolders, or take the one file given.

    Hidden files, README*, CSV and links that lead out of the folder are no documents. Raises `FolderError`.
    """
    if not source.exists():
        raise FolderError(f"there is no {source}")
    root = source if source.is_dir() else source.parent
    known = _sidecar(root / SIDECAR)
    result = Scan(known=known)
    whole = root.resolve()
    for name in _files(root) if source.is_dir() else [source.name]:
        _sort_in(root / name, whole, _as_text(name), known, result)
    if source.is_dir():
        result.missing = sorted(known.keys() - {found.hints.file_name for found in result.found})
    return result


def _files(root: Path) -> Iterator[str]:
    """The names of all files below a folder that are not hidden, with `/` between folders, in order."""
    found: list[str] = []
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(folder).relative_to(root).as_posix()
        start = "" if below == "." else f"{below}/"
        found += [start + name for name in names if not name.startswith(".")]
    yield from sorted(found)


def _sort_in(path: Path, root: Path, name: str, known: Mapping[str, Hints], result: Scan) -> None:
    report = is_report_name(path.name)
    if report is None:
        result.ignored[path.suffix.lower()] += 1
    if not report:
        return
    size = _openable_size(path, root)
    if size is None:
        result.unopened.append(name)
    elif is_decoration(name, size):
        result.ignored["small pictures of saved pages"] += 1
    else:
        result.found.append(FoundDocument(path, size, known.get(name, Hints(file_name=name))))


def _as_text(name: str) -> str:
    """A name as text: one that is not UTF-8 comes from a Chinese archive and is GBK, as a rule."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _openable_size(path: Path, root: Path) -> int | None:
    """The size of a regular file inside the folder that may be read, else None."""
    try:
        status = path.stat()
    except OSError:
        return None
    # No folder on the way is a link: such folders are not entered.
    inside = not path.is_symlink() or path.resolve().is_relative_to(root)
    usable = inside and stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK)
    return status.st_size if usable else None


def _sidecar(path: Path) -> dict[str, Hints]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            absent = [name for name in SIDECAR_COLUMNS if name not in (rows.fieldnames or ())]
            if absent:
                raise FolderError(
                    f"{path} lacks the columns {', '.join(absent)}; it has {', '.join(rows.fieldnames or ())}"
                )
            return {row["file_name"]: _hints(f"{path}, line {rows.line_num},", row) for row in rows}
        except (csv.Error, UnicodeDecodeError) as broken:
            raise FolderError(f"{path}, line {rows.line_num}: no CSV in UTF-8 from here on ({broken})") from broken


def _hints(place: str, row: Mapping[str, str | None]) -> Hints:
    year = (row["report_year"] or "").strip()
    if year and not (year.isascii() and year.isdigit()):
        raise FolderError(f"{place} has the report_year {year!r} for {row['file_name']}; a year or nothing is expected")
    return Hints(
        file_name=row["file_name"] or "",
        source_url=row["source_url"] or None,
        report_year=int(year) if year else None,
        body_name=row["body_name"] or None,
    )
