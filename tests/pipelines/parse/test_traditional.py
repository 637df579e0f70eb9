"""A report in traditional characters says the same as in simplified ones, and its evidence stays as printed."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import pairwise

import pytest

from expectations.data_files import DATA
from pipelines.parse import Hints, Report, Unparseable, parse
from pipelines.parse.traditional import fold, is_traditional
from pipelines.read import read
from tests.made.cases import folded

OPENING = "根據《中華人民共和國政府信息公開條例》規定，現將沭陽縣青城鎮2022年政府信息公開工作年度報告進行公開。"
SECTIONS = """一、總體情況
2022年我鎮主動公開政府信息73條，收到政府信息公開申請2件。
二、主動公開政府信息情況
信息內容 | 本年制發件數 | 本年廢止件數 | 現行有效件數 |
規章 | 0 | 0 | 0 |
行政規範性文件 | 1 | 0 | 2 |
信息內容 | 本年處理決定數量 |
行政處罰 | 4 |
行政強制 | 無 |
三、收到和處理政府信息公開申請情況
申請人情況 | 自然人 | 商業企業 | 科研機構 | 社會公益組織 | 法律服務機構 | 其他 | 總計
一、本年新收政府信息公開申請數量 | 2 | 0 | 0 | 0 | 0 | 0 | 2
二、上年結轉政府信息公開申請數量 | 0 | 0 | 0 | 0 | 0 | 0 | 0
五、存在的主要問題及改進情況
存在的主要問題：一是解讀形式單一。改進措施：一是豐富解讀形式。
"""


def parsed(text: str, hints: Hints | None = None) -> Report:
    return parse(read(text.encode(), "x.txt"), hints or Hints("x.txt"))


@folded("opening", [OPENING, "沭陽縣青城鎮2022年政府信息公開工作年度報告"])
def test_both_scripts_say_the_same(opening: str) -> None:
    traditional, simplified = (parsed(text) for text in (f"{opening}\n{SECTIONS}", fold(f"{opening}\n{SECTIONS}")))
    assert (traditional.report_id, traditional.report_year) == (simplified.report_id, 2022)
    assert traditional.body == replace(simplified.body, name="沭陽縣青城鎮")
    cells = [(f.table, f.row, f.column, f.value, f.grade) for f in traditional.facts]
    assert cells == [(f.table, f.row, f.column, f.value, f.grade) for f in simplified.facts]
    assert ("proactive", "normative_documents", "in_force", 2, "unverified") in cells
    assert ("requests", "received_new", "total", 2, "verified") in cells
    assert [(f.indicator, f.value) for f in traditional.figures] == [("items_disclosed", 73), ("requests_received", 2)]
    outcomes = [(c.code, c.place, c.outcome) for c in traditional.checks]
    assert outcomes == [(c.code, c.place, c.outcome) for c in simplified.checks]


def test_evidence_stays_as_printed() -> None:
    report = parsed(f"{OPENING}\n{SECTIONS}")
    assert report.title == "沭陽縣青城鎮2022年政府信息公開工作年度報告"
    assert [s.text for s in report.sections if s.number == 1] == [SECTIONS.splitlines()[1]]
    coercion = next(f for f in report.facts if f.row == "coercion")
    assert (coercion.raw, coercion.value, coercion.row_label, coercion.column_label) == (
        "無",
        None,
        "行政強制",
        "本年處理決定數量",
    )
    one = report.figures[0]
    assert (one.raw, one.sentence_text) == ("73條", SECTIONS.splitlines()[1])
    assert [p.text for p in report.problems] == ["解讀形式單一"]
    assert [c.text for c in report.commitments] == ["豐富解讀形式"]


def test_a_hint_in_either_script_is_the_same_body() -> None:
    bare = f"2022年政府信息公開工作年度報告\n{SECTIONS}"
    ids = {parsed(bare, Hints("x.txt", body_name=name)).body.body_id for name in ("沭陽縣教育局", "沭阳县教育局")}
    assert len(ids) == 1


def test_simplified_text_is_not_folded() -> None:
    plain = read("乾安县2023年政府信息公开工作年度报告\n一、总体情况\n著名景点。".encode(), "x.txt")
    assert not is_traditional(plain)
    assert fold("乾安县 著名 徵求意见") == "乾安县 著名 征求意见"


def test_a_text_in_traditional_characters_that_only_speaks_of_reports_is_none() -> None:
    with pytest.raises(Unparseable) as caught:
        parsed("近日，沭陽縣發布2022年政府信息公開工作年度報告。報告顯示，公開有序。\n一、總體情況\n有序。")
    assert caught.value.code == "not_a_report"


def test_the_table_is_one_character_for_one_in_order() -> None:
    with (DATA / "traditional.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["traditional"], row["simplified"]) for row in csv.DictReader(file)]
    assert all(one[0] < other[0] for one, other in pairwise(rows))
    # Folding twice changes nothing.
    assert {fold(simplified) for _, simplified in rows} == {simplified for _, simplified in rows}
