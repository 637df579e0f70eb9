from __future__ import annotations

import pytest

from pipelines.parse import sections
from pipelines.read import read
from pipelines.read.document import Block


def blocks(*lines: str) -> tuple[Block, ...]:
    return read("\n".join(lines).encode(), "x").blocks


TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def found(*lines: str) -> dict[int, str]:
    content = blocks(*lines)
    return {s.number: s.text for s in sections.sections(content, sections.in_order(sections.rounds(content)[0]))}


def test_six_sections_and_the_preamble() -> None:
    lines = ["前言", *(line for n, title in enumerate(TITLES, 1) for line in (title, f"第{n}节文字"))]
    assert found(*lines) == {0: "前言", **{n: f"第{n}节文字" for n in range(1, 7)}}


@pytest.mark.parametrize(
    "title",
    [
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、存在问题及改进情况",
        "五、存在的主要问题和改进措施",
        "（五）存在的主要问题及改进情况",
        "五. 存在的主要问题及改进情况",
        "五、 存在的主要问题及改进情况：",
    ],
)
def test_headings_vary(title: str) -> None:
    lines = [*TITLES[:4], title, "问题", TITLES[5]]
    text = found(*lines)
    assert text[5] == "问题"


def test_a_table_of_contents_is_not_the_report() -> None:
    lines = ["目录", *TITLES, *(line for n, title in enumerate(TITLES, 1) for line in (title, f"第{n}节文字"))]
    assert found(*lines)[3] == "第3节文字"


def test_a_heading_run_into_its_text() -> None:
    assert found("一、总体情况。2023年，工作有序。", "二、主动公开政府信息情况", "见表")[1] == "2023年，工作有序。"


def test_rows_of_the_requests_table_are_no_headings() -> None:
    lines = [
        TITLES[2],
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        TITLES[3],
        "无",
    ]
    assert set(found(*lines)) == {3, 4}


def test_sub_headings_stay_in_their_section() -> None:
    assert found(TITLES[0], "（一）主动公开情况", "文字", TITLES[1])[1] == "（一）主动公开情况\n文字"


def test_a_section_that_is_missing_has_no_row() -> None:
    assert set(found(TITLES[0], "甲", TITLES[2], "乙")) == {1, 3}
