"""Mutations of right reports: what is wrong is noticed, and nothing else loses its grade. Operator × source."""

from __future__ import annotations

import itertools

from expectations.forms import forms
from pipelines.parse import Hints, parse
from pipelines.parse.report import Report
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import Cells, made, request_rows
from tests.made.mutated import Key, Source, failing, grades, sources

SOURCES = sources()
#: Sources whose numbers stand in several columns under headers.
WIDE = [source for source in SOURCES if len(source.columns) > 1]
PAIRS = list(itertools.combinations(lay.COLUMNS, 2))


@folded(("source", "key"), [(source, key) for source in SOURCES for key in source.printed])
def test_one_corrupted_number(source: Source, key: Key) -> None:
    """Every identity the cell is part of fails, all its facts are contradicted, all others keep their grade."""
    report = source.corrupted(key)
    broken = {identity: cells for identity, cells in source.sums.items() if key in cells}
    assert sorted(failing(report, "identity")) == sorted(broken)
    touched = {cell for cells in broken.values() for cell in cells}
    after = grades(report)
    assert {k for k, grade in after.items() if grade == "contradicted"} == touched
    kept = {k: grade for k, grade in source.grades.items() if k not in touched}
    assert {k: grade for k, grade in after.items() if k not in touched} == kept


@folded(("source", "one", "two"), [(source, *pair) for source in WIDE for pair in PAIRS])
def test_numbers_of_two_columns_exchanged(source: Source, one: str, two: str) -> None:
    """Under headers that stayed only arithmetic (with the total) or the prose (between applicants) can see it."""
    noticed, differ = failing(source.exchanged(one, two), "identity", "prose"), source.differ(one, two)
    assert bool(noticed) == differ
    assert (differ and "total" in (one, two)) == any(f.startswith("requests.applicant_sum") for f in noticed)


def test_the_columns_of_the_made_page_all_differ() -> None:
    assert all(SOURCES[0].differ(one, two) for one, two in PAIRS)


@folded(("source", "start"), [(source, row) for source in SOURCES for row in source.rows if source.in_sum(row)])
def test_numbers_shifted_down(source: Source, start: str) -> None:
    assert failing(source.shifted(start), "identity")


@folded(("source", "lost"), [(source, row) for source in SOURCES for row in source.rows])
def test_a_row_lost(source: Source, lost: str) -> None:
    """It is reported (of （六）其他处理, too, where it has three rows), and moves none of the others."""
    report = source.without(lost)
    assert f"{source.table}.rows_complete@{lost}" in failing(report, "structure")
    found = {(f.table, f.row, f.column): f.value for f in report.facts}
    assert found == {key: value for key, value in source.values.items() if key[:2] != (source.table, lost)}


# --- what only a page can show, whose headers and lines are made

FORM, YEAR, SEED = "2021", 2023, 7
ROWS = request_rows(FORM, made(FORM, SEED))


def html(cells: Cells, requests: str | None = None) -> str:
    table = requests or lay.requests_html(FORM, cells)
    return lay.page("示例市人民政府", YEAR, lay.proactive_html(FORM, cells), table, lay.disputes_html(cells), "")


def parsed(page: str) -> Report:
    return parse(read(page.encode(), "made"), Hints("made"))


@folded(("one", "two"), PAIRS)
def test_two_columns_swapped_with_their_headers(one: str, two: str) -> None:
    """The columns are read by their headers: every fact is right, and the unusual order is reported."""
    cells = made(FORM, SEED)
    order = [{one: two, two: one}.get(c, c) for c in lay.COLUMNS]
    report = parsed(html(cells, lay.requests_html(FORM, cells, columns=order, head=lay.request_head(columns=order))))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert "requests.columns_in_order@" in failing(report, "structure")


@folded(("one", "two"), PAIRS)
def test_two_headers_swapped_over_right_numbers(one: str, two: str) -> None:
    cells = made(FORM, SEED)
    order = [{one: two, two: one}.get(c, c) for c in lay.COLUMNS]
    report = parsed(html(cells, lay.requests_html(FORM, cells, head=lay.request_head(columns=order))))
    assert "requests.columns_in_order@" in failing(report, "structure")


@folded("column", lay.COLUMNS)
def test_column_lost(column: str) -> None:
    cells = made(FORM, SEED)
    order = [c for c in lay.COLUMNS if c != column]
    report = parsed(html(cells, lay.requests_html(FORM, cells, columns=order, head=lay.request_head(columns=order))))
    assert len([f for f in failing(report, "structure") if f.startswith("requests.rows_complete")]) == len(ROWS)
    kept = {(f.table, f.row, f.column): f.value for f in report.facts}
    assert kept == {k: v for k, v in cells.items() if not (k[0] == "requests" and k[2] == column)}


def test_unknown_row_is_kept_and_reported() -> None:
    cells = made(FORM, SEED)
    line = lay.tr(lay.td("本地自行增加的特殊情形", colspan=3), *(lay.td(str(n)) for n in range(31, 38)))
    table = lay.requests_html(FORM, cells)
    report = parsed(html(cells, table.replace("</table>", line + "</table>")))
    strange = [f for f in report.facts if f.row.startswith("unmapped.")]
    assert [f.value for f in strange] == list(range(31, 38))
    assert {f.row_label for f in strange} == {"本地自行增加的特殊情形"}
    assert "requests.rows_known@unmapped.1" in failing(report, "structure")
    assert not failing(report, "identity")


def test_same_table_twice_with_another_number_is_conflicting() -> None:
    cells = made(FORM, SEED)
    other = {**cells, ("requests", "granted", "natural_person"): 99999}
    twice = lay.requests_html(FORM, cells) + "<p>续表</p>" + lay.requests_html(FORM, other)
    report = parsed(html(cells, twice))
    graded = grades(report)
    assert [k for k, g in graded.items() if g == "conflicting"] == [("requests", "granted", "natural_person")]
    assert failing(report, "structure") == ["requests.tables_agree@granted/natural_person"]


def test_absent_tables_are_said_and_their_identities_not_testable() -> None:
    text = lay.text_report("示例市人民政府", YEAR, [], [], [])
    report = parsed_text(text)
    assert report.facts == ()
    assert failing(report, "structure") == [f"{t}.present@" for t in ("proactive", "requests", "disputes")]
    tested = {c.outcome for c in report.checks if c.kind == "identity"}
    assert tested == {"not_testable"}
    assert sum(len(t.identities) for t in forms()[FORM].tables.values()) == 4


def parsed_text(text: str) -> Report:
    return parse(read(text.encode(), "made.txt"), Hints("made.txt"))


def test_no_structure_rule_passes_vacuously() -> None:
    """Where no header is printed, the order of the columns cannot be tested; an absent table has no rule that holds."""
    cells = made(FORM, SEED)
    lines = lay.proactive_lines(FORM, cells), lay.requests_lines(FORM, cells, "line"), lay.disputes_lines(cells)
    loose = {c.code: c.outcome for c in parsed_text(lay.text_report("示例市人民政府", YEAR, *lines)).checks}
    assert loose["requests.columns_in_order"] == loose["disputes.columns_in_order"] == "not_testable"
    assert loose["requests.rows_complete"] == "holds"
    absent = parsed_text(lay.text_report("示例市人民政府", YEAR, [], [], [])).checks
    assert {
        c.outcome for c in absent if c.code.startswith(("requests.", "disputes.")) and not c.code.endswith(".present")
    } == {"not_testable"}
