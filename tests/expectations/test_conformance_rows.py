"""The parsed gate lets good rows through and turns bad ones away: every model, every constraint."""

import polars as pl
import pytest

from expectations.columns import Table, about, columns
from expectations.conformance import failures
from expectations.tables import TABLES
from tests.made.cases import folded
from tests.made.rows import broken_rows, frame, valid_row

MODELS = folded("model", TABLES.values())


@MODELS
def test_a_valid_row_and_no_row_pass(model: type[Table]) -> None:
    assert failures(model, frame(model, [valid_row(model)])) == []
    assert failures(model, frame(model, [])) == []


@MODELS
def test_every_constraint_turns_bad_rows_away(model: type[Table]) -> None:
    broken = list(broken_rows(model))
    found = failures(model, frame(model, [row for _, rows in broken for row in rows]))
    for constraint, rows in broken:
        check = constraint.name if constraint.kind == "rule" else constraint.kind
        told = [f for f in found if f.check == check and f.column in (None, *constraint.columns)]
        assert told, f"{about(model).name}: {constraint.name} lets {rows} pass"
        assert sum(f.row_count for f in told) >= len(rows)


@MODELS
def test_a_wrong_shape_is_told_column_by_column(model: type[Table]) -> None:
    good = frame(model, [valid_row(model)])
    first = columns(model)[0].name
    assert [(f.check, f.column) for f in failures(model, good.drop(first))] == [("missing_column", first)]
    assert ("unknown_column", "more") in [(f.check, f.column) for f in failures(model, good.with_columns(more=1))]
    wrong = failures(model, good.with_columns(pl.lit(b"x").alias(first)))
    assert ("type", first) in [(f.check, f.column) for f in wrong]
    assert {f.check for f in failures(model, good.select(reversed(good.columns)))} == {"column_order"}


def test_the_message_names_the_demand_and_an_example() -> None:
    model = TABLES["row_totals"]
    row = {**valid_row(model), "report_year": 1999}
    [failure] = failures(model, frame(model, [row, {**row, "report_id": "y"}]))
    assert failure.message == (
        "row_totals: must hold: report_year is between 2008 and 2100; found in 2 rows, as here '1999'"
    )
    assert (failure.table, failure.column, failure.check, failure.row_count) == (
        "row_totals",
        "report_year",
        "range",
        2,
    )


def test_a_duplicate_is_told_by_its_key_not_by_a_cut_row() -> None:
    model = TABLES["sections"]
    row = {**valid_row(model), "text": "很长" * 500}
    [failure] = failures(model, frame(model, [row, row]))
    assert failure.message.endswith("found in 2 rows, as here {'report_id': 'x', 'section': 0}")


def test_a_lazy_frame_is_refused_because_its_rows_would_not_be_looked_at() -> None:
    model = TABLES["reports"]
    with pytest.raises(TypeError, match="LazyFrame"):
        failures(model, frame(model, []).lazy())  # type: ignore[arg-type]
