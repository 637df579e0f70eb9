"""Tables without rules and tables of bars: what is not printed over or beside a number is no proof of what it is."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.parse.tables_in_text import runs
from pipelines.read import read
from pipelines.read.document import Cell, Table
from tests.made import layouts as lay
from tests.made.figures import made

CELLS = made("2021", 7)


def report_of(lines: list[str]) -> Report:
    text = lay.text_report("示例市人民政府", 2023, lay.proactive_lines("2021", CELLS), lines, lay.disputes_lines(CELLS))
    return parse(read(text.encode(), "made"), Hints("made"))


def grades(report: Report, table: str = "requests") -> set[str]:
    return {f.grade for f in report.facts if f.table == table and not f.is_unmapped}


def lines() -> list[str]:
    return lay.requests_lines("2021", CELLS, "line")


def test_a_whole_head_is_verified() -> None:
    report = report_of(lines())
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == CELLS
    assert grades(report) == {"verified"}


@pytest.mark.parametrize("caption", ["单位：件", "2023年收到和处理政府信息公开申请情况"])
def test_a_caption_of_this_year_costs_nothing(caption: str) -> None:
    assert grades(report_of([caption, *lines()])) == {"verified"}


@pytest.mark.parametrize("caption", ["单位：万件", "单位：百件"])
def test_a_scaled_unit_costs_the_grade(caption: str) -> None:
    assert grades(report_of([caption, *lines()])) == {"unverified"}


@pytest.mark.parametrize("head", ["甲类", "上年商业企业", "2019年商业企业", "商业企业（单位：千件）"])
def test_a_head_that_is_not_the_forms_costs_the_grade(head: str) -> None:
    assert "verified" not in grades(report_of([line.replace("商业企业", head) for line in lines()]))


@pytest.mark.parametrize("word", ["不予", "上年", "累计"])
def test_a_turned_label_is_not_verified(word: str) -> None:
    """3.不予要求提供公开出版物 is not that row; the rows beside it are."""
    report = report_of([line.replace("3.要求提供", f"3.{word}要求提供") for line in lines()])
    found = {f.row: f.grade for f in report.facts if f.table == "requests"}
    assert found.get("not_processed.published_material") != "verified"
    assert found["not_processed.petition_complaint"] == "verified"


def test_exchanged_rows_with_damaged_labels_are_not_told_by_place() -> None:
    """2.口复申请 is more like 重复申请 than like 大量反复申请."""
    made_lines = lines()
    i = next(k for k, line in enumerate(made_lines) if line.startswith("2.重复申请"))
    j = next(k for k, line in enumerate(made_lines) if line.startswith("4.无正当理由"))
    made_lines[i], made_lines[j] = made_lines[j].replace("反复", "X复"), made_lines[i].replace("重复", "口复")
    verified = {(f.row, f.column): f.value for f in report_of(made_lines).facts if f.grade == "verified"}
    assert all(
        CELLS["requests", row, column] == value
        for (row, column), value in verified.items()
        if ("requests", row, column) in CELLS
    )
    assert ("received_new", "total") in verified


def test_a_turned_label_that_is_broken_is_not_verified() -> None:
    """4.不予保护第 / numbers / 三方合法权益: the label of the group before it has a 不予 of its own."""
    broken = lay.requests_lines("2021", CELLS, "amid", width=6)
    whole = {f.row: f.grade for f in report_of(broken).facts if f.table == "requests"}
    turned = {f.row: f.grade for f in report_of([x.replace("4.保护", "4.不予保护") for x in broken]).facts}
    assert whole["denied.third_party_rights"] == "verified"
    assert turned.get("denied.third_party_rights") != "verified"


def test_a_row_without_cells_is_a_line_without_text() -> None:
    """A page that ends in the midst of a table leaves a row of which nothing is printed."""
    cell = Cell("行政许可", 0, 0)
    table = Table(((cell, None), (None, None)), "table 1")
    assert runs([table], 2) == []
