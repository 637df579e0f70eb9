"""Documents that need a tool, through a whole refresh: without it, when it comes, and with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.build import plan
from pipelines.catalogue.catalogue import Refreshed, load_record, refresh
from pipelines.workspace import Workspace
from tests.made.corpus import report, write
from tests.made.office import made, needs_office

pytestmark = pytest.mark.long(seconds=10)

OFFICE = frozenset({"libreoffice"})
TOOLS: tuple[frozenset[str], ...] = (frozenset(), frozenset({"ocr"}), OFFICE)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A page, and a document that only LibreOffice can open."""
    folder = tmp_path / "reports"
    write(folder, "hangzhou2023.html", "杭州市人民政府", 2023, 1)
    (folder / "broken.rtf").write_bytes(b"{\\rtf1 {\\object")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def codes(refreshed: Refreshed) -> dict[str, str | None]:
    return {entry.summary.file_name: entry.summary.code for entry in refreshed.catalogue.entries}


def test_without_the_tool_the_row_says_what_to_install_and_is_kept(source: Path, workspace: Workspace) -> None:
    first = refresh(source, workspace, given=frozenset())
    assert codes(first) == {"hangzhou2023.html": None, "broken.rtf": "needs_libreoffice"}
    entry = next(e for e in first.catalogue.entries if e.summary.code)
    assert (entry.summary.format, entry.summary.stage) == ("rtf", "read")
    (row,) = load_record(workspace, entry.key).tables.quarantine
    assert "apt install libreoffice-writer-nogui" in (row.hint or "")
    assert refresh(source, workspace, given=frozenset()).parsed == 0
    assert refresh(source, workspace, given=frozenset({"ocr"})).parsed == 0


def test_a_build_has_something_to_do_once_the_tool_has_come(source: Path, workspace: Workspace) -> None:
    refresh(source, workspace, given=frozenset())
    assert [plan(source, workspace, tools).parse for tools in TOOLS] == [0, 0, 1]


@needs_office
def test_when_the_tool_has_come_the_document_is_read(source: Path, workspace: Workspace) -> None:
    (source / "broken.rtf").unlink()
    (source / "nanjing2024.doc").write_bytes(made(report("南京市人民政府", 2024, 3), "doc"))
    refresh(source, workspace, given=frozenset())
    seen: list[tuple[int, int, str, str | None]] = []
    second = refresh(
        source,
        workspace,
        given=OFFICE,
        on_document=lambda done, of, summary: seen.append((done, of, summary.file_name, summary.code)),
    )
    assert (second.parsed, codes(second)) == (1, {"hangzhou2023.html": None, "nanjing2024.doc": None})
    assert seen == [(1, 1, "nanjing2024.doc", None)]
    entry = next(e for e in second.catalogue.entries if e.summary.format == "doc")
    record = load_record(workspace, entry.key)
    assert [row.format for row in record.tables.documents] == ["doc"]
    assert entry.summary.fact_count > 190
    assert refresh(source, workspace, given=OFFICE).parsed == 0
    assert refresh(source, workspace, given=frozenset()).parsed == 0


@needs_office
def test_a_first_build_with_the_tool_counts_each_document_once(source: Path, workspace: Workspace) -> None:
    seen: list[tuple[int, int, str]] = []
    built = refresh(
        source,
        workspace,
        given=OFFICE,
        on_document=lambda done, of, summary: seen.append((done, of, summary.file_name)),
    )
    assert built.parsed == 2
    assert seen == [(1, 2, "hangzhou2023.html"), (2, 2, "broken.rtf")]
    assert codes(built)["broken.rtf"] == "conversion_failed"
    assert refresh(source, workspace, given=OFFICE).parsed == 0
    assert refresh(source, workspace, given=OFFICE, retry=True).parsed == 1
