"""A row with a column that nothing decides: sums of columns hold under any header, and bear out no header."""

from __future__ import annotations

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
