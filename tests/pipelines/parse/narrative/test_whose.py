"""Owners by the build of a sentence: subjects, lists with 分别, brackets, lines. One organ alone may be the body itself."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.narrative.name_lists import last_names, leading_names, listed
from pipelines.parse.report import Section


def owners(text: str) -> list[str]:
    return [f.owner for f in figures([Section(1, None, text)])]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("定海区、普陀区、岱山县按时办结率分别为95.1%、92.3%和88%。", ["定海区", "普陀区", "岱山县"]),
        ("龙岗、光明、南山回复率分别为88.26%、92.86%、97.52%。", ["龙岗", "光明", "南山"]),
        ("南京、苏州、无锡三市办结率分别为99%、98%、97%。", ["南京", "苏州", "无锡"]),
        ("龙华、龙岗居于末位，分别为61.76%和80.25%。", ["龙华", "龙岗"]),
        (
            "收到申请最多的是市公安局、市自然资源局、市住建局，分别为120件、98件、76件。",
            ["市公安局", "市自然资源局", "市住建局"],
        ),
        (
            "受理申请120件、98件、76件的分别是市公安局、市自然资源局和市住建局。",
            ["市公安局", "市自然资源局", "市住建局"],
        ),
        # Nouns of another kind are no names.
        ("图解、视频、访谈分别为12个、5个、3个。", ["", "", ""]),
        ("办结率、满意率分别为99%、98%。", ["", ""]),
    ],
)
def test_lists_whose_numbers_stand_together(text: str, said: list[str]) -> None:
    assert owners(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("受理量排名前三的是市公安局120件、市财政局98件、市住建局76件。", ["市公安局", "市财政局", "市住建局"]),
        ("排名前三的单位：市公安局（120件）、市财政局（98件）。", ["市公安局", "市财政局"]),
        ("回复量排名前三的区域为：成都（1325件）天府新区（129件）南充（98件）。", ["成都", "天府新区", "南充"]),
        ("办件情况如下：\n市公安局120件\n市财政局98件", ["市公安局", "市财政局"]),
        ("办件情况如下：\n市公安局：报送120条\n市财政局：报送98条\n", ["市公安局", "市财政局"]),
        ("教育局12条、卫生局10条，公安局、供电公司、财政局各9条。", ["教育局", "卫生局", "公安局、供电公司、财政局"]),
        ("120条由市公安局发布，98条由市财政局发布。", ["市公安局", "市财政局"]),
        # Things that are counted, though owners are called so.
        ("全县共有乡镇12个、街道3个、村（社区）180个。", ["", "", ""]),
        ("共设立查阅点180个，其中县级3个、乡镇12个、村（社区）165个。", ["", "县级", "乡镇", "村（社区）"]),
    ],
)
def test_lists_whose_numbers_stand_apart(text: str, said: list[str]) -> None:
    assert owners(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("各乡镇发布信息320条，同比增长5%，其中网站发布210条。", ["各乡镇", "各乡镇", "各乡镇"]),
        (
            "市公安局收到申请120件，答复118件；市财政局收到申请20件，答复19件。",
            ["市公安局", "市公安局", "市财政局", "市财政局"],
        ),
        ("各部门共收到信件20件，回复18件；全市共举办培训班3期。", ["各部门", "各部门", ""]),
        (
            "县公安局、县教育局、县卫健局等12个单位开展了政务公开日活动，接待群众3000余人次。",
            ["", "县公安局、县教育局、县卫健局等12个单位"],
        ),
        ("收到各部门报送的政务信息468条。", ["各部门"]),
        ("除信息室报送信息6条外，其他县直单位和街道被采用信息67条。", ["信息室", "其他县直单位和街道"]),
        ("全州公安机关共召开新闻发布会92场次。", ["全州公安机关"]),
        ("在各科室指定了一名专职人员。", ["各科室"]),
        # The body itself, in any words, owns nothing.
        ("市财政局收到申请20件，答复19件。", ["", ""]),
        ("区政府及区政府办公室共收到申请60件。", [""]),
        ("全市各级行政机关收到申请20件。", [""]),
        ("2013年度，街道收到申请3件。", [""]),
        ("我局收到申请12件，本单位答复11件。", ["", ""]),
        ("县政府门户网站发布信息300条。", [""]),
    ],
)
def test_the_subject_of_a_sentence(text: str, said: list[str]) -> None:
    assert owners(text) == said


def test_what_a_closed_bracket_holds_is_no_owner_of_what_follows() -> None:
    assert owners("收到申请30件（市公安局10件、市财政局20件），同比增长5%。") == ["", "市公安局", "市财政局", ""]


def test_names_of_a_list() -> None:
    assert last_names("甲县、人力资源和社会保障局和乙区按时办结率", 3) == ["甲县", "人力资源和社会保障局", "乙区"]
    assert last_names("教育、就业和医疗信息", 3) is None
    assert leading_names("市公安局、市财政局。共2家", 2) == ["市公安局", "市财政局"]
    assert listed("教育局、供电公司、财政局") == "教育局、供电公司、财政局"
    assert listed("教育、就业、财政局") == ""
