"""Hostile files in the midst of good ones: each ends in quarantine with a reason, the good ones are read, the run ends."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.catalogue.catalogue import Catalogue, load_record, refresh
from pipelines.catalogue.record import Record
from pipelines.workers.pool import Limits
from pipelines.workspace import Workspace
from tests.made.hostile import ESCAPED, HOSTILE, SECRET, SECRET_FILE, Hostile, truncated
from tests.made.renderers import pdf
from tests.made.renderers.content import SAMPLE, content
from tests.test_sample import Cells, cells_of

pytestmark = pytest.mark.long(seconds=20)

SECONDS = 5.0
#: The report that stands between the hostile files, whole and cut.
STEM = "demo-city-2020"
#: Takes a library half a minute to find out that it holds nothing, within all limits.
SLOW = "gigantic-picture.pdf"
SHARES = (30, 60, 90)
GOLD = cells_of(SAMPLE / "expected" / f"{STEM}.csv")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("hostile") / "workspace")


@pytest.fixture(scope="module")
def catalogue(workspace: Workspace) -> Catalogue:
    """All hostile files and some good ones, read in one run."""
    source = workspace.root.parent / "reports"
    source.mkdir()
    for hostile in HOSTILE:
        (source / hostile.file_name).write_bytes(hostile.make())
    good = SAMPLE / f"{STEM}.html"
    report = content(good)
    whole = pdf.render(report)
    (source / "good.html").write_bytes(good.read_bytes())
    (source / "not-a-page.html").write_bytes(whole)
    (source / "locked-against-changes.pdf").write_bytes(pdf.render(report, user_password=""))
    for share in SHARES:
        (source / f"cut-{share}.pdf").write_bytes(truncated(whole, share / 100))
    return refresh(source, workspace, worker_count=2, limits=Limits(seconds=SECONDS), given=frozenset()).catalogue


def test_what_waits_for_ocr_is_turned_away_once_it_has_come(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="reading pictures needs the extra gongkai[ocr]")
    source, workspace = tmp_path / "reports", Workspace(tmp_path / "workspace")
    source.mkdir()
    waiting = [h for h in HOSTILE if "needs_ocr" in h.codes and h.file_name != SLOW]
    for hostile in waiting:
        (source / hostile.file_name).write_bytes(hostile.make())
    read = refresh(source, workspace, worker_count=2, given=frozenset({"ocr"})).catalogue
    assert len(waiting) == len(read.entries) >= 4
    for hostile in waiting:
        (row,) = record(read, workspace, hostile.file_name).tables.quarantine
        assert row.code in hostile.codes - {"needs_ocr"}, row.message
        assert row.hint


def record(catalogue: Catalogue, workspace: Workspace, file_name: str) -> Record:
    """The record of a file, or of the first document in it where it is an archive."""
    names = {entry.summary.file_name: entry.key for entry in catalogue.entries}
    inside = sorted(name for name in names if name.startswith(f"{file_name}/"))
    return load_record(workspace, names[file_name] if file_name in names else names[inside[0]])


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda h: h.file_name)
def test_a_hostile_file_is_in_quarantine_with_a_reason(
    hostile: Hostile, catalogue: Catalogue, workspace: Workspace
) -> None:
    (row,) = record(catalogue, workspace, hostile.file_name).tables.quarantine
    assert row.code in hostile.codes, row.message
    assert row.message
    assert row.hint


def test_the_run_goes_on_and_reads_the_good_ones(catalogue: Catalogue, workspace: Workspace) -> None:
    for name in ("good.html", "not-a-page.html", "locked-against-changes.pdf"):
        assert cells(record(catalogue, workspace, name)) == GOLD, name


@pytest.mark.parametrize("share", SHARES)
def test_a_cut_pdf_is_turned_away_or_read_right(share: int, catalogue: Catalogue, workspace: Workspace) -> None:
    """Its table of objects is gone with its end; a library may rebuild it, then what there is must be right."""
    cut = record(catalogue, workspace, f"cut-{share}.pdf")
    assert cut.summary.code in {None, "damaged", "no_text", "not_a_report", "year_unknown", "body_unknown", "needs_ocr"}
    assert cells(cut) in ({}, GOLD)


def test_a_file_of_the_machine_never_gets_into_the_output(catalogue: Catalogue, workspace: Workspace) -> None:
    if not Path(SECRET_FILE).read_text(encoding="utf-8").startswith(SECRET):
        pytest.skip(f"{SECRET_FILE} begins otherwise here")
    assert catalogue.entries
    for entry in catalogue.entries:
        assert SECRET not in str(load_record(workspace, entry.key).tables)


def test_nothing_of_an_archive_is_written_under_its_own_name(catalogue: Catalogue, workspace: Workspace) -> None:
    assert catalogue.entries
    assert [place for place in (Path("/tmp"), Path("/")) if (place / ESCAPED).exists()] == []
    assert list(workspace.root.rglob(f"*{ESCAPED}*")) == []


def cells(record: Record) -> Cells:
    return {
        (row.form_table, row.form_row, row.form_column): (
            None if row.value is None else Decimal(str(row.value)),
            row.raw,
        )
        for row in record.tables.facts
    }
