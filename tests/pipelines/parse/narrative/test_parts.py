"""The parts of a statement: what is counted, by which verb and channel, when. Each with a neighbour that is another."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.report import Figure, Section


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


@pytest.mark.parametrize(
    ("text", "noun", "kind"),
    [
        ("受理政府信息公开申请5件。", "政府信息公开申请", "request"),
        ("收到5件政府信息公开申请。", "政府信息公开申请", "request"),
        ("政府信息公开申请共受理5件。", "政府信息公开申请", "request"),
        ("收到行政复议申请5件。", "行政复议申请", "dispute"),
        ("有3件涉及政府信息公开工作的行政复议。", "行政复议", "dispute"),
        ("举办3次在线访谈活动。", "在线访谈", "interview"),
        ("15家政府网站加强涉及民生的信息发布。", "政府网站", "website"),
    ],
)
def test_the_head_noun(text: str, noun: str, kind: str) -> None:
    figure = read(text)[0]
    assert (figure.object, figure.object_class) == (noun, kind)


def test_the_noun_of_a_number_is_not_that_of_the_next() -> None:
    departments, matters = read("统一受理平台接入53个部门2261项事项。")
    assert (departments.object, matters.object) == ("部门", "事项")


def test_action_channel_and_time() -> None:
    figure = read("全年通过政府门户网站发布信息300条。")[0]
    assert (figure.action, figure.channel, figure.time) == ("disclose", "site", "this_year")
    other = read("上年结转申请3件。")[0]
    assert (other.action, other.channel, other.time) == ("carry", "", "last_year")


def test_a_channel_runs_to_the_end_of_its_sentence_and_not_over_a_full_stop() -> None:
    near, far = (
        read("政府网站运行平稳，全年主动公开政府信息300条。"),
        read("政府网站运行平稳。全年主动公开政府信息300条。"),
    )
    assert [f.indicator for f in near] == ["portal_items"]
    assert [f.indicator for f in far] == ["items_disclosed"]


def test_items_of_several_channels_are_of_none() -> None:
    several = read("通过门户网站、微信公众号等渠道公开政府信息300条。")
    assert [f.indicator for f in several] == ["items_disclosed"]
    assert [f.indicator for f in read("通过其他方式公开政府信息120条。")] == ["other_channel_items"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("有3件政府信息公开申请案件收取信息处理费。", ["processing_fee_cases"]),
        ("收到3件政府信息公开申请。", ["requests_received"]),
        ("网站公示行政复议决定5件。", [None]),
        ("收到行政复议案件5件。", ["reconsiderations"]),
    ],
)
def test_the_object_decides_the_family(text: str, indicators: list[str | None]) -> None:
    assert [f.indicator for f in read(text)] == indicators


def test_what_is_not_certain_enough_is_unmapped_and_names_its_rival() -> None:
    for figure in read("为老人理发37件次。对政府网站问题进行检查提醒，相关负责同志谈话3次。"):
        assert figure.indicator is None or figure.rival is None
