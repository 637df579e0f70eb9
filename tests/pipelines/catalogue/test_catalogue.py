"""Work follows change: what costs a parse, and what does not."""

from pathlib import Path

import pytest

from pipelines.archive import by_hash
from pipelines.catalogue import catalogue as catalogues
from pipelines.catalogue import keeping
from pipelines.catalogue import survey as surveys
from pipelines.catalogue.catalogue import Refreshed, load, load_record, refresh
from pipelines.steps import fingerprints, state
from pipelines.workers import pool
from pipelines.workspace import Workspace
from tests.made.corpus import corpus, record_file, write

pytestmark = pytest.mark.usefixtures("no_workers")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return corpus(tmp_path / "reports")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def again(source: Path, workspace: Workspace, **options: object) -> Refreshed:
    return refresh(source, workspace, worker_count=1, **options)  # type: ignore[arg-type]


def codes(refreshed: Refreshed) -> dict[str, str | None]:
    return {entry.summary.file_name: entry.summary.code for entry in refreshed.catalogue.entries}


def test_each_document_is_parsed_once(source: Path, workspace: Workspace) -> None:
    seen: list[tuple[int, int, str]] = []
    first = again(source, workspace, on_document=lambda done, of, summary: seen.append((done, of, summary.file_name)))
    assert (first.parsed, first.catalogue.years) == (4, ["2020", "2023", "2024"])
    assert [(done, of) for done, of, _ in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert again(source, workspace).parsed == 0
    assert load(workspace) == first.catalogue


def test_one_new_report_costs_one_parse(source: Path, workspace: Workspace) -> None:
    again(source, workspace)
    write(source, "new.html", "无锡市人民政府", 2024, 9)
    assert again(source, workspace).parsed == 1


def test_a_lost_catalogue_is_found_again_without_parsing(source: Path, workspace: Workspace) -> None:
    first = again(source, workspace)
    before = first.catalogue.entries
    state.path(workspace).write_text("{")
    second = again(source, workspace)
    assert (second.parsed, second.catalogue, second.catalogue.entries) == (0, first.catalogue, before)


def test_other_hints_are_another_parse(source: Path, workspace: Workspace) -> None:
    again(source, workspace)
    (source / "sources.csv").write_text(
        "file_name,source_url,report_year,body_name\nsuzhou2020.html,https://example.org/,,\n", encoding="utf-8"
    )
    assert again(source, workspace).parsed == 1


def test_another_program_version_parses_all(
    source: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(source, workspace)
    monkeypatch.setattr(catalogues, "program_version", lambda: "another")
    assert again(source, workspace).parsed == 4
    assert load(workspace).version == "another"


def test_a_file_that_is_gone_leaves_the_catalogue_and_stays_archived(source: Path, workspace: Workspace) -> None:
    first = again(source, workspace)
    (gone,) = first.catalogue.of("2020")
    (source / "suzhou2020.html").unlink()
    second = again(source, workspace)
    assert (second.parsed, second.catalogue.years, second.previous_count) == (0, ["2023", "2024"], 4)
    assert by_hash.load(workspace.archive, gone.summary.document_sha256)


def test_the_same_bytes_under_two_names_are_one_document(source: Path, workspace: Workspace) -> None:
    (source / "copy.html").write_bytes((source / "suzhou2020.html").read_bytes())
    refreshed = again(source, workspace)
    assert refreshed.parsed == 4
    assert "suzhou2020.html" not in codes(refreshed)


def test_no_bad_document_stops_the_others(source: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "empty.html").write_bytes(b"")
    (source / "report.pdf").write_bytes(b"%PDF-1.4 and so on")
    (source / "shopping.txt").write_text("牛奶\n面包\n", encoding="utf-8")
    (source / "large.zip").write_bytes(bytes(20_000_000))
    (source / "noise.docx").write_bytes(bytes(range(256)) * 99)
    monkeypatch.setattr(surveys, "LARGEST_BYTES", 10_000_000)
    found = codes(again(source, workspace))
    assert [code for name, code in found.items() if name.endswith(("2020.html", "2023.html", "2024.html"))] == [
        None
    ] * 4
    assert (found["empty.html"], found["report.pdf"], found["large.zip"]) == (
        "empty",
        "damaged",
        "too_large",
    )
    assert found["shopping.txt"] == "not_a_report"
    assert found["noise.docx"]
    assert again(source, workspace).parsed == 0


def test_a_worker_that_dies_is_a_quarantine_row(
    source: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # workers in earnest
    refreshed = again(source, workspace, limits=pool.Limits(seconds=0))
    assert set(codes(refreshed).values()) == {"timed_out"}
    record = load_record(workspace, refreshed.catalogue.entries[0].key)
    assert [row.message for row in record.tables.quarantine] == ["took longer than 0 s"]
    assert again(source, workspace).parsed == 0
    assert again(source, workspace, retry=True).parsed == 4


def test_a_damaged_record_is_parsed_again(source: Path, workspace: Workspace) -> None:
    first = again(source, workspace)
    key = first.catalogue.entries[0].key
    path = record_file(workspace, key)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(keeping.RecordError, match="build again"):
        load_record(workspace, key)
    assert again(source, workspace).parsed == 1


def test_a_killed_refresh_goes_on_where_it_was(source: Path, workspace: Workspace) -> None:
    def stop(done: int, *_: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(source, workspace, on_document=stop)
    assert again(source, workspace).parsed == 2


def test_the_program_version_follows_contents_and_names_only(tmp_path: Path) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "a.py").write_bytes(b"x = 1\n")
    before = fingerprints.source_hash(["read", "missing.csv"], tmp_path)
    (tmp_path / "read" / "a.py").write_bytes(b"x = 1\r\n")
    (tmp_path / "read" / "notes.md").write_bytes(b"no code")
    assert fingerprints.source_hash(["read", "missing.csv"], tmp_path) == before
    (tmp_path / "read" / "a.py").write_bytes(b"x = 2\n")
    assert fingerprints.source_hash(["read", "missing.csv"], tmp_path) != before
    assert len(fingerprints.program_version()) == 12
