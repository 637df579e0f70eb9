"""Numbers that a person would not take for the report's are never verified, and a check says why."""

from __future__ import annotations

import re

from pipelines.parse import Hints, Report, Unparseable, parse
from pipelines.read import read
from pipelines.read.document import Unreadable
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import Cells, made

BODY = "杭州市人民政府"


def page(cells: Cells) -> str:
    tables = lay.proactive_html("2021", cells), lay.requests_html("2021", cells), lay.disputes_html(cells)
    return lay.page(BODY, 2023, *tables)


def parsed(text: str) -> Report:
    return parse(read(text.encode(), "x.html"), Hints("x.html", report_year=2023, body_name=BODY))


def grades(report: Report, table: str) -> set[str]:
    return {f.grade for f in report.facts if f.table == table and not f.is_unmapped}


def failing(report: Report) -> set[tuple[str, str]]:
    return {(c.code, c.place) for c in report.checks if c.outcome == "fails"}


def before_requests(text: str, words: str) -> str:
    heading = lay.heading(3)
    return text.replace(f"<p>{heading}</p>", f"<p>{heading}</p><p>{words}</p>")


@folded("words", ["2022年政府信息公开申请办理情况", "表二：2022年度收到和处理政府信息公开申请情况（2022年）"])
def test_a_table_under_another_year_costs_its_grades(words: str) -> None:
    report = parsed(before_requests(page(made("2021", 1)), words))
    assert ("requests.year_agrees", "") in failing(report)
    assert grades(report, "requests") == {"contradicted"}
    assert "contradicted" not in grades(report, "disputes")


def test_a_verified_number_names_what_bears_it_out_and_what_could_not_be_tested() -> None:
    cells = made("2021", 1)
    for row in {row for table, row, _ in cells if table == "requests"}:
        cells["requests", row, "total"] = None
    report = parsed(page(cells))
    fact = next(f for f in report.facts if (f.table, f.row, f.column) == ("requests", "granted", "natural_person"))
    assert (fact.grade, fact.verified_by, fact.untested) == ("verified", ("outcome_sum",), ("applicant_sum",))


@folded(
    "words", ["2023年政府信息公开申请办理情况", "表二：收到和处理情况", "2022年以来，申请逐年增加，2023年办理情况如下"]
)
def test_words_above_a_table_that_name_the_reports_year_cost_nothing(words: str) -> None:
    report = parsed(before_requests(page(made("2021", 1)), words))
    assert grades(report, "requests") == {"verified"}


def test_labels_that_name_the_reports_own_year_are_read() -> None:
    cells = made("2021", 1)
    text = page(cells).replace("本年制发件数", "2023年制发件数").replace("上年结转", "2022年结转")
    report = parsed(text)
    assert {(f.row, f.column): f.value for f in report.facts if f.row == "regulations"} == {
        ("regulations", column): cells["proactive", "regulations", column]
        for column in ("issued", "repealed", "in_force")
    }
    assert "carried_in" in {f.row for f in report.facts}


def test_labels_that_name_another_year_are_not_the_forms() -> None:
    report = parsed(page(made("2021", 1)).replace("本年制发件数", "2021年制发件数"))
    assert "issued" not in {f.column for f in report.facts if f.row == "regulations"}
    assert any(code == "proactive.columns_in_order" for code, _ in failing(report))


def test_one_number_over_two_labelled_rows_belongs_to_neither() -> None:
    text = page(made("2021", 1))
    row = re.search(r"<tr>(?:(?!</tr>).)*1\.本机关不掌握相关政府信息.*?</tr>", text)
    following = re.search(r"<tr><td>2\.没有现成信息需要另行制作</td>.*?</tr>", text)
    assert row is not None and following is not None
    merged = re.sub(r"<td>(\d*)</td>", r'<td rowspan="2">\1</td>', row[0])
    merged = merged.replace('<td rowspan="2">1.本机关', "<td>1.本机关")
    text = text.replace(row[0], merged).replace(following[0], "<tr><td>2.没有现成信息需要另行制作</td></tr>")
    report = parsed(text)
    found = [f for f in report.facts if f.row in ("unavailable.not_held", "unavailable.needs_creation")]
    assert found and all(f.grade != "verified" or f.value is None for f in found)
    assert any(place.startswith("unavailable.n") for _, place in failing(report))


def test_a_row_with_a_footnote_in_a_number_keeps_its_other_numbers() -> None:
    cells = made("2021", 3)
    total = cells["disputes", "reconsideration", "total"]
    text = page(cells)
    place = text.index(lay.heading(4))
    report = parsed(text[:place] + text[place:].replace(f"<td>{total}</td>", f"<td>{total}注1</td>", 1))
    values = {(f.row, f.column): f.value for f in report.facts if f.table == "disputes"}
    assert values["reconsideration", "total"] is None
    assert values["litigation_direct", "upheld"] == cells["disputes", "litigation_direct", "upheld"]
    assert ("disputes.cell_readable", "reconsideration/total") in failing(report)


def test_a_report_that_ends_in_the_middle_of_a_table_verifies_nothing_wrong() -> None:
    cells = made("2021", 5)
    text = page(cells)
    wrong = []
    for end in range(text.index(lay.heading(3)), len(text), 211):
        try:
            report = parsed(text[:end])
        except (Unparseable, Unreadable):
            continue
        wrong += [
            (end, f.row, f.column, f.value)
            for f in report.facts
            if f.grade == "verified" and f.value is not None and cells.get((f.table, f.row, f.column)) != f.value
        ]
    assert wrong == []


def test_one_number_under_two_headers_is_neithers_but_cells_that_only_stand_askew_are_read() -> None:
    head = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    merged = '<tr><td>规章</td><td colspan="2">3</td><td>43</td></tr>'
    askew = '<tr><td>规章</td><td colspan="2">3</td><td>2</td><td>43</td></tr>'
    for row, value in ((merged, None), (askew, 3)):
        text = re.sub(
            r"<tr><td>信息内容.*?行政规范性文件", f"{head}{row}<tr><td>行政规范性文件", page(made("2021", 1)), count=1
        )
        report = parsed(text)
        found = {(f.row, f.column): f.value for f in report.facts}
        assert found.get(("regulations", "issued")) == value
