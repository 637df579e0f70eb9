"""A whole report on one line is cut at its title and its headings; a line that only lists sections is left alone."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.parse.one_line import unfolded
from pipelines.read import read
from pipelines.read.document import Block, Paragraph, Table
from tests.made.cases import folded

NAME = "沭阳县教育局2023年政府信息公开工作年度报告"
PARTS = (
    ("一、总体情况", "2023年主动公开政府信息645条。（一）主动公开方面。公开有序，按时更新。"),
    ("二、主动公开政府信息情况", "见附表。"),
    ("三、收到和处理政府信息公开申请情况", "2023年收到政府信息公开申请5件。"),
    ("四、政府信息公开行政复议、行政诉讼情况", "见附表。"),
    ("五、存在的主要问题及改进情况", "存在的主要问题：政策解读形式不够丰富。改进措施：一是丰富政策解读形式。1、加强培训。"),
    ("六、其他需要报告的事项", "2023年，无收取信息处理费情况。"),
)  # fmt: skip


def texts(text: str) -> list[str]:
    return [b.text for b in unfolded([Paragraph(text, "line 1")]) if not isinstance(b, Table)]


def parsed(text: str, name: str = "x.txt") -> Report:
    return parse(read(text.encode(), name), Hints(name))


def joined(head: str, between: str, behind: str) -> str:
    return head + "".join(between + title + behind + text for title, text in PARTS)


@folded(
    ("head", "between", "behind"),
    [
        (f"{NAME} 本报告根据条例编制。", "", " "),
        (f"{NAME}本报告根据《条例》编制。", " ", ""),
        (f"{NAME} ", " ", "："),
        (f"{NAME}。本报告根据条例编制，", " ", "。"),
        (f"根据条例要求，现公布{NAME}。", "", " "),
    ],
)
def test_a_report_on_one_line_is_read(head: str, between: str, behind: str) -> None:
    text = joined(head, between, behind)
    page = f"<html><body><p>{text}</p></body></html>"
    for report in (parsed(text), parsed(page, "x.html")):
        assert (report.body.name, report.report_year) == ("沭阳县教育局", 2023)
        assert [s.number for s in report.sections if s.number] == [1, 2, 3, 4, 5, 6]
        assert [(f.indicator, f.value) for f in report.figures] == [("items_disclosed", 645), ("requests_received", 5)]
        assert [p.text for p in report.problems] == ["政策解读形式不够丰富"]
        assert len(report.commitments) == 1


def test_a_table_on_the_line_is_read_with_its_section() -> None:
    table = "规章 3 2 43 行政规范性文件 19 14 220"
    report = parsed(joined(f"{NAME} ", " ", " ").replace("见附表。", table, 1))
    found = {(f.row, f.column): f.value for f in report.facts}
    assert [found["regulations", c] for c in ("issued", "repealed", "in_force")] == [3, 2, 43]


@pytest.mark.parametrize(
    "line",
    [
        "本报告由" + "、".join(f"{title[2:]}" for title, _ in PARTS) + "六个部分组成，" + "公开" * 40,
        "目录 " + " ".join(f"{title}……{i}" for i, (title, _) in enumerate(PARTS, 1)) + " 信息公开" * 20,
        "本报告包括：" + "；".join(title for title, _ in PARTS) + "。" + "本报告的数据统计期限为一年，信息公开。" * 6,
        "一、总体情况 2023年主动公开政府信息645条，" + "公开有序，按时更新。" * 20,
    ],
)
def test_a_line_that_is_no_report_stays_whole(line: str) -> None:
    assert texts(line) == [line]


def test_blocks_of_a_report_with_lines_are_the_same_objects() -> None:
    blocks: list[Block] = [Paragraph(f"{title} {text}", "line") for title, text in PARTS]
    assert unfolded(blocks) is blocks
