"""A document that an optional tool read is read again by another version of the tool; no other document is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.catalogue import catalogue as catalogues
from pipelines.catalogue.catalogue import load, load_record, refresh
from pipelines.catalogue.examine import DocumentJob, read_with
from pipelines.catalogue.record import Record, Summary
from pipelines.parse.report import Hints
from pipelines.tabulate import years
from pipelines.workers import pool, tools
from pipelines.workspace import Workspace
from tests.made.corpus import corpus, keep, ready

OCR = frozenset({"ocr"})
BOTH = (("libreoffice", "24.2"), ("ocr", "rapidocr 3.10"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return corpus(tmp_path / "reports")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def say(workspace: Workspace, key: str, version: str) -> None:
    """Make a kept record say that OCR of some version read it."""
    record = load_record(workspace, key)
    keep(workspace, key, replace(record, summary=replace(record.summary, read_with=(("ocr", version),))))


def test_another_version_reads_again_what_the_tool_read_and_nothing_else(source: Path, workspace: Workspace) -> None:
    first = refresh(source, workspace, given=frozenset(), worker_count=1).catalogue.entries[0]
    say(workspace, first.key, "rapidocr 1.0")
    assert refresh(source, workspace, given=frozenset(), worker_count=1).parsed == 0
    assert catalogues.waiting(workspace, OCR) == [first.key]
    assert refresh(source, workspace, given=OCR, worker_count=1).parsed == 1
    assert load_record(workspace, first.key).summary.read_with == (("ocr", tools.version_of("ocr")),)
    assert refresh(source, workspace, given=OCR, worker_count=1).parsed == 0
    assert refresh(source, workspace, given=frozenset(), worker_count=1).parsed == 0


def test_a_document_that_needed_no_tool_has_no_version_of_one(source: Path, workspace: Workspace) -> None:
    refreshed = refresh(source, workspace, given=OCR, worker_count=1)
    assert {entry.summary.read_with for entry in refreshed.catalogue.entries} == {()}


@pytest.mark.parametrize(
    ("tools_of_pass", "format", "used"),
    [
        ((), "html", ()),
        (("libreoffice",), "doc", ("libreoffice",)),
        (("libreoffice",), "unknown", ("libreoffice",)),  # a crash in that pass
        (("libreoffice", "ocr"), "doc", ("libreoffice", "ocr")),
        (("libreoffice", "ocr"), "pdf", ("ocr",)),
        (("ocr",), "image", ("ocr",)),
    ],
)
def test_a_record_says_which_tools_read_it(tools_of_pass: tuple[str, ...], format: str, used: tuple[str, ...]) -> None:
    job = DocumentJob(Path("archive"), "0" * 64, Hints("a"), "v", frozenset(tools_of_pass), BOTH)
    record = read_with(job, Record(Summary("0" * 64, "a", None, format=format)))
    assert [name for name, _ in record.summary.read_with] == list(used)
    assert set(record.summary.read_with) <= set(BOTH)


def test_a_tool_that_is_gone_reads_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    summary = Summary("0" * 64, "a.pdf", 2024, read_with=BOTH)
    monkeypatch.setattr(tools, "version_of", dict(BOTH).__getitem__)
    assert not catalogues.is_due(summary, frozenset(dict(BOTH)))
    monkeypatch.setattr(tools, "version_of", lambda name: "newer")
    assert not catalogues.is_due(summary, frozenset())
    assert catalogues.is_due(summary, OCR)


def test_the_version_of_ocr_names_each_of_its_libraries() -> None:
    said = tools.version_of("ocr")
    assert [part.split(" ")[0] for part in said.split(", ")] == [
        "numpy",
        "onnxruntime",
        "opencv-python-headless",
        "pillow",
        "rapidocr",
    ]


def test_a_document_that_is_read_again_makes_its_year_due(tmp_path: Path) -> None:
    """Its key and its year stay the same: only how it was read is another."""
    source, workspace = ready(tmp_path)
    current = load(workspace)
    assert years.stale(workspace, current) == []
    entry = next(entry for entry in current.entries if entry.year == "2020")
    say(workspace, entry.key, "rapidocr 1.0")
    refresh(source, workspace, given=OCR, worker_count=1)
    assert years.stale(workspace, load(workspace)) == ["2020"]


def test_a_document_that_is_parsed_at_last_makes_its_year_due(tmp_path: Path, source: Path) -> None:
    """The year is known from outside, so the document stays in it; it was turned away and is parsed now."""
    (source / "sources.csv").write_text(
        "file_name,source_url,report_year,body_name\nsuzhou2020.html,https://example.org/,2020,\n", encoding="utf-8"
    )
    workspace = Workspace(tmp_path / "workspace")
    refresh(source, workspace, worker_count=1, limits=pool.Limits(seconds=0))
    years.write_year(workspace, "2020")
    years.gate(workspace, "2020")
    assert "2020" not in years.stale(workspace, load(workspace))
    refresh(source, workspace, worker_count=1, retry=True)
    assert "2020" in years.stale(workspace, load(workspace))
