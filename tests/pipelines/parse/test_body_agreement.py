"""Who reports: title, maker, signature and source must mean the same body; what only looks another one is none."""

from __future__ import annotations

from pipelines.bodies.naming import body_of
from pipelines.parse import Hints, parse
from pipelines.parse.body_agreement import body_agrees
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import made

CELLS = made("2021", 1)


def outcome(title: str, other: str) -> str:
    check = body_agrees(body_of(title, "", 2023), [("the text", other)], "", 2023)
    assert check is not None
    return check.outcome


@folded(
    ("title", "other"),
    [
        ("杭州市上城区教育局", "杭州市上城区水务局"),
        ("杭州市上城区教育局", "杭州市西湖区教育局"),
        ("杭州市人民政府", "宁波市人民政府"),
        ("杭州市上城区人民政府", "杭州市西湖区人民政府办公室"),
    ],
)
def test_another_body(title: str, other: str) -> None:
    assert outcome(title, other) == "fails"


@folded(
    ("title", "other"),
    [
        ("杭州市上城区教育局", "上城区教育局"),
        ("杭州市上城区教育局", "杭州市上城区教育局办公室"),
        ("杭州市人民政府", "杭州市人民政府办公厅"),
        ("杭州市上城区人民政府", "杭州市上城区数据资源管理局"),
        ("杭州市上城区市场监管局", "杭州市上城区市场监督管理局"),
        ("杭州市", "杭州市人民政府"),
    ],
)
def test_the_same_body_in_other_words_or_the_office_that_writes_for_it(title: str, other: str) -> None:
    assert outcome(title, other) == "holds"


def failing(text: str, hints: Hints | None = None) -> set[str]:
    report = parse(read(text.encode(), "x.html"), hints or Hints("x.html"))
    return {c.code for c in report.checks if c.kind == "identification" and c.outcome == "fails"}


def page(title: str = "杭州市上城区教育局2023年政府信息公开工作年度报告", words: str = "") -> str:
    tables = lay.proactive_html("2021", CELLS), lay.requests_html("2021", CELLS), lay.disputes_html(CELLS)
    made_page = lay.page("杭州市上城区教育局", 2023, *tables)
    return made_page.replace(lay.title("杭州市上城区教育局", 2023), title).replace("</h1>", f"</h1><p>{words}</p>")


def test_a_report_that_names_one_body_everywhere_passes() -> None:
    assert failing(page()) == set()
    assert failing(page(words="本报告由杭州市上城区教育局编制，统计期限自2023年1月1日起至2023年12月31日止。")) == set()


def test_a_maker_or_a_hint_that_is_another_body_is_said() -> None:
    assert "body_agrees" in failing(page(words="本报告由杭州市上城区水务局编制。"))
    assert "body_agrees" in failing(page(), Hints("x.html", body_name="杭州市西湖区教育局"))


@folded(
    "title",
    [
        "杭州市上城区教育局2023年上半年政府信息公开工作报告",
        "杭州市上城区教育局2023年第三季度政府信息公开工作报告",
        "杭州市上城区教育局2023年政府信息公开工作年度报告（征求意见稿）",
    ],
)
def test_a_draft_or_a_part_of_a_year_is_said(title: str) -> None:
    assert "whole_year" in failing(page(title))


def test_statistics_that_end_in_june_are_said() -> None:
    assert "whole_year" in failing(page(words="本报告所列数据的统计期限自2023年1月1日至2023年6月30日止。"))
