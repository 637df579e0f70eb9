"""Mutations of the embedded sample reports, in the grid that the reader yields: each one is noticed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest

from pipelines.parse import Hints, parse
from pipelines.parse.report import Fact, Report
from pipelines.read import read
from pipelines.read.document import Cell, Document, Table
from pipelines.workspace import SAMPLE
from tests.made.figures import APPLICANTS, BALANCE_ROWS
from tests.made.layouts import COLUMNS, RESULTS

FILES = ("hangzhou-2025.html", "huaian-2024.html")
Key = tuple[str, str, str]
Grid = list[list[Cell | None]]


@cache
def document(name: str) -> Document:
    return read((SAMPLE / name).read_bytes(), name)


def parsed(changed: Document) -> Report:
    return parse(changed, Hints("sample"))


@cache
def facts(name: str) -> dict[Key, Fact]:
    return {(f.table, f.row, f.column): f for f in parsed(document(name)).facts}


def with_grid(name: str, locator: str, grid: Grid) -> Document:
    """The sample with one table replaced."""
    before = document(name)
    table = Table(tuple(tuple(row) for row in grid), locator)
    return replace(
        before, blocks=tuple(table if b.locator == locator and isinstance(b, Table) else b for b in before.blocks)
    )


def grid_of(name: str, locator: str) -> Grid:
    return [list(row) for block in document(name).tables if block.locator == locator for row in block.grid]


def place(fact: Fact) -> tuple[int, int]:
    assert fact.grid_row is not None
    assert fact.grid_column is not None
    return fact.grid_row, fact.grid_column


def set_text(grid: Grid, at: tuple[int, int], text: str) -> None:
    """Change a cell's text at every place that it covers."""
    old = grid[at[0]][at[1]]
    assert old is not None
    for row in grid:
        row[:] = [old._replace(text=text) if cell is old else cell for cell in row]


def failing(report: Report, *kinds: str) -> set[str]:
    return {f"{c.code}@{c.place}" for c in report.checks if c.outcome == "fails" and c.kind in kinds}


def broken_by(cell: Key, rows: list[str]) -> dict[str, set[Key]]:
    """By hand from the form: each identity that a cell is part of, with all its cells."""
    table, row, column = cell
    if table == "disputes":
        return {f"disputes.result_sum@{row}": {(table, row, c) for c in RESULTS}}
    found: dict[str, set[Key]] = {}
    if table == "requests":
        outcomes = [r for r in rows if r not in BALANCE_ROWS]
        found[f"requests.applicant_sum@{row}"] = {(table, row, c) for c in (*APPLICANTS, "total")}
        if row in BALANCE_ROWS:
            found[f"requests.balance@{column}"] = {(table, r, column) for r in BALANCE_ROWS}
        if row not in BALANCE_ROWS or row == "total_processed":
            found[f"requests.outcome_sum@{column}"] = {(table, r, column) for r in (*outcomes, "total_processed")}
    return found


CELLS = [(name, key) for name in FILES for key in facts(name)]


@pytest.mark.parametrize(("name", "key"), CELLS, ids=lambda v: v if isinstance(v, str) else "/".join(v))
def test_one_corrupted_number(name: str, key: Key) -> None:
    """Its identities fail, every fact in them is contradicted, all others keep their grade."""
    fact = facts(name)[key]
    grid = grid_of(name, fact.locator)
    set_text(grid, place(fact), str((fact.value or 0) + 3))
    report = parsed(with_grid(name, fact.locator, grid))
    broken = broken_by(key, list(dict.fromkeys(r for t, r, _ in facts(name) if t == "requests")))
    touched = set().union(*broken.values())
    assert failing(report, "identity") == set(broken)
    after = {(f.table, f.row, f.column): f.grade for f in report.facts}
    assert {k for k, g in after.items() if g == "contradicted"} == touched
    assert all(after[k] == f.grade for k, f in facts(name).items() if k not in touched)


def request_rows(name: str) -> list[str]:
    return list(dict.fromkeys(row for table, row, _ in facts(name) if table == "requests"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("one", "two"), list(itertools.combinations(COLUMNS, 2)))
def test_two_columns_swapped(name: str, one: str, two: str) -> None:
    """The numbers of two columns exchanged under headers that stay: arithmetic or prose notices."""
    known = facts(name)
    grid = grid_of(name, known["requests", "granted", "total"].locator)
    differs = False
    for row in request_rows(name):
        first, second = known["requests", row, one], known["requests", row, two]
        set_text(grid, place(first), second.raw)
        set_text(grid, place(second), first.raw)
        differs |= first.raw != second.raw
    report = parsed(with_grid(name, first.locator, grid))
    assert bool(failing(report, "identity", "prose")) == differs


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("start", range(24))
def test_rows_shifted(name: str, start: int) -> None:
    """The numbers from a row on stand one row too low."""
    known, rows = facts(name), request_rows(name)
    grid = grid_of(name, known["requests", "granted", "total"].locator)
    for column in COLUMNS:
        for above, below in itertools.pairwise(rows[start:]):
            set_text(grid, place(known["requests", below, column]), known["requests", above, column].raw)
        set_text(grid, place(known["requests", rows[start], column]), "")
    assert failing(parsed(with_grid(name, known["requests", "granted", "total"].locator, grid)), "identity")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("lost", range(25))
def test_a_row_lost(name: str, lost: int) -> None:
    known = facts(name)
    row = request_rows(name)[lost]
    locator = known["requests", row, "total"].locator
    line = known["requests", row, "total"].grid_row
    grid = [
        [c._replace(row=c.row - (c.row > line)) if c is not None else None for c in cells]
        for i, cells in enumerate(grid_of(name, locator))
        if i != line and line is not None
    ]
    assert f"requests.rows_complete@{row}" in failing(parsed(with_grid(name, locator, grid)), "structure")
