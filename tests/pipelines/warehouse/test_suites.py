"""Every great-expectations suite lets good rows through and turns bad ones away.

The only module that pays for importing great-expectations: all suites run on one database a test.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest

from expectations.columns import about, columns
from expectations.conformance import failures
from expectations.constraints import constraints
from expectations.generate import column_definitions
from expectations.suites import suite
from expectations.tables import RESULTS, TABLES
from pipelines.parquet import write_parquet
from pipelines.warehouse import warehouse_gate
from pipelines.warehouse.part_store import PartStore
from pipelines.warehouse.run_parts import no_rows, read
from tests.made.rows import Row, broken_rows, frame, valid_row

pytestmark = pytest.mark.long(seconds=20)

MODELS = tuple(TABLES.values())


def database(path: Path, rows: dict[str, list[Row]]) -> Path:
    """A DuckDB file with every table of the contract, and these rows."""
    with duckdb.connect(str(path)) as connection:
        for name, model in TABLES.items():
            connection.execute(f"create table {name} ({column_definitions(model)})")
            connection.register("added", frame(model, rows.get(name, [])))
            connection.execute(f"insert into {name} from added")
    return path


def test_good_rows_and_empty_tables_pass(tmp_path: Path) -> None:
    good = database(
        tmp_path / "good.duckdb", {name: [valid_row(model)] for name, model in TABLES.items() if name != "facts"}
    )
    results = warehouse_gate.run(good, MODELS)
    assert results.filter(~pl.col("success")).to_dicts() == []
    assert results.select("table_name", "expectation").rows() == sorted(
        (about(model).name, constraint.name) for model in MODELS for constraint in constraints(model)
    )
    assert failures(RESULTS[0], results) == []
    # The file is let go of: it can be written to, and replaced.
    with duckdb.connect(str(good)) as connection:
        connection.execute("drop table facts")


def test_every_expectation_turns_bad_rows_away(tmp_path: Path) -> None:
    broken = {name: list(broken_rows(model)) for name, model in TABLES.items()}
    rows = {name: [valid_row(TABLES[name]), *(r for _, bad in pairs for r in bad)] for name, pairs in broken.items()}
    results = warehouse_gate.run(database(tmp_path / "bad.duckdb", rows), MODELS)
    found = {(r["table_name"], r["expectation"]): r for r in results.to_dicts()}
    for name, pairs in broken.items():
        assert found[name, "columns"]["success"]
        for constraint, bad in pairs:
            result = found[name, constraint.name]
            assert not result["success"], f"{name}: {constraint.name} lets {bad} pass"
            assert result["unexpected_count"] >= len(bad)
            assert result["message"].startswith(f"{constraint.says}; found "), result["message"]
            assert "error" not in result["message"].removeprefix(constraint.says)
    assert failures(RESULTS[0], results) == []


#: Tables that have between them a constraint of every kind, keys of one and of several columns, and rules.
OF_EVERY_KIND = ("checks", "documents", "facts", "figures")


def test_these_tables_have_constraints_of_every_kind() -> None:
    kinds = {(c.kind, len(c.columns) > 1) for model in MODELS for c in constraints(model) if c.kind != "columns"}
    some = [TABLES[name] for name in OF_EVERY_KIND]
    assert {(c.kind, len(c.columns) > 1) for model in some for c in constraints(model) if c.kind != "columns"} == kinds


def test_a_wrong_shape_is_a_failed_expectation_and_no_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The columns of every table; of the tables of every kind of constraint all that is expected of them."""
    monkeypatch.setattr(
        warehouse_gate,
        "suite",
        lambda model, names=None: suite(model, names if about(model).name in OF_EVERY_KIND else {"columns"}),
    )
    path = database(tmp_path / "shape.duckdb", {name: [valid_row(model)] for name, model in TABLES.items()})
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table quarantine")
        for name, model in TABLES.items():
            if name != "quarantine":
                first, *_, last = columns(model)
                connection.execute(f"alter table {name} add column more integer")
                connection.execute(f"alter table {name} drop column {last.name if name == 'checks' else first.name}")
    results = warehouse_gate.run(path, MODELS)
    assert results.filter(pl.col("success"), expectation="columns").to_dicts() == []
    lost = results.filter(table_name="documents", expectation="not_null(document_sha256)").to_dicts()[0]
    assert not lost["success"] and "error" in lost["message"]
    missing = results.filter(table_name="quarantine")
    assert missing.height == len(constraints(TABLES["quarantine"]))
    assert not missing["success"].any() and missing["message"].str.ends_with("the table is missing").all()


def test_an_extra_column_alone_fails_the_columns_and_nothing_else(tmp_path: Path) -> None:
    path = database(tmp_path / "more.duckdb", {})
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table quarantine add column more integer")
    results = warehouse_gate.run(path, [TABLES["quarantine"]])
    assert results.filter(~pl.col("success"))["expectation"].to_list() == ["columns"]


def test_a_warehouse_that_is_not_there_is_not_a_warehouse_that_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="build it first"):
        warehouse_gate.run(tmp_path / "nothing.duckdb")


def test_what_was_looked_at_and_found_is_told_by_value_or_by_row(tmp_path: Path) -> None:
    model = TABLES["row_totals"]
    good = valid_row(model)
    late = [{**good, "report_id": f"r{n}", "report_year": year} for n, year in enumerate((1999, 2101, 1999))]
    results = warehouse_gate.run(database(tmp_path / "bad.duckdb", {"row_totals": [good, *late]}), [model])
    found = {r["expectation"]: r for r in results.to_dicts()}
    assert all(r["element_count"] == 4 for name, r in found.items() if name != "columns")
    assert [name for name, r in found.items() if not r["success"]] == ["range(report_year)"]
    told = found["range(report_year)"]
    assert (told["unexpected_count"], told["message"]) == (3, "report_year is between 2008 and 2100; found 1999")
    assert found["not_null(report_id)"]["unexpected_count"] == 0


def test_a_table_without_rows_is_counted_not_passed_over(tmp_path: Path) -> None:
    results = warehouse_gate.run(database(tmp_path / "empty.duckdb", {}), [TABLES["row_totals"]])
    rows = results.filter(expectation="range(report_year)").to_dicts()
    assert [(r["success"], r["element_count"], r["unexpected_count"]) for r in rows] == [(True, 0, 0)]


def test_long_tables_are_looked_at_part_by_part_with_the_same_messages(tmp_path: Path) -> None:
    """Every constraint of every table broken: SQL of our own over parts says what great-expectations says of tables."""
    broken = {name: list(broken_rows(model)) for name, model in TABLES.items()}
    rows = {name: [valid_row(TABLES[name]), *(r for _, bad in pairs for r in bad)] for name, pairs in broken.items()}
    path = tmp_path / "bad.duckdb"
    folder = in_parts(path, tmp_path / "parts", rows)
    theirs = warehouse_gate.run(path, MODELS)
    ours = warehouse_gate.run(path, MODELS, parts=folder, moderate=0)
    assert ours.filter(~pl.col("success")).height > 300
    assert ours.to_dicts() == theirs.to_dicts()
    # A second look reads nothing again.
    assert warehouse_gate.run(path, MODELS, parts=folder, moderate=0).equals(ours)


def test_a_table_that_did_not_change_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {name: [valid_row(model)] for name, model in TABLES.items()}
    path = tmp_path / "good.duckdb"
    folder = in_parts(path, tmp_path / "parts", rows)
    first = warehouse_gate.run(path, MODELS, parts=folder)
    assert first["success"].all()
    monkeypatch.setattr(warehouse_gate, "_source", None)
    assert warehouse_gate.run(path, MODELS, parts=folder).equals(first)


def test_a_key_that_stands_in_two_parts_is_found(tmp_path: Path) -> None:
    model = TABLES["facts"]
    row = {**valid_row(model), "report_id": "a-2024", "fact_id": "a-2024/x"}
    path = tmp_path / "twice.duckdb"
    folder = in_parts(path, tmp_path / "parts", {"facts": [row, row, {**row, "fact_id": "a-2024/y"}]})
    results = warehouse_gate.run(path, [model], parts=folder, moderate=0)
    failed = results.filter(~pl.col("success")).to_dicts()
    assert [(r["expectation"], r["element_count"], r["unexpected_count"]) for r in failed] == [
        ("unique(fact_id)", 3, 2)
    ]
    assert failed[0]["message"] == "no two rows with the same fact_id; found 'a-2024/x'"


def in_parts(path: Path, folder: Path, rows: dict[str, list[Row]]) -> Path:
    """A DuckDB file with every table of the contract as a view on two parts or fewer; the folder of these."""
    with closing(PartStore(folder)) as store, duckdb.connect(str(path)) as connection:
        for name, model in TABLES.items():
            halves = [half for half in (rows.get(name, [])[::2], rows.get(name, [])[1::2]) if half]
            parts = [
                store.add(
                    name,
                    (str(2020 + n), "all"),
                    len(half),
                    lambda to, half=half, model=model: write_parquet(model, frame(model, half), to),
                )
                for n, half in enumerate(halves)
            ]
            store.keep(name, parts, {})
            source = (
                read([store.path(part) for part in parts])
                if parts
                else f"({no_rows([(c.name, c.duckdb) for c in columns(model)])})"
            )
            connection.execute(f"create view {name} as from {source}")
    return folder
