"""The README tells the truth: every example query runs against the release and finds something."""

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
SQL = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("query", SQL, ids=[q.splitlines()[0] for q in SQL])
def test_sql_examples_find_rows(query: str, built: Path) -> None:
    database = built / "releases" / "latest" / "gongkai.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.parametrize("code", PYTHON, ids=[c.splitlines()[0] for c in PYTHON])
def test_python_examples_run(code: str, built: Path) -> None:
    """Run as a reader would, in the folder that holds `workspace/`."""
    done = subprocess.run([sys.executable, "-c", code], cwd=built.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 3


def test_there_are_examples_for_each_tool() -> None:
    assert len(SQL) >= 4
    assert any("polars" in c for c in PYTHON)
    assert any("pandas" in c for c in PYTHON)


def test_every_published_table_is_listed_and_every_column_explained(built: Path) -> None:
    database = built / "releases" / "latest" / "gongkai.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
    assert tables - {"gate_results"} <= set(re.findall(r"`(\w+)`", README))
    assert bare == []
