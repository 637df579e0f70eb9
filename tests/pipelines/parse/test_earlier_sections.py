"""Sections of reports for years before 2019: numbered by meaning, and nothing lost."""

from __future__ import annotations

from pipelines.parse import Hints, Report, parse
from pipelines.parse.earlier_sections import section_meant, sections
from pipelines.read import read
from pipelines.read.document import Block, Paragraph
from tests.made import annex
from tests.made.cases import folded


def blocks(*lines: str) -> list[Block]:
    return [Paragraph(line, f"line {i}") for i, line in enumerate(lines, 1)]


def parsed(page: str) -> Report:
    return parse(read(page.encode(), "made"), Hints("made"))


@folded(
    ("words", "section"),
    [
        ("概述", 1),
        ("2016年政府信息公开工作总体情况", 1),
        ("主动公开政府信息的情况", 2),
        ("依申请公开政府信息和不予公开政府信息的情况", 3),
        ("政府信息公开申请受理情况", 3),
        ("因政府信息公开申请行政复议、提起行政诉讼情况", 4),
        ("复议、诉讼和申诉情况", 4),
        ("政府信息公开工作存在的主要问题及改进情况", 5),
        ("下一步工作打算", 5),
        ("其他需要报告的事项", 6),
        ("政府信息公开的收费及减免情况", 7),
        ("依申请公开政府信息收费情况", 7),
        ("政府信息公开咨询处理情况", 7),
        ("机构建设和人员情况", 7),
        ("主动公开和依申请公开情况", 7),
        ("附表", 8),
        ("政府信息公开情况统计表", 8),
    ],
)
def test_what_a_heading_means(words: str, section: int) -> None:
    assert section_meant(words) == section


def test_the_sections_of_the_made_report() -> None:
    report = parsed(annex.page(annex.national(annex.made(1)).markup))
    found = {s.number: (s.title, s.text) for s in report.sections}
    prose = dict(annex.PROSE)
    titles = list(prose)
    for number, title in {1: titles[0], 2: titles[1], 3: titles[2], 4: titles[4], 5: titles[5], 6: titles[7]}.items():
        assert found[number] == (title, prose[title])
    assert found[7] == (titles[3], f"{prose[titles[3]]}\n{titles[6]}\n{prose[titles[6]]}")
    assert found[8] == (None, "附件：政府信息公开情况统计表\n2017年3月20日")
    assert [(p.text, p.theme) for p in report.problems] == [
        ("公开内容不够丰富", "proactive_scope"),
        ("人员力量不足", "staff_and_training"),
    ]
    check = next(c for c in report.checks if c.code == "sections_complete")
    assert check.outcome == "holds"


def test_no_line_is_lost() -> None:
    report = parsed(annex.page(annex.national(annex.made(1)).markup))
    text = "\n".join(part for s in report.sections for part in (s.title or "", s.text))
    assert [line for pair in annex.PROSE for line in pair if line not in text] == []


def test_a_contents_list_before_and_lists_inside() -> None:
    """The table of contents repeats the headings; 一、二、 inside a section is a list."""
    found = sections(
        blocks(
            "一、概述",
            "二、主动公开情况",
            "三、依申请公开情况",
            "四、复议和诉讼情况",
            "一、概述",
            "全年概述。",
            "二、主动公开情况",
            "一、加强领导",
            "二、健全制度",
            "三、依申请公开情况",
            "无申请。",
            "四、复议和诉讼情况",
            "无复议。",
            "附表",
            "填表说明",
        )
    )
    assert found is not None
    assert {s.number: s.text for s in found} == {
        0: "一、概述\n二、主动公开情况\n三、依申请公开情况\n四、复议和诉讼情况",
        1: "全年概述。",
        2: "一、加强领导\n二、健全制度",
        3: "无申请。",
        4: "无复议。",
        8: "附表\n填表说明",
    }


def test_two_headings_of_one_meaning_are_one_section() -> None:
    found = sections(
        blocks("一、概述", "甲。", "二、主动公开情况", "乙。", "三、存在的问题", "丙。", "四、改进措施", "丁。")
    )
    assert found is not None
    assert {s.number: (s.title, s.text) for s in found}[5] == ("三、存在的问题", "丙。\n四、改进措施\n丁。")


def test_a_heading_and_its_text_on_one_line() -> None:
    found = sections(
        blocks(
            "一、概述。" + "本年度工作有序推进。" * 6,
            "二、主动公开情况：" + "公开信息若干条。" * 6,
            "三、依申请公开情况 " + "没有收到申请。" * 6,
        )
    )
    assert found is not None
    assert [(s.number, s.title) for s in found] == [(1, "一、概述"), (2, "二、主动公开情况"), (3, "三、依申请公开情况")]
    assert found[2].text == "没有收到申请。" * 6


def test_without_such_headings_there_are_none() -> None:
    assert sections(blocks("一是加强领导。", "二、健全制度", "无。")) is None
    assert sections([]) is None


def test_a_report_for_2018_in_the_form_since_2019_keeps_its_sections() -> None:
    prose = (
        ("一、总体情况", "总体情况如下。"),
        ("二、主动公开政府信息情况", "见表。"),
        ("三、收到和处理政府信息公开申请情况", "见表。"),
        ("四、政府信息公开行政复议、行政诉讼情况", "见表。"),
        ("五、存在的主要问题及改进情况", "一是人员不足。"),
        ("六、其他需要报告的事项", "无。"),
    )
    report = parsed(annex.page("", 2018, prose, "谢谢阅读"))
    assert [s.number for s in report.sections] == [0, 1, 2, 3, 4, 5, 6]
