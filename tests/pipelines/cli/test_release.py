"""`gongkai release`: what it says, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli.app import app
from pipelines.publish import content, release
from pipelines.publish.content import Ordered
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, EPOCH, released, results

FIRST, SECOND = "2025.04.01", "2025.04.01.2"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two releases: the second has a report less, and was accepted."""
    folder = tmp_path_factory.mktemp("workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        parsed = Parsed().report("a-2023", CELLS, body_name="甲市").report("b-2024", CELLS, body_name="[乙]市")
        released(parsed.build(folder / "old").path, folder / "releases")
        fewer = Parsed().report("a-2023", CELLS, body_name="甲市").build(folder / "new").path
        order = Ordered(fewer, results(), "n", "taken back by the body", has_site=False)
        release.promote(folder / "releases", content.build(order, folder / "releases"))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def test_a_whole_release_is_proved(workspace: Path) -> None:
    done = run("verify", "--workspace", workspace)
    assert done.exit_code == 0 and "whole: " in done.output and SECOND in done.output
    assert run("verify", workspace / "releases" / FIRST).exit_code == 0


def test_what_is_wrong_with_a_download_is_named(workspace: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(workspace / "releases" / FIRST, tmp_path / "download")
    (folder / "README.txt").write_text("x")
    (folder / "LICENSE").unlink()
    (folder / "virus.exe").touch()
    done = run("verify", folder)
    assert done.exit_code == 1
    for words in (
        "missing: LICENSE",
        "damaged: README.txt",
        "not of the release: virus.exe",
        "files missing, 1 damaged",
    ):
        assert words in done.output
    nothing = run("verify", tmp_path)
    assert (nothing.exit_code, "is no release" in nothing.output) == (2, True)


def test_releases_are_listed_with_what_was_accepted(workspace: Path, tmp_path: Path) -> None:
    done = run("list", "--workspace", workspace)
    first, second = done.output.splitlines()
    assert first.startswith(SECOND) and f"after {FIRST}" in first
    assert "latest" in first and "accepted: taken back by the body" in first
    assert second.startswith(FIRST) and "after none" in second and "latest" not in second
    assert run("list", "--workspace", tmp_path).exit_code == 2


def test_two_releases_are_told_apart(workspace: Path) -> None:
    done = run("diff", FIRST, SECOND, "--workspace", workspace)
    assert done.exit_code == 1
    assert f"Compared with {FIRST}" in done.output and "\\[乙\\]市" in done.output
    assert "| facts | vanished | report\\_gone | 2 |" in done.output
    same = run("diff", FIRST, workspace / "releases" / FIRST, "--workspace", workspace)
    assert (same.exit_code, "No value of facts" in same.output) == (0, True)


def test_a_version_that_there_is_not(workspace: Path) -> None:
    done = run("diff", FIRST, "1999.01.01", "--workspace", workspace)
    assert done.exit_code == 2 and "gongkai release list" in done.output
