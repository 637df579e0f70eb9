"""A label that says something else than the form's is no spelling of it; one that says the same in other letters is."""

from __future__ import annotations

from pipelines.parse.contrary import says_another
from pipelines.parse.labels import columns_of, rows_of
from tests.made.cases import folded

OTHERS = [
    ("requests", "（一）不予公开", "granted"),
    ("requests", "（一）未予以公开", "granted"),
    ("requests", "1.本机关掌握相关政府信息", "unavailable.not_held"),
    ("requests", "2.有现成信息需要另行制作", "unavailable.needs_creation"),
    ("requests", "2.非重复申请", "not_processed.duplicate"),
    ("requests", "一、上年新收政府信息公开申请数量", "received_new"),
    ("requests", "一、历年累计新收政府信息公开申请数量", "received_new"),
    ("requests", "一、2021年新收政府信息公开申请数量", "received_new"),
    ("requests", "二、上年未结转政府信息公开申请数量", "carried_in"),
    ("requests", "四、不结转下年度继续办理", "carried_out"),
    ("requests", "四、结转上年度继续办理", "carried_out"),
]


@folded(("table", "label", "code"), OTHERS)
def test_a_label_that_says_the_opposite_is_not_the_forms(table: str, label: str, code: str) -> None:
    assert rows_of("2021", table).code(label) != code


@folded(
    ("table", "label", "code"),
    [
        ("requests", "非自然人", "natural_person"),
        ("disputes", "结果不维持", "upheld"),
        ("disputes", "已审结", "pending"),
        ("disputes", "未纠正结果", "corrected"),
        ("proactive", "上年制发件数", "issued"),
        ("proactive", "累计制发件数", "issued"),
        ("proactive", "现行无效件数", "in_force"),
        ("proactive", "上年收费金额", "amount_10k_yuan"),
    ],
)
def test_a_header_that_says_the_opposite_is_not_the_forms(table: str, label: str, code: str) -> None:
    assert columns_of("2021", table).code(label) != code


@folded(
    ("label", "code"),
    [
        ("1.本机关未掌握相关政府信息", "unavailable.not_held"),
        ("2.无现成信息需要另行制作", "unavailable.needs_creation"),
        ("一、本年新收到政府信息公开申请数量", "received_new"),
        ("一、今年新收政府信息公开申请数量", "received_new"),
        ("二、去年结转政府信息公开申请数量", "carried_in"),
        ("四、结转下年度继续办理的", "carried_out"),
        ("4.无正当理由大量反复申请的", "not_processed.excessive_volume"),
        ("1.申请人无正当理由逾期不补正", "other.clarification_overdue"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息", "other.clarification_overdue"),
        ("（二）部分公开（区分处理的，只计这一情形）", "partially_granted"),
        ("3.危及三安全一稳定（国家安全、公共安全、经济安全、社会稳定）", "denied.public_safety_stability"),
    ],
)
def test_another_spelling_of_a_label_is_still_the_forms(label: str, code: str) -> None:
    assert rows_of("2021", "requests").code(label) == code


def test_two_ways_to_negate_are_one() -> None:
    assert not says_another("未审结", "尚未审结")
    assert not says_another("没有现成信息", "无现成信息")
    assert says_another("已审结", "尚未审结")
