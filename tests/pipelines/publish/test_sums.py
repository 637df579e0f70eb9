"""`SHA256SUMS` proves a folder whole, or says which file is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.publish.sums import NoSumsError, read_sums, verify, write_sums

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.parquet").write_bytes(b"a")
    (tmp_path / "b 乙.txt").touch()
    write_sums(tmp_path)
    return tmp_path


def test_every_file_is_listed_but_the_list(folder: Path) -> None:
    assert read_sums(folder) == {
        "b 乙.txt": EMPTY,
        "data/a.parquet": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    }
    assert verify(folder).whole and verify(folder).count == 2


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum")
def test_sha256sum_reads_it(folder: Path) -> None:
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=False).returncode == 0


def test_what_is_wrong_is_named(folder: Path) -> None:
    (folder / "data" / "a.parquet").unlink()
    (folder / "b 乙.txt").write_text("x")
    (folder / "more.txt").touch()
    found = verify(folder)
    assert (found.missing, found.damaged, found.unlisted) == (("data/a.parquet",), ("b 乙.txt",), ("more.txt",))
    assert not found.whole


def test_a_path_that_leads_out_is_damage_and_is_not_opened(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "empty"
    outside.touch()
    sums = folder / "SHA256SUMS"
    sums.write_text(f"{sums.read_text()}{EMPTY}  {outside}\n{EMPTY}  ../{outside.parent.name}/empty\n")
    assert verify(folder).damaged == (f"../{outside.parent.name}/empty", str(outside))


@pytest.mark.parametrize("content", [None, b"", b"abc", b"\xff\xfe"])
def test_a_folder_without_a_list_is_no_release(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "SHA256SUMS").write_bytes(content)
    with pytest.raises(NoSumsError, match="SHA256SUMS"):
        verify(tmp_path)
