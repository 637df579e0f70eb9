"""The quality of a release: counts that can be checked by hand, and a page that shows them and runs nothing."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import QUALITY, RESULTS
from pipelines.publish import quality, quality_page
from pipelines.publish.release_before import NOW, Before
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, HOSTILE, beside, results
from tests.made.rows import frame, valid_row


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    parsed = Parsed().report("a-2022", {"requests/granted/total": (1, "contradicted"), **CELLS})
    parsed.report("a-2024", {"requests/granted/total": (1, "contradicted"), "requests/denied/total": 2})
    parsed.figure("a-2024", "requests_received", 5)
    common = {"report_id": "a-2024", "report_year": 2024, "form": "2021", "check_code": "requests.balance"}
    for number, outcome in enumerate(("holds", "fails", "fails", "not_testable")):
        parsed.add("checks", **common, check_id=str(number), kind="structure", outcome=outcome)
    for number, name in enumerate(HOSTILE):
        parsed.add("quarantine", document_sha256=f"{number:064x}", file_name=name, message=name, report_year=None)
    with beside(parsed.build(tmp_path_factory.mktemp("w")).path, Before()) as connection:
        return quality.tables(connection, NOW)


def test_the_tables_keep_the_contract(frames: dict[str, pl.DataFrame]) -> None:
    for model in QUALITY:
        assert failures(model, frames[str(model.Config.name)]) == []  # type: ignore[attr-defined]


def test_coverage_counts_the_gap(frames: dict[str, pl.DataFrame]) -> None:
    assert frames["coverage_by_year"].rows() == [
        (2022, "county", 1, 1, 0, 0),
        (2023, "county", 1, 0, 0, 1),
        (2024, "county", 1, 1, 1, 0),
    ]


def test_grades_are_shares_of_their_year(frames: dict[str, pl.DataFrame]) -> None:
    assert frames["grades_by_year"].rows() == [
        ("facts", 2022, "2021", "verified", 2, 1.0),
        ("facts", 2024, "2021", "contradicted", 1, 0.5),
        ("facts", 2024, "2021", "verified", 1, 0.5),
        ("figures", 2024, "2021", "unverified", 1, 1.0),
    ]


def test_failed_checks_and_quarantine_are_counted(frames: dict[str, pl.DataFrame]) -> None:
    assert frames["failed_checks_by_code"].rows() == [("requests.balance", "2021", "structure", 2, 3, 1)]
    assert frames["quarantine_by_reason"]["document_count"].to_list() == [len(HOSTILE)]
    assert frames["quarantine_by_reason"]["example_file_name"].to_list() == ["\tx"]


def test_the_page_shows_hostile_texts_as_texts_and_asks_for_nothing(frames: dict[str, pl.DataFrame]) -> None:
    hostile = frames["quarantine_by_reason"].with_columns(example_message=pl.lit("<script>alert(1)</script>"))
    bad = frame(RESULTS[0], [{**valid_row(RESULTS[0]), "success": False, "message": "<img src=x onerror=alert(1)>"}])
    page = quality_page.render("2025.04.01", "a <b>reason</b>", {**frames, "quarantine_by_reason": hostile}, bad)
    assert "<script" not in page and "<img" not in page and "<b>reason" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "1 of 1 expectations are not met" in page
    assert re.findall(r'(?:src|href)="([a-z]+:|//)', page) == [] and "url(" not in page
    assert '<meta name="viewport"' in page and "was accepted though its gate found something" in page


def test_without_findings_it_says_so(frames: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    files = quality.write(tmp_path, "2025.04.01", None, frames, results())
    page = (tmp_path / "quality" / "quality.html").read_text()
    assert "All 1 expectations are met" in page and "accepted" not in page
    assert sorted(files) == [
        "corrections_by_status",
        "coverage_by_year",
        "failed_checks_by_code",
        "gate_results",
        "grades_by_year",
        "quarantine_by_reason",
    ]
    assert {p.suffix for p in (tmp_path / "quality").iterdir()} == {".html", ".csv", ".parquet"}
