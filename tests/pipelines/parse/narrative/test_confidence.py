"""The odds of a name, and what the verb and the noun rule out."""

from __future__ import annotations

import math

import pytest

from expectations.indicators import bound, doubts
from pipelines.parse.narrative import confidence, figures
from pipelines.parse.report import Figure, Section


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


def test_odds_start_where_the_dictionary_says_and_fall_with_each_sign() -> None:
    start = doubts()["start"]
    assert confidence.sure() == round(1 / (1 + math.exp(-start)), 2)
    assert confidence.sure("rival_near", "weak_fit") < confidence.sure("rival_near") < confidence.sure()


def test_what_is_named_is_sure_enough_and_what_is_not_has_a_rival() -> None:
    found = read("全年主动公开政府信息120条，16家政府网站加强涉及民生的信息，投诉类留言9件。")
    assert all(figure.indicator is None or figure.confidence >= bound() for figure in found)
    assert found[0].indicator == "items_disclosed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is received is no outcome, what is disclosed is one.
        ("全年共收到公开申请1466件。", "requests_received"),
        ("收到申请9件，予以公开5件。", "requests_granted"),
        # What was carried over before the verb is not what was received.
        ("结转上年后新收到依申请公开事项47件。", "requests_received"),
        ("上年结转依申请公开事项47件。", "requests_carried_in"),
        # A set phrase is no kind of applicants, a kind is one.
        ("受理公民、法人和其他组织提出的政府信息公开申请2件。", "requests_received"),
        # What stands before the verb of an event does not rule it out.
        ("回应解读情况：举办新闻发布会12次。", "press_conferences"),
        # Two channels side by side are two, one is one.
        ("微博微信公开信息2148条。", "new_media_items"),
        ("微信公开信息2148条。", "wechat_items"),
        # A quantity that rose is that quantity.
        ("微信公众号粉丝由上年提升到5000人。", "wechat_followers"),
    ],
)
def test_verb_and_noun_decide(text: str, expected: str) -> None:
    assert read(text)[-1].indicator == expected


def test_what_is_handled_was_not_disclosed() -> None:
    handled, disclosed = read("处理行政许可351件。公示行政许可信息351条。")
    assert handled.indicator is None
    assert disclosed.indicator == "items_licences_penalties"


def test_no_word_reaches_over_a_full_stop_but_a_heading_does() -> None:
    assert read("我局开通了微博。全年发布信息30条。")[-1].indicator == "items_disclosed"
    assert read("（三）政府网站。全年发布信息30条。")[-1].indicator == "portal_items"
