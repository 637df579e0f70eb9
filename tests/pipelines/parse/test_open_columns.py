"""A row with a column that nothing decides: sums of columns hold under any header, and bear out no header."""

from __future__ import annotations

import re

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.figures import made

CELLS = made("2021", 7)


def parsed(requests: str) -> Report:
    tables = lay.proactive_html("2021", CELLS), requests, lay.disputes_html(CELLS)
    return parse(read(lay.page("示例市人民政府", 2023, *tables).encode(), "made"), Hints("made"))


def test_an_open_column_costs_the_grade_of_its_rows() -> None:
    """自然人 and 商业企业 are printed in each other's place, 自然人 as 非自然人: the rows' sums cannot be tested."""
    page = lay.requests_html("2021", CELLS).replace(">自然人<", ">非自然人<")
    report = parsed(page)
    numbers = {f.row for f in report.facts if f.column == "unmapped.1" and f.value}
    found = {f.grade for f in report.facts if f.table == "requests" and f.row in numbers}
    assert numbers
    assert found == {"unverified"}
    assert {f.grade for f in report.facts if f.table == "disputes"} == {"verified"}


def test_a_column_beyond_the_forms_costs_nothing() -> None:
    """Beside all seven columns of the form stands 其中：网上 with numbers of its own."""
    lines = lay.requests_html("2021", CELLS).replace("<table>", "").replace("</table>", "").split("</tr>")
    head = [line + lay.td("其中网上", rowspan=3) if i == 0 else line for i, line in enumerate(lines[:3])]
    rows = [line + lay.td("5") for line in lines[3:-1]]
    report = parsed(f"<table>{'</tr>'.join([*head, *rows])}</tr></table>")
    found = {(f.table, f.row, f.column): f for f in report.facts if not f.is_unmapped}
    assert {key: f.value for key, f in found.items()} == CELLS
    verified = {key for key, f in found.items() if f.grade == "verified" and key[0] == "requests"}
    assert verified == {key for key in CELLS if key[0] == "requests"}


def moved_row(total: str) -> Report:
    """The label of 部分公开 lost its span: its seven numbers begin in the column of the labels; every 总计 is `total`."""
    label = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    lines = lay.requests_html("2021", CELLS).split("</tr>")
    at = next(i for i, line in enumerate(lines) if "部分公开" in line)
    lines[at] = re.sub(rf"<td[^>]*>{re.escape(label)}</td>", f"<td>{label}</td>", lines[at])
    if not total:
        lines = [re.sub(r"<td>\d+</td>$", "<td></td>", line) for line in lines]
    return parsed("</tr>".join(lines))


def test_a_row_that_is_moved_against_its_headers_is_read_by_its_own_sum() -> None:
    found = {f.column: f.value for f in moved_row("printed").facts if f.row == "partially_granted"}
    assert found == {column: CELLS["requests", "partially_granted", column] for column in found}


def test_a_row_that_is_moved_and_has_no_sum_is_not_verified() -> None:
    found = [f for f in moved_row("").facts if f.row == "partially_granted" and f.value is not None]
    wrong = [f for f in found if f.is_unmapped or f.value != CELLS["requests", f.row, f.column]]
    assert found
    assert all(f.grade != "verified" for f in wrong)


def test_a_row_of_which_a_cell_is_printed_twice_otherwise_proves_nothing() -> None:
    """A stray row of zeros stands before the true one; where both print 0 they agree, and the sum of zeros is no proof."""
    stray = "<tr>" + "".join(lay.td("0") for _ in range(15)) + "</tr>"
    first, last = lay.disputes_html(CELLS).rsplit("<tr>", 1)
    tables = lay.proactive_html("2021", CELLS), lay.requests_html("2021", CELLS), f"{first}{stray}<tr>{last}"
    report = parse(read(lay.page("示例市人民政府", 2023, *tables).encode(), "made"), Hints("made"))
    printed = {(f.row, f.column): CELLS["disputes", f.row, f.column] for f in report.facts if f.table == "disputes"}
    wrong = [f for f in report.facts if f.table == "disputes" and f.value != printed[f.row, f.column]]
    assert all(f.grade == "conflicting" for f in wrong)
    rows = {f.row for f in wrong}
    assert not [f for f in report.facts if f.table == "disputes" and f.row in rows and f.grade == "verified"]
