"""What is in a release: every table as Parquet and in one DuckDB file, described, and the same for the same content."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from expectations.columns import about, columns
from expectations.tables import RESULTS, TABLES, WAREHOUSE
from pipelines.files import sha256_of
from pipelines.publish.sums import read_sums, verify
from tests.made.releases import DUCKDB_1_4, EPOCH, candidate, small

IN_DATABASE = (*WAREHOUSE, *RESULTS)


@pytest.fixture(scope="module", autouse=True)
def the_day() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small().build(tmp_path_factory.mktemp("warehouse")).path


@pytest.fixture(scope="module")
def made(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return candidate(warehouse, tmp_path_factory.mktemp("releases"))


def package(folder: Path) -> dict[str, dict[str, Any]]:
    return {r["name"]: r for r in json.loads((folder / "datapackage.json").read_text())["resources"]}


def test_tables_with_years_have_a_file_a_year(made: Path) -> None:
    resources = package(made)
    assert resources["comparison_by_year"]["path"] == [
        "data/comparison_by_year/report_year=2023.parquet",
        "data/comparison_by_year/report_year=2024.parquet",
    ]
    assert resources["quarantine"]["path"] == "data/quarantine/report_year=unknown.parquet"
    assert resources["failed_checks"]["path"] == "data/failed_checks/report_year=unknown.parquet"
    assert resources["check_testability"]["path"] == "data/check_testability.parquet"
    assert resources["gate_results"]["path"] == "quality/gate_results.parquet"
    assert resources["changes"]["path"] == "changes/changes.parquet"
    for table in ("narrative_by_year", "figures", "indicator_coverage"):
        assert resources[table]["path"] == [f"data/{table}/report_year={year}.parquet" for year in (2023, 2024)]
    assert resources["unmapped_statements"]["path"] == "data/unmapped_statements.parquet"
    assert set(TABLES) | {"database"} <= set(resources)


def test_the_parquet_holds_the_rows_of_the_warehouse(made: Path, warehouse: Path) -> None:
    resources = package(made)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for model in WAREHOUSE:
            name = about(model).name
            rows = pl.concat([pl.read_parquet(made / f["path"]) for f in resources[name]["files"]])
            assert rows.sort(about(model).key).equals(connection.sql(f"from {name}").pl()), name


def test_whole_folders_are_read_by_polars_arrow_and_duckdb(made: Path) -> None:
    pattern = str(made / "data" / "facts" / "*.parquet")
    assert pl.read_parquet(pattern).height == 4
    # What pandas.read_parquet calls.
    assert pq.read_table(made / "data" / "facts").num_rows == 4
    with duckdb.connect() as connection:
        counts = connection.execute(
            f"select report_year, count(*) from '{pattern}' group by all order by all"
        ).fetchall()
    assert counts == [(2023, 2), (2024, 2)]


def test_every_parquet_file_has_its_size_and_hash(made: Path) -> None:
    for name, resource in package(made).items():
        assert ("files" in resource) == (name != "database")
        for file in resource.get("files", ()):
            assert file["bytes"] == (made / file["path"]).stat().st_size
            assert file["hash"] == f"sha256:{sha256_of(made / file['path'])}"


def test_the_data_package_and_its_data_are_valid(made: Path) -> None:
    descriptor = made / "datapackage.json"
    assert Package.validate_descriptor(str(descriptor)).flatten() == []
    assert Package(str(descriptor)).validate().flatten(["rowNumber", "fieldName", "type", "note"]) == []
    said = json.loads(descriptor.read_text())
    assert said["$schema"].startswith("https://datapackage.org/profiles/2")
    assert (said["version"], [entry["name"] for entry in said["licenses"]]) == ("2025.04.01", ["CC-BY-4.0"])
    fields = {f["name"]: f for f in package(made)["comparison_by_year"]["schema"]["fields"]}
    assert fields["administrative_fees"]["unit"] == "万元" and fields["granted_share"]["constraints"]["maximum"] == 1


def test_every_column_of_the_database_has_its_comment(made: Path) -> None:
    with duckdb.connect(str(made / "gongkai.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
        ).fetchall()
        assert connection.execute("select count(*) from duckdb_tables() where comment is null").fetchall() == [(0,)]
        layers = connection.execute("select distinct layer from gate_results order by 1").fetchall()
    assert set(found) == {(about(m).name, c.name, c.duckdb, c.comment) for m in IN_DATABASE for c in columns(m)}
    assert layers == [("release",), ("warehouse",)]


@pytest.mark.skipif(not DUCKDB_1_4, reason="GONGKAI_PYTHON_DUCKDB_1_4 names no Python with DuckDB 1.4")
def test_duckdb_1_4_opens_the_database(made: Path) -> None:
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(duckdb.__version__, c.execute("
    code += "'select sum(granted_count) from comparison_by_year_former_names').fetchall(), c.execute("
    code += "'select count(comment) from duckdb_columns() where not internal').fetchall())"
    done = subprocess.run(
        [str(DUCKDB_1_4), "-c", code, str(made / "gongkai.duckdb")], capture_output=True, text=True, check=True
    )
    count = sum(len(columns(model)) for model in IN_DATABASE)
    assert done.stdout.startswith("1.4.") and f"[(6.0,)] [({count},)]" in done.stdout


def test_no_file_names_a_path_of_this_machine(made: Path) -> None:
    for file in made.rglob("*"):
        if file.is_file():
            assert str(made.parent).encode() not in file.read_bytes(), file


def test_two_builds_in_two_places_have_the_same_sums_but_for_the_database(made: Path, tmp_path: Path) -> None:
    other = candidate(small().build(tmp_path / "elsewhere").path, tmp_path / "releases")
    first, second = read_sums(made), read_sums(other)
    assert first.pop("gongkai.duckdb") and second.pop("gongkai.duckdb")
    assert first == second and len(first) > 60
    assert verify(made).whole and not verify(made).unlisted
