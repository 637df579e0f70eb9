"""Which sentences of two texts are paired, and as what."""

from __future__ import annotations

from collections import Counter

from pipelines.warehouse.texts.alignment import Pair, aligned
from pipelines.warehouse.texts.sentences import sentences

SUBJECTS = (
    "征地拆迁",
    "义务教育",
    "医疗卫生",
    "食品药品",
    "环境保护",
    "安全生产",
    "社会救助",
    "财政预算",
    "保障住房",
    "就业创业",
)
DUTIES = ("栏目由牵头单位逐月核对", "事项全部列入目录并标明依据", "数据在办结后五日内上网", "咨询由专人登记转办")


def pairs(before: str, now: str) -> list[Pair]:
    return aligned(sentences(before), sentences(now))


def states(before: str, now: str) -> dict[str, int]:
    return dict(Counter(pair.state for pair in pairs(before, now)))


def test_a_sentence_with_other_numbers_is_repeated() -> None:
    (pair,) = pairs("全年受理公开申请20件，均按时答复。", "全年受理公开申请315件，均按时答复。")
    assert (pair.state, pair.similarity) == ("repeated", 1.0)


def test_a_word_more_is_nearly_repeated_and_other_words_are_changed() -> None:
    # 14 letters of 14 and 16 stand in both: 28 of 30. Then 11 letters of 14 and 14: 22 of 28.
    (near,) = pairs("各单位每季度检查一次公开栏目", "各单位每季度认真检查一次公开栏目")
    assert near.state == "nearly"
    assert round(near.similarity, 3) == round(28 / 30, 3)
    (changed,) = pairs("各单位每季度检查一次公开栏目", "各单位按季度检查公开栏目情况")
    assert changed.state == "changed"
    assert round(changed.similarity, 3) == round(22 / 28, 3)


def test_what_has_no_counterpart_is_new_or_gone() -> None:
    found = pairs("老年人助餐补贴标准上网公示。", "涉企收费清单实行动态管理。")
    assert [(p.state, p.before is None, p.now is None, p.similarity) for p in found] == [
        ("new", True, False, 0.0),
        ("gone", False, True, 0.0),
    ]


def test_a_sentence_is_paired_once() -> None:
    one = "门户网站全年运行平稳有序。"
    assert states(one, one + one) == {"repeated": 1, "new": 1}
    assert states(one + one, one) == {"repeated": 1, "gone": 1}


def test_the_likest_pair_goes_first() -> None:
    before = "公开栏目由各单位按季度自查自纠。"
    found = pairs(before, "公开栏目由有关单位按月度抽查。公开栏目由各单位按季度自查。")
    assert [pair.state for pair in found] == ["new", "nearly"]


def test_the_order_of_sentences_changes_nothing() -> None:
    lines = [f"{subject}{duty}。" for subject in SUBJECTS for duty in DUTIES]
    assert states("".join(lines), "".join(reversed(lines))) == {"repeated": 40}


def test_known_shares_are_found() -> None:
    old = [f"{subject}{duty}。" for subject in SUBJECTS for duty in DUTIES]
    fresh = [f"第{n}批下放的审批权{n}项由街道承接后另行说明流程。" for n in "甲乙丙丁戊己庚辛壬癸"]
    for kept in (0, 10, 25, 40):
        counts = states("".join(old), "".join(old[:kept] + fresh))
        assert (counts.get("repeated", 0), counts.get("gone", 0)) == (kept, 40 - kept)


def test_empty_texts_pair_nothing() -> None:
    assert pairs("", "") == []
    assert states("", "门户网站全年运行平稳有序。") == {"new": 1}


def test_very_long_texts_are_paired_by_the_same_words_only() -> None:
    before = "".join(f"{chr(0x4E00 + n)}{chr(0x5E00 + n)}类事项另行公布目录。" for n in range(2100))
    now = "".join(f"{chr(0x4E00 + n)}{chr(0x5E00 + n)}类事项另行公布名录。" for n in range(2100))
    assert states(before, now) == {"new": 2100, "gone": 2100}
    assert states(before, before) == {"repeated": 2100}
