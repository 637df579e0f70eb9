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
    assert cells(answer)[2:] == [["1", "release"], ["NULL", "=1+1"]]


def cells(answer: Result) -> list[list[str]]:
    """The grid's lines, cell by cell: the names of the columns, their types, then the rows."""
    lines = [line.split("│") for line in answer.stdout.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line[1:-1]] for line in lines]


def test_a_wide_answer_fits_and_says_how_many_columns_are_left_out(workspace: Path) -> None:
    columns = ", ".join(f"'内容{number}' as some_column_{number:02}" for number in range(60))
    answer = ask(workspace, f"select {columns}")
    names, _, row = cells(answer)
    assert (names[0], names[-1], row[0], row[-1]) == ("some_column_00", "some_column_59", "内容0", "内容59")
    assert max(map(len, answer.stdout.splitlines())) <= 200
    assert "60 columns" in answer.stdout


def test_the_last_of_several_statements_is_shown(workspace: Path) -> None:
    assert cells(ask(workspace, "select 1 as a; select 2 as b")) == [["b"], ["int32"], ["2"]]


def test_no_variable_of_the_program_is_a_table(workspace: Path) -> None:
    assert "does not exist" in ask(workspace, "from connection").stderr


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
    assert [row[0] for row in cells(answer) if row[0].isdecimal()] == ["0", "1", "249"]
    assert "250 rows" in answer.stdout
    assert "(3 shown)" in answer.stdout


def test_no_letter_that_a_terminal_obeys_is_printed(workspace: Path) -> None:
    answer = ask(
        workspace, """select chr(27) || '[31mred' as "x\x1b", chr(155) || 'm' as y, chr(8238) || 'tfel' as z"""
    )
    assert answer.exit_code == 0
    assert not set(answer.stdout) & {"\x1b", "\x9b", "\u202e"}
    assert "red" in answer.stdout


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("copy t to 'never.csv'", "nothing is written here"),
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
