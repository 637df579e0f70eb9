"""Marks and the tree of lists."""

import pytest

from pipelines.parse.shortcomings.enumeration import marks, outline
from tests.made.cases import folded


def bodies(text: str) -> list[list[str]]:
    return [[text[i.body : i.end].strip("；。，\n ") for i in found.items] for found in outline(text)]


@folded(
    "text",
    [
        "一是甲事未成；二是乙事未成；三是丙事未成。",
        "一要甲事未成；二要乙事未成；三要丙事未成。",
        "（一）甲事未成。（二）乙事未成。（三）丙事未成。",
        "(一)甲事未成。\n(二)乙事未成。\n(三)丙事未成。",
        "一、甲事未成。二、乙事未成。三、丙事未成。",
        "1.甲事未成；2.乙事未成；3.丙事未成。",
        "1、甲事未成；2、乙事未成；3、丙事未成。",
        "1．甲事未成\n2．乙事未成\n3．丙事未成",
        "（1）甲事未成；（2）乙事未成；（3）丙事未成。",
        "1）甲事未成；2）乙事未成；3）丙事未成。",
        "①甲事未成；②乙事未成；③丙事未成。",
        "⑴甲事未成；⑵乙事未成；⑶丙事未成。",
        "⒈甲事未成；⒉乙事未成；⒊丙事未成。",
        "首先，甲事未成；其次，乙事未成；最后，丙事未成。",
        "首先是甲事未成；其次是乙事未成；再次是丙事未成。",
        "第一，甲事未成。第二，乙事未成。第三，丙事未成。",
        "第一、甲事未成。第二、乙事未成。第三、丙事未成。",
        "其一，甲事未成；其二，乙事未成；其三，丙事未成。",
        "问题一：甲事未成。问题二：乙事未成。问题三：丙事未成。",
        "问题1：甲事未成。\n问题2：乙事未成。\n问题3：丙事未成。",
        "●甲事未成\n●乙事未成\n●丙事未成",
        "一是甲事未成，二是乙事未成，三是丙事未成。",
        "一 是甲事未成；二\n是乙事未成；三是丙事未成。",
    ],
)
def test_every_style_gives_its_items(text):
    assert bodies(text) == [["甲事未成", "乙事未成", "丙事未成"]]


def test_two_sides_are_a_list():
    assert bodies("一方面人手不够，另一方面经费不足。") == [["人手不够", "经费不足"]]


@pytest.mark.parametrize(
    "text",
    [
        "这是统一是非的办法，之一是公开。",
        "1、2、3月的栏目没有内容。",
        "第二十条第（一）项没有公开。",
        "共3.5万条，占1.2倍。",
        "二是没有一的二。",
        "打通“最后一公里”。",
        "第一时间发布。",
    ],
)
def test_what_only_looks_like_a_mark_makes_no_list(text):
    assert outline(text) == []


def test_a_style_of_its_own_inside_an_item_is_a_list_inside_it():
    text = "（一）网站：1.栏目旧；2.检索慢。（二）人员：1.人手少；2.变动多。"
    (outer,) = outline(text)
    assert [
        [text[i.body : i.end].strip("；。") for i in inner.items] for item in outer.items for inner in item.lists
    ] == [
        ["栏目旧", "检索慢"],
        ["人手少", "变动多"],
    ]


def test_a_style_that_begins_again_is_a_second_list():
    assert bodies("一是甲事未成；二是乙事未成。一是做好甲事；二是做好乙事。") == [
        ["甲事未成", "乙事未成"],
        ["做好甲事", "做好乙事"],
    ]


def test_skipped_and_doubled_numbers_continue_a_list():
    assert bodies("一是甲事未成；三是乙事未成；三是丙事未成。") == [["甲事未成", "乙事未成", "丙事未成"]]


def test_numerals_above_ten_are_read():
    assert [m.number for m in marks("十是某某；十一是某某；二十是某某；二十三是某某")] == [10, 11, 20, 23]
