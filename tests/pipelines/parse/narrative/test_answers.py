"""Answers without a noun of their own belong to the family of the amount before them."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.report import Section


def codes(text: str) -> list[str | None]:
    return [figure.indicator for figure in figures([Section(1, None, text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年收到网民留言90件。已回复和办理85件，办理率94.4%。",
            ["messages_received", "messages_answered", "response_rate_pct"],
        ),
        (
            "全年收到政府信息公开申请30件。依法办结29件，按期办结率100%。",
            ["requests_received", "requests_answered", "requests_answered_rate_pct"],
        ),
        ("受理热线工单506件，按时结案500件。", ["hotline_calls", "hotline_cases_resolved"]),
    ],
)
def test_a_bare_answer_is_of_what_was_counted_before(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # The family is that of another paragraph.
        "全年收到网民留言90件。\n二、其他工作\n已办结85件。",
        # The words name something else.
        "全年收到网民留言90件。已办结矿权审批85件。",
    ],
)
def test_it_is_of_nothing_where_the_words_or_the_place_are_others(text: str) -> None:
    assert "messages_answered" not in codes(text)
