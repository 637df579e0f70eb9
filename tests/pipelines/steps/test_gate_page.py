"""The page of gate results: failing first, nothing from the network, everything as text."""

import re

import polars as pl

from expectations.tables import TABLES
from pipelines.steps.gate_page import render
from tests.made.rows import frame, valid_row


def results(*rows: tuple[str, str, bool, str]) -> pl.DataFrame:
    model = TABLES["gate_results"]
    names = ("table_name", "expectation", "success", "message")
    return frame(model, [{**valid_row(model), **dict(zip(names, row, strict=True))} for row in rows])


def test_what_is_not_met_comes_first() -> None:
    page = render(
        results(
            ("documents", "columns", True, "the columns"),
            ("reports", "unique(report_id)", True, "no two"),
            ("reports", "not_null(scope)", False, "scope is never null; found None"),
        )
    )
    assert "1 of 3 expectations are not met." in page
    assert page.index("scope is never null") < page.index("documents")
    assert page.index("<h2>reports") < page.index("<h2>documents")
    assert "年度报告" in page


def test_all_met_says_so() -> None:
    page = render(results(("documents", "columns", True, "the columns")))
    assert "All 1 expectations are met." in page and "not met</td>" not in page


def test_an_example_from_a_hostile_document_is_shown_as_text() -> None:
    page = render(results(("reports", "x", False, "found '<script>alert(1)</script>'")))
    assert "<script" not in page and "&lt;script&gt;" in page


def test_the_page_needs_no_network_and_is_the_same_for_the_same_results() -> None:
    rows = results(("a", "x", True, "m"), ("b", "y", False, "n"))
    page = render(rows)
    assert not re.search(r"https?://|src=|@import|url\(", page)
    assert render(rows.reverse()) == page
