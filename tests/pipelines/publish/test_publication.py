"""Publications: complete, described, the same for the same content, and never half there."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from expectations.columns import about, columns
from expectations.registry import RESULTS, TABLES, WAREHOUSE
from pipelines.publish import publication
from pipelines.publish.publication import is_complete, publish
from pipelines.warehouse.runner import build
from tests.parsed import Parsed
from tests.rows import frame, valid_row

#: An interpreter with DuckDB 1.4 and nothing else of ours, where there is one.
DUCKDB_1_4 = os.environ.get("GONGKAI_PYTHON_DUCKDB_1_4")
CELLS = {"requests/received_new/total": 5, "requests/granted/total": 3}
PUBLISHED = (*WAREHOUSE, *RESULTS)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parsed = Parsed().report("a-2023", CELLS).report("a-2024", CELLS)
    parsed.add("quarantine", report_year=None, file_name="x.bin")
    parsed.figure("a-2024", "requests_received", 5)
    parsed.figure("a-2023", "unmapped", 5)
    parsed.problem("a-2024", "other", "x")
    folder = tmp_path_factory.mktemp("warehouse")
    target = folder / "gongkai.duckdb"
    build(parsed.write(folder / "tables"), target)
    return target


@pytest.fixture(scope="module")
def results() -> pl.DataFrame:
    return frame(RESULTS[0], [valid_row(RESULTS[0])])


@pytest.fixture(scope="module")
def published(warehouse: Path, results: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(warehouse, tmp_path_factory.mktemp("publication"), results, "v1")


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions that hold nothing but an empty package: for the tests of how versions come and go."""

    def write(_warehouse: Path, folder: Path, _results: object, version: str) -> None:
        (folder / "datapackage.json").write_text(json.dumps({"resources": [], "version": version}))

    monkeypatch.setattr(publication, "_write", write)


def package(folder: Path) -> dict[str, dict[str, object]]:
    return {r["name"]: r for r in json.loads((folder / "datapackage.json").read_text())["resources"]}


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "gongkai.duckdb")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


# --- what is in it


def test_tables_with_years_have_a_file_a_year(published: Path) -> None:
    resources = package(published)
    assert resources["comparison_by_year"]["path"] == [
        "comparison_by_year/report_year=2023.parquet",
        "comparison_by_year/report_year=2024.parquet",
    ]
    assert resources["quarantine"]["path"] == "quarantine/report_year=unknown.parquet"
    assert resources["failed_checks"]["path"] == "failed_checks/report_year=unknown.parquet"
    assert resources["check_testability"]["path"] == "check_testability.parquet"
    assert resources["gate_results"]["path"] == "gate_results.parquet"
    for table in ("narrative_by_year", "figures", "indicator_coverage"):
        assert resources[table]["path"] == [f"{table}/report_year={year}.parquet" for year in (2023, 2024)]
    assert resources["problems_over_years"]["path"] == "problems_over_years/report_year=2024.parquet"
    assert resources["indicators"]["path"] == "indicators.parquet"
    assert resources["unmapped_statements"]["path"] == "unmapped_statements.parquet"
    assert set(resources) == {about(m).name for m in PUBLISHED} | {"database"}


def test_the_parquet_holds_the_rows_of_the_warehouse(published: Path, warehouse: Path) -> None:
    resources = package(published)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for model in WAREHOUSE:
            name = about(model).name
            rows = pl.concat([pl.read_parquet(published / f["path"]) for f in resources[name]["files"]])  # type: ignore
            assert rows.sort(about(model).key).equals(connection.sql(f"from {name}").pl()), name


def test_whole_folders_are_read_by_polars_arrow_and_duckdb(published: Path) -> None:
    pattern = str(published / "facts" / "*.parquet")
    assert pl.read_parquet(pattern).height == 4
    # What pandas.read_parquet calls.
    assert pq.read_table(published / "facts").num_rows == 4
    with duckdb.connect() as connection:
        counts = connection.execute(
            f"select report_year, count(*) from '{pattern}' group by all order by all"
        ).fetchall()
    assert counts == [(2023, 2), (2024, 2)]


def test_every_file_has_its_size_and_hash(published: Path) -> None:
    for resource in package(published).values():
        files = resource["files"]
        assert isinstance(files, list)
        for file in files:
            content = (published / file["path"]).read_bytes()
            assert file["bytes"] == len(content)
            assert file["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == sum(file["bytes"] for file in files)
        assert ("hash" in resource) == (len(files) == 1)


def test_the_data_package_is_valid(published: Path) -> None:
    report = Package.validate_descriptor(str(published / "datapackage.json"))
    assert report.flatten() == []
    descriptor = json.loads((published / "datapackage.json").read_text())
    assert descriptor["$schema"].startswith("https://datapackage.org/profiles/2")
    assert [entry["name"] for entry in descriptor["licenses"]] == ["CC-BY-4.0"]
    fields = {f["name"]: f for f in package(published)["comparison_by_year"]["schema"]["fields"]}  # type: ignore
    assert fields["fees_yuan_10k"]["unit"] == "万元" and fields["granted_share"]["constraints"]["maximum"] == 1


def test_every_column_of_the_database_has_its_comment(published: Path) -> None:
    with duckdb.connect(str(published / "gongkai.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
        ).fetchall()
        assert connection.execute("select count(*) from duckdb_tables() where comment is null").fetchall() == [(0,)]
    assert set(found) == {(about(m).name, c.name, c.duckdb, c.comment) for m in PUBLISHED for c in columns(m)}


@pytest.mark.skipif(not DUCKDB_1_4, reason="GONGKAI_PYTHON_DUCKDB_1_4 names no Python with DuckDB 1.4")
def test_duckdb_1_4_opens_the_database(published: Path) -> None:
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(duckdb.__version__, c.execute("
    code += "'select sum(granted_count) from comparison_by_year').fetchall(), c.execute("
    code += "'select count(comment) from duckdb_columns() where not internal').fetchall())"
    done = subprocess.run(
        [str(DUCKDB_1_4), "-c", code, str(published / "gongkai.duckdb")], capture_output=True, text=True, check=True
    )
    count = sum(len(columns(model)) for model in PUBLISHED)
    assert done.stdout.startswith("1.4.") and f"[(6.0,)] [({count},)]" in done.stdout


def test_without_gate_results_there_is_no_trace_of_a_gate(warehouse: Path, tmp_path: Path) -> None:
    folder = publish(warehouse, tmp_path, None, "v1")
    assert not (folder / "gates.html").exists() and "gate_results" not in package(folder)
    assert is_complete(folder)


def test_no_file_names_a_path_of_this_machine(published: Path) -> None:
    for file in published.rglob("*"):
        if file.is_file():
            assert str(published.parent).encode() not in file.read_bytes(), file


# --- how it appears


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Path, results: pl.DataFrame, tmp_path: Path) -> None:
    one = publish(warehouse, tmp_path / "one", results, "v1")
    two = publish(warehouse, tmp_path / "two", results.clone(), "v1")
    first, second = hashes(one), hashes(two)
    # The package lists the database, whose bytes DuckDB makes differ.
    assert first.pop("datapackage.json") and second.pop("datapackage.json")
    assert first == second and len(first) > 10


@pytest.mark.usefixtures("light")
def test_latest_points_to_what_was_published_last(warehouse: Path, tmp_path: Path) -> None:
    for version in ("b", "a", "c", "a"):
        assert publish(warehouse, tmp_path, None, version) == tmp_path / version
        assert (tmp_path / "latest").readlink() == Path(version)
        assert is_complete(tmp_path / "latest")


def test_a_version_that_is_there_is_not_built_again(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(warehouse, tmp_path, None, "a")
    publish(warehouse, tmp_path, None, "b")
    monkeypatch.setattr(publication, "_write", lambda *_: pytest.fail("it was built again"))
    publish(warehouse, tmp_path, None, "a")
    assert (tmp_path / "latest").readlink() == Path("a")


@pytest.mark.parametrize("damage", ["datapackage.json", "check_testability.parquet", "facts/report_year=2023.parquet"])
def test_a_damaged_version_is_built_again(warehouse: Path, tmp_path: Path, damage: str) -> None:
    folder = publish(warehouse, tmp_path, None, "a")
    (folder / damage).write_bytes(b"{")
    assert not is_complete(folder)
    publish(warehouse, tmp_path, None, "a")
    assert is_complete(folder)


@pytest.mark.usefixtures("light")
def test_the_three_newest_versions_stay(warehouse: Path, tmp_path: Path) -> None:
    for version in ("v1", "v2", "v3", "v4"):
        publish(warehouse, tmp_path, None, version)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["latest", "v2", "v3", "v4"]
    publish(warehouse, tmp_path, None, "v2")
    publish(warehouse, tmp_path, None, "v5")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["latest", "v2", "v4", "v5"]


@pytest.mark.usefixtures("light")
def test_the_version_in_use_is_never_deleted_however_old(warehouse: Path, tmp_path: Path) -> None:
    for version in ("v1", "v2", "v3", "v4"):
        publish(warehouse, tmp_path, None, version)
    os.utime(tmp_path / "v4", ns=(0, 0))
    publication._prune(tmp_path)
    assert (tmp_path / "latest").resolve().name == "v4" and is_complete(tmp_path / "latest")


@pytest.mark.usefixtures("light")
def test_what_does_not_belong_to_us_stays(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    for version in ("v1", "v2", "v3", "v4", "v5"):
        publish(warehouse, tmp_path, None, version)
    assert (tmp_path / "notes" / "mine.txt").read_text() == "mine"


#: While files are written, before the pointer moves, and after.
KILL_POINTS = ["write_database", "_point", "_prune"]


@pytest.mark.parametrize("step", KILL_POINTS)
def test_a_kill_at_any_step_leaves_a_complete_version_in_use(warehouse: Path, tmp_path: Path, step: str) -> None:
    publish(warehouse, tmp_path, None, "v1")
    code = (
        "import os, pathlib, sys; from pipelines.publish import publication as p; "
        "warehouse, folder = map(pathlib.Path, sys.argv[1:3]); "
        "setattr(p, sys.argv[3], lambda *_: os.kill(os.getpid(), 9)); p.publish(warehouse, folder, None, 'v2')"
    )
    killed = subprocess.run([sys.executable, "-c", code, warehouse, tmp_path, step], check=False)
    assert killed.returncode == -9
    assert (tmp_path / "latest").readlink() == Path("v2" if step == "_prune" else "v1")
    assert is_complete(tmp_path / "latest")
    publish(warehouse, tmp_path, None, "v2")
    assert (tmp_path / "latest").readlink() == Path("v2") and is_complete(tmp_path / "v2")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["latest", "v1", "v2"]


def test_a_failure_leaves_what_was_there(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(warehouse, tmp_path, None, "v1")
    monkeypatch.setattr(publication, "write_database", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(warehouse, tmp_path, None, "v2")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["latest", "v1"]


def test_all_tables_of_the_contract_are_published() -> None:
    assert {about(model).name for model in PUBLISHED} == set(TABLES)
