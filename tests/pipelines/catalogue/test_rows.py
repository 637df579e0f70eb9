"""What the narrative says becomes rows of the contract, each with the evidence for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from pipelines.catalogue.record import record
from pipelines.catalogue.row_types import Tables
from pipelines.catalogue.rows import check_row, rows_of
from pipelines.parse import Hints, Report, parse
from pipelines.parse.report import Check
from pipelines.read import Document, read
from pipelines.tabulate.frames import frames
from tests.made.corpus import report as page
from tests.made.narrative import ADMITTED, SAID, figure, narrated

NARRATIVE = ("figures", "problems", "commitments")


@pytest.fixture(scope="module")
def document() -> Document:
    return read(page("杭州市人民政府", 2023).encode())


@pytest.fixture(scope="module")
def report(document: Document) -> Report:
    return narrated(parse(document, Hints("a.html")))


def rows(document: Document, report: Report) -> Tables:
    return rows_of(document, report, Hints("a.html"), "v1")


def picked(row: object, *names: str) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def test_a_figure_says_what_it_is_a_number_of_and_in_which_unit(document: Document, report: Report) -> None:
    portal, received, rise, unknown = rows(document, report).figures
    assert picked(portal, "figure_id", "ordinal") == (f"{report.report_id}/figures/1", 1)
    assert picked(portal, "indicator", "indicator_group", "scope") == ("portal_items", "proactive", "territory")
    assert picked(portal, "value", "unit", "normalised_value", "normalised_unit") == (674500, "条", 674500, "条")
    assert picked(portal, "qualifier", "change_kind", "part_of_figure_id") == (None, None, None)
    assert received.grade == "verified"
    assert picked(unknown, "indicator", "indicator_group", "subject") == ("unmapped", None, "茶话会")
    assert picked(unknown, "normalised_value", "normalised_unit") == (None, None)
    assert rise.figure_id == f"{report.report_id}/figures/3"


def test_a_change_names_its_base_and_what_it_is_a_change_of(document: Document, report: Report) -> None:
    rise = rows(document, report).figures[2]
    assert picked(rise, "aspect", "change_kind", "change_base") == ("change", "increase", "previous_year")
    assert rise.part_of_figure_id == f"{report.report_id}/figures/2"
    # A fifth more is not a fifth of a request.
    assert picked(rise, "normalised_value", "normalised_unit") == (20, "%")


def test_every_span_leads_to_the_literal_text(document: Document, report: Report) -> None:
    made = rows(document, report)
    assert {row.section for row in made.figures} == {1}
    for row in made.figures:
        assert SAID[row.number_start : row.number_end] == row.raw
        assert SAID[row.sentence_start : row.sentence_end] == row.sentence
    for row in (*made.problems, *made.commitments):
        assert row.section == 5
        assert ADMITTED[row.text_start : row.text_end] == row.text


def test_a_problem_names_the_commitment_that_answers_it(document: Document, report: Report) -> None:
    made = rows(document, report)
    (commitment,) = made.commitments
    assert [row.commitment_id for row in made.problems] == [commitment.commitment_id, None]
    assert [row.problem_id for row in made.problems] == [f"{report.report_id}/problems/{n}" for n in (1, 2)]
    assert [row.theme for row in made.problems] == ["interpretation", "staff_and_training"]


def test_decimals_are_numbers_and_what_a_double_cannot_hold_is_literal_only(document: Document, report: Report) -> None:
    said = (
        figure("120件", "requests_received", Decimal("1.5"), "件"),
        figure("120件", "requests_received", 10**400, "件"),
    )
    half, huge = rows(document, replace(report, figures=said)).figures
    assert picked(half, "value", "normalised_value", "normalised_unit") == (1.5, 1.5, "件")
    assert picked(huge, "value", "normalised_value", "normalised_unit", "raw") == (None, None, None, "120件")


def test_what_the_narrative_says_of_a_cell_stands_beside_its_grade(document: Document, report: Report) -> None:
    facts = [replace(fact) for fact in report.facts[:3]]
    facts[0].prose, facts[1].prose = "holds", "fails"
    made = rows(document, replace(report, facts=tuple(facts))).facts
    assert [row.prose_outcome for row in made] == ["holds", "fails", None]
    assert [row.grade for row in made] == [fact.grade for fact in report.facts[:3]]


def test_the_frames_keep_the_contract_and_the_order_of_the_text(document: Document, report: Report) -> None:
    many = replace(report, figures=report.figures * 3)
    tables = frames([record(document, many, Hints("a.html"), "v1")])
    assert [failures(model_of(name), tables[name]) for name in (*NARRATIVE, "facts")] == [[], [], [], []]
    assert tables["figures"]["ordinal"].to_list() == list(range(1, 13))


def test_a_report_that_states_nothing_has_empty_tables(document: Document, report: Report) -> None:
    silent = replace(report, figures=(), problems=(), commitments=())
    tables = frames([record(document, silent, Hints("a.html"), "v1")])
    assert [tables[name].height for name in NARRATIVE] == [0, 0, 0]


def test_the_narrative_is_that_of_the_document_that_stands(document: Document, report: Report) -> None:
    standing = record(document, replace(report, figures=report.figures[:1], problems=()), Hints("a.html"), "v1")
    other = record(replace(document, sha256="f" * 64), replace(report, facts=()), Hints("b.html"), "v1")
    tables = frames([standing, other])
    assert tables["figures"]["document_sha256"].to_list() == [document.sha256]
    assert tables["problems"].is_empty()
    assert tables["documents"].filter(pl.col("stands"))["document_sha256"].to_list() == [document.sha256]


def test_a_check_of_one_document_and_one_of_several_have_the_same_row(document: Document, report: Report) -> None:
    check = Check("structure", "requests.one_table", "", "fails", "two tables", left=2, right=1)
    (kept,) = rows(document, report).reports
    row = check_row(report, check)
    assert row == check_row(kept, check)
    assert row.check_id == f"{report.report_id}/requests.one_table/"
    assert (row.left_value, row.right_value, row.difference, row.outcome) == (2, 1, 1, "fails")
