"""What tells a row: its own label. Rows within a sum satisfy it in any order, so nothing else can."""

from __future__ import annotations

import re

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import made

CELLS = made("2021", 7)
STATE_SECRET, PROHIBITED = "1.属于国家秘密", "2.其他法律行政法规禁止公开"


def parsed(requests: str, disputes: str = "") -> Report:
    tables = lay.proactive_html("2021", CELLS), requests, disputes or lay.disputes_html(CELLS)
    return parse(read(lay.page("示例市人民政府", 2023, *tables).encode(), "made"), Hints("made"))


def verified(report: Report, table: str) -> dict[tuple[str, str, str], object]:
    return {
        (f.table, f.row, f.column): f.value
        for f in report.facts
        if f.table == table and f.grade == "verified" and not f.is_unmapped
    }


def test_rows_whose_own_labels_are_all_blank_are_unknown() -> None:
    """Group labels are left: （六）其他处理 is the group's, and no label of the first row in it."""
    own_label = re.compile(r"(<td(?: colspan=.\d.)?>)[^<]*[\u4e00-\u9fff][^<]*</td>(?=<td>\d+</td>)")
    blank, count = own_label.subn(r"\1</td>", lay.requests_html("2021", CELLS))
    assert count == len({row for table, row, _ in CELLS if table == "requests"})
    report = parsed(blank)
    assert verified(report, "requests") == {}
    assert any(c.code == "requests.rows_known" and c.outcome == "fails" for c in report.checks)


@folded("gap", ["", " ", "\n"])
def test_two_labels_in_one_cell_name_neither_row(gap: str) -> None:
    """The next label is blank, and the two rows' numbers may stand in either order: both are whole numbers of one sum."""
    page = lay.requests_html("2021", CELLS)
    glued = page.replace(f">{STATE_SECRET}<", f">{STATE_SECRET}{gap}{PROHIBITED}<").replace(f">{PROHIBITED}<", "><")
    assert glued != page
    rows = {row for _, row, _ in verified(parsed(glued), "requests")}
    assert not rows & {"denied.state_secret", "denied.prohibited_by_law"}


@folded(
    "label",
    [
        "1.属于国家秘密的",
        "1．属于国家秘密（含工作秘密等情形在内）",
        "1.属于国家秘密（不予公开）",
        " 1. 属 于 国 家 秘 密",
    ],
)
def test_a_remark_behind_a_label_is_no_second_label(label: str) -> None:
    report = parsed(lay.requests_html("2021", CELLS).replace(f">{STATE_SECRET}<", f">{label}<"))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == CELLS


@folded("above", [True, False])
def test_a_blank_row_beside_the_fifteen_results_says_nothing(above: bool) -> None:
    head, _, last = lay.disputes_html(CELLS).removesuffix("</table>").rpartition("<tr>")
    numbers, blank = f"<tr>{last}", lay.tr(*[lay.td("")] * 15)
    rows = blank + numbers if above else numbers + blank
    report = parsed(lay.requests_html("2021", CELLS), f"{head}{rows}</table>")
    assert verified(report, "disputes") == {key: v for key, v in CELLS.items() if key[0] == "disputes"}


def test_one_number_over_two_procedures_is_of_neither() -> None:
    """The total of 行政复议 is merged with the first number of the lawsuits: fifteen heads, fourteen numbers."""
    page = lay.disputes_html(CELLS)
    head, _, last = page.rpartition("<tr>")
    cells = re.findall(r"<td>(\d*)</td>", last)
    merged = [*map(lay.td, cells[:4]), lay.td(cells[4], colspan=2), *map(lay.td, cells[6:])]
    report = parsed(lay.requests_html("2021", CELLS), head + lay.tr(*merged) + "</table>")
    assert len(cells) == 15
    assert ("disputes", "reconsideration", "total") not in verified(report, "disputes")
