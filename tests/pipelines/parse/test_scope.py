"""Sentences of reports and whom they speak for. The wording is made after real reports; names and numbers are invented."""

from __future__ import annotations

from pipelines.bodies.naming import body_of
from pipelines.parse.scope import scope_of
from tests.made.cases import folded

CITY, OFFICE, BUREAU, COUNTY, TOWN = (
    "杭州市人民政府",
    "杭州市人民政府办公厅",
    "杭州市公安局",
    "沭阳县人民政府",
    "沭阳县高墟镇人民政府",
)

SAID = [
    # --- the whole territory
    (CITY, "全市各级行政机关共收到政府信息公开申请1200件，办结1180件。", "territory"),
    (CITY, "2023年，全市共受理政府信息公开申请1200件。", "territory"),
    (CITY, "全市全年新收政府信息公开申请370件，其中自然人323件。", "territory"),
    (CITY, "依申请公开方面，全市新收政府信息公开申请409件。", "territory"),
    (CITY, "全市各级行政机关共收到申请1200件政府信息公开申请，其中市本级300件，各县（市、区）900件。", "territory"),
    (CITY, "本市各级行政机关共收到政府信息公开申请98件。", "territory"),
    (CITY, "各区县、各部门共收到政府信息公开申请641件，均按期答复。", "territory"),
    (CITY, "全市政府系统办理依申请公开512件。", "territory"),
    (CITY, "市、县两级行政机关全年收到政府信息公开申请77件。", "territory"),
    (CITY, "本行政区域内各级行政机关收到信息公开申请300件。", "territory"),
    (CITY, "全市未收到政府信息公开申请。", "territory"),
    (COUNTY, "全县各乡镇、各部门共收到政府信息公开申请45件。", "territory"),
    (COUNTY, "2022年全县新收政府信息公开申请45件，上年结转2件。", "territory"),
    (CITY, "本报告由市政府办公厅汇总各县（市、区）、市政府各部门政府信息公开工作情况编制而成。", "territory"),
    (CITY, "本报告综合各区（县）政府和市级机关的年度报告编制而成。", "territory"),
    (CITY, "报告中所列数据包括全市各级行政机关的数据。", "territory"),
    (CITY, "统计范围为全市各级行政机关及法律、法规授权的具有管理公共事务职能的组织。", "territory"),
    (BUREAU, "全市公安机关共受理政府信息公开申请464件。", "territory"),
    (BUREAU, "全市公安系统共收到政府信息公开申请464件，其中市局本级120件。", "territory"),
    (OFFICE, "全市各级行政机关共收到政府信息公开申请1200件。", "territory"),
    (CITY, "一年来，全市各级各部门共收到政府信息公开申请210件。", "territory"),
    (CITY, "全省新收政府信息公开申请14069件。", "territory"),
    (CITY, "我市各级行政机关2021年共收到政府信息公开申请350件。", "territory"),
    (CITY, "全区共受理信息公开申请35宗，答复35宗。", "territory"),
    # --- the level's own organs
    (CITY, "市政府及其部门共收到政府信息公开申请300件。", "own_level"),
    (CITY, "市本级共受理政府信息公开申请88件，均在法定期限内答复。", "own_level"),
    (CITY, "市级行政机关全年收到政府信息公开申请260件。", "own_level"),
    (CITY, "市直各部门共收到政府信息公开申请190件。", "own_level"),
    (CITY, "统计范围为市政府及其工作部门，不含各县（市、区）。", "own_level"),
    (CITY, "本报告数据为市本级数据。", "own_level"),
    (CITY, "本级政府及其部门新收政府信息公开申请61件。", "own_level"),
    (COUNTY, "县政府各部门共收到政府信息公开申请33件。", "own_level"),
    (COUNTY, "以上数据不包括各乡镇、街道。", "own_level"),
    (CITY, "省级行政机关共办理政府信息公开申请1046件。", "own_level"),
    # --- one organ
    (BUREAU, "本机关全年收到政府信息公开申请20件。", "organ"),
    (BUREAU, "本机关在全市范围内组织培训3次，全年收到政府信息公开申请20件。", "organ"),
    (BUREAU, "我局共收到信息公开申请22起，答复22起。", "organ"),
    (BUREAU, "2023年度，市公安局收到政府信息公开申请464件，结转上年度3件。", "organ"),
    (BUREAU, "本年度未收到公民、法人或者其他组织向本机关提出的政府信息公开申请。", "organ"),
    (BUREAU, "局机关受理依申请公开6件。", "organ"),
    (BUREAU, "区公安分局依申请公开受理和办结6件。", "organ"),
    (OFFICE, "市政府办公厅全年收到政府信息公开申请41件。", "organ"),
    (CITY, "市政府办公厅收到政府信息公开申请41件，均按期答复。", "organ"),
    (CITY, "市政府收到政府信息公开申请41件。", "organ"),
    (CITY, "本报告统计范围仅为市政府办公厅。", "organ"),
    (TOWN, "我镇未收到政府信息公开申请。", "organ"),
    (TOWN, "镇政府共收到政府信息公开申请2件。", "organ"),
    (BUREAU, "我委全年办理政府信息公开申请9件。", "organ"),
    # --- said by nothing but what kind of body it is
    (BUREAU, "全年收到政府信息公开申请464件，结转上年度3件。", "organ"),
    (BUREAU, "在全市范围内组织培训3次。", "organ"),
    (BUREAU, "全年主动公开信息2240条，全市公安机关民警参加培训300人次。", "organ"),
    (TOWN, "全年收到政府信息公开申请1件。", "organ"),
    # --- not said
    (CITY, "全年收到政府信息公开申请1200件。", "not_stated"),
    (CITY, "在全市范围内组织培训3次，全年收到政府信息公开申请1200件。", "not_stated"),
    (CITY, "在全市通报了3次检查结果，共收到政府信息公开申请1200件。", "not_stated"),
    (CITY, "全市政务公开工作会议召开2次。收到政府信息公开申请5件。", "not_stated"),
    (CITY, "全市各级行政机关主动公开政府信息3万条。", "not_stated"),
    (CITY, "本机关设有公开专栏，如对本报告有疑问请与本机关联系。", "not_stated"),
    (CITY, "全市受理行政审批申请98765件。", "not_stated"),
    (CITY, "本报告包括总体情况等六个部分，各县（市、区）可参照。", "not_stated"),
    (CITY, "本报告中所列数据的统计期限自2022年1月1日起至12月31日止。", "not_stated"),
    (OFFICE, "全年收到政府信息公开申请41件。", "not_stated"),
    (CITY, "市政府办公厅指导各县（市、区）办理政府信息公开申请35件。", "not_stated"),
    (CITY, "全市共有政府信息公开申请受理点35个。", "not_stated"),
]


@folded(("body", "sentence", "scope"), SAID)
def test_whom_a_sentence_speaks_for(body: str, sentence: str, scope: str) -> None:
    assert scope_of(sentence, body_of(body, year=2023)).code == scope


def test_of_several_counts_that_of_the_table_decides() -> None:
    text = "全市各级行政机关共收到政府信息公开申请1200件。市政府办公厅收到政府信息公开申请41件。"
    body = body_of(CITY, year=2023)
    assert scope_of(text, body, {1200, 1210}).code == "territory"
    assert scope_of(text, body, {41}).code == "organ"
    assert scope_of(text, body).code == "not_stated"


def test_what_told_the_scope_is_kept() -> None:
    said = scope_of("一、总体情况\n我局共收到信息公开申请22起，答复22起。", body_of(BUREAU, year=2023))
    assert (said.told_by, said.sentence) == ("count", "我局共收到信息公开申请22起，答复22起")
    by_kind = scope_of("全年收到政府信息公开申请22件。", body_of(BUREAU, year=2023))
    assert (by_kind.code, by_kind.told_by, by_kind.sentence) == ("organ", "body_kind", None)
