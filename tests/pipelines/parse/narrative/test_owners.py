"""Of whom a number speaks, and which government that is. The whole body and scope words of a noun are no owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.bodies.naming import body_of
from pipelines.parse.narrative import figures, resolve
from pipelines.parse.narrative.owners import of_head, of_item
from pipelines.parse.report import Figure, Section

CITY = body_of("浙江省舟山市人民政府")


def read(text: str) -> list[Figure]:
    return figures([Section(1, None, text)])


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("其中，市级", "市级"),
        ("、北塘区", "北塘区"),
        ("；市住建局", "市住建局"),
        ("，各县（市、区）收到", "各县（市、区）"),
        ("南充", "南充"),
        ("；区市县政府及先导区管委会", "区市县政府及先导区管委会"),
        ("其中全市", ""),
        ("我局", ""),
        ("其中网上申请", ""),
        ("其中专区", ""),
        ("邀请市", ""),
    ],
)
def test_all_of_the_words_are_an_owner(words: str, owner: str) -> None:
    assert of_item(words) == owner


def test_an_owner_before_the_wholes_own_noun() -> None:
    assert of_head("州直部门政府网站") == "州直部门"
    assert of_head("县政府门户网站") == ""
    assert of_head("部门规章") == ""


def test_a_list_by_owner_has_the_wholes_indicator() -> None:
    found = read("全年收到申请590件，其中定海区230件、普陀区360件。")
    assert [(f.indicator, f.owner, f.part_of) for f in found] == [
        ("requests_received", "", None),
        ("requests_received", "定海区", 0),
        ("requests_received", "普陀区", 0),
    ]


def test_a_scope_word_of_a_noun_is_no_owner() -> None:
    assert [f.owner for f in read("办理市级人大代表建议21件、全国政协提案1件。")] == ["", ""]


def test_which_government_and_body_an_owner_is() -> None:
    found = read("全年收到申请590件，其中市级30件、定海区200件、普陀区公安局360件。")
    resolve(found, CITY)
    whole, level, county, bureau = found
    assert (whole.owner_code, level.owner_code) == (None, None)
    assert (county.owner_code, county.owner_body) == ("330902", body_of("浙江省舟山市定海区人民政府").body_id)
    assert bureau.owner_code == "330903"
    assert bureau.owner_body == body_of("浙江省舟山市普陀区公安局").body_id


def test_a_department_that_reports_is_no_owner() -> None:
    text = "市公安局收到申请120件，增长5%；市财政局收到申请20件。"
    found = read(text)
    resolve(found, body_of("浙江省舟山市公安局"))
    assert [f.owner for f in found] == ["", "", "市财政局"]
    found = read("全市收到申请30件，其中市公安局10件、市财政局20件。")
    resolve(found, body_of("浙江省舟山市公安局"))
    assert [f.owner for f in found] == ["", "市公安局", "市财政局"]


def test_a_body_without_a_government_resolves_no_owner() -> None:
    found = read("全年收到申请590件，其中定海区200件。")
    resolve(found, replace(CITY, government_code=None))
    assert [f.owner_code for f in found] == [None, None]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("省政府及其部门受理政府信息公开申请617件。", ["省政府及其部门"]),
        (
            "收到申请90件，其中人力资源和社会保障局20件、工业和信息化局70件。",
            ["", "人力资源和社会保障局", "工业和信息化局"],
        ),
        ("各区的留言量分别为：成都1776件、天府新区188件、阿坝23件。", ["成都", "天府新区", "阿坝"]),
        ("全县各级各部门主动公开政府信息500条。", [""]),
        ("市政府主动公开政府信息500条。", [""]),
    ],
)
def test_an_owner_ends_before_its_verb_or_number(text: str, owners: list[str]) -> None:
    assert [f.owner for f in read(text)] == owners


@pytest.mark.parametrize("words", ["县（市、区）" * 300, "市、" * 1000])
def test_words_without_end_are_no_owner(words: str) -> None:
    """Brackets can be divided in many ways; only one is tried."""
    assert of_item(words) == ""
    assert of_item(words[: len("县（市、区）") * 20] + "人") == ""
