"""A file is hashed again where anything tells that it may be another, and not otherwise."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive import by_hash
from pipelines.catalogue import seen_files
from pipelines.catalogue.catalogue import survey
from pipelines.catalogue.seen_files import SETTLED_NS, Known, known, look, remember
from pipelines.steps import state
from pipelines.workspace import Workspace

SHA256 = "a" * 64


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with state.opened(Workspace(tmp_path / "workspace")) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was written long before it is looked at."""
    path = tmp_path / os.fsdecode(b"a\xff.html")  # a name need not be text
    path.write_bytes(b"12345")
    now = time.time_ns
    monkeypatch.setattr(seen_files.time, "time_ns", lambda: now() + 2 * SETTLED_NS)
    return path


def test_a_file_that_is_as_it_was_is_known(rows: sqlite3.Connection, path: Path) -> None:
    assert known(rows, path)[0] is None
    remember(rows, path, look(path), SHA256, holds_files=True)
    assert known(rows, path)[0] == Known(SHA256, holds_files=True)


@pytest.mark.parametrize("change", ["size", "times", "times put back", "inode"])
def test_a_file_that_looks_otherwise_is_not(change: str, rows: sqlite3.Connection, path: Path) -> None:
    remember(rows, path, look(path), SHA256, holds_files=False)
    before = path.stat()
    if change == "inode":
        other = path.with_name("b")
        other.write_bytes(b"54321")
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.replace(path)
    else:
        path.write_bytes(b"123456" if change == "size" else b"54321")
    if change == "times put back":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert known(rows, path)[0] is None


def test_a_file_that_was_just_written_is_not_remembered(rows: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "new.html"
    path.write_bytes(b"12345")
    remember(rows, path, look(path), SHA256, holds_files=False)
    assert known(rows, path)[0] is None


def test_a_known_file_is_read_only_where_the_archive_lacks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, workspace = tmp_path / "reports", Workspace(tmp_path / "workspace")
    source.mkdir()
    (source / "a.html").write_bytes(b"<p>1</p>")
    now = time.time_ns
    monkeypatch.setattr(seen_files.time, "time_ns", lambda: now() + 2 * SETTLED_NS)
    first = survey(source, workspace)
    read: list[Path] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or whole(path))
    assert survey(source, workspace).jobs == first.jobs
    assert source / "a.html" not in read
    sha256 = hashlib.sha256(b"<p>1</p>").hexdigest()
    (Path(workspace.archive) / by_hash.name_of(sha256)).unlink()
    assert survey(source, workspace).jobs == first.jobs
    assert by_hash.load(workspace.archive, sha256) == b"<p>1</p>"
