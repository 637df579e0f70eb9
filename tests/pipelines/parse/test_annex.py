"""The annex of form 2014 in every layout and file format: each cell of each, compared with the figures that made it."""

from __future__ import annotations

import pytest

from expectations.forms import forms
from pipelines.parse import Hints, Report, parse
from pipelines.parse.annex import annex_labels, column_headers
from pipelines.read import read
from tests.made import annex, figures
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.renderers import docx, pdf, xlsx

FORMATS = {
    "html": lambda table: annex.page(table).encode(),
    "docx": lambda table: docx.render(annex.content(table)),
    "xlsx": lambda table: xlsx.render(annex.content(table)),
    "pdf": lambda table: pdf.render(annex.content(table)),
}


def parsed(data: bytes, name: str = "annex") -> Report:
    return parse(read(data, name), Hints(name))


def cells(report: Report) -> dict[tuple[str, str], object]:
    return {(f.row, f.column): f.value for f in report.facts if not f.row.startswith("unmapped.")}


def strange(report: Report) -> list[tuple[str, str]]:
    return [(f.row_label, f.raw) for f in report.facts if f.row.startswith("unmapped.")]


def failing(report: Report, *kinds: str) -> list[str]:
    return [f"{c.code}@{c.place}" for c in report.checks if c.outcome == "fails" and c.kind in (kinds or ("identity",))]


@folded("format", FORMATS)
@folded("layout", annex.LAYOUTS)
def test_every_layout_in_every_format(layout: str, format: str) -> None:
    made = annex.LAYOUTS[layout](annex.made(11))
    report = parsed(FORMATS[format](made.markup))
    assert (report.body.name, report.report_year, report.form) == (annex.BODY, annex.YEAR, "2014")
    assert {f.table for f in report.facts} == {"statistics"}
    assert cells(report) == made.cells
    assert strange(report) == list(made.strange)
    assert failing(report) == []


@folded("seed", range(5))
@folded("layout", annex.LAYOUTS)
def test_every_layout_with_other_figures(layout: str, seed: int) -> None:
    made = annex.LAYOUTS[layout](annex.made(100 + seed))
    report = parsed(annex.page(made.markup).encode())
    assert cells(report) == made.cells
    assert {f.grade for f in report.facts if f.row == "requests.received"} == {"verified"}


#: Structure rules that fail in a layout that is not the nation's, at their places.
LOCAL = {
    "levels": ["statistics.columns_known@unmapped.2", "statistics.columns_known@unmapped.3"],
    "provincial": [f"statistics.rows_known@unmapped.{n}" for n in (1, 2, 3)],
}


@pytest.mark.parametrize("layout", annex.LAYOUTS)
def test_what_is_local_is_reported_and_nothing_else(layout: str) -> None:
    report = parsed(annex.page(annex.LAYOUTS[layout](annex.made(3)).markup).encode())
    found = [f for f in failing(report, "structure") if f.startswith("statistics.")]
    assert found == LOCAL.get(layout, [])


def as_lines(column: annex.Column, style: str) -> list[str]:
    """The annex as a converter leaves it without rules: label, unit and number, headings alone."""
    lines = [] if style == "colon" else ["统计指标", "单位", "统计数"] if style == "apart" else ["统计指标 单位 统计数"]
    for label in annex.sequence(column):
        name, unit, number = label.official, label.unit, str(column.get(label.code, ""))
        if style == "colon":
            lines.append(f"{name}：{number}{unit}" if number else name)
        elif style == "apart":
            lines += [name, str(unit), number] if number else [name]
        elif style == "broken":
            lines += [part for part in (name[:12], name[12:], f"{unit} {number}" if number else "") if part]
        else:
            lines.append(f"{name} {unit} {number}" if number else f"{name} —— ——")
    return lines


@pytest.mark.parametrize("style", ["line", "colon", "apart", "broken"])
def test_lines_of_text(style: str) -> None:
    column = annex.made(5)
    lines = [annex.title(annex.BODY, annex.YEAR), *(t for pair in annex.PROSE for t in pair), "附件"]
    report = parsed("\n".join([*lines, *as_lines(column, style), "2017年3月20日"]).encode(), "annex.txt")
    assert cells(report) == {(code, "value"): v for code, v in column.items()}
    assert report.form == "2014"
    assert [s.number for s in report.sections] == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert failing(report) == []


@folded("seed", range(25))
def test_untidy_tables(seed: int) -> None:
    """Known spellings, numbers of labels apart or left out, lost rows, blanks and signs: each literal text is there."""
    made = annex.untidy(seed)
    report = parsed(annex.page(made.markup).encode())
    found = {(f.row, f.column): f.raw for f in report.facts}
    assert found == made.raw
    missing = {c.place for c in report.checks if c.code == "statistics.rows_complete" and c.outcome == "fails"}
    assert missing == {row.code for row in annex.ROWS} - {row for row, _ in made.raw}


# ---------------------------------------------------------------- which form


def three_tables(form: str) -> str:
    made = figures.made(form, 3)
    return lay.proactive_html(form, made) + lay.requests_html(form, made) + lay.disputes_html(made)


@pytest.mark.parametrize(
    ("year", "tables", "form"),
    [
        (2016, annex.national(annex.made(1)).markup, "2014"),
        (2018, three_tables("2019"), "2019"),
        (2019, annex.national(annex.made(1)).markup, "2014"),
        (2013, annex.national(annex.made(1)).markup, "2014"),
        (2018, "", "2014"),
        (2013, "", "none"),
        (2016, annex.national(annex.made(1)).markup + three_tables("2019"), "2014"),
        (2020, annex.national(annex.made(1)).markup + three_tables("2019"), "2019"),
    ],
)
def test_the_tables_tell_the_form_and_where_they_cannot_the_year(year: int, tables: str, form: str) -> None:
    report = parsed(annex.page(tables, year).encode())
    assert report.form == form
    assert {f.table for f in report.facts} <= set(forms()[form].tables if form != "none" else ())


@pytest.mark.parametrize("year", [2019, 2021, 2023])
def test_the_tables_since_2019_are_no_annex(year: int) -> None:
    form = "2021" if year >= 2021 else "2019"
    report = parsed(annex.page(three_tables(form), year).encode())
    assert report.form == form
    assert {f.table for f in report.facts} == {"proactive", "requests", "disputes"}


# ---------------------------------------------------------------- headers


@folded(
    ("headers", "codes"),
    [
        (["统计数"], ["value"]),
        (["数量（件）"], ["value"]),
        ([""], ["value"]),
        (["填报数"], ["value"]),
        (["示例市"], ["value"]),
        (["2016年统计数"], ["value"]),
        (["累计"], ["cumulative"]),
        (["2015年"], ["previous_year"]),
        (["市本级"], ["own_level"]),
        (["本期", "累计"], ["value", "cumulative"]),
        (["本年度", "历年累计"], ["value", "cumulative"]),
        (["本年累计", "历年累计"], ["value", "cumulative"]),
        (["统计数", "上年同期", "同比增长"], ["value", "previous_year", "unmapped.3"]),
        (["2016年", "2015年", "2014年"], ["value", "previous_year", "unmapped.3"]),
        (["合计", "市本级", "区县合计"], ["value", "own_level", "unmapped.3"]),
        (["全市合计", "教育局", "公安局"], ["value", "unmapped.2", "unmapped.3"]),
        (["总计", "上半年", "下半年"], ["value", "unmapped.2", "unmapped.3"]),
    ],
)
def test_headers_that_tell(headers: list[str], codes: list[str]) -> None:
    found, why = column_headers.decide([(h,) if h else () for h in headers], 2016)
    assert found == codes
    assert ("value" in codes) == (why is None)


@pytest.mark.parametrize(
    "headers",
    [
        ["", ""],
        ["教育局", "公安局"],
        ["本期", "合计"],
        ["本期", "本年累计"],
        ["统计数", "数量"],
        ["一季度", "二季度"],
    ],
)
def test_headers_that_do_not_tell(headers: list[str]) -> None:
    codes, why = column_headers.decide([(h,) if h else () for h in headers], 2016)
    assert codes == ["unmapped.1", "unmapped.2"]
    assert why


def test_headers_of_two_rows() -> None:
    stacks = [("2016年", "合计"), ("2016年", "市本级"), ("2015年", "合计"), ("2015年", "市本级")]
    assert column_headers.decide(stacks, 2016)[0] == ["value", "own_level", "previous_year", "unmapped.4"]


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("1．政府公报公开政府信息数（条）", "channel.gazette"),
        ("其中：1.涉及国家秘密", "answers.denied_state_secret"),
        ("涉 及 商 业 秘 密", "answers.denied_trade_secret"),
        ("（一）主动公开政府信息数①", "proactive.total"),
        ("主动公开政府信息数(不同渠道公开相同信息计1条", "proactive.total"),
        ("7.告知做出更改补充数", "answers.clarification_asked"),
        ("政府网占公开政府信息数", "channel.website"),
        ("（三）申请答复总数", "requests.answered"),
        ("不同意公开答复数", "answers.denied"),
        ("同意公开答复数", "answers.granted"),
        ("兼职人员数", "organisation.staff_part_time"),
    ],
)
def test_spellings(printed: str, code: str) -> None:
    assert list(annex_labels.scores(printed)) == [code]


@pytest.mark.parametrize(
    "printed", ["政府公告栏公开政府信息数", "电话申请数", "广播电视公开政府信息数", "临时人员数", "部门数", "12", ""]
)
def test_labels_of_rows_that_the_form_does_not_have(printed: str) -> None:
    assert annex_labels.scores(printed) == {}


def test_labels_that_repeat_mean_both() -> None:
    assert set(annex_labels.scores("（二）被依法纠错数")) == {"reconsideration.corrected", "litigation.corrected"}
