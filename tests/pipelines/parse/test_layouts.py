"""The same figures in every layout: each cell right, none invented, everything in an identity verified."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, parse
from pipelines.parse.report import Report
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import Cells, made

BODY = "示例市人民政府"


def parsed(text: str) -> Report:
    return parse(read(text.encode(), "made"), Hints("made"))


def expect(report: Report, cells: Cells) -> None:
    """Every cell as made, no other cell, and all of requests and disputes verified."""
    facts = {(f.table, f.row, f.column): f.value for f in report.facts}
    wrong = {k: (facts.get(k, "missing"), v) for k, v in cells.items() if facts.get(k, "missing") != v}
    assert not wrong, dict(list(wrong.items())[:8])
    assert set(facts) == set(cells)
    grades = {f.grade for f in report.facts if f.table != "proactive"}
    assert grades == {"verified"}
    failed = [c for c in report.checks if c.outcome == "fails" and c.kind != "identification"]
    assert not failed, failed[:5]


FORMS = [("2021", 2023, False), ("2021", 2022, True), ("2019", 2020, True)]


@folded(("form", "year", "single"), FORMS)
@folded("split", [False, True])
@folded("disputes", ["official", "stacked", "apart", "transposed"])
def test_html(form: str, year: int, single: bool, split: bool, disputes: str) -> None:
    cells = made(form, year, single)
    html = lay.page(
        BODY,
        year,
        lay.proactive_html(form, cells, split=split),
        lay.requests_html(form, cells),
        lay.disputes_html(cells, disputes),
    )
    report = parsed(html)
    assert (report.form, report.report_year) == (form, year)
    expect(report, cells)


@folded(("form", "year", "single"), FORMS)
@folded("seed", range(6))
def test_html_in_any_known_spelling(form: str, year: int, single: bool, seed: int) -> None:
    cells = made(form, seed, single)
    spell = lay.any_spelling(seed)
    html = lay.page(
        BODY,
        year,
        lay.proactive_html(form, cells, spell),
        lay.requests_html(form, cells, spell),
        lay.disputes_html(cells, "official", spell),
    )
    expect(parsed(html), cells)


@pytest.mark.parametrize(("form", "year", "single"), FORMS)
def test_group_labels_on_rows_of_their_own(form: str, year: int, single: bool) -> None:
    cells = made(form, 5, single)
    html = lay.page(
        BODY, year, lay.proactive_html(form, cells), lay.requests_flat_html(form, cells), lay.disputes_html(cells)
    )
    expect(parsed(html), cells)


@folded(("form", "year", "single"), FORMS)
@folded("style", ["line", "behind", "ahead", "amid", "column"])
@folded("width", [6, 9, 14])
@folded("pages", [False, True])
def test_loose_lines(form: str, year: int, single: bool, style: str, width: int, pages: bool) -> None:
    cells = made(form, width, single)
    text = lay.text_report(
        BODY,
        year,
        lay.proactive_lines(form, cells, column=style == "column"),
        lay.requests_lines(form, cells, style, width),
        lay.disputes_lines(cells, column=style == "column"),
        pages,
    )
    expect(parsed(text), cells)


@folded(("form", "year", "single"), FORMS)
@folded("cut", [0, 1, 4])
@folded("label_last", [False, True])
def test_pipe_tables_in_pieces(form: str, year: int, single: bool, cut: int, label_last: bool) -> None:
    cells = made(form, cut + 20, single)
    text = lay.text_report(
        BODY,
        year,
        lay.proactive_lines(form, cells),
        lay.requests_pipes(form, cells, cut=cut, label_last=label_last),
        lay.disputes_lines(cells),
    )
    expect(parsed(text), cells)


@folded(("form", "year", "single"), FORMS)
@folded("seed", range(8))
def test_text_extracted_from_a_narrow_table(form: str, year: int, single: bool, seed: int) -> None:
    cells = made(form, seed + 40, single)
    text = lay.text_report(
        BODY,
        year,
        lay.proactive_lines(form, cells),
        lay.requests_pdf_lines(form, cells, seed),
        lay.disputes_lines(cells),
        pages=seed % 2 == 0,
    )
    expect(parsed(text), cells)


@pytest.mark.parametrize(("form", "year", "single"), FORMS)
@pytest.mark.parametrize("disputes", ["official", "stacked"])
def test_a_report_laid_out_as_one_table(form: str, year: int, single: bool, disputes: str) -> None:
    cells = made(form, 3, single)
    html = lay.one_table(
        BODY, year, lay.proactive_html(form, cells), lay.requests_html(form, cells), lay.disputes_html(cells, disputes)
    )
    report = parsed(html)
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert {f.grade for f in report.facts if f.table != "proactive"} == {"verified"}


@pytest.mark.parametrize(("form", "year", "single"), FORMS)
def test_text_with_tables_left_as_html(form: str, year: int, single: bool) -> None:
    cells = made(form, 4, single)
    text = lay.text_report(
        BODY, year, [lay.proactive_html(form, cells)], [lay.requests_html(form, cells)], [lay.disputes_html(cells)]
    )
    expect(parsed(text), cells)


def requests_halves(form: str, cells: Cells) -> list[str]:
    """Section 3 as some converters leave it: two numbers in a cell, the label in a line before, behind or beside."""
    lines: list[str] = []
    labels = {r.code: r.official for r in lay.forms()[form].tables["requests"].rows}
    for i, code in enumerate(lay.request_rows(form, cells)):
        v = [lay.show(cells["requests", code, c]) for c in lay.COLUMNS]
        numbers = f"| | | {v[0]} {v[1]} | {v[2]} {v[3]} | {v[4]} {v[5]} | {v[6]} |"
        rule = "| --- | --- | --- | --- | --- | --- |"
        beside = f"| {labels[code]} | " + numbers[4:]
        lines += [[labels[code], numbers, rule], [numbers, rule, labels[code]], [beside, rule]][i % 3]
    return lines


@pytest.mark.parametrize(("form", "year", "single"), FORMS)
def test_two_numbers_in_a_cell_and_labels_beside_their_table(form: str, year: int, single: bool) -> None:
    cells = made(form, 8, single)
    text = lay.text_report(
        BODY, year, lay.proactive_lines(form, cells), requests_halves(form, cells), lay.disputes_lines(cells)
    )
    report = parsed(text)
    assert {(f.table, f.row, f.column): f.value for f in report.facts if not f.is_unmapped} == cells
    assert {f.grade for f in report.facts if f.table != "proactive" and not f.is_unmapped} == {"verified"}
