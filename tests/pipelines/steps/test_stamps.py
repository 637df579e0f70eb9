"""What a gate said is kept in the stamp of what it judged, and goes with it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from expectations.columns import polars_schema
from expectations.tables import model_of
from expectations.unmet import Unmet
from pipelines.files import read_json, write_json
from pipelines.steps.gate_results import verdict as verdict_on
from pipelines.steps.stamps import is_open, keep_verdict, made_of, stamp_path, verdict_of
from pipelines.steps.verdicts import Verdict
from pipelines.workspace import Workspace

FOUND = Unmet("facts", "grade", "allowed", 2, "facts: must hold: grade is a word of the list; found 'splendid'")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@pytest.mark.parametrize(
    ("gate", "year", "file"),
    [
        ("raw_gate", "", "source"),
        ("warehouse_gate", "", "candidate"),
        ("release_gate", "", "release"),
    ],
)
def test_a_verdict_stands_in_the_stamp_of_what_was_judged(
    gate: str, year: str, file: str, workspace: Workspace
) -> None:
    stamp = workspace.root / "state" / f"{file}.json"
    write_json(stamp, {"made_of": "abc"})
    assert verdict_of(workspace, gate, year) is None
    assert not is_open(workspace, gate, year)
    said = keep_verdict(workspace, Verdict(gate, 7, (FOUND,), year, workspace.gates / "page.html"))
    assert verdict_of(workspace, gate, year) == said
    assert not is_open(workspace, gate, year)
    assert (read_json(stamp) or {})["made_of"] == "abc"
    keep_verdict(workspace, Verdict(gate, 7, year=year))
    assert is_open(workspace, gate, year)
    stamp.unlink()
    assert verdict_of(workspace, gate, year) is None


def test_a_reason_opens_a_gate_that_found_something() -> None:
    assert not Verdict("release_gate", 7, (FOUND,)).is_open
    assert Verdict("release_gate", 7, (FOUND,), accepted="the body took it back").is_open


@pytest.mark.parametrize(
    "content", [{}, {"verdict": True}, {"verdict": {"gate": "release_gate"}}, {"gate_passed": True}]
)
def test_a_stamp_of_another_program_has_no_verdict(content: dict[str, object], workspace: Workspace) -> None:
    write_json(stamp_path(workspace, "release"), {"made_of": "abc", **content})
    assert verdict_of(workspace, "release_gate") is None
    assert made_of(workspace, "release") == "abc"


def test_the_rows_of_gate_results_become_a_verdict(tmp_path: Path) -> None:
    columns = polars_schema(model_of("gate_results"))
    rows = [
        ("warehouse", "facts", "not_null(raw)", True, 9, 0, "raw is never null"),
        ("warehouse", "facts", "unique(fact_id)", False, 9, 2, "no two rows with the same fact_id; found 'a'"),
        ("warehouse", "reports", "columns", False, None, None, "the table is missing"),
    ]
    said = verdict_on("warehouse_gate", pl.DataFrame(rows, schema=columns, orient="row"), tmp_path / "page.html")
    assert (said.expectations, said.is_open) == (3, False)
    assert said.unmet == (
        Unmet("facts", None, "unique(fact_id)", 2, "no two rows with the same fact_id; found 'a'"),
        Unmet("reports", None, "columns", 0, "the table is missing"),
    )
