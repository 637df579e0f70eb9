"""Publishing: a version folder that appears whole, and a pointer that moves last.

A kill at any moment leaves the version before readable and complete: the folder is built under a hidden name and
renamed, `latest` is a symbolic link that is replaced by another, and an old version is renamed away before it is
deleted. Belongs here: that order. Does not belong here: what is in the files (`export`, `database`, `package`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from expectations.columns import about
from expectations.registry import RESULTS, WAREHOUSE
from pipelines.files import read_json, write_atomically
from pipelines.publish.database import write_database
from pipelines.publish.export import export_frame, export_tables
from pipelines.publish.package import DATABASE, descriptor, readme
from pipelines.warehouse.page import render

#: Versions that stay, the newest included.
KEPT = 3
LATEST = "latest"
_PACKAGE = "datapackage.json"


def publish(warehouse: Path, publication: Path, gate_results: pl.DataFrame | None, version: str) -> Path:
    """Publish a warehouse as `<publication>/<version>/`, point `latest` to it, and return that folder.

    `version` is a fingerprint of the contents: a version that is there already, whole, is used as it is. `gate_results`
    is the contract's table of that name, None where no gate was run. One publisher works at a time.
    """
    publication.mkdir(parents=True, exist_ok=True)
    _sweep(publication)
    folder = publication / version
    if is_complete(folder):
        os.utime(folder)
    else:
        _build(warehouse, folder, gate_results)
    _point(publication / LATEST, version)
    _prune(publication)
    return folder


def is_complete(folder: Path) -> bool:
    """Whether every data file that the folder's `datapackage.json` lists is there in its full size."""
    package = read_json(folder / _PACKAGE)
    if package is None:
        return False
    listed = [file for resource in package["resources"] for file in resource["files"]]
    return all(_size(folder / file["path"]) == file["bytes"] for file in listed)


def _size(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None


def _build(warehouse: Path, folder: Path, gate_results: pl.DataFrame | None) -> None:
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        temporary.mkdir()
        _write(warehouse, temporary, gate_results, folder.name)
        if folder.exists():
            _discard(folder)
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write(warehouse: Path, folder: Path, gate_results: pl.DataFrame | None, version: str) -> None:
    """All files of a version; `datapackage.json` last, because it names and counts the others."""
    tables = list(WAREHOUSE)
    files = export_tables(warehouse, tables, folder)
    models = list(tables)
    if gate_results is not None:
        ordered = gate_results.sort(about(RESULTS[0]).key)
        files[about(RESULTS[0]).name] = export_frame(RESULTS[0], ordered, folder)
        models += RESULTS
        write_atomically(folder / "gates.html", render(ordered).encode(), durable=True)
    write_database(warehouse, tables, gate_results, folder / DATABASE)
    write_atomically(folder / "README.txt", readme(version, models).encode(), durable=True)
    package = json.dumps(descriptor(folder, version, models, files), ensure_ascii=False, indent=1)
    write_atomically(folder / _PACKAGE, f"{package}\n".encode(), durable=True)


def _point(link: Path, version: str) -> None:
    """Make `link` a symbolic link to the folder `version` beside it, in one step."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(version, target_is_directory=True)
    temporary.replace(link)


def _prune(publication: Path) -> None:
    """Delete all but the newest versions, and never the one that `latest` names."""
    current = (publication / LATEST).resolve()
    newest = sorted(_versions(publication), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    for folder in newest[KEPT:]:
        if folder.resolve() != current:
            _discard(folder)


def _versions(publication: Path) -> Iterator[Path]:
    for folder in publication.iterdir():
        if folder.is_dir() and not folder.is_symlink() and (folder / _PACKAGE).is_file():
            yield folder


def _discard(folder: Path) -> None:
    """Delete a version; it leaves its place first, so that half of it is never taken for the whole."""
    away = folder.with_name(f".{folder.name}.{os.getpid()}.old.tmp")
    folder.replace(away)
    shutil.rmtree(away, ignore_errors=True)


def _sweep(publication: Path) -> None:
    """Remove what a killed publisher left: hidden folders and hidden links, all with names that end in `.tmp`."""
    for left in publication.glob(".*.tmp"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
