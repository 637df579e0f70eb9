"""What stands above a table is said of it: the year that it is about, and the unit that it counts in."""

from __future__ import annotations

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import annex
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import made

CELLS = made("2021", 7)
YEAR = 2023


def parsed(requests: str, proactive: str = "") -> Report:
    tables = proactive or lay.proactive_html("2021", CELLS), requests, lay.disputes_html(CELLS)
    return parse(read(lay.page("示例市人民政府", YEAR, *tables).encode(), "made"), Hints("made"))


def requests_under(text: str, width: int = 10) -> str:
    """The table of requests, whose first row is a text over its width."""
    return lay.requests_html("2021", CELLS).replace("<table>", "<table>" + lay.tr(lay.td(text, colspan=width)), 1)


def grades(report: Report, table: str) -> set[str]:
    return {f.grade for f in report.facts if f.table == table}


def outcome(report: Report, code: str) -> set[str]:
    return {c.outcome for c in report.checks if c.code == code}


@folded(
    "text",
    ["2022年收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况（2022年度）", "表三 2021年申请情况表"],
)
def test_a_banner_of_another_year(text: str) -> None:
    """2022 is the year before: as a label it would be 上年, as a banner it says what the table is about."""
    report = parsed(requests_under(text))
    assert outcome(report, "requests.year_agrees") == {"fails"}
    assert grades(report, "requests") == {"contradicted"}
    assert grades(report, "disputes") == {"verified"}


@folded("text", ["2023年收到和处理政府信息公开申请情况", "（2023年度）", "填报日期：2024年1月10日"])
def test_a_banner_of_this_year(text: str) -> None:
    report = parsed(requests_under(text))
    assert outcome(report, "requests.year_agrees") == {"holds"}
    assert grades(report, "requests") == {"verified"}


def test_a_banner_of_another_year_over_the_banners_of_blocks() -> None:
    """Section 2 has a banner over each block: the one above them all speaks of the whole table."""
    table = lay.proactive_html("2021", CELLS).replace("<table>", "<table>" + lay.tr(lay.td("2021年", colspan=4)), 1)
    report = parsed(lay.requests_html("2021", CELLS), table)
    assert outcome(report, "proactive.year_agrees") == {"fails"}
    assert grades(report, "proactive") == {"contradicted"}


@folded(("year", "grade"), [(2015, "contradicted"), (2016, "verified")])
def test_the_year_above_the_only_annex(year: int, grade: str) -> None:
    table = annex.national(annex.made(41)).markup
    page = annex.page(table, caption=f"附件：{year}年政府信息公开情况统计表")
    report = parse(read(page.encode(), "made"), Hints("made"))
    summed = {row for rows in annex.SUMS for row in rows}
    assert {f.grade for f in report.facts if f.row in summed} == {grade}
    assert ("statistics.year_agrees", "fails") in {(c.code, c.outcome) for c in report.checks} or year == 2016


@folded("head", ["本年总计", "2023年总计", "本年度总计"])
def test_a_header_that_names_this_year(head: str) -> None:
    report = parsed(lay.requests_html("2021", CELLS).replace(">总计<", f">{head}<"))
    found = {(f.table, f.row, f.column): f.value for f in report.facts}
    assert found == CELLS
    assert grades(report, "requests") == {"verified"}


@folded("head", ["上年总计", "2022年总计", "2019年总计"])
def test_a_header_that_names_another_year(head: str) -> None:
    report = parsed(lay.requests_html("2021", CELLS).replace(">总计<", f">{head}<"))
    assert {f.column for f in report.facts if f.table == "requests"} == {*lay.APPLICANTS, "unmapped.7"}


@folded(
    ("text", "unit"), [("单位：万件", "万件"), ("（单位：百件）", "百件"), ("单位：件", "件"), ("计量单位：个", "件")]
)
def test_the_unit_above_a_table(text: str, unit: str) -> None:
    """A scaled unit counts for all cells; a plain one says no more than the form."""
    above = f"<p>{text}</p>" + lay.requests_html("2021", CELLS)
    for requests in (above, requests_under(text)):
        report = parsed(requests)
        assert {f.unit for f in report.facts if f.table == "requests"} == {unit}
        assert {(f.table, f.row, f.column): f.value for f in report.facts} == CELLS


def test_the_unit_of_a_group_of_headers() -> None:
    table = lay.requests_html("2021", CELLS).replace(">申请人情况<", ">申请人情况（单位：千件）<")
    assert {f.unit for f in parsed(table).facts if f.table == "requests"} == {"千件"}


@folded(("caption", "outcomes"), [("2021年申请办理情况", {"fails"}), ("2023年申请办理情况", {"holds"})])
def test_the_year_above_loose_lines(caption: str, outcomes: set[str]) -> None:
    tables = lay.proactive_lines("2021", CELLS), lay.requests_lines("2021", CELLS, "line"), lay.disputes_lines(CELLS)
    text = lay.text_report("示例市人民政府", YEAR, tables[0], [caption, *tables[1]], tables[2])
    report = parse(read(text.encode(), "made.txt"), Hints("made.txt"))
    assert outcome(report, "requests.year_agrees") == outcomes
    assert outcome(report, "disputes.year_agrees") == {"holds"}
