"""Section 4: what the printed heads say of its fifteen numbers."""

from __future__ import annotations

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import Cells, made

CELLS = made("2021", 7)
Place = tuple[str, str, str]


def parsed(disputes: str) -> Report:
    tables = lay.proactive_html("2021", CELLS), lay.requests_html("2021", CELLS), disputes
    return parse(read(lay.page("示例市人民政府", 2023, *tables).encode(), "made"), Hints("made"))


def disputes(report: Report) -> dict[Place, object]:
    return {(f.table, f.row, f.column): f.value for f in report.facts if f.table == "disputes" and not f.is_unmapped}


def own(cells: Cells) -> dict[Place, object]:
    return {key: value for key, value in cells.items() if key[0] == "disputes"}


def failing(report: Report) -> set[str]:
    return {c.code for c in report.checks if c.outcome == "fails" and c.code.startswith("disputes.")}


@folded("strange", ["其它", "第二类案件", "备选"])
def test_procedures_under_words_that_no_form_knows_stay_open(strange: str) -> None:
    """Of the three only 行政复议 is named: nothing tells the lawsuits apart, and their sums hold for each."""
    page = lay.disputes_html(CELLS)
    for name in ("行政诉讼（未经复议直接起诉）", "未经复议直接起诉"):
        page = page.replace(f">{name}<", f">{strange}<")
    report = parsed(page.replace(">复议后起诉<", "><"))
    assert strange in page
    assert disputes(report) == {key: v for key, v in own(CELLS).items() if key[1] == "reconsideration"}
    assert "disputes.columns_in_order" in failing(report)


@folded("title", ["政府信息公开行政复议、行政诉讼情况统计", "单位：件", "本年度情况"])
def test_a_title_over_all_fifteen_names_no_procedure(title: str) -> None:
    whole = lay.disputes_html(CELLS).replace("<table>", "<table>" + lay.tr(lay.td(title, colspan=14), lay.td("")))
    beside = lay.disputes_html(CELLS).replace("<table>", "<table>" + lay.tr(lay.td(title, colspan=15)))
    for page in (whole, beside):
        assert disputes(parsed(page)) == own(CELLS)


def test_headers_that_leave_a_column_open_are_not_passed_over_by_reading_lines() -> None:
    """结果纠正 is printed as 情况 and stands where 其他结果 should: its numbers have no column, the others keep theirs."""
    page = lay.disputes_html(CELLS)
    page = page.replace(">其他结果<", ">@<").replace(">结果纠正<", ">其他结果<").replace(">@<", ">情况<")
    report = parsed(page)
    found = disputes(report)
    assert {column for _, _, column in found} <= {"upheld", "other", "pending", "total"}
    assert found["disputes", "reconsideration", "other"] == CELLS["disputes", "reconsideration", "corrected"]
    assert failing(report)


@folded(
    ("words", "first"),
    [
        ("未经复议直接起诉 复议后起诉", "litigation_direct"),
        ("复议后起诉 未经复议直接起诉", "litigation_after_reconsideration"),
    ],
)
def test_the_order_of_the_lawsuits_in_a_line_of_headers(words: str, first: str) -> None:
    """Two lines of heads, as a converter leaves them: the first five results are those of 行政复议."""
    results = "结果维持 结果纠正 其他结果 尚未审结 总计"
    order = ["reconsideration", first, *({*lay.PROCEDURES} - {"reconsideration", first})]
    numbers = " ".join(str(CELLS["disputes", row, column]) for row in order for column in lay.RESULTS)
    lines = ["行政复议 行政诉讼", f"{results} {words}", f"{results} {results}", numbers]
    tables = lay.proactive_lines("2021", CELLS), lay.requests_lines("2021", CELLS, "line"), lines
    text = lay.text_report("示例市人民政府", 2023, *tables)
    report = parse(read(text.encode(), "made.txt"), Hints("made.txt"))
    assert disputes(report) == own(CELLS)
