"""Lists with 分别, one percentage of several rates, people behind an event, and parts without a name of their own."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative.make_figures import figures
from pipelines.parse.report import Figure, Section


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "法规公文、规划计划、统计和人事信息分别为41条、9条、120条和17条。",
            ["items_documents", "items_plans", "items_statistics", "items_personnel"],
        ),
        ("政务微博、政务微信发布信息分别为54条和37条。", ["weibo_items", "wechat_items"]),
        ("热线按时办结率、群众满意率均为100%。", ["response_rate_pct", "satisfaction_pct"]),
        ("全年组织培训3期、240人次。", ["training_sessions", "training_participants"]),
        ("政务新媒体账号由80个精简为64个。", ["new_media_accounts", "new_media_accounts"]),
        (
            "制发规范性文件18件，其中主动公开16件。",
            ["normative_documents_disclosed", "documents_actively_disclosed_marked"],
        ),
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
    *_, first, second = read("热线办结率、群众满意度同比分别提高1.5个百分点和3个百分点。")
    assert [(f.aspect, f.indicator) for f in (first, second)] == [
        ("change", "response_rate_pct"),
        ("change", "satisfaction_pct"),
    ]


def test_parts_without_a_name_are_counted_in_the_same_thing_as_their_whole() -> None:
    found = read("接待群众咨询200人次，其中一楼大厅120人次、二楼大厅50人次、三楼大厅30人次。")
    assert {figure.indicator for figure in found} == {"inquiries_answered"}
    assert [figure.part_of for figure in found] == [None, 0, 0, 0]


def test_examples_are_not_what_is_counted() -> None:
    (figure,) = read("主动公开教育、就业、养老等方面信息80条。")
    assert figure.indicator == "items_disclosed"


def test_a_share_of_something_unknown_is_unmapped() -> None:
    *_, share = read("发布政策解读12篇，其他形式占比40%。")
    assert (share.aspect, share.indicator) == ("share", None)
