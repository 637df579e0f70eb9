"""A year in several shards: only those are written that changed, and history never shows in the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.catalogue import documents
from pipelines.catalogue.catalogue import load, refresh
from pipelines.steps.shards import on_disk
from pipelines.steps.year_stamps import stamp_of
from pipelines.tabulate import years
from pipelines.workspace import Workspace
from tests.made.corpus import spoil, write

pytestmark = pytest.mark.usefixtures("no_workers")

BODIES = ("杭州市", "南京市", "苏州市", "无锡市", "宁波市", "温州市", "扬州市", "徐州市")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Workspace]:
    """Eight reports of one year in two shards."""
    monkeypatch.setattr(documents, "depth", lambda most: 1 if most > 4 else 0)
    source, workspace = tmp_path / "reports", Workspace(tmp_path / "workspace")
    for number, body in enumerate(BODIES):
        write(source, f"{number}.html", f"{body}人民政府", 2023, number)
    build(source, workspace)
    return source, workspace


def build(source: Path, workspace: Workspace) -> None:
    catalogue = refresh(source, workspace, worker_count=1).catalogue
    years.drop_gone(workspace, catalogue)
    for year in years.stale(workspace, catalogue):
        years.write_year(workspace, year)
        assert years.gate(workspace, year).is_open
    assert years.stale(workspace, catalogue) == []


def tables(workspace: Workspace) -> dict[str, bytes]:
    files = workspace.tables.rglob("*.parquet")
    return {path.relative_to(workspace.tables).as_posix(): path.read_bytes() for path in files}


def written(workspace: Workspace) -> dict[str, int]:
    files = workspace.tables.rglob("*.parquet")
    return {path.relative_to(workspace.tables).as_posix(): path.stat().st_mtime_ns for path in files}


def test_one_changed_report_writes_its_shard_and_no_other(place: tuple[Path, Workspace]) -> None:
    source, workspace = place
    assert [shard.name for shard in on_disk(workspace.tables)] == ["2023/0", "2023/1"]
    before = written(workspace)
    write(source, "0.html", f"{BODIES[0]}人民政府", 2023, 99)
    build(source, workspace)
    after = written(workspace)
    changed = {name.split("/")[2] for name in after if after[name] != before[name]}
    assert len(changed) == 1
    stamp = stamp_of(workspace, "2023")
    assert stamp is not None
    assert stamp.digest.rows["reports"] == 8


def test_history_does_not_show_in_the_bytes(place: tuple[Path, Workspace], tmp_path: Path) -> None:
    source, workspace = place
    whole = tables(workspace)
    aside = [source / f"{number}.html" for number in range(4)]
    texts = [path.read_bytes() for path in aside]
    for path in aside:
        path.unlink()
    build(source, workspace)  # one shard now
    assert [shard.name for shard in on_disk(workspace.tables)] == ["2023/all"]
    for path, text in reversed(list(zip(aside, texts, strict=True))):
        path.write_bytes(text)
        build(source, workspace)
    assert tables(workspace) == whole
    other = Workspace(tmp_path / "other")
    build(source, other)
    assert tables(other) == whole


def test_a_shard_that_does_not_open_closes_its_year_and_is_the_only_one_written_again(
    place: tuple[Path, Workspace],
) -> None:
    source, workspace = place
    spoil(workspace, "2023", 8)
    write(source, "8.html", "常州市人民政府", 2023, 8)
    catalogue = refresh(source, workspace, worker_count=1).catalogue
    assert years.stale(workspace, catalogue) == ["2023"]
    years.write_year(workspace, "2023")
    verdict = years.gate(workspace, "2023")
    (unmet,) = verdict.unmet
    assert (verdict.is_open, unmet.table, unmet.column) == (False, "facts", "grade")
    assert years.stale(workspace, load(workspace)) == ["2023"]
