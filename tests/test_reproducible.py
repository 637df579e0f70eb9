"""The same documents give the same bytes, whoever parses them, in whatever order, wherever they stand."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.settings import SAMPLE

pytestmark = pytest.mark.xdist_group("built")


def hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*.parquet") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_second_build_elsewhere_gives_identical_parquet(built: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "reports")
    # `built` is another process's work: what Python draws lots for at its start was drawn again here.
    command = ["build", str(tmp_path / "reports"), "--workspace", str(tmp_path / "w"), "--workers", "1"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    first, second = hashes(built / "publication" / "latest"), hashes(tmp_path / "w" / "publication" / "latest")
    assert len(first) > 30
    assert second == first
    assert hashes(tmp_path / "w" / "tables") == hashes(built / "tables")
