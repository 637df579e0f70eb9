"""Mutations of a right report: what is wrong is noticed, and nothing else loses its grade."""

from __future__ import annotations

import itertools

import pytest

from expectations.forms import forms
from pipelines.parse import Hints, parse
from pipelines.parse.report import Report
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.figures import APPLICANTS, BALANCE_ROWS, Cells, made, request_rows

FORM, YEAR, SEED = "2021", 2023, 7


def spoken(cells: Cells) -> str:
    """The received row in prose, as reports state it."""
    kinds = {"natural_person": "自然人", "commercial_enterprise": "商业企业", "research_institution": "科研机构"}
    kinds |= {"public_welfare_org": "社会公益组织", "legal_service_org": "法律服务机构"}
    said = "、".join(f"{name}{cells['requests', 'received_new', c]}件" for c, name in kinds.items())
    return f"全年新收政府信息公开申请{cells['requests', 'received_new', 'total']}件，其中{said}。"


def html(cells: Cells, requests: str | None = None, prose: str = "") -> str:
    table = requests or lay.requests_html(FORM, cells)
    return lay.page("示例市人民政府", YEAR, lay.proactive_html(FORM, cells), table, lay.disputes_html(cells), prose)


def parsed(page: str) -> Report:
    return parse(read(page.encode(), "made"), Hints("made"))


def grades(report: Report) -> dict[tuple[str, str, str], str]:
    return {(f.table, f.row, f.column): f.grade for f in report.facts}


def failing(report: Report, *kinds: str) -> list[str]:
    return [f"{c.code}@{c.place}" for c in report.checks if c.outcome == "fails" and c.kind in (kinds or ("identity",))]


def outcomes(cells: Cells) -> list[str]:
    return [r for r in request_rows(FORM, cells) if r not in BALANCE_ROWS]


def broken_by(cell: tuple[str, str, str], cells: Cells) -> dict[str, set[tuple[str, str, str]]]:
    """By hand from the form: each identity that a cell is part of, with all cells of that identity there."""
    table, row, column = cell
    found: dict[str, set[tuple[str, str, str]]] = {}
    if table == "disputes":
        found[f"disputes.result_sum@{row}"] = {(table, row, c) for c in lay.RESULTS}
    if table == "requests":
        found[f"requests.applicant_sum@{row}"] = {(table, row, c) for c in (*APPLICANTS, "total")}
        if row in BALANCE_ROWS:
            found[f"requests.balance@{column}"] = {(table, r, column) for r in BALANCE_ROWS}
        if row == "total_processed" or row in outcomes(cells):
            found[f"requests.outcome_sum@{column}"] = {
                (table, r, column) for r in (*outcomes(cells), "total_processed")
            }
    return found


CELLS = list(made(FORM, SEED))


@pytest.mark.parametrize("cell", CELLS, ids="/".join)
def test_one_corrupted_number(cell: tuple[str, str, str]) -> None:
    """Every identity the cell is part of fails, all its facts are contradicted, all others keep their grade."""
    cells = made(FORM, SEED)
    before = grades(parsed(html(cells)))
    spoilt = {**cells, cell: (cells[cell] or 0) + 1}
    report = parsed(html(spoilt))
    broken = broken_by(cell, cells)
    assert set(failing(report)) == set(broken)
    touched = set().union(*broken.values()) if broken else set()
    after = grades(report)
    assert {k for k, g in after.items() if g == "contradicted"} == touched
    assert {k: g for k, g in after.items() if k not in touched} == {k: g for k, g in before.items() if k not in touched}


def columns_swapped(cells: Cells, one: str, two: str) -> Cells:
    other = {one: two, two: one}
    return {(t, r, other.get(c, c) if t == "requests" else c): v for (t, r, c), v in cells.items()}


PAIRS = list(itertools.combinations(lay.COLUMNS, 2))


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_two_columns_swapped_with_their_headers(one: str, two: str) -> None:
    """The columns are read by their headers: every fact is right, and the unusual order is reported."""
    cells = made(FORM, SEED)
    order = [{one: two, two: one}.get(c, c) for c in lay.COLUMNS]
    report = parsed(html(cells, lay.requests_html(FORM, cells, columns=order, head=lay.request_head(columns=order))))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert "requests.columns_in_order@" in failing(report, "structure")


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_two_headers_swapped_over_right_numbers(one: str, two: str) -> None:
    cells = made(FORM, SEED)
    order = [{one: two, two: one}.get(c, c) for c in lay.COLUMNS]
    report = parsed(html(cells, lay.requests_html(FORM, cells, head=lay.request_head(columns=order))))
    assert "requests.columns_in_order@" in failing(report, "structure")


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_numbers_of_two_columns_swapped(one: str, two: str) -> None:
    """Under headers that stayed only arithmetic (with the total) or the prose (between applicants) can see it."""
    cells = made(FORM, SEED)
    report = parsed(html(columns_swapped(cells, one, two), prose=spoken(cells)))
    noticed = failing(report, "identity", "prose")
    assert noticed
    assert ("total" in (one, two)) == any(f.startswith("requests.applicant_sum") for f in noticed)


def shifted(cells: Cells, rows: list[str], start: int) -> Cells:
    """The numbers from row `start` on moved down by one, the row left free blank, the last row's numbers lost."""
    moved = dict(cells)
    for c in lay.COLUMNS:
        for k in range(len(rows) - 1, start, -1):
            moved["requests", rows[k], c] = cells["requests", rows[k - 1], c]
        moved["requests", rows[start], c] = None
    return moved


ROWS = request_rows(FORM, made(FORM, SEED))


@pytest.mark.parametrize("start", range(len(ROWS)), ids=ROWS)
def test_rows_shifted_down(start: int) -> None:
    report = parsed(html(shifted(made(FORM, SEED), ROWS, start)))
    assert failing(report, "identity")


@pytest.mark.parametrize("lost", ROWS)
def test_row_lost(lost: str) -> None:
    cells = {k: v for k, v in made(FORM, SEED).items() if k[:2] != ("requests", lost)}
    report = parsed(html(cells))
    # （六）其他处理 loses one of its three rows: that one is reported, not taken for a report with the single row.
    assert f"requests.rows_complete@{lost}" in failing(report, "structure")


@pytest.mark.parametrize("column", lay.COLUMNS)
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
