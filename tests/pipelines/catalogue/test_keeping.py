"""Records after a kill, after another version of the program, and in a workspace of a program before."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.catalogue import keeping, raw_gate
from pipelines.catalogue.catalogue import load, load_record, refresh
from pipelines.catalogue.record import columns_of
from pipelines.catalogue.segments import new_name
from pipelines.catalogue.segments import write as write_segment
from pipelines.steps import state
from pipelines.steps.fingerprints import program_version
from pipelines.workspace import Workspace
from tests.made.corpus import corpus, ready, record_file

pytestmark = pytest.mark.usefixtures("no_workers")


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Workspace]:
    return ready(tmp_path)


def segments_of(workspace: Workspace) -> list[str]:
    folder = keeping.folder_of(workspace, program_version())
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))


def test_records_lie_in_the_folders_of_their_shards(place: tuple[Path, Workspace]) -> None:
    folders = {name.rpartition("/")[0] for name in segments_of(place[1])}
    assert folders == {f"report_year={year}/bucket=all" for year in (2020, 2023, 2024)}


def test_a_segment_that_nobody_noted_is_not_parsed_again(place: tuple[Path, Workspace]) -> None:
    source, workspace = place
    entries = load(workspace).entries
    with state.opened(workspace) as rows:
        rows.execute("delete from documents where year = '2024'")
    assert refresh(source, workspace, worker_count=1).parsed == 0
    assert load(workspace).entries == entries


def test_an_older_segment_that_nobody_notes_any_more_is_not_taken_for_a_newer_one(
    place: tuple[Path, Workspace],
) -> None:
    source, workspace = place
    (entry,) = load(workspace).of("2020")
    record = load_record(workspace, entry.key)
    before = replace(record, summary=replace(record.summary, code="crashed", stage="read"))
    old = keeping.folder_of(workspace, program_version()) / new_name()
    write_segment(old, [(entry.key, before.summary, columns_of(before))])
    os.utime(old, ns=(1, 1))
    assert refresh(source, workspace, worker_count=1).parsed == 0
    assert load(workspace).of("2020") == [entry]
    assert not old.exists()


def test_half_a_segment_is_removed_and_its_documents_parsed_again(place: tuple[Path, Workspace]) -> None:
    source, workspace = place
    path = record_file(workspace, load(workspace).of("2020")[0].key)
    left = path.with_name(f".{path.name}.tmp")
    left.write_bytes(path.read_bytes()[:100])
    state.path(workspace).unlink()
    path.write_bytes(path.read_bytes()[:100])
    assert refresh(source, workspace, worker_count=1).parsed == 1
    assert not left.exists()


def test_a_workspace_of_a_program_before_is_taken_over(tmp_path: Path) -> None:
    source, workspace = corpus(tmp_path / "reports"), Workspace(tmp_path / "workspace")
    left = ["catalogue.json", "parsed/0123456789ab/0a/0a1b-2c.json.gz", "state/years/2023.json"]
    kept = ["inbox/a.html", "releases/2026/SHA256SUMS", "state/release.json"]
    for name in (*left, *kept):
        path = workspace.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    assert refresh(source, workspace, worker_count=1).parsed == 4
    assert [name for name in (*left, *kept) if (workspace.root / name).exists()] == kept
    assert not (workspace.root / "parsed/0123456789ab").exists()


def test_the_archive_is_proved_in_turn(place: tuple[Path, Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    source, workspace = place
    refreshed = refresh(source, workspace, worker_count=1)
    monkeypatch.setattr(raw_gate, "LEAST_BYTES", 0)
    hashes = sorted(entry.summary.document_sha256 for entry in refreshed.catalogue.entries)
    (Path(workspace.archive) / hashes[2][:2] / hashes[2]).write_bytes(b"other bytes")
    said = [raw_gate.gate(workspace, refreshed).unmet for _ in range(5)]
    assert [bool(unmet) for unmet in said] == [False, False, True, False, False]
    assert hashes[2] in said[2][0].message
