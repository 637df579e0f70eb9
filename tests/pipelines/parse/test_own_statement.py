"""Reports whose own sentences say whose they are and of which year, and texts that only speak of reports."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, Report, Unparseable, parse
from pipelines.parse.own_statement import title_in_sentence
from pipelines.read import read
from tests.made.cases import folded

HEADS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
#: A report's body without its title: two sections with text, and a cell.
REST = f"{HEADS[0]}\n主动公开信息12条。\n{HEADS[1]}\n行政许可\n5\n行政处罚\n7\n"
UNTABLED = f"{HEADS[0]}\n主动公开信息12条。\n{HEADS[1]}\n公开有序。\n"


def parsed(text: str, hints: Hints | None = None) -> Report:
    return parse(read(text.encode(), "x.txt"), hints or Hints("x.txt"))


def told(report: Report) -> tuple[str, int, str, str, str]:
    return report.body.name, report.report_year, report.body_from, report.year_from, report.identity_from


@folded(
    ("sentence", "body", "year"),
    [
        ("根据《条例》要求，现公布沭阳县人民政府2025年政府信息公开工作年度报告。", "沭阳县人民政府", 2025),
        ("根据《中华人民共和国政府信息公开条例》要求，特编制沭阳县统计局2022年政府信息公开工作年度报告。", "沭阳县统计局", 2022),
        ("现将2021年度沭阳县教育局政府信息公开工作年度报告公布如下：", "沭阳县教育局", 2021),
        ("特向社会公布《杭州市水利局2020年政府信息公开年报》。", "杭州市水利局", 2020),
        ("沭阳县财政局根据国办公开办函〔2021〕30号文件要求，编制2023年政府信息公开工作年度报告。", "沭阳县财政局", 2023),
        ("按照《条例》第四十九条规定，由办公室牵头编制了沭阳县审计局二〇二二年政府信息公开工作年度报告，全文如下。", "沭阳县审计局", 2022),
        ("本报告是沭阳县司法局2024年政府信息公开工作年度报告。", "沭阳县司法局", 2024),
    ],
)  # fmt: skip
def test_a_sentence_that_gives_the_report_tells_body_and_year(sentence: str, body: str, year: int) -> None:
    for rest in (REST, UNTABLED):
        assert told(parsed(f"{sentence}\n{rest}")) == (body, year, "first_sentence", "first_sentence", "first_sentence")


def test_a_title_tells_more_than_a_sentence() -> None:
    title = "沭阳县教育局2023年政府信息公开工作年度报告"
    assert told(parsed(f"{title}\n{REST}")) == ("沭阳县教育局", 2023, "title", "title", "title")
    half = "2023年政府信息公开工作年度报告\n现公布沭阳县教育局2023年政府信息公开工作年度报告。"
    assert told(parsed(f"{half}\n{REST}")) == ("沭阳县教育局", 2023, "first_sentence", "title", "first_sentence")


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("现公布沭阳县水利局2023年政府信息公开工作年度报告。", "body_agrees"),
        ("现公布沭阳县教育局2022年政府信息公开工作年度报告。", "year_agrees"),
    ],
)
def test_a_title_and_a_sentence_that_differ_fail_a_check(sentence: str, check: str) -> None:
    report = parsed(f"沭阳县教育局2023年政府信息公开工作年度报告\n{sentence}\n{REST}")
    assert (report.body.name, report.report_year) == ("沭阳县教育局", 2023)
    assert [c.code for c in report.checks if c.outcome == "fails" and c.kind == "identification"] == [check]


@pytest.mark.parametrize("name", ["本机关", "本局", "我局", "本单位", "我镇"])
def test_an_organ_that_speaks_of_itself_needs_another_place_that_names_it(name: str) -> None:
    opening = f"根据条例要求，特编制{name}2023年政府信息公开工作年度报告。\n{REST}"
    with pytest.raises(Unparseable) as caught:
        parsed(opening)
    assert caught.value.code == "body_unknown"
    signed = parsed(f"{opening}沭阳县教育局\n2024年1月20日\n")
    assert told(signed) == ("沭阳县教育局", 2023, "signature", "first_sentence", "signature")
    hinted = parsed(opening, Hints("x.txt", body_name="沭阳县教育局"))
    assert told(hinted) == ("沭阳县教育局", 2023, "source", "first_sentence", "source")


@folded(
    ("sentence", "year"),
    [
        ("本报告主要从六个方面汇报沭阳县青城镇人民政府2023年政府信息公开工作。", 2023),
        ("本报告全面总结了沭阳县青城镇人民政府2021年度政府信息公开工作情况，欢迎监督。", 2021),
        ("现将沭阳县青城镇人民政府2020年政府信息公开工作开展情况报告如下：", 2020),
        ("本报告反映沭阳县青城镇人民政府二〇二二年政府信息公开工作。截至2022年12月31日共公开34条。", 2022),
    ],
)
def test_a_sentence_on_the_work_of_a_year_tells_body_and_year_from_the_text(sentence: str, year: int) -> None:
    report = parsed(f"{HEADS[0]}\n{sentence}\n{HEADS[1]}\n行政许可\n5\n{HEADS[2]}\n")
    assert told(report) == ("沭阳县青城镇人民政府", year, "text", "text", "text")


def test_the_day_to_which_numbers_are_counted_tells_the_year() -> None:
    text = (
        f"沭阳县教育局政府信息公开工作年度报告\n{HEADS[0]}\n截止2023年12月31日发布信息34条。\n{HEADS[1]}\n行政许可\n5\n"
    )
    assert told(parsed(text)) == ("沭阳县教育局", 2023, "title", "text", "text")
    later = parsed(text, Hints("x.txt", report_year=2022))
    (check,) = [c for c in later.checks if c.code == "year_agrees"]
    assert (later.report_year, check.outcome, check.left, check.right) == (2023, "fails", 2023, 2022)


@pytest.mark.parametrize(
    "text",
    [
        # A notice that asks for reports, with and without the form.
        f"关于做好2023年政府信息公开工作年度报告编制发布工作的通知\n各镇、各部门：\n请按照格式编制。\n{UNTABLED}{HEADS[2]}\n",
        "各单位：请于1月20日前编制完成2023年政府信息公开工作年度报告，并报送县政府办公室。\n一、总体情况\n",
        "现就2023年政府信息公开工作年度报告编制有关事项通知如下：\n一、总体情况\n要求如下。\n",
        # News, a model, the year before.
        f"近日，杭州市人民政府发布2023年政府信息公开工作年度报告。报告显示，公开有序。\n{UNTABLED}",
        f"我们参照杭州市人民政府2023年政府信息公开工作年度报告，制定了办法。\n{UNTABLED}",
        f"去年编制了杭州市人民政府2022年政府信息公开工作年度报告。\n{UNTABLED}",
        # A sentence alone, without sections.
        "现公布杭州市人民政府2023年政府信息公开工作年度报告。\n欢迎查阅。",
        # A plan, a regulation, a table of contents.
        "杭州市2024年政务公开工作要点\n一、围绕中心工作深化公开\n加强解读。\n二、夯实基础\n规范平台。\n三、强化保障\n加强培训。",
        "中华人民共和国政府信息公开条例\n第一章 总则\n第一条 为了保障公民依法获取政府信息。\n第四十九条 编制上一年度的政府信息公开工作年度报告。",
        "".join(f"沭阳县{name}2023年政府信息公开工作年度报告\n2024-01-2{i}\n" for i, name in enumerate(["教育局", "水利局", "财政局"])),
        "".join(f"沭阳县教育局{year}年政府信息公开工作年度报告\n" for year in range(2019, 2025)),
        "目录\n政府信息公开制度\n政府信息公开指南\n政府信息公开年报\n依申请公开",
    ],
)  # fmt: skip
def test_what_only_speaks_of_reports_is_none(text: str) -> None:
    with pytest.raises(Unparseable) as caught:
        parsed(text)
    assert caught.value.code == "not_a_report"


def test_a_report_that_comes_with_a_notice_is_read() -> None:
    for title in (
        "关于印发《沭阳县教育局2023年政府信息公开工作年度报告》的通知",
        "沭阳县教育局关于发布2023年政府信息公开工作年度报告的通知",
    ):
        assert parsed(f"{title}\n{REST}").report_year == 2023
    linked = f"关于做好2023年政府信息公开工作年度报告编制工作的通知\n沭阳县教育局2023年政府信息公开工作年度报告\n{REST}"
    assert parsed(linked).body.name == "沭阳县教育局"


@pytest.mark.parametrize(
    "sentence",
    [
        "按照省政府办公厅《关于做好浙江省人民政府2023年政府信息公开工作年度报告的通知》编制。",
        "及时编制并公布浙江省人民政府2022年政府信息公开工作年度报告。",
        "学习借鉴浙江省人民政府2023年政府信息公开工作年度报告的做法。",
        "督促各镇编制浙江省人民政府2023年政府信息公开工作年度报告。",
        "公布浙江省人民政府2023年政府信息公开工作年度报告编制要求。",
    ],
)
def test_a_report_of_another_that_a_text_names_is_not_its_own(sentence: str) -> None:
    assert title_in_sentence(sentence) is None
    named = parsed(f"2023年政府信息公开工作年度报告\n{sentence}\n{REST}沭阳县教育局\n2024年1月20日\n")
    assert named.body.name == "沭阳县教育局"


@folded(
    "line",
    [
        "标题: {}",
        "【标题】{}",
        "标 题：{}",
        "信息名称：{}",
        "公开名称：{}",
        "附件1：{}",
        "标题 {}",
        "{}.docx",
    ],
)
def test_no_name_of_a_field_is_part_of_a_body(line: str) -> None:
    title = "沭阳县教育局2023年政府信息公开工作年度报告"
    assert parsed(f"{line.format(title)}\n发布机构：\n{REST}").body.name == "沭阳县教育局"


@folded(
    "path",
    [
        "本地目录: zwgk/nb/202202/70613_浙江省教育厅2021年度政府信息公开工作年度报告",
        "https://www.example.gov.cn/浙江省教育厅2021年政府信息公开工作年度报告.html",
        "D:\\年报\\浙江省教育厅2021年政府信息公开工作年度报告.doc",
    ],
)
def test_no_path_is_a_title(path: str) -> None:
    report = parsed(f"{path}\n现公布沭阳县教育局2021年政府信息公开工作年度报告。\n{REST}")
    assert told(report)[:3] == ("沭阳县教育局", 2021, "first_sentence")
