"""Lists of parts against their whole: what says that it is complete must add up, what says that it is not need not."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import check, figures
from pipelines.parse.report import Check, Section


def checked(text: str) -> list[Check]:
    return check(figures([Section(1, None, text)]), [], "territory")


def outcomes(text: str, code: str = "figures.list") -> list[str]:
    return [c.outcome for c in checked(text) if c.code == code]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # 700 + 200 + 100 = 1000
        ("全年主动公开政府信息1000条，分别为网站公开700条、微信公开200条、公告栏公开100条。", "holds"),
        ("全年主动公开政府信息1000条，分别为网站公开700条、微信公开200条、公告栏公开80条。", "fails"),
        ("全年主动公开政府信息1000条，分别是网站公开700条、微信公开200条、公告栏公开120条。", "fails"),
        ("全年主动公开政府信息1000条，其中网站公开700条、微信公开200条、公告栏公开100条。", "holds"),
        ("全年主动公开政府信息1000条，其中网站公开700条、微信公开200条、公告栏公开80条。", "flagged"),
        ("全年主动公开政府信息1000条，其中网站公开700条、微信公开200条。", "not_testable"),
        ("全年主动公开政府信息1000条，其中网站公开700条、微信公开200条、公告栏公开80条等。", "not_testable"),
        ("全年主动公开政府信息1000条，主要有网站公开700条、微信公开200条、公告栏公开80条。", "not_testable"),
        ("全年主动公开政府信息约1000条，分别为网站公开700条、微信公开200条、公告栏公开80条。", "not_testable"),
    ],
)
def test_a_list_of_kinds_says_how_complete_it_is(text: str, outcome: str) -> None:
    assert outcomes(text) == [outcome]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # 10 + 12 + 8 = 30
        ("收到申请30件，分别为县公安局10件、县人社局12件、县民政局8件。", "holds"),
        ("收到申请30件，分别为县公安局10件、县人社局12件、县民政局6件。", "fails"),
        ("收到申请30件，其中县公安局10件、县人社局12件、县民政局6件。", "flagged"),
        ("收到申请30件（县公安局10件、县人社局12件、县民政局6件）。", "flagged"),
        ("收到申请30件，其中县公安局10件、县人社局12件、县民政局9件。", "fails"),
        ("收到申请30件，排名前三的是县公安局10件、县人社局12件、县民政局6件。", "not_testable"),
        ("收到申请30件，其中县公安局10件、县人社局12件、县民政局6件等。", "not_testable"),
    ],
)
def test_a_list_of_owners_says_how_complete_it_is(text: str, outcome: str) -> None:
    assert outcomes(text, "figures.owners") == [outcome]


def test_two_lists_of_one_whole_are_checked_apart() -> None:
    """30 + 20 = 50 by kind of body; 35 + 10 falls short of 50 by division."""
    text = "收到申请50件，其中市级部门30件、县级部门20件；其中市级部门35件、县级部门10件。"
    assert outcomes(text, "figures.owners") == ["holds", "flagged"]


def test_each_level_is_checked_by_itself() -> None:
    """30 + 20 = 50, but 10 + 15 is not 30."""
    text = "收到申请50件，分别为市级30件（市公安局10件、市人社局15件），县级20件。"
    assert sorted(outcomes(text, "figures.owners")) == ["flagged", "holds"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("网站公开700条、微信公开200条、公告栏公开100条，合计1000条。", ["holds"]),
        ("网站公开700条、微信公开200条、公告栏公开100条，合计1010条。", ["fails"]),
        ("网站公开700条、微信公开200条、公告栏公开100条，共计更新栏目1010条。", []),
    ],
)
def test_a_total_behind_its_parts(text: str, found: list[str]) -> None:
    assert outcomes(text) == found


def test_a_list_that_fails_contradicts_and_one_that_is_flagged_does_not() -> None:
    text = "收到申请30件，{}县公安局10件、县人社局12件、县民政局6件。"
    for opener, grade in (("分别为", "contradicted"), ("其中", "unverified")):
        found = figures([Section(1, None, text.format(opener))])
        check(found, [], "territory")
        assert {f.grade for f in found} == {grade}
