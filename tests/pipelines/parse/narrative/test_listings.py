"""Lists with 分别, one percentage of several rates, people behind an event, and parts without a name of their own."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative.statements import figures
from pipelines.parse.report import Figure, Section


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "政策文件、财政资金、统计和人事信息分别为41条、9条、120条和17条。",
            ["policy_documents_disclosed", "items_finance", "items_statistics", "items_personnel"],
        ),
        ("微博微信公开信息分别为54条和37条。", ["weibo_items", "wechat_items"]),
        ("热线按时办结率、群众满意率均为100%。", ["response_rate_pct", "satisfaction_pct"]),
        ("全年组织培训3期、240人次。", ["training_sessions", "training_participants"]),
        ("政务新媒体由156个调整为109个。", ["new_media_accounts", "new_media_accounts"]),
        ("制发规范性文件18件，其中主动公开16件。", ["normative_documents_disclosed", "normative_documents_disclosed"]),
    ],
)
def test_numbers_of_a_list(text: str, expected: list[str]) -> None:
    assert [figure.indicator for figure in read(text)] == expected


def test_shares_of_a_list_are_of_the_amounts_in_their_order() -> None:
    *_, first, second = read("收到信函申请6件、传真申请2件，分别占75%和25%。")
    assert [(f.aspect, f.indicator, f.part_of) for f in (first, second)] == [
        ("share", "requests_by_letter", 0),
        ("share", "requests_by_fax_or_mail", 1),
    ]


def test_changes_of_a_list_are_of_its_rates() -> None:
    *_, first, second = read("热线按时办结率、满意率同比分别提高0.4个百分点和2.1个百分点。")
    assert [(f.aspect, f.indicator) for f in (first, second)] == [
        ("change", "response_rate_pct"),
        ("change", "satisfaction_pct"),
    ]


def test_parts_without_a_name_are_counted_in_the_same_thing_as_their_whole() -> None:
    found = read("接待公众咨询1936人次，其中行政服务中心1208人次、档案馆563人次、图书馆165人次。")
    assert {figure.indicator for figure in found} == {"inquiries_answered"}
    assert [figure.part_of for figure in found] == [None, 0, 0, 0]


def test_examples_are_not_what_is_counted() -> None:
    (figure,) = read("主动公开教育、就业、安全生产等方面信息423条。")
    assert figure.indicator == "items_disclosed"


def test_a_share_of_something_unknown_is_unmapped() -> None:
    *_, share = read("发布政策解读12篇，互动化产品占比58.8%。")
    assert (share.aspect, share.indicator) == ("share", None)
