"""How far a register reaches, counted by hand, and what is still wanted."""

from __future__ import annotations

import polars as pl

from expectations.columns import polars_schema
from expectations.conformance import failures
from expectations.register import RegisterCoverage
from pipelines.cli import show_reach
from pipelines.harvest.grow.discovery import within
from pipelines.harvest.grow.reach import COUNTRY, Reach, reach
from pipelines.harvest.grow.wanted import wanted
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import Source

HANGZHOU = Portal("330100", "杭州市", "https://www.hangzhou.gov.cn/", "added", "https://www.hangzhou.gov.cn/", "")
OWN = Source("杭州市", "浙江", "prefecture", "list", "body", None, "https://www.hangzhou.gov.cn/nb/", "derived")
MANY = Source("宁波市", "浙江", "prefecture", "list", "territory", None, "https://www.ningbo.gov.cn/nb/", "reviewed")
OLD = Source(
    "温州市人民政府办公室", "浙江", "department", "report", None, 2025, "http://www.wenzhou.gov.cn/1.html", "collected"
)
GONE = Source("上海市卢湾区", "上海", "county", "list", "body", None, "http://www.shanghai.gov.cn/nb/", "derived")
LOOK = Probe(OWN.url, "2026-03-01", "read", None, "2 reports", 2025, 2, None, 0, None, None)
SEVERAL = Probe(
    MANY.url, "2026-03-01", "read", None, "3 reports", 2025, 3, "宁波市教育局；宁波市财政局；宁波市海曙区", 3, None, None
)  # fmt: skip
LOOKS = {LOOK.url: LOOK, SEVERAL.url: SEVERAL}


def rows() -> dict[tuple[str, str, str], Reach]:
    found = reach([OWN, MANY, OLD, GONE], [HANGZHOU], LOOKS, [("浙江", "宁波市教育局")], 2025)
    return {(row.province, row.level, row.body_kind): row for row in found}


def test_governments_are_those_of_the_tree() -> None:
    cities = rows()["浙江", "prefecture", "government"]
    # 浙江 has 11 cities; 杭州 has a list that was looked at, 宁波 a reviewed one, the office of 温州 a report of 2025.
    assert (cities.bodies, cities.with_portal, cities.with_list, cities.with_report) == (11, 1, 2, 1)
    assert (cities.list_unprobed, cities.list_probed, cities.list_confirmed) == (0, 1, 1)
    assert rows()["浙江", "county", "government"].list_confirmed == 1  # 海曙区, on the list of 宁波
    assert rows()["上海", "county", "government"].with_list == 0  # 卢湾区 is no more
    assert rows()[COUNTRY, "province", "government"].bodies == 31


def test_departments_are_those_that_lists_and_reports_name() -> None:
    organs = rows()["浙江", "prefecture", "department"]
    assert (organs.bodies, organs.with_list, organs.list_confirmed, organs.with_report) == (2, 2, 2, 1)


def test_the_table_keeps_its_contract() -> None:
    schema = polars_schema(RegisterCoverage)
    frame = pl.DataFrame([{name: getattr(row, name) for name in schema} for row in rows().values()], schema=schema)
    assert failures(RegisterCoverage, frame) == []


def test_the_page_says_the_share_of_the_country() -> None:
    text = show_reach.page(list(rows().values()))
    every = sum(row.bodies for (place, _, kind), row in rows().items() if (place, kind) == (COUNTRY, "government"))
    assert (
        f"Of {every:,} governments 1 (0.0 %) have a portal that is known, 3 (0.1 %) a list, 2 a confirmed one" in text
    )
    assert "在中国境内运行可访问更多网站" in text
    assert "| prefecture 地级 | department 部门 | 2 | 0 | 2 | 0 | 0 | 2 | 1 |" in text


def test_what_is_wanted_begins_with_those_that_have_most_below() -> None:
    proposed = Proposal("温州市", "浙江", "", "http://a.cn/", "portal: 首页", "http://a.cn/", "high", "2026-03-01")
    found = wanted([OWN, MANY], [HANGZHOU], {}, [proposed], within("330000"), 2025)
    by_name = {each.name: each for each in found}
    assert "宁波市" not in by_name  # its list is reviewed
    assert "温州市" not in by_name  # a proposal waits for review
    assert (by_name["浙江省"].missing, found[0].name) == ("portal", "浙江省")
    # Its list was never looked at, so that it is still wanted; its portal is known.
    assert (by_name["杭州市"].missing, by_name["杭州市"].portal_url) == ("list", HANGZHOU.url)
    assert "not walked yet" in by_name["杭州市"].why
    assert [each.missing for each in found] == ["portal"] * (len(found) - 1) + ["list"]
