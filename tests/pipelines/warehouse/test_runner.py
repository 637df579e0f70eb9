"""The warehouse appears whole or not at all, with the contract's columns and comments."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from expectations.columns import about, columns
from expectations.tables import DICTIONARIES, WAREHOUSE, model_of
from pipelines.warehouse.models import ModelError
from pipelines.warehouse.runner import ContractError, ModelRun, build, store_beside
from tests.made.parsed import Parsed, Warehouse
from tests.pipelines.warehouse.test_models import write

pytestmark = pytest.mark.long(seconds=12)

CELLS = {"requests/received_new/total": 5, "requests/granted/total": 3}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Parsed().report("a-2024", CELLS).write(tmp_path / "tables")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "warehouse" / "gongkai.duckdb"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[ModelRun], list[ModelRun]]:
    """A warehouse of `tables` to look at, what was run for it, and what was told meanwhile."""
    folder, told = tmp_path_factory.mktemp("whole"), list[ModelRun]()
    made = folder / "warehouse" / "gongkai.duckdb"
    return made, build(Parsed().report("a-2024", CELLS).write(folder / "tables"), made, on_model=told.append), told


@pytest.fixture
def standing(whole: tuple[Path, list[ModelRun], list[ModelRun]], target: Path) -> Path:
    """The same at the place of a test, to build over."""
    shutil.copytree(whole[0].parent, target.parent)
    return target


def only(target: Path) -> bool:
    """Whether nothing but the warehouse and its parts lies in its folder."""
    return {path.name for path in target.parent.iterdir()} == {target.name, store_beside(target).name}


def test_what_was_run_is_told_model_by_model(whole: tuple[Path, list[ModelRun], list[ModelRun]]) -> None:
    target, runs, told = whole
    assert told == runs
    rows = {run.name: run.rows for run in runs}
    assert (rows["facts"], rows["row_totals"], rows["comparison_by_year"]) == (2, 2, 1)
    assert [name for name, count in rows.items() if count is None] == ["comparison_by_year_former_names"]
    assert all(run.grain and run.purpose and run.caution for run in runs)
    assert only(target)


def test_the_file_holds_the_dictionaries_and_a_view_for_each_other_table(standing: Path) -> None:
    kept_by_hand = {about(model).name for model in DICTIONARIES}
    with duckdb.connect(str(standing), read_only=True) as connection:
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
        assert {name for (name,) in found} == kept_by_hand
        views = {
            name for (name,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        }
        assert views == {about(m).name for m in WAREHOUSE} - kept_by_hand
        # No macro is in the file, and none is needed.
        assert connection.execute("select count(*) from duckdb_functions() where not internal").fetchall() == [(0,)]
        for view in ("comparison_by_year", "comparison_by_year_former_names", "reports"):
            assert connection.execute(f"select count(*) from {view}").fetchall() == [(1,)]


def test_the_file_can_be_attached_under_any_name(standing: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{standing}' as other (read_only)")
        for name in ("facts", "measures", "trends", "comparison_by_year_former_names"):
            assert connection.execute(f"select count(*) > 0 from other.main.{name}").fetchall() == [(True,)]


def test_every_table_and_column_has_its_comment(standing: Path) -> None:
    with duckdb.connect(str(standing), read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns()"
        ).fetchall()
        uncommented = connection.execute(
            "select table_name from duckdb_tables() where comment is null union all "
            "select view_name from duckdb_views() where comment is null and not internal"
        ).fetchall()
    declared = [(about(m).name, c.name, c.duckdb, c.comment) for m in WAREHOUSE for c in columns(m)]
    assert set(declared) <= set(found)
    assert uncommented == []


def test_no_parquet_at_all_gives_an_empty_warehouse(tmp_path: Path, target: Path) -> None:
    runs = build(tmp_path / "nothing", target)
    # What new forms do to measures follows from the dictionaries alone.
    kept_by_hand = {about(model).name for model in DICTIONARIES} | {"form_breaks"}
    assert {run.rows for run in runs if run.name not in kept_by_hand} == {None, 0}


def test_years_lie_in_files_of_their_own_and_paths_may_hold_anything(tmp_path: Path) -> None:
    folder = tmp_path / "it's 公开"
    parsed = Parsed().report("a-2023", CELLS).report("a-2024", CELLS)
    parsed.add("quarantine", report_year=None, file_name="x.bin")
    parsed.add("quarantine", report_year=2023, code="other")
    target = folder / "ware'house.duckdb"
    build(parsed.write(folder / "tables"), target)
    assert Warehouse(target).table("reports")["report_year"].to_list() == [2023, 2024]
    assert sorted(Warehouse(target).table("quarantine")["report_year"].to_list(), key=str) == [2023, None]


def test_a_failing_model_leaves_the_last_good_warehouse_and_nothing_else(
    tables: Path, standing: Path, tmp_path: Path
) -> None:
    before = standing.read_bytes()
    broken = write(tmp_path / "sql", core__row_totals="select cast(raw as bigint) as x from source.facts")
    with pytest.raises(ContractError):
        build(tables, standing, folder=broken)
    assert standing.read_bytes() == before
    assert only(standing)


def test_sql_that_fails_on_a_row_leaves_the_last_good_warehouse(tables: Path, standing: Path, tmp_path: Path) -> None:
    before = standing.read_bytes()
    casts = ", ".join(f"null::{c.duckdb} as {c.name}" for c in columns(model_of("row_totals"))[1:])
    broken = write(
        tmp_path / "sql", core__row_totals=f"select error('stop')::varchar as report_id, {casts} from source.facts"
    )
    with pytest.raises(duckdb.Error, match="stop"):
        build(tables, standing, folder=broken)
    assert standing.read_bytes() == before
    assert only(standing)


def test_other_columns_than_the_contracts_are_named(tables: Path, target: Path, tmp_path: Path) -> None:
    declared = columns(model_of("row_totals"))
    selected = [f"null::{c.duckdb} as {c.name}" for c in declared[2:]]
    folder = write(
        tmp_path / "a", core__row_totals=f"select 1::integer as report_year, 2 as more, {', '.join(selected)}"
    )
    with pytest.raises(ContractError) as error:
        build(tables, target, folder=folder)
    for told in ("'row_totals'", "missing report_id VARCHAR", "unknown more", "report_year is INTEGER, not BIGINT"):
        assert told in str(error.value)
    with pytest.raises(ContractError, match="'stranger' makes a table that the contract does not know"):
        build(tables, target, folder=write(tmp_path / "c", core__stranger="select 1 as a"))
    assert not target.exists()


def swapped(table: str) -> str:
    """A SELECT of a table's columns, the first two in the other order."""
    first, second, *others = (f"null::{c.duckdb} as {c.name}" for c in columns(model_of(table)))
    return f"select {', '.join([second, first, *others])}"


def test_columns_stand_in_the_contracts_order(tables: Path, target: Path, tmp_path: Path) -> None:
    build(tables, target, folder=write(tmp_path / "a", core__row_totals=swapped("row_totals")))
    assert Warehouse(target).table("row_totals").columns == [c.name for c in columns(model_of("row_totals"))]
    view = "comparison_by_year_former_names"
    with pytest.raises(ContractError, match="their order must be report_id, report_year"):
        build(tables, target, folder=write(tmp_path / "b", **{f"marts__{view}": swapped(view)}))


def test_what_a_killed_build_left_is_cleaned_up(tables: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    (target.parent / ".gongkai.duckdb.1.tmp").write_bytes(b"half")
    (target.parent / ".gongkai.duckdb.1.tmp.wal").write_bytes(b"half")
    (target.parent / ".gongkai.duckdb.1.tmp.spill").mkdir()
    (target.parent / ".gongkai.duckdb.1.tmp.spill" / "block").write_bytes(b"half")
    (target.parent / "gongkai.duckdb.wal").write_bytes(b"stale")
    build(tables, target)
    assert only(target)


def test_a_killed_build_leaves_the_last_good_warehouse(tables: Path, standing: Path) -> None:
    before = standing.read_bytes()
    code = (
        "import os, pathlib, sys; from pipelines.warehouse.runner import build; "
        "tables, standing = map(pathlib.Path, sys.argv[1:]); "
        "build(tables, standing, on_model=lambda run: run.name == 'row_totals' and os.kill(os.getpid(), 9))"
    )
    assert subprocess.run([sys.executable, "-c", code, tables, standing], check=False).returncode == -9
    assert standing.read_bytes() == before
    build(tables, standing)
    assert only(standing)


def test_a_reader_of_the_old_file_is_not_disturbed(tables: Path, standing: Path) -> None:
    with duckdb.connect(str(standing), read_only=True) as reader:
        build(Parsed().report("b-2024", CELLS).report("c-2024").write(tables.parent / "other"), standing)
        assert reader.execute("select report_id from reports").fetchall() == [("a-2024",)]
    assert Warehouse(standing).table("reports")["report_id"].to_list() == ["b-2024", "c-2024"]


def test_a_selection_rebuilds_its_models_and_keeps_the_others(standing: Path, tmp_path: Path) -> None:
    later = Parsed().report("b-2024", CELLS).write(tmp_path / "later")
    runs = build(later, standing, select="facts row_totals")
    assert [run.name for run in runs] == ["facts", "row_totals"]
    made = Warehouse(standing)
    assert set(made.table("facts")["report_id"]) == {"b-2024"}
    assert set(made.table("row_totals")["report_id"]) == {"b-2024"}
    assert made.table("reports")["report_id"].to_list() == ["a-2024"]


def test_a_selection_that_lacks_what_it_reads_says_what_to_run(tables: Path, target: Path) -> None:
    with pytest.raises(ModelError, match=r"row_totals reads facts, not built yet: select '\+row_totals'"):
        build(tables, target, select="row_totals")
    assert [run.name for run in build(tables, target, select="+row_totals")] == ["facts", "row_totals"]


def test_the_same_parquet_gives_the_same_tables(tables: Path, standing: Path) -> None:
    first = [Warehouse(standing).table(about(m).name) for m in WAREHOUSE]
    build(tables, standing)
    for before, model in zip(first, WAREHOUSE, strict=True):
        assert before.equals(Warehouse(standing).table(about(model).name))
