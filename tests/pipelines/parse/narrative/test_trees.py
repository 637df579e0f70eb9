"""Breakdowns: what is part of what, which indicators a whole can hold, where a list ends."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.narrative.trees import above, alike, below, open_bracket
from pipelines.parse.report import Figure, Section


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


def parents(text: str) -> list[int | None]:
    return [figure.part_of for figure in read(text)]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("公开信息300条，其中公告20条、教育8条。", [None, 0, 0]),
        ("公开信息300条。其中，公告20条；教育8条。", [None, 0, 0]),
        ("公开信息300条（公告20条、教育8条），微信发布40条。", [None, 0, 0, None]),
        ("受理申请20件，其中网上申请12件；办理提案90件。", [None, 0, None]),
        ("公开信息300条。召开会议3次。", [None, None]),
    ],
)
def test_what_is_part_of_what(text: str, wholes: list[int | None]) -> None:
    assert parents(text) == wholes


def test_a_breakdown_holds_no_general_indicator() -> None:
    found = read("全年制作政府信息2760条，其中主动公开信息1105条，依申请公开信息412条，不予公开信息1243条。")
    assert [figure.indicator for figure in found] == [None, "items_disclosed", None, None]


def test_a_list_does_not_go_on_over_what_rules_its_indicator_out() -> None:
    closed, opened = read("注销3个无人维护的政务新媒体，新开设2个政务新媒体。")
    assert closed.indicator == "new_media_accounts_closed" != opened.indicator
    more = read("注销3个无人维护的政务新媒体，关停2个政务新媒体。")
    assert [figure.indicator for figure in more] == ["new_media_accounts_closed"] * 2


def test_a_category_without_a_code_is_one_all_the_same() -> None:
    found = read("公开信息300条，其中妇联58条、公告20条。")
    assert [figure.indicator for figure in found] == ["items_disclosed", "items_category", "items_notices"]


def test_what_the_dictionary_puts_below_an_indicator() -> None:
    assert "requests_granted" in below("requests_received")
    assert "requests_received" not in below("requests_granted")
    assert "items_disclosed" not in below("portal_items")
    assert above("requests_denied_by_reason") == ["requests_denied", "requests_answered"]


def test_measure_words_that_count_the_same() -> None:
    assert alike("条", "篇")
    assert not alike("条", "人次")


def test_the_innermost_bracket_that_is_open() -> None:
    text = "一（二（三）四）五"
    assert [open_bracket(text, 0, text.index(c)) for c in "二三四五"] == [1, 3, 1, -1]
