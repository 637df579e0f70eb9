"""Whose a printed name is: names checked by hand, names that changed hands, zones, functions; never a guess."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from expectations.functions import by_name
from expectations.governments import Former, former_divisions, governments
from expectations.vocabulary import BODY_KINDS, LEVELS
from pipelines.bodies.divisions import divisions, find, is_holder
from pipelines.bodies.naming import body_of
from pipelines.bodies.organs import function_of
from pipelines.workspace import PROJECT
from tests.made.cases import folded

ROOT = PROJECT
SOURCES = ROOT.parent / "shared" / "registry" / "sources.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Real names; whose they are was looked up by hand in the tables of divisions.
NAMES = rows(ROOT / "tests" / "data" / "body_names.csv")
#: Names of the source registry that say too little, and what is missing.
UNRESOLVED = {
    "钟祥镇人民政府": "does not say whose township",
    "唐村镇": "does not say whose township",
    "大涌镇人民政府办公室": "does not say whose township",
    "慈云镇人民政府": "does not say whose township",
}


@folded("row", NAMES)
def test_names_checked_by_hand(row: dict[str, str]) -> None:
    body = body_of(row["name"], row["province"], int(row["report_year"]))
    found = (body.government_code or "", body.kind, body.level)
    assert found == (row["government_code"], row["kind"], row["level"]), row["name"]
    assert (body.government_name or "") == row["path"].split("/")[-1]


def test_the_sample_of_names_is_large_and_wide() -> None:
    assert len(NAMES) >= 100
    assert len({row["government_code"][:2] for row in NAMES if row["government_code"]}) >= 28
    assert {row["kind"] for row in NAMES} == set(BODY_KINDS) - {"unresolved"}
    assert {row["level"] for row in NAMES} == set(LEVELS) - {"unresolved"}


@pytest.mark.skipif(not SOURCES.exists(), reason="the registry of sources is not here")
def test_every_name_of_the_source_registry_is_resolved_or_listed_with_a_reason() -> None:
    names = [(r["government"], r["province"], int(r["report_year"])) for r in rows(SOURCES)]
    bodies = [body_of(*name) for name in names]
    unresolved = {b.name: b.note or "" for b in bodies if b.government_code is None and b.level != "state"}
    assert unresolved.keys() == UNRESOLVED.keys()
    assert all(UNRESOLVED[name] in note for name, note in unresolved.items())
    assert len(bodies) > 300
    assert sum(b.name not in unresolved for b in bodies) / len(bodies) >= 0.95
    short = {"内蒙古自治区": "内蒙古", "黑龙江省": "黑龙江"}
    for body, (_, province, _) in zip(bodies, names, strict=True):
        if body.province_name:
            assert short.get(body.province_name, body.province_name[:2]) == province, body.name
        else:
            assert body.name in unresolved or province == "国务院", body.name


# --- names that changed hands


@folded(
    ("name", "context", "year", "code", "body_id"),
    [
        # Renamed, or a county made a district or a city: the same government, then and now.
        ("襄樊市人民政府", "", 2009, "420600", "420600"),
        ("襄樊市襄阳区人民政府", "", 2009, "420607", "420607"),
        ("赣县人民政府", "", 2015, "360704", "360704"),
        ("赣县区人民政府", "", 2018, "360704", "360704"),
        ("莱芜市莱城区人民政府", "", 2016, "370116", "370116"),
        ("铜仁地区江口县人民政府", "", 2010, "520621", "520621"),
        # Moved under another prefecture.
        ("巢湖市庐江县人民政府", "", 2010, "340124", "340124"),
        # Merged or divided: a body of its own, whose code may be another's today.
        ("上海市卢湾区人民政府", "", 2009, "310103", "310103-to2011"),
        ("上海市闸北区", "", 2014, "310108", "310108-to2015"),
        ("北京市崇文区人民政府", "", 2009, "110103", "110103-to2010"),
        ("上海市南汇区人民政府", "", 2008, "310119", "310119-to2009"),
        ("重庆市万盛区人民政府", "", 2009, "500110", "500110-to2011"),
        ("重庆市綦江区人民政府", "", 2015, "500110", "500110"),
        # One name, two bodies: the year decides, and a report of the year of the change is published after it.
        ("巢湖市人民政府", "", 2009, "341400", "341400-to2011"),
        ("巢湖市人民政府", "", 2011, "340181", "340181"),
        ("铜仁市人民政府", "", 2009, "520602", "520602"),
        ("铜仁市人民政府", "", 2015, "520600", "520600"),
        ("新市区人民政府", "", 2018, "650104", "650104"),
        # The context decides.
        ("新市区人民政府", "保定市", 2012, "130602", "130602"),
        ("东乡县人民政府", "江西", 2012, "361003", "361003"),
        ("东乡县人民政府", "甘肃", 2012, "622926", "622926"),
        ("鼓楼区人民政府", "福建", 2023, "350102", "350102"),
    ],
)
def test_a_name_is_read_by_its_year_and_context(name: str, context: str, year: int, code: str, body_id: str) -> None:
    body = body_of(name, context, year)
    assert (body.government_code, body.body_id) == (code, body_id)


@pytest.mark.parametrize(
    ("name", "context", "year", "why"),
    [
        ("鼓楼区人民政府", "江苏", 2023, "4 divisions"),
        ("巢湖市人民政府", "", None, "2 divisions"),
        ("新市区人民政府", "", 2012, "2 divisions"),
        ("城区人民政府", "", 2010, "divisions"),
        ("通州区教育局", "", 2012, "2 divisions"),
        ("上海市卢弯区人民政府", "", 2010, "no division that is known"),
        ("广东增城经济技术开发区管理委员会", "", 2020, "does not say whose it is"),
        ("双龙镇人民政府", "重庆", 2020, "whose township"),
    ],
)
def test_nothing_is_guessed_and_the_reason_is_said(name: str, context: str, year: int | None, why: str) -> None:
    body = body_of(name, context, year)
    assert (body.government_code, body.province_code) == (None, None)
    assert body.note is not None
    assert body.note.startswith("unresolved: ")
    assert why in body.note


def test_what_became_of_a_government_is_said() -> None:
    said = {name: body_of(name, "", 2009) for name in ("襄樊市", "卢湾区", "徐州市九里区", "沈阳市")}
    assert said["襄樊市"].note == "襄樊市 until 2010, since then 襄阳市"
    assert (said["卢湾区"].note, said["卢湾区"].successor_code) == ("merged into 黄浦区 in 2011", "310101")
    assert (said["徐州市九里区"].note, said["徐州市九里区"].successor_code) == (
        "divided among several governments in 2010",
        None,
    )
    assert (said["沈阳市"].note, said["襄樊市"].successor_code) == (None, None)


@folded("former", former_divisions())
def test_every_former_name_leads_where_its_row_says(former: Former) -> None:
    parents = {f.code: f.name for f in former_divisions()} | {g.code: g.name for g in governments().values()}
    found = find(parents[former.parent_code] + former.name, "", former.valid_to - 1)
    expected = former.successor_code if former.goes_on else former.code
    assert found.division is not None
    assert (found.division.code, found.rest) == (expected, "")


def test_every_division_of_today_is_found_by_its_path() -> None:
    tree = divisions()
    for division in tree.values():
        path = "".join(tree[code].name for code in reversed(division.above)) + division.name
        found = find(path, "", 2023)
        assert found.division == division or is_holder(division), path


# --- ids


#: Ids that were published: they never change.
PUBLISHED = {
    "上海市人民政府办公厅": "310000-f435f595",
    "淮安市人民政府": "320800",
    "淮安市洪泽区人民政府": "320813",
    "杭州市人民政府": "330100",
    "沭阳县人民政府": "321322",
    "沈阳市人民政府": "210100",
    "示例市人民政府": "x-a8af0d78",
    "示例市样板区教育局": "x-77709797",
}


def test_the_ids_of_the_sample_stay() -> None:
    assert {name: body_of(name).body_id for name in PUBLISHED} == PUBLISHED


def test_the_committee_of_a_zone_is_the_zone() -> None:
    ids = [body_of(f"大连高新区{tail}").body_id for tail in ("", "管委会", "管理委员会", "管委会办公室")]
    assert len(set(ids)) == 1
    ids = [body_of(f"石家庄高新技术产业开发区{tail}").body_id for tail in ("", "管委会", "管理委员会")]
    assert set(ids) == {"130171"}
    assert body_of("盘锦辽东湾新区管委会").body_id == body_of("辽东湾新区管理委员会").body_id


@pytest.mark.parametrize(
    ("name", "kind", "level", "code"),
    [
        ("上海市浦东新区人民政府", "government", "county", "310115"),
        ("天津市滨海新区人民政府", "government", "county", "120116"),
        ("沈阳市沈北新区人民政府", "government", "county", "210113"),
        ("深圳市光明新区管理委员会", "development_zone", "county", "440300"),
        ("苏州工业园区管理委员会", "development_zone", "county", "320576"),
        ("吉安井冈山经济技术开发区", "development_zone", "county", "360800"),
        ("重庆两江新区管理委员会", "development_zone", "county", "500000"),
        ("重庆市万盛经济技术开发区丛林镇人民政府", "township", "township", "500000"),
    ],
)
def test_zones(name: str, kind: str, level: str, code: str) -> None:
    body = body_of(name, "", 2020)
    assert (body.kind, body.level, body.government_code) == (kind, level, code)


# --- functions of departments


@folded(
    ("organ", "function"),
    [
        ("国土资源局", "natural_resources"),
        ("自然资源和规划局", "natural_resources"),
        ("规划和国土资源委员会", "natural_resources"),
        ("卫生局", "health"),
        ("卫生和计划生育委员会", "health"),
        ("卫生健康委员会", "health"),
        ("卫健委", "health"),
        ("工商行政管理局", "market_regulation"),
        ("质量技术监督局", "market_regulation"),
        ("食品药品监督管理局", "market_regulation"),
        ("市场监督管理局", "market_regulation"),
        ("环保局", "ecology_environment"),
        ("生态环境局", "ecology_environment"),
        ("旅游局", "culture_tourism"),
        ("文化局", "culture_tourism"),
        ("文化广电旅游局", "culture_tourism"),
        ("发展改革委", "development_reform"),
        ("发改局", "development_reform"),
        ("人民政府外事办公室", "foreign_affairs"),
        ("政府国资委", "state_assets"),
        ("高新区应急管理局", "emergency_management"),
        ("参事室(文史研究馆)", "counsellors"),
        ("公安局", "public_security"),
        ("教育考试院", None),
        ("融媒体中心", None),
        ("档案局", None),
        ("", None),
    ],
)
def test_the_function_of_a_department(organ: str, function: str | None) -> None:
    assert function_of(organ) == function


@folded(
    ("name", "function", "accountability"),
    [
        ("国家税务总局杭州市税务局", "taxation", "vertical"),
        ("杭州市国家税务局", "taxation", "vertical"),
        ("杭州海关", "customs", "vertical"),
        ("拱北海关", "customs", "vertical"),
        ("中华人民共和国浙江海事局", "maritime_safety", "vertical"),
        ("杭州市烟草专卖局", "tobacco_monopoly", "vertical"),
        ("杭州市邮政管理局", "postal_administration", "vertical"),
        ("浙江省通信管理局", "telecommunications", "vertical"),
        ("国家统计局杭州调查队", "national_survey", "vertical"),
        ("浙江调查总队", "national_survey", "vertical"),
        ("中国人民银行杭州中心支行", "central_bank", "vertical"),
        ("国家金融监督管理总局浙江监管局", "national_financial_supervision", "vertical"),
        ("浙江银监局", "national_financial_supervision", "vertical"),
        ("中国证监会浙江监管局", "securities_supervision", "vertical"),
        ("杭州市消防救援支队", "fire_rescue", "vertical"),
        ("深圳出入境边防检查总站", "immigration", "vertical"),
        ("民航华东地区管理局", "civil_aviation", "vertical"),
        ("浙江海警局", "coast_guard", "vertical"),
        ("杭州市气象局", "meteorology", "vertical"),
        ("杭州市生态环境局", "ecology_environment", "dual"),
        ("杭州市统计局", "statistics", "dual"),
        # A branch answers as its organ, and has no function of its own: it is not ranked with the organs of cities.
        ("杭州市生态环境局西湖分局", None, "dual"),
        ("杭州市公安局西湖分局", None, "local"),
        # Neighbours: the local government's own, the state's own organs, and names that only look alike.
        ("杭州市地方海事局", "transport", "local"),
        ("杭州市应急管理局", "emergency_management", "local"),
        ("杭州市地方金融监督管理局", "finance_supervision", "local"),
        ("国家税务总局", "taxation", None),
        ("国家统计局", "statistics", None),
        ("国家统计局办公室", None, None),
        ("海关总署", "customs", None),
        ("中国人民银行", "central_bank", None),
        ("上海海关学院", None, None),
        ("宁波海事法院", None, None),
        ("杭州市人民政府口岸办公室", None, None),
        ("杭州市人民政府", None, None),
    ],
)
def test_whom_a_body_answers_to(name: str, function: str | None, accountability: str | None) -> None:
    body = body_of(name, "", 2024)
    assert (body.function, body.accountability) == (function, accountability)


def test_only_departments_have_a_function() -> None:
    assert body_of("沈阳市教育局").function == "education"
    assert body_of("教育部").function == "education"
    assert body_of("沈阳市人民政府办公厅").function is None
    assert body_of("上海市普陀区桃浦镇人民政府").function is None


def test_every_name_of_a_function_is_told_with_an_ending_of_an_organ() -> None:
    for name, (function, _) in by_name().items():
        told = {function_of(name + ending) for ending in ("局", "委员会", "办公室")} | {function_of(name)}
        assert told - {None} == {function.code}, name
