"""The page of downloads: files of the release beside the site, as links that hold wherever the release lies.

Belongs here: sorting, sizes, addresses. Does not belong here: making any of the files (`pipelines.publish`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipelines.site.pages import Site, write

#: So many files of one folder are shown as one line that opens.
MANY = 6
_DATABASES = frozenset((".duckdb",))
_TABLES = frozenset((".parquet", ".csv", ".xlsx"))


def write_downloads(site: Site, downloads: Mapping[str, Path]) -> None:
    """Write the page. `downloads` are files or folders by the name that is shown."""
    groups: dict[str, dict[str, list[_File]]] = {}
    for name, path in _files(downloads):
        entry = _File(name, link(site.out, path), path.stat().st_size)
        groups.setdefault(_group(path), {}).setdefault(name.rpartition("/")[0], []).append(entry)
    ordered = {group: list(_bundles(groups[group])) for group in ("database", "tables", "about") if group in groups}
    write(site, "downloads.html", "downloads", "downloads", groups=ordered, size=size)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    link: str
    bytes: int


def _bundles(folders: Mapping[str, Sequence[_File]]) -> Iterator[tuple[str, Sequence[_File]]]:
    """Files one by one under "", and the many parts of a table under the name of their folder."""
    few = [file for files in folders.values() if len(files) < MANY for file in files]
    if few:
        yield "", few
    yield from ((folder, files) for folder, files in folders.items() if len(files) >= MANY)


def link(out: Path, path: Path) -> str:
    """The address of a file as seen from the root of the site."""
    return quote(Path(os.path.relpath(path.resolve(), out.resolve())).as_posix())


def size(count: int) -> str:
    """A size for reading, in units of 1000 bytes as registries and browsers count."""
    value, unit = float(count), "B"
    for bigger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, bigger
    return f"{value:,.0f} {unit}" if unit == "B" else f"{value:,.1f} {unit}"


def _files(downloads: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, path in sorted(downloads.items()):
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file())
            yield from ((f"{name}/{file.relative_to(path).as_posix()}", file) for file in inside)
        elif path.is_file():
            yield name, path


def _group(path: Path) -> str:
    return "database" if path.suffix in _DATABASES else "tables" if path.suffix in _TABLES else "about"
