"""`gongkai query`: answers, forms of output, and what it does not let through."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from pipelines.cli.app import app


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    for place, name in (("warehouse", "warehouse"), ("releases/latest", "release")):
        (folder / place).mkdir(parents=True)
        with duckdb.connect(str(folder / place / "gongkai.duckdb")) as connection:
            connection.execute("create table t (n bigint, name varchar, share double, day date, amount decimal(4, 1))")
            connection.execute(
                f"insert into t values (1, '{name}', 0.25, '2025-01-02', 2.5), (null, '=1+1', null, null, null)"
            )
    return folder


def ask(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["query", *arguments, "-w", str(workspace)])


def test_the_newest_release_is_asked_and_null_is_told_from_zero(workspace: Path) -> None:
    answer = ask(workspace, "select n, name from t order by n")
    assert answer.exit_code == 0
    lines = [line.split("│") for line in answer.stdout.splitlines() if line.startswith("│")]
    assert [[cell.strip() for cell in line[1:-1]] for line in lines] == [["1", "release"], ["null", "=1+1"]]
    assert "2 rows" in answer.stdout


def test_without_a_release_the_warehouse_is_asked(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "gongkai.duckdb").write_bytes((workspace / "warehouse" / "gongkai.duckdb").read_bytes())
    assert json.loads(ask(tmp_path, "select name from t limit 1", "--json").stdout) == [{"name": "warehouse"}]


def test_json_has_numbers_as_numbers_and_dates_as_text(workspace: Path) -> None:
    answer = ask(workspace, "from t where n = 1", "--json")
    row = {"n": 1, "name": "release", "share": 0.25, "day": "2025-01-02", "amount": 2.5}
    assert json.loads(answer.stdout) == [row]


def test_csv_has_no_formula(workspace: Path) -> None:
    answer = ask(workspace, "select name, share from t order by n", "--csv")
    assert answer.stdout == "name,share\nrelease,0.25\n'=1+1,\n"


def test_a_long_answer_is_cut_and_says_so(workspace: Path) -> None:
    answer = ask(workspace, "from range(250)", "--limit", "3")
    assert answer.stdout.count("│") == 2 * 3
    assert "250 rows, 3 shown" in answer.stdout


def test_no_letter_that_a_terminal_obeys_is_printed(workspace: Path) -> None:
    assert "\x1b" not in ask(workspace, "select chr(27) || '[31mred' as x").stdout


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("copy t to 'never.csv'", "disabled by configuration"),
        ("from read_csv('/etc/passwd')", "disabled by configuration"),
        ("attach 'never.duckdb'", "disabled by configuration"),
        ("set enable_external_access = true", "locked"),
        ("drop table t", "read-only"),
        ("selec 1", "syntax error"),
        ("from nowhere", "does not exist"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(workspace: Path, sql: str, says: str) -> None:
    answer = ask(workspace, sql)
    assert answer.exit_code == 2
    assert says in answer.stderr
    assert "Traceback" not in answer.output


def test_without_data_it_says_what_makes_some(tmp_path: Path) -> None:
    answer = ask(tmp_path, "select 1")
    assert answer.exit_code == 1
    assert "gongkai build" in answer.stderr
