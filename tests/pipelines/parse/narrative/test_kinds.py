"""Kinds of sentences whose structure tells what a number is of, each beside a harmless neighbour."""

from __future__ import annotations

import pytest

from expectations.indicators import bound
from pipelines.parse.narrative import figures
from pipelines.parse.report import Section


def named(text: str) -> list[str | None]:
    return [f.indicator for f in figures([Section(1, None, text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # All kinds together are no kind; examples of one kind are it.
        ("通过局网站主动公开要闻、公告、公文、政策等信息1254条。", ["portal_items"]),
        ("公开财政、就业、教育等重点领域信息1323条。", ["key_area_items"]),
        (
            "主动公开信息500条，其中其他方式公开20条、其他信息30条。",
            ["items_disclosed", "other_channel_items", "items_other"],
        ),
        # Cases among items are none of them; what is said of items is.
        (
            "主动公开信息500条，其中工作动态300条，县长信箱答复18条。",
            ["items_disclosed", "items_news", "messages_answered"],
        ),
        # The last channel of a compound counts; several channels are counted together.
        ("“南溪政府网”微信公众号推送信息750条。", ["wechat_items"]),
        ("微博、微信公众号粉丝26万，全年发布信息900条。", ["new_media_followers", "new_media_items"]),
        # A whole that is none has no parts.
        (
            "收到行政复议案件10件，行政诉讼案件0件，结果维持2件。",
            ["reconsiderations", "litigations", "reconsiderations_upheld"],
        ),
        # A part that its whole cannot hold is of the whole above.
        (
            "收到政府信息公开申请49件，其中网络申请35件，信函申请14件。其中，同意公开14件。",
            ["requests_received", "requests_online", "requests_by_letter", "requests_granted"],
        ),
        # A plan's least is no amount.
        ("要求每月主动公开信息不少于5条。", [None]),
        ("每月主动公开信息5条。", ["items_disclosed"]),
        # A kind of messages has no code; all kinds together have.
        ("收到各类留言90件。", ["messages_received"]),
        ("投诉类留言9件。", [None]),
        # What is done is no item; what was asked for is none either.
        ("公开行政处罚信息25条。", ["items_licences_penalties"]),
        ("实施行政处罚25起。", [None]),
        ("从申请的信息内容来看，拆迁安置信息1件。", [None]),
    ],
)
def test_structure_names(text: str, expected: list[str | None]) -> None:
    assert named(text) == expected


def test_a_change_of_a_rate_is_of_the_rate() -> None:
    found = figures([Section(1, None, "回复留言1725件，回复率88.7%，较上月提升1.6%。")])
    assert [(f.indicator, f.aspect, f.part_of) for f in found] == [
        ("messages_answered", "amount", None),
        ("response_rate_pct", "share", None),
        ("response_rate_pct", "change", 1),
    ]


def test_what_a_closed_bracket_held_is_no_whole() -> None:
    text = "新媒体共314个，其中微信218个（市直单位53个，县区165个）；微博67个（市直单位28个，县区39个）。"
    assert [f.part_of for f in figures([Section(1, None, text)])] == [None, 0, 1, 1, 0, 4, 4]


def test_below_the_bound_the_best_indicator_is_a_rival() -> None:
    for figure in figures([Section(1, None, "公开编制和公布10个部门权责清单，投诉类留言9件。")]):
        assert figure.indicator is None or figure.confidence >= bound()
