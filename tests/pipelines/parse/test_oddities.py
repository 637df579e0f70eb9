"""One test for each oddity that was met, with the smallest document that shows it."""

from __future__ import annotations

import datetime

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.figures import Cells, made

BODY = "杭州市人民政府"


def parsed(text: str) -> Report:
    return parse(read(text.encode(), "x"), Hints("x"))


def values(report: Report) -> Cells:
    return {(f.table, f.row, f.column): f.value for f in report.facts if not f.is_unmapped}  # type: ignore[misc]


def page(cells: Cells, year: int = 2023, body: str = BODY) -> str:
    tables = lay.proactive_html("2021", cells), lay.requests_html("2021", cells), lay.disputes_html(cells)
    return lay.page(body, year, *tables)


def text(cells: Cells, requests: list[str] | None = None, disputes: list[str] | None = None) -> str:
    lines = requests or lay.requests_lines("2021", cells, "line")
    return lay.text_report(BODY, 2023, lay.proactive_lines("2021", cells), lines, disputes or lay.disputes_lines(cells))


def failing(report: Report) -> set[str]:
    return {c.code for c in report.checks if c.outcome == "fails"}


def body_of_page(page: str) -> str:
    return page.split("<body>")[1].split("</body>", maxsplit=1)[0]


@pytest.mark.parametrize(
    "line", ["发布日期：2024-01-22", "来源：市府办 发布时间：2024-01-22", "今天是2025年3月5日", "浏览次数：123"]
)
def test_a_line_above_the_title_is_no_part_of_it(line: str) -> None:
    cells = made("2021", 1)
    html = (
        page(cells)
        .replace(lay.title(BODY, 2023), "2023年政府信息公开工作年度报告")
        .replace("<h1>", f"<p>{line}</p><h1>")
    )
    report = parsed(html.replace("<p>2024年1月20日</p>", "<p>杭州市教育局</p><p>2024年1月20日</p>"))
    assert (report.body.name, report.report_year) == ("杭州市教育局", 2023)


def test_a_month_of_publication_in_the_title_is_not_the_year() -> None:
    html = page(made("2021", 1)).replace(lay.title(BODY, 2023), f"{BODY}政府信息公开工作年度报告（2024年1月）")
    assert parsed(html).report_year == 2023


def test_sentences_with_words_of_a_pages_foot_are_kept() -> None:
    sentence = "督促各承办单位按时办理，主办单位加强技术支持。"
    report = parsed(page(made("2021", 1)).replace("本节为测试文字。", sentence))
    assert all(sentence in s.text for s in report.sections if s.number in (1, 5, 6))


def test_a_second_report_on_the_page_is_not_mixed_in() -> None:
    first, second = made("2021", 1), made("2021", 2)
    both = page(first).replace("</body>", body_of_page(page(second, 2022)) + "</body>")
    report = parsed(both)
    assert (report.report_year, values(report)) == (2023, first)
    assert "one_report" in failing(report)


def test_a_table_of_contents_behind_the_report() -> None:
    cells = made("2021", 1)
    contents = "".join(f"<p>{lay.heading(n)}</p>" for n in range(1, 7))
    report = parsed(page(cells).replace("</body>", contents + "</body>"))
    assert values(report) == cells
    assert all(s.text for s in report.sections if s.number in (1, 5))
    assert "one_report" not in failing(report)


def test_rows_that_stand_in_another_order_keep_their_own_labels() -> None:
    cells = made("2021", 3)
    lines = lay.requests_lines("2021", cells, "line")
    at = next(i for i, line in enumerate(lines) if line.startswith("3.要求提供"))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    report = parsed(text(cells, lines))
    assert values(report) == cells
    assert "requests.rows_in_order" in failing(report)


def test_two_lost_rows_of_other_are_not_the_single_row() -> None:
    cells = made("2021", 4)
    lines = [
        line for line in lay.requests_lines("2021", cells, "line") if not line.startswith(("1.申请人", "2.申请人"))
    ]
    report = parsed(text(cells, lines))
    assert ("requests", "other", "total") not in values(report)
    assert "requests.rows_complete" in failing(report)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("杭州市人民政府信息公开工作年度报告（2023年）", "杭州市人民政府"),
        ("杭州市2023年度人民政府信息公开工作年度报告", "杭州市人民政府"),
        ("杭州市政务公开办公室2023年政府信息公开工作年度报告", "杭州市政务公开办公室"),
    ],
)
def test_a_name_is_not_cut_inside(title: str, name: str) -> None:
    assert parsed(page(made("2021", 1)).replace(lay.title(BODY, 2023), title)).body.name == name


def test_markdown_with_each_table_as_a_page_of_its_own() -> None:
    cells = made("2021", 5)
    wrap = "<html><body>{}</body></html>".format
    tables = (
        wrap(lay.proactive_html("2021", cells)),
        wrap(lay.requests_html("2021", cells)),
        wrap(lay.disputes_html(cells)),
    )
    report = parsed(lay.text_report(BODY, 2023, *([table] for table in tables)))
    assert values(report) == cells
    assert report.published_on == datetime.date(2024, 1, 20)
    assert not failing(report)


def test_a_table_that_is_never_closed_ends_at_the_next_section() -> None:
    cells = made("2021", 5)
    requests = lay.requests_html("2021", cells).replace("</table>", "")
    lines = [lay.proactive_html("2021", cells)], [requests], lay.disputes_lines(cells)
    report = parsed(lay.text_report(BODY, 2023, *lines))
    assert values(report) == cells


def test_a_link_around_a_paragraph_is_a_link() -> None:
    cells = made("2021", 1)
    menu = "".join(f"<a href=x><p>杭州市上城区{y}年政府信息公开工作年度报告</p></a>" for y in (2020, 2021))
    report = parsed(page(cells).replace("<body>", "<body>" + menu))
    assert (report.body.name, report.report_year) == (BODY, 2023)


def test_the_signature_is_the_line_next_to_the_date() -> None:
    html = page(made("2021", 1)).replace(lay.title(BODY, 2023), "2023年政府信息公开工作年度报告")
    signed = "<p>杭州市教育局</p><p>2024年1月20日</p>"
    listed = "".join(f"<p>杭州市{name}</p>" for name in ("民政局", "财政局", "司法局"))
    assert parsed(html.replace("<p>2024年1月20日</p>", signed + listed)).body.name == "杭州市教育局"


def test_a_running_number_is_no_value() -> None:
    table = "<table><tr><td>序号</td><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>1</td><td>行政许可</td><td></td></tr></table>"
    cells = made("2021", 1)
    html = lay.page(BODY, 2023, table, lay.requests_html("2021", cells), lay.disputes_html(cells))
    assert [(f.row, f.value, f.raw) for f in parsed(html).facts if f.table == "proactive"] == [("licensing", None, "")]


def test_the_unit_printed_above_loose_lines_counts() -> None:
    cells = made("2021", 6)
    report = parsed(text(cells).replace("（单位：万元）", "（单位：元）"))
    assert [f.unit for f in report.facts if f.column == "amount_10k_yuan"] == ["元"]
    assert [f.unit for f in parsed(text(cells)).facts if f.column == "amount_10k_yuan"] == ["万元"]


def test_words_where_a_number_should_stand_are_kept_and_reported() -> None:
    cells = made("2021", 1)
    number = lay.show(cells["proactive", "penalty", "decisions"])
    html = page(cells).replace(
        f'<td>行政处罚</td><td colspan="3">{number}</td>', '<td>行政处罚</td><td colspan="3">约12*</td>'
    )
    report = parsed(html)
    (fact,) = [f for f in report.facts if f.row == "penalty"]
    assert (fact.value, fact.raw) == (None, "约12*")
    assert "proactive.cell_readable" in failing(report)


def test_a_bare_page_number_beside_the_disputes() -> None:
    cells = made("2021", 9)
    report = parsed(text(cells, disputes=[*lay.disputes_lines(cells), "7"]))
    assert {k: v for k, v in values(report).items() if k[0] == "disputes"} == {
        k: v for k, v in cells.items() if k[0] == "disputes"
    }


@pytest.mark.parametrize(
    "heading",
    ["一、2023年总体情况", "一、年度总体情况", "第一部分 总体情况", "一 总体情况", "（一）总体情况", "一、概况"],
)
def test_headings_of_the_first_section(heading: str) -> None:
    report = parsed(page(made("2021", 1)).replace(lay.heading(1), heading))
    assert [s.title for s in report.sections if s.number == 1] == [heading]


def test_a_flood_of_numbers_is_no_table_and_takes_no_time() -> None:
    report = parsed(text(made("2021", 1), requests=["7"] * 30_003))
    assert "requests.present" in failing(report)


@pytest.mark.parametrize("behind", [False, True])
def test_a_unit_in_a_cell_of_its_own(behind: bool) -> None:
    """规章 | 件 | 0 | 0 | 0, and the fees in 元 beside a header that says nothing of units."""
    cells = made("2021", 1)
    tables = lay.proactive_html("2021", cells, split=True)
    for row, unit in {
        "规章": "件",
        "行政规范性文件": "件",
        "行政许可": "件",
        "行政处罚": "件",
        "行政强制": "件",
        "行政事业性收费": "元",
    }.items():
        if behind:
            start = tables.index(f"<td>{row}</td>")
            end = tables.index("</tr>", start)
            tables = tables[:end] + f"<td>{unit}</td>" + tables[end:]
        else:
            tables = tables.replace(f"<td>{row}</td>", f"<td>{row}</td><td>{unit}</td>")
    html = lay.page(BODY, 2023, tables, lay.requests_html("2021", cells), lay.disputes_html(cells))
    report = parsed(html)
    assert values(report) == cells
    assert {f.row: f.unit for f in report.facts}["fees"] == "元"


def test_a_column_of_the_documents_own_is_kept_and_reported() -> None:
    cells = made("2021", 2)
    html = page(cells)
    labels = {r.code: r.official for r in lay.forms()["2021"].tables["requests"].rows}
    head = "".join(lay.td(c.official) for c in lay.forms()["2021"].tables["requests"].columns)
    table = lay.tr(lay.td("项目") + head + lay.td("小计"))
    for code in lay.request_rows("2021", cells):
        numbers = "".join(lay.td(lay.show(cells["requests", code, c])) for c in lay.COLUMNS)
        table += lay.tr(lay.td(labels[code]) + numbers + lay.td("5"))
    report = parsed(html.replace(lay.requests_html("2021", cells), f"<table>{table}</table>"))
    assert values(report) == cells
    assert len([f for f in report.facts if f.is_unmapped]) == 25
    assert failing(report) - {"body_resolved"} == {"requests.columns_known"}


def test_headers_of_section_2_in_another_order_are_believed_and_said() -> None:
    cells = made("2021", 1)
    issued, repealed = "<td>本年制发件数</td>", "<td>本年废止件数</td>"
    report = parsed(page(cells).replace(issued + repealed, repealed + issued))
    found = values(report)
    assert found["proactive", "regulations", "issued"] == cells["proactive", "regulations", "repealed"]
    assert found["proactive", "regulations", "repealed"] == cells["proactive", "regulations", "issued"]
    assert "proactive.columns_in_order" in failing(report)


def test_a_blank_cell_under_the_header_of_the_labels_is_no_value() -> None:
    """（六）其他处理 has no rows under it in form 2019, so Word files leave a blank cell between label and numbers."""
    columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    head = "<tr><td colspan=2>申请人情况</td>" + "".join(f"<td>{c}</td>" for c in columns) + "</tr>"
    row = "<tr><td>（六）其他处理</td><td></td>" + "<td>1</td>" * 6 + "<td>6</td></tr>"
    report = parsed(
        f"<h1>{lay.title(BODY, 2023)}</h1><p>三、收到和处理政府信息公开申请情况</p><table>{head}{row}</table>"
    )
    assert [(f.row, f.column) for f in report.facts if f.is_unmapped] == []
    assert [f.value for f in report.facts if f.row == "other"] == [1, 1, 1, 1, 1, 1, 6]


def test_a_row_that_stands_for_others_is_none_beside_one_of_them() -> None:
    """A misread label made 其他处理 of one of its own rows: in every sum it would take that row's place."""
    cells = made("2021", 3)
    html = page(cells).replace(
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理"
    )
    report = parsed(html)
    assert not [f for f in report.facts if f.row == "other"]
    assert "requests.rows_known" in failing(report)


def test_of_two_years_side_by_side_the_one_named_above_the_table_is_read() -> None:
    cells, others = made("2021", 1), made("2021", 2)
    own, other = lay.requests_html("2021", cells), lay.requests_html("2021", others)
    report = parsed(page(cells).replace(own, f"<p>2022年</p>{other}<p>2023年</p>{own}"))
    assert values(report) == cells
    assert failing(report) == set()


def test_the_year_may_stand_in_a_banner_or_above_a_table_that_has_banners() -> None:
    cells, others = made("2021", 1), made("2021", 2)
    own, other = (
        lay.requests_html("2021", c).replace("<table>", f"<table>{lay.tr(lay.td(f'{year}年', colspan=10))}")
        for c, year in ((cells, 2023), (others, 2022))
    )
    first, second = lay.proactive_html("2021", cells), lay.proactive_html("2021", others)
    html = page(cells).replace(lay.requests_html("2021", cells), (other + own).replace("</table><table>", ""))
    report = parsed(html.replace(first, f"<p>2022年</p>{second}<p>2023年</p>{first}"))
    assert values(report) == cells


def test_a_second_table_of_another_year_is_left_out() -> None:
    cells, others = made("2021", 1), made("2021", 2)
    own, other = lay.requests_html("2021", cells), lay.requests_html("2021", others)
    assert values(parsed(page(cells).replace(own, f"{own}<p>附：2022年情况</p>{other}"))) == cells


def test_two_tables_without_a_year_above_them_are_in_conflict() -> None:
    cells, others = made("2021", 1), made("2021", 2)
    own, other = lay.requests_html("2021", cells), lay.requests_html("2021", others)
    report = parsed(page(cells).replace(own, other + own))
    assert "requests.tables_agree" in failing(report)


def test_a_blank_row_behind_one_that_no_form_knows_is_no_row_of_zeros() -> None:
    """The halves of a cut row, and the label of the second one resembles the whole: its blanks must not be verified."""
    cells = {**made("2021", 1)}
    html = page(cells)
    label = "5.要求行政机关确认或重新出具已获取信息"
    start = html.index(f"<td>{label}</td>")
    end = html.index("</tr>", start)
    row = html[start:end]
    halves = row.replace(label, "5.要求（续）") + "</tr><tr>" + f"<td>{label[3:-1]}</td>" + "<td></td>" * 7
    group = '<td rowspan="5">（五）不予处理</td>'
    assert group in html
    report = parsed(html.replace(row, halves).replace(group, group.replace("5", "6", 1)))
    read_as = {f.value for f in report.facts if f.row == "not_processed.reconfirmation" and f.grade == "verified"}
    assert None not in read_as
    assert "requests.rows_known" in failing(report)
