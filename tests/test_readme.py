"""The README and the page of queries tell the truth: every example runs against the release and finds something."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.workspace import PROJECT

ROOT = PROJECT
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    """The fenced examples of both pages, one that stands on both only once."""
    found = re.findall(rf"```{language}\n(.*?)```", README + QUERIES, re.DOTALL)
    return list(dict.fromkeys(found))


def first_lines(found: list[str]) -> list[str]:
    return [example.splitlines()[0] for example in found]


SQL, PYTHON = examples("sql"), examples("python")


@pytest.mark.parametrize("query", SQL, ids=first_lines(SQL))
def test_sql_examples_find_rows(query: str, built: Path) -> None:
    database = built / "releases" / "latest" / "gongkai.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.parametrize("code", PYTHON, ids=first_lines(PYTHON))
def test_python_examples_run(code: str, built: Path) -> None:
    """Run as a reader would, in the folder that holds `workspace/`."""
    done = subprocess.run([sys.executable, "-c", code], cwd=built.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 3


def test_there_are_examples_for_each_tool() -> None:
    assert len(re.findall(r"```(?:sql|python)\n", README)) == 3
    assert len(SQL) >= 11
    assert any("polars" in c for c in PYTHON)
    assert any("pandas" in c for c in PYTHON)


def test_every_published_table_is_listed_and_every_column_explained(built: Path) -> None:
    listed = (ROOT / "docs" / "tables" / "index.md").read_text(encoding="utf-8")
    database = built / "releases" / "latest" / "gongkai.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
    assert tables <= set(re.findall(r"`(\w+)`", listed))
    assert bare == []
