"""What a sentence of a section is, and which sentences have the same key."""

from __future__ import annotations

import pytest

from pipelines.warehouse.texts.sentences import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def key(text: str, *names: str) -> str:
    (sentence,) = sentences(text, names)
    return sentence.key


def test_sentences_end_at_stops_semicolons_and_lines() -> None:
    assert texts("全市主动公开信息12万条。受理申请30件；全部按时答复！\n没有收取费用") == [
        "全市主动公开信息12万条。",
        "受理申请30件；",
        "全部按时答复！",
        "没有收取费用",
    ]


def test_a_sentence_is_at_its_place_in_the_text() -> None:
    text = "  一是公开目录更新不及时。\n　　二是解读形式单一，图解不多。"
    assert [text[s.start : s.start + len(s.text)] for s in sentences(text)] == [s.text for s in sentences(text)]


def test_headings_and_scraps_are_no_sentences() -> None:
    assert texts("（一）主动公开情况\n2.依申请公开事项\n2025年1月20日\n无。\n（一）目录不全，更新不及时。") == [
        "（一）目录不全，更新不及时。"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受理申请30件，答复28件。", "受理申请1,204件，答复1,200件。"),
        ("受理申请三十件，答复二十八件。", "受理申请30件，答复28件。"),
        ("受理申请１２件，全部答复。", "受理申请9件,全部答复."),
        ("（一）公开目录不够完整。", "二是公开目录不够完整。"),
        ("通过 APP 发布信息。", "通过app发布信息"),
    ],
)
def test_numbers_marks_and_forms_of_letters_are_set_aside(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公开目录比较完整。", "公开目录不够完整。"),
        ("主动公开信息30条，比上年增加。", "主动公开信息30条，比上年减少。"),
        ("是否收取费用由各单位决定。", "收取费用由各单位决定。"),
    ],
)
def test_another_word_is_another_key(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_names_that_are_given_are_set_aside_longer_ones_first() -> None:
    one = key("杭州市政府门户网站发布杭州信息30条。", "杭州", "杭州市")
    assert one == key("宁波市政府门户网站发布宁波信息8条。", "宁波市", "宁波")
    assert one != key("宁波市政府门户网站发布宁波信息8条。")


@pytest.mark.parametrize("text", ["", "\n\n", "。；！", "１２３", "\x00\u202e", "（（（（（（"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert sentences(text) == []
