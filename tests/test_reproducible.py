"""The same documents give the same bytes, whoever parses them, in whatever order, wherever they stand."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.publish.sums import read_sums
from pipelines.workspace import SAMPLE
from tests.conftest import GONGKAI
from tests.made.releases import EPOCH

pytestmark = pytest.mark.long(seconds=40)


def hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*.parquet") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_second_build_elsewhere_gives_an_identical_release(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    shutil.copytree(SAMPLE, tmp_path / "reports")
    # Another process than that of `built`: what Python draws lots for at its start is drawn again.
    command = ["build", str(tmp_path / "reports"), "--workspace", str(tmp_path / "w"), "--workers", "1"]
    done = subprocess.run([str(GONGKAI), *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = (read_sums(place / "releases" / "2025.04.01") for place in (built, tmp_path / "w"))
    # DuckDB gives every file an identifier of its own.
    assert first.pop("gongkai.duckdb") and second.pop("gongkai.duckdb")
    assert len(first) > 150
    assert second == first
    assert hashes(tmp_path / "w" / "tables") == hashes(built / "tables")
