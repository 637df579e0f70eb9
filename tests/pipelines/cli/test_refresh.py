"""`gongkai refresh` and `gongkai archive` where nothing is to be fetched: what they say, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.archive.by_hash import keep, name_of
from pipelines.cli.app import app
from pipelines.harvest.register.sources import COLUMNS

ROWS = (
    "杭州市人民政府,浙江,prefecture,list,body,,http://www.hangzhou.gov.cn/nb/,collected,",
    "杭州市教育局,浙江,department,report,,2024,http://edu.hangzhou.gov.cn/1.html,collected,",
)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GONGKAI_HARVEST_CONTACT", raising=False)
    path = tmp_path / "sources.csv"
    path.write_text("\n".join([",".join(COLUMNS), *ROWS]) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    return done.exit_code, " ".join(done.output.split())


def test_a_dry_run_says_what_from_whom_and_how_fast_and_writes_nothing(tmp_path: Path, sources: Path) -> None:
    code, said = run("refresh", "--dry-run", "--sources", sources, "-w", tmp_path / "w")
    assert code == 0
    assert "http://www.hangzhou.gov.cn/nb/ │ list │ 杭州市人民政府 │ a list of reports" in said
    assert "http://edu.hangzhou.gov.cn/1.html │ report │ 杭州市教育局 │ never asked for" in said
    assert "│ edu.hangzhou.gov.cn │ 1 │ 2 s │" in said
    assert "Nothing was requested." in said
    assert not (tmp_path / "w").exists()


def test_a_year_and_a_pattern_narrow_it(tmp_path: Path, sources: Path) -> None:
    _, said = run("refresh", "--dry-run", "--year", "2023", "--only", "教育局", "--sources", sources, "-w", tmp_path)
    assert "0 addresses of 0 hosts" in said


def test_without_a_contact_nothing_is_requested(tmp_path: Path, sources: Path) -> None:
    code, said = run("refresh", "--sources", sources, "-w", tmp_path / "w")
    assert code == 2
    assert "GONGKAI_HARVEST_CONTACT=you@example.org" in said
    assert not (tmp_path / "w").exists()


def test_a_wrong_setting_and_a_pattern_without_match_are_told(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_HARVEST_CONTACT", "tests@example.org")
    code, said = run("refresh", "--only", "火星", "--sources", sources, "-w", tmp_path)
    assert (code, "no source matches '火星'" in said) == (2, True)
    monkeypatch.setenv("GONGKAI_HARVEST_DELAY_SECONDS", "soon")
    code, said = run("refresh", "--dry-run", "--sources", sources, "-w", tmp_path)
    assert (code, "GONGKAI_HARVEST_DELAY_SECONDS" in said) == (2, True)


def test_a_damaged_archive_is_not_whole(tmp_path: Path) -> None:
    sha256 = keep(tmp_path / "archive", b"report")
    assert run("archive", "verify", "-w", tmp_path)[0] == 0
    (tmp_path / "archive" / name_of(sha256)).write_bytes(b"rapport")
    code, said = run("archive", "verify", "-w", tmp_path)
    assert (code, f"damaged: {sha256[:2]}/{sha256}" in said) == (1, True)


def test_where_nothing_can_be_kept_the_refresh_ends_and_says_so(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_HARVEST_CONTACT", "tests@example.org")
    (tmp_path / "w").write_bytes(b"a file")
    code, said = run("refresh", "--sources", sources, "-w", tmp_path / "w")
    assert (code, "what was fetched cannot be kept" in said) == (1, True)
