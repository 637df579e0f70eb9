"""The DuckDB file of a release: whole, or with views on the Parquet beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from expectations.columns import about, columns
from expectations.tables import WAREHOUSE, model_of
from pipelines.ask.newest import opened
from pipelines.cli.app import app
from pipelines.publish import release
from pipelines.publish.duckdb_file import LONG, MANY_FACTS, SETTING, tables_beside
from pipelines.site import build
from tests.made.releases import EPOCH, candidate, released, small

DATABASE = "gongkai.duckdb"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small().build(tmp_path_factory.mktemp("warehouse")).path


@pytest.fixture(scope="module")
def workspace(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.setenv(SETTING, "views")
        released(warehouse, place / "releases")
        yield place


def test_a_small_release_is_one_file_and_the_setting_decides(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: [Path(f"data/{name}/report_year=2023.parquet")] for name in LONG}
    monkeypatch.delenv(SETTING, raising=False)
    assert MANY_FACTS == 2_000_000 and tables_beside(warehouse, files) == {}
    monkeypatch.setattr("pipelines.publish.duckdb_file.MANY_FACTS", 4)
    assert tables_beside(warehouse, files) == files
    monkeypatch.setenv(SETTING, "whole")
    assert tables_beside(warehouse, files) == {}
    monkeypatch.setenv(SETTING, "some")
    with pytest.raises(ValueError, match="'some'; it can be whole or views"):
        tables_beside(warehouse, files)


def test_views_are_read_from_the_folder_with_the_variable_and_after_a_move(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(workspace / "releases" / "latest", tmp_path / "copy")
    asked = "select count(*), count(distinct report_id) from facts"
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        with pytest.raises(duckdb.IOException, match=r"data/facts/report_year=2023\.parquet"):
            connection.execute(asked)
        ((english, chinese),) = connection.execute("from how_to_open").fetchall()
        assert "SET VARIABLE gongkai = '<folder of the release>';" in english and "视图" in chinese
        connection.execute(f"set variable gongkai = '{folder}'")
        assert connection.execute(asked).fetchall() == [(4, 2)]
    monkeypatch.chdir(folder)
    with duckdb.connect(DATABASE, read_only=True) as connection:
        assert connection.execute(asked).fetchall() == [(4, 2)]
        assert connection.execute("select sum(granted_count) from comparison_by_year_former_names").fetchall() == [(6,)]


def test_views_have_their_comments_and_the_file_names_no_place(workspace: Path) -> None:
    path = workspace / "releases" / "latest" / DATABASE
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"set variable gongkai = '{path.resolve().parent}'")
        found = set(connection.execute("select table_name, column_name, comment from duckdb_columns()").fetchall())
        views = connection.execute("select view_name from duckdb_views() where not internal order by all").fetchall()
    assert [name for (name,) in views] == sorted([*LONG, "comparison_by_year_former_names", "how_to_open"])
    for name in LONG:
        assert {(name, c.name, c.comment) for c in columns(model_of(name))} <= found
    assert str(workspace).encode() not in path.read_bytes()


def test_the_commands_read_views_and_write_nothing(workspace: Path) -> None:
    def ask(sql: str) -> Any:
        return CliRunner().invoke(app, ["query", sql, "--csv", "-w", str(workspace)])

    assert ask("select count(*) as n from facts").stdout == "n\n4\n"
    parquet = (workspace / "releases" / "latest" / "data" / "facts" / "report_year=2023.parquet").resolve()
    before = parquet.read_bytes()
    for statement in (
        f"copy (select 1) to '{parquet}' (use_tmp_file false)",
        f"select 1; copy (select 1) to '{parquet.parent}/x.csv'",
        f"export database '{parquet.parent}'",
        f"from read_text('{workspace}/releases/latest/README.txt')",
        "from read_text('/etc/hostname')",
        f"attach '{parquet.parent}/x.duckdb'",
    ):
        assert ask(statement).exit_code == 2, statement
    assert parquet.read_bytes() == before and {p.suffix for p in parquet.parent.iterdir()} == {".parquet"}


def test_a_database_without_views_opens_no_folder(warehouse: Path) -> None:
    with opened(warehouse) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute(f"from read_text('{warehouse.parent}/data/x')")


def test_the_site_is_made_of_views_too(workspace: Path, tmp_path: Path) -> None:
    build(workspace / "releases" / "latest" / DATABASE, tmp_path / "site", version="1", processes=1)
    assert (tmp_path / "site" / "zh" / "body" / "a.html").is_file()


def test_both_hold_the_same_rows(workspace: Path, warehouse: Path, tmp_path: Path) -> None:
    whole = candidate(warehouse, tmp_path) / DATABASE
    with opened(whole) as one, opened((workspace / "releases" / "latest" / DATABASE).resolve()) as other:
        for model in WAREHOUSE:
            query = f'from "{about(model).name}"'
            assert sorted(one.execute(query).fetchall(), key=repr) == sorted(other.execute(query).fetchall(), key=repr)
    assert release.about(whole.parent)["previous"] is None
