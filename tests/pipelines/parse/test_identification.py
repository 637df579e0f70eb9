from __future__ import annotations

import datetime

import pytest

from pipelines.bodies.divisions import resolve
from pipelines.bodies.naming import body_of
from pipelines.parse import Hints, Report, Unparseable, parse
from pipelines.read import read
from tests.made.cases import folded

SIX = "\n".join(
    f"{n}、{t}\n本节文字。"
    for n, t in zip(
        "一二三四五六",
        [
            "总体情况",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况",
            "其他需要报告的事项",
        ],
        strict=True,
    )
)


def parsed(*lines: str, tail: str = "", hints: Hints | None = None) -> Report:
    return parse(read("\n".join([*lines, SIX, tail]).encode(), "x"), hints or Hints("x"))


@pytest.mark.parametrize(
    ("title", "body", "year"),
    [
        ("淮安市洪泽区人民政府2024年政府信息公开工作年度报告", "淮安市洪泽区人民政府", 2024),
        ("2019年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅", 2019),
        ("沈阳市2019年度政府信息公开工作报告", "沈阳市", 2019),
        ("沭阳县人民政府 2025 年 政府信息公开工作年度报告", "沭阳县人民政府", 2025),
        ("洛阳市洛龙区商务局2020年政府信息公开年报", "洛阳市洛龙区商务局", 2020),
        ("高青县青城镇二〇二一年政府信息公开工作年度报告", "高青县青城镇", 2021),
        ("关于2022年度呼和浩特经济技术开发区政府信息公开工作年度报告", "呼和浩特经济技术开发区", 2022),
        ("《商务部2023年政府信息公开工作年度报告》", "商务部", 2023),
        ("２０２４年杭州市政府信息公开工作年度报告", "杭州市", 2024),
    ],
)
def test_body_and_year_of_titles(title: str, body: str, year: int) -> None:
    report = parsed(title)
    assert (report.body.name, report.report_year) == (body, year)


def test_the_year_is_the_one_reported_on_not_that_of_publication() -> None:
    report = parsed("甲县2023年政府信息公开工作年度报告", "发布日期：2024-01-25", tail="甲县人民政府\n2024年1月25日")
    assert report.report_year == 2023
    assert report.published_on == datetime.date(2024, 1, 25)


def test_a_title_over_two_lines_and_a_page_title_with_the_site_behind() -> None:
    assert parsed("沭阳县人民政府", "2025年政府信息公开工作年度报告").body.name == "沭阳县人民政府"
    page = f"<html><head><title>甲市教育局2022年政府信息公开工作年度报告_甲市人民政府</title></head><body><p>{SIX.replace(chr(10), '</p><p>')}</p></body></html>"
    report = parse(read(page.encode(), "x"), Hints("x"))
    assert (report.body.name, report.report_year) == ("甲市教育局", 2022)


def test_the_body_from_the_signature_where_the_title_names_none() -> None:
    report = parsed("2024年政府信息公开工作年度报告", tail="沭阳县人民政府办公室\n2025年1月20日")
    assert report.body.name == "沭阳县人民政府办公室"
    assert report.body.kind == "government_office"


def test_title_and_period_of_different_years_are_reported() -> None:
    report = parsed("甲县2023年政府信息公开工作年度报告", "统计期限自2022年1月1日至2022年12月31日。")
    check = next(c for c in report.checks if c.code == "year_agrees")
    assert (report.report_year, check.outcome, check.left, check.right) == (2023, "fails", 2023, 2022)


def test_hints_serve_only_where_the_document_is_silent() -> None:
    hints = Hints("x", report_year=2018, body_name="乙县人民政府")
    assert parsed("甲县2023年政府信息公开工作年度报告", hints=hints).report_year == 2023
    silent = parsed("本报告按照规定编制", hints=hints)
    assert (silent.report_year, silent.body.name) == (2018, "乙县人民政府")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["甲县政府信息公开工作年度报告"], "year_unknown"),
        (["2023年政府信息公开工作年度报告"], "body_unknown"),
    ],
)
def test_what_cannot_be_filed_says_why(lines: list[str], code: str) -> None:
    with pytest.raises(Unparseable) as caught:
        parsed(*lines)
    assert caught.value.code == code
    assert caught.value.hint


def test_another_page_is_no_report() -> None:
    with pytest.raises(Unparseable) as caught:
        parse(read("关于召开会议的通知\n请各单位参加。".encode(), "x"), Hints("x"))
    assert caught.value.code == "not_a_report"


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("数据为全市各级行政机关汇总。", "territory"),
        ("全县共受理政府信息公开申请7件。", "territory"),
        ("稳步推进各项工作。", "not_stated"),
    ],
)
def test_scope_of_a_government(text: str, scope: str) -> None:
    assert parsed("沭阳县人民政府2023年政府信息公开工作年度报告", text).scope == scope


def test_scope_of_an_organ() -> None:
    assert parsed("沭阳县教育局2023年政府信息公开工作年度报告", "我局按时答复申请。").scope == "organ"


@folded(
    ("name", "code", "kind", "level"),
    [
        ("上海市人民政府办公厅", "310000", "government_office", "province"),
        ("江苏省淮安市洪泽区人民政府", "320813", "government", "county"),
        ("淮安市洪泽区人民政府", "320813", "government", "county"),
        ("沭阳县人民政府", "321322", "government", "county"),
        ("沈阳市", "210100", "government", "prefecture"),
        ("北京市朝阳区人民政府", "110105", "government", "county"),
        ("长春市朝阳区人民政府", "220104", "government", "county"),
        ("洛阳市洛龙区商务局", "410311", "department", "county"),
        ("高青县青城镇人民政府", "370322", "township", "township"),
        ("内蒙古自治区人民政府", "150000", "government", "province"),
        ("白沙黎族自治县人民政府", "469025", "government", "county"),
        ("商务部", None, "department", "state"),
    ],
)
def test_bodies(name: str, code: str | None, kind: str, level: str) -> None:
    body = body_of(name)
    assert (body.government_code, body.kind, body.level) == (code, kind, level)


@pytest.mark.parametrize(
    "name", ["朝阳区人民政府", "鼓楼区教育局", "示例市人民政府", "沐阳县人民政府", "上海市卢弯区人民政府"]
)
def test_an_ambiguous_or_unknown_division_is_not_guessed(name: str) -> None:
    body = body_of(name)
    assert (body.government_code, body.level) == (None, "unresolved")


def test_a_namesake_is_told_by_context() -> None:
    division, rest = resolve("朝阳区人民政府", "首页 北京市朝阳区")
    assert division is not None
    assert (division.code, rest) == ("110105", "人民政府")
    assert resolve("鼓楼区人民政府", "福建省福州市")[0] == resolve("福州市鼓楼区人民政府")[0]


def test_body_ids_are_stable_and_apart() -> None:
    ids = [body_of(n).body_id for n in ("沈阳市", "沈阳市人民政府", "沈阳市人民政府办公室", "沈阳市教育局")]
    assert ids[0] == ids[1] == "210100"
    assert len(set(ids)) == 3
    assert body_of("沈阳市教育局").body_id == body_of("辽宁省沈阳市教育局").body_id
