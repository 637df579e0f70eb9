"""A year is rebuilt when its documents or the program changed, and then alone."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.catalogue.catalogue import RecordError, load, refresh
from pipelines.steps import state
from pipelines.steps.stamps import verdict_of
from pipelines.steps.year_stamps import stamp_of, years_on_disk
from pipelines.tabulate import years
from pipelines.tabulate.years import drop_gone, gate, stale, write_year
from pipelines.workspace import Workspace
from tests.made.corpus import ready, record_file, spoil, table_path, write

pytestmark = pytest.mark.usefixtures("no_workers")


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Workspace]:
    return ready(tmp_path)


@pytest.fixture
def source(place: tuple[Path, Workspace]) -> Path:
    return place[0]


@pytest.fixture
def workspace(place: tuple[Path, Workspace]) -> Workspace:
    return place[1]


def files(workspace: Workspace) -> dict[str, tuple[int, bytes]]:
    paths = sorted(workspace.tables.rglob("*.parquet"))
    return {
        path.relative_to(workspace.tables).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths
    }


def rows(workspace: Workspace, table: str, year: str) -> pl.DataFrame:
    return pl.read_parquet(table_path(workspace, table, year), hive_partitioning=False)


def test_a_gated_year_is_fresh(workspace: Workspace) -> None:
    assert stale(workspace, load(workspace)) == []
    assert rows(workspace, "reports", "2024")["body_name"].sort().to_list() == ["南京市人民政府", "杭州市人民政府"]


def test_a_year_that_did_not_pass_its_gate_yet_is_stale(workspace: Workspace) -> None:
    write_year(workspace, "2023")
    assert stale(workspace, load(workspace)) == ["2023"]


def test_one_new_report_makes_its_year_stale_and_writes_that_year_only(workspace: Workspace, source: Path) -> None:
    before = files(workspace)
    write(source, "wuxi2024.html", "无锡市人民政府", 2024, 9)
    refresh(source, workspace, worker_count=1)
    assert stale(workspace, load(workspace)) == ["2024"]
    write_year(workspace, "2024")
    after = files(workspace)
    assert {name for name in after if after[name] != before[name]} == {name for name in after if "2024" in name}
    assert rows(workspace, "reports", "2024").height == 3


def test_the_same_documents_give_the_same_bytes(workspace: Workspace) -> None:
    before = {name: content for name, (_, content) in files(workspace).items()}
    for year in load(workspace).years:
        write_year(workspace, year)
    assert {name: content for name, (_, content) in files(workspace).items()} == before


@pytest.mark.parametrize("damage", ["lost", "changed", "stamp"])
def test_what_was_tampered_with_is_stale(workspace: Workspace, damage: str) -> None:
    path = table_path(workspace, "facts", "2023")
    if damage == "lost":
        path.unlink()
    elif damage == "changed":
        path.write_bytes(path.read_bytes() + b" ")
    else:
        with state.opened(workspace) as stamps:
            stamps.execute("""update stamps set files = '{"inputs": 1}' where year = '2023'""")
    assert stale(workspace, load(workspace)) == ["2023"]


def test_another_program_makes_every_year_stale(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "tables_version", lambda: "another")
    assert stale(workspace, load(workspace)) == ["2020", "2023", "2024"]


def test_a_catalogue_of_another_program_must_be_refreshed_first(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years, "program_version", lambda: "another")
    with pytest.raises(years.OutdatedCatalogueError, match="refresh the catalogue"):
        write_year(workspace, "2023")


def test_a_year_without_documents_loses_its_files(workspace: Workspace, source: Path) -> None:
    (source / "suzhou2020.html").unlink()
    refresh(source, workspace, worker_count=1)
    assert drop_gone(workspace, load(workspace)) == ["2020"]
    assert years_on_disk(workspace) == ["2023", "2024"]
    assert stamp_of(workspace, "2020") is None
    with pytest.raises(KeyError, match="no document of 2020"):
        write_year(workspace, "2020")


def test_documents_without_a_year_have_a_partition_of_their_own(workspace: Workspace, source: Path) -> None:
    (source / "report.pdf").write_bytes(b"%PDF-1.4")
    refresh(source, workspace, worker_count=1)
    assert stale(workspace, load(workspace)) == ["unknown"]
    stamp = write_year(workspace, "unknown")
    assert gate(workspace, "unknown").is_open
    assert stamp.digest.quarantined == {"read/damaged": 1}
    assert stamp.digest.examples == {"read/damaged": "report.pdf"}


def test_one_document_that_breaks_the_contract_is_turned_away_and_the_rest_flows(workspace: Workspace) -> None:
    spoil(workspace, "2024", 1)
    write_year(workspace, "2024")
    assert gate(workspace, "2024").is_open
    assert rows(workspace, "reports", "2024").height == 1
    (row,) = rows(workspace, "quarantine", "2024").rows(named=True)
    assert (row["stage"], row["code"], row["report_year"]) == ("parsed_gate", "allowed", 2024)
    assert "grade" in row["message"] and "splendid" in row["message"]


def test_many_documents_that_break_the_contract_are_a_fault_of_the_program(workspace: Workspace) -> None:
    spoil(workspace, "2024", 2)
    write_year(workspace, "2024")
    verdict = gate(workspace, "2024")
    (unmet,) = verdict.unmet
    assert (unmet.table, unmet.column, unmet.check) == ("facts", "grade", "allowed")
    assert (verdict.name, verdict.is_open) == ("parsed_gate of 2024", False)
    assert verdict.page and "splendid" in verdict.page.read_text(encoding="utf-8")
    assert verdict_of(workspace, "parsed_gate", "2024") == verdict
    assert stale(workspace, load(workspace)) == ["2024"]


def test_a_damaged_record_is_said_to_be_and_parsed_again(workspace: Workspace, source: Path) -> None:
    path = record_file(workspace, load(workspace).of("2023")[0].key)
    path.write_bytes(b"\x1f\x8b")
    with pytest.raises(RecordError, match="build again"):
        write_year(workspace, "2023")
    assert refresh(source, workspace, worker_count=1).parsed == 1
