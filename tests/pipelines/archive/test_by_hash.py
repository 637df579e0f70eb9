"""The archive keeps every byte once and proves what it gives back."""

import hashlib
from pathlib import Path

import pytest

from pipelines.archive.by_hash import ArchiveError, VerifiedArchive, keep, load, name_of, verify


def test_what_is_kept_comes_back_and_lies_under_its_hash(tmp_path: Path) -> None:
    sha256 = keep(tmp_path, b"report")
    assert sha256 == hashlib.sha256(b"report").hexdigest()
    assert load(tmp_path, sha256) == b"report"
    assert name_of(sha256) == f"{sha256[:2]}/{sha256}"


def test_keeping_again_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / name_of(keep(tmp_path, b"report"))
    before = path.stat().st_mtime_ns
    keep(tmp_path, b"report")
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [path.name]


def test_a_file_that_was_cut_is_mended(tmp_path: Path) -> None:
    sha256 = keep(tmp_path, b"report")
    (tmp_path / name_of(sha256)).write_bytes(b"rep")
    assert keep(tmp_path, b"report") == sha256
    assert load(tmp_path, sha256) == b"report"


def test_other_bytes_are_never_given_out(tmp_path: Path) -> None:
    sha256 = keep(tmp_path, b"report")
    (tmp_path / name_of(sha256)).write_bytes(b"rapport")
    with pytest.raises(ArchiveError, match=sha256):
        load(tmp_path, sha256)
    assert verify(tmp_path).damaged == [f"{sha256[:2]}/{sha256}"]


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="f" * 64):
        load(tmp_path, "f" * 64)


def test_a_whole_archive_verifies_and_leftovers_of_a_kill_do_not_matter(tmp_path: Path) -> None:
    sha256 = keep(tmp_path, b"report")
    (tmp_path / sha256[:2] / f".{sha256}.7.tmp").write_bytes(b"re")
    assert verify(tmp_path) == VerifiedArchive(documents=1, bytes=6)
