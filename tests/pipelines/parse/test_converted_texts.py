"""Texts as converters and older reports have them: tables run together, bars in other places, counts of other business."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelines.parse import Hints, Report, parse
from pipelines.parse.narrative.glued_tables import stretches
from pipelines.read import read
from pipelines.read.text_pages import lines_of_report
from tests.made import layouts
from tests.made.cases import folded
from tests.made.figures import Cells, made

HEAD = "杭州市人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"


def parsed(text: str) -> Report:
    return parse(read((HEAD + text).encode(), "x.txt"), Hints("x.txt"))


def figures(text: str) -> list[tuple[str | None, object]]:
    return [(f.indicator, f.value) for f in parsed(text).figures]


def test_labels_with_digits_between_them_are_a_table_and_no_sentence() -> None:
    glued = "信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件2170行政许可1940"
    assert stretches(glued) == [(0, len(glued))]
    assert figures(f"全年主动公开政府信息2310条。\n二、主动公开政府信息情况{glued}\n") == [("items_disclosed", 2310)]


def test_a_sentence_that_names_the_same_words_is_read() -> None:
    assert stretches("新收申请6件，其中自然人3件、商业企业2件、科研机构1件，予以公开4件。") == []


def test_bars_part_cells_without_one_before_the_first() -> None:
    rows = (
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n行政规范性文件 | 3 | 1 | 101 |\n"
    )
    report = parsed(f"二、主动公开政府信息情况\n{rows}")
    found = {(f.row, f.column): f.value for f in report.facts if f.row == "normative_documents"}
    assert [found["normative_documents", column] for column in ("issued", "repealed", "in_force")] == [3, 1, 101]


def test_a_bar_on_a_line_of_its_own_is_no_cell() -> None:
    lines = "\n|\n".join(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "0", "2", "9"])
    found = {(f.row, f.column): f.value for f in parsed(f"二、主动公开政府信息情况\n{lines}\n|\n").facts}
    assert (found["regulations", "repealed"], found["regulations", "in_force"]) == (2, 9)


def test_an_explanation_behind_a_label_is_no_part_of_it() -> None:
    rows = "|信息内容|本年制发件数|本年废止件数|现行有效件数|\n|规章（设区的市人民政府应提供数据）|4|2|9|\n"
    found = {(f.row, f.column): f.value for f in parsed(f"二、主动公开政府信息情况\n{rows}").facts}
    assert found["regulations", "issued"] == 4


def test_approvals_at_a_service_hall_are_no_requests() -> None:
    hall = "服务大厅已入驻审批服务部门11个，开设窗口21个，共受理申请98765件。\n"
    assert not {code for code, _ in figures(hall)} & {"requests_received", "requests_in_person"}
    assert ("requests_received", 73) in figures("全年受理政府信息公开申请73件。\n")


def test_two_channels_together_are_none_of_them() -> None:
    assert figures("接收通过邮寄、网络提交的政府信息公开申请共计73件。\n") == [("requests_received", 73)]
    assert ("requests_online", 70) in figures("收到申请90件，其中网络申请70件。\n")


def test_therefore_turns_from_problems_to_promises() -> None:
    text = (
        "五、存在的主要问题及改进情况\n存在一些不足。一是经办人员流动性大；二是查阅点利用率不高。"
        "因此，我们考虑从以下两个方面作进一步的改进：\n（一）深化公开内容。\n（二）拓展公开形式。\n"
    )
    report = parsed(text)
    assert [p.text for p in report.problems] == ["经办人员流动性大", "查阅点利用率不高"]
    assert len(report.commitments) == 2


def test_the_name_of_a_field_is_no_part_of_a_body() -> None:
    text = "标题: 杭州市人民政府2023年政府信息公开工作年度报告\n发布时间: 2024-02-08\n一、总体情况\n有序。\n二、主动公开政府信息情况\n无。\n"
    assert parse(read(text.encode(), "x.txt"), Hints("x.txt")).body.name == "杭州市人民政府"


def test_a_provinces_own_annex_is_read_by_what_its_rows_mean() -> None:
    rows = [
        ("主动公开文件数", 812),
        ("其中：1、政府网站公开数", 800),
        ("受理依申请公开信息总数", 3),
        ("其中：1、当面申请数", 1),
        ("2、网上申请数", 0),
        ("3、信函、传真申请数", 2),
        ("对申请的答复总数", 3),
        ("其中：1、同意公开答复数", 2),
        ("2、同意部分公开答复数", 0),
        ("3、否决公开答复数", 0),
        ("4、其他类型答复数", 1),
    ]
    cells = "".join(f"<tr><td>{label}</td><td>件</td><td>{value}</td></tr>" for label, value in rows)
    head = "<tr><td>指标名称</td><td>计量单位</td><td>2015年度</td></tr>"
    page = (
        f"<h1>杭州市人民政府2015年政府信息公开工作年度报告</h1><p>一、概述</p><p>有序。</p><table>{head}{cells}</table>"
    )
    report = parse(read(page.encode(), "x.html"), Hints("x.html"))
    found = {f.row: (f.value, f.grade) for f in report.facts if f.column == "value"}
    assert found["proactive.total"] == (812, "unverified")
    assert found["channel.website"] == (800, "unverified")
    assert found["requests.received"] == (3, "verified")
    assert found["requests.received_by_letter_or_fax"] == (2, "verified")
    assert found["answers.other"] == (1, "verified")
    assert "requests.received_by_letter" not in found and "proactive.normative_documents" not in found
    failing = [c.place for c in report.checks if c.code == "statistics.rows_complete" and c.outcome == "fails"]
    assert failing == [""]


#: What a converter leaves where page 2 ends, by name.
BREAKS: dict[str, Callable[[int, str], list[str]]] = {
    "number between blank lines": lambda page, head: ["", f"{page}", ""],
    "bare number": lambda page, head: [f"{page}"],
    "form feed": lambda page, head: ["\f"],
    "number and form feed": lambda page, head: [f"{page}", "\f"],
    "dashes": lambda page, head: ["", f"— {page} —", ""],
    "of all": lambda page, head: [f"{page}/9"],
    "running head": lambda page, head: [f"第 {page} 页 共 9 页", head],
    "head behind form feed": lambda page, head: ["\f" + head],
    "picture": lambda page, head: [f"![](images/p{page}.png)"],
    "unit": lambda page, head: ["（单位：件）"],
    "table goes on": lambda page, head: ["（续表）"],
}


def report_lines(cells: Cells, style: str) -> list[str]:
    column = style == "column"
    tables = {
        2: layouts.proactive_lines("2021", cells, column=column),
        3: layouts.requests_lines("2021", cells, style),
        4: layouts.disputes_lines(cells, column=column),
    }
    lines = [layouts.title("沭阳县教育局", 2023)]
    for number in range(1, 7):
        lines += [layouts.heading(number), *tables.get(number, ["本节为测试文字。"])]
    return lines


def lost(lines: Sequence[str], cells: Cells) -> list[tuple[str, str, str]]:
    """The cells that are not read. No cell may be read as another number."""
    report = parse(read("\n".join(lines).encode(), "x.txt"), Hints("x.txt"))
    found = {(f.table, f.row, f.column): f.value for f in report.facts}
    assert {key: found[key] for key in cells if found.get(key) not in (None, cells[key])} == {}
    return [key for key in cells if key not in found]


def broken_at(lines: Sequence[str], label: str, how: str, cut: int = 0) -> list[str]:
    """The lines with a page that ends in section 1, and one that ends before a label, or behind so many characters of it."""
    at = next(i for i, line in enumerate(lines) if line.startswith(label))
    first = lines.index(layouts.heading(1)) + 1
    made_break = BREAKS[how]
    label_pieces = [lines[at][:cut]] if cut else []
    return [
        *lines[:first],
        *made_break(1, lines[0]),
        *lines[first:at],
        *label_pieces,
        *made_break(2, lines[0]),
        lines[at][cut:],
        *lines[at + 1 :],
    ]


@folded("how", list(BREAKS))
@folded("style", ["line", "behind", "column"])
@folded("label", ["一、本年新收", "1.属于国家秘密", "2.重复申请", "（七）总计"])
def test_the_end_of_a_page_loses_no_row(label: str, style: str, how: str) -> None:
    cells = made("2021", 5)
    lines = report_lines(cells, style)
    assert lost(lines, cells) == []
    for cut in (0, 4):
        assert lost(broken_at(lines, label, how, cut), cells) == []


@folded("how", [name for name in BREAKS if name != "bare number"])
@folded(("label", "cut"), [("行政许可", 2), ("行政规范性文件", 4), ("行政事业性收费", 4), ("行政处罚", 0)])
def test_nor_one_of_the_small_tables(label: str, cut: int, how: str) -> None:
    cells = made("2021", 5)
    assert lost(broken_at(report_lines(cells, "line"), label, how, cut), cells) == []


@folded("how", list(BREAKS))
def test_a_page_ends_between_a_label_and_its_numbers(how: str) -> None:
    cells = made("2021", 5)
    lines = report_lines(cells, "behind")
    at = lines.index("2.重复申请") + 1
    first = lines.index(layouts.heading(1)) + 1
    broken = [*lines[:first], *BREAKS[how](1, lines[0]), *lines[first:at], *BREAKS[how](2, lines[0]), *lines[at:]]
    assert lost(broken, cells) == []


def test_groups_before_a_label_on_its_line() -> None:
    cells = made("2021", 5)
    lines = report_lines(cells, "line")
    groups = ("三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理")
    joined: list[str] = []
    pending = ""
    for line in lines:
        if line in groups:
            pending += f"{line} "
            continue
        joined.append(pending + line)
        pending = ""
    assert lost(joined, cells) == []


def test_a_line_that_is_no_label_stands_between_label_and_numbers() -> None:
    cells = made("2021", 5)
    lines = report_lines(cells, "behind")
    at = lines.index("2.重复申请") + 1
    assert lost([*lines[:at], "沭阳县教育局办公室", *lines[at:]], cells) == []


def test_a_row_of_the_document_s_own_takes_no_label_of_another() -> None:
    cells = made("2021", 5)
    lines = report_lines(cells, "line")
    at = next(i for i, line in enumerate(lines) if line.startswith("2.重复申请")) + 1
    own = [*lines[:at], "本机关自行统计的情形 3 0 0 0 0 0 3", *lines[at:]]
    report = parse(read("\n".join(own).encode(), "x.txt"), Hints("x.txt"))
    assert [f.row for f in report.facts if f.row_label == "本机关自行统计的情形"] == ["unmapped.1"] * 7


def test_a_bare_number_is_a_cell_where_numbers_do_not_count_pages() -> None:
    assert lines_of_report("行政许可\n\n5\n\n行政处罚\n\n7\n") == ["行政许可", "", "5", "", "行政处罚", "", "7"]
    assert lines_of_report("行政许可\n5\n\f行政处罚\n7\n") == ["行政许可", "5", "", "行政处罚", "7"]
    assert lines_of_report("行政许可\n1\n\f行政处罚\n2\n\f行政强制\n3\n") == [
        *("行政许可", "", "", "行政处罚", "", "", "行政强制", ""),
    ]  # fmt: skip


def test_rows_of_zeros_at_the_ends_of_pages_are_no_running_heads() -> None:
    text = "甲行 0 0 0 0 0 0 0\n\f乙行 0 0 0\n甲行 0 0 0 0 0 0 0\n"
    assert [line for line in lines_of_report(text) if line.strip("\f")] == [
        *("甲行 0 0 0 0 0 0 0", "乙行 0 0 0", "甲行 0 0 0 0 0 0 0"),
    ]  # fmt: skip
