"""Sentences of reports and whom they speak for. The wording is made after real reports; names and numbers are invented."""

from __future__ import annotations

from pipelines.bodies.naming import body_of
from pipelines.parse.scope import scope_of
from tests.made.cases import folded

PROV, PROV_OFFICE = "浙江省人民政府", "浙江省人民政府办公厅"
COUNTY_OFFICE, COUNTY_BUREAU = "沭阳县人民政府办公室", "沭阳县自然资源和规划局"
DISTRICT, STREET, HOUSING = (
    "上海市黄浦区人民政府",
    "上海市黄浦区人民政府南京东路街道办事处",
    "杭州市住房保障和房产管理局",
)
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
    # --- written without knowing the rules, and neighbours of the rules that they led to
    (PROV, "2022年，全省各级行政机关新收政府信息公开申请48210件，同比增长6.2%。", "territory"),
    (PROV, "全省共办理依申请公开31200件，其中省政府本级412件。", "territory"),
    (PROV, "本年度报告中的数据由11个设区市和42个省级部门报送汇总而成。", "territory"),
    (PROV, "省政府办公厅共收到政府信息公开申请533件，已全部办结。", "organ"),
    (PROV, "省政府及省级各部门2016年共受理政府信息公开申请2210件。", "own_level"),
    (PROV_OFFICE, "全省累计受理公民、法人和其他组织提出的政府信息公开申请20133件。", "territory"),
    (PROV_OFFICE, "本厅全年共收到依申请公开件533件。", "organ"),
    (PROV, "全省培训政务公开工作人员2.3万人次，通报不规范答复案例12件。", "not_stated"),
    (CITY, "全年全市收到依申请公开事项814宗，较上年减少3.1%。", "territory"),
    (CITY, "市、区（县）两级政府及部门共答复政府信息公开申请2044件。", "territory"),
    (CITY, "我市各级政府及其部门共接收信息公开申请1320份，均已按时答复。", "territory"),
    (CITY, "本报告数据涵盖市政府各部门、各区县（市）人民政府及其所属乡镇（街道）。", "territory"),
    (CITY, "本报告所列数据不含区县（市），仅统计市政府本级和市政府各组成部门。", "own_level"),
    (CITY, "市本级新收申请126件，结转上年4件，办结128件。", "own_level"),
    (CITY, "市级各单位共收到依申请公开申请702件，其中市公安局收到88件。", "own_level"),
    (CITY, "市政府门户网站全年发布信息12万条，全市共发布政务微信3.4万条。", "not_stated"),
    (CITY, "全年收到政府信息公开申请219件，其中通过全市统一申请平台提交187件。", "not_stated"),
    (CITY, "对全市86家单位的政务公开情况进行考核，全年共收到政府信息公开申请219件。", "not_stated"),
    (CITY, "全市12345热线受理群众诉求申请32万件。", "not_stated"),
    (OFFICE, "我办全年共受理政府信息公开申请63件，未发生行政复议。", "organ"),
    (OFFICE, "办公厅机关收到申请37件，代市政府办理申请52件。", "organ"),
    (COUNTY, "全县共收到政府信息公开申请58件，其中当面申请3件、网络申请41件、信函申请14件。", "territory"),
    (COUNTY, "各乡镇（街道）、县直各单位共受理依申请公开件58件。", "territory"),
    (COUNTY, "县本级共受理依申请公开29件，乡镇共受理29件。", "territory"),
    (COUNTY, "2021年，全县行政机关没有收到政府信息公开申请。", "territory"),
    (COUNTY, "县政府办公室收到公民申请12件，均已答复。", "organ"),
    (COUNTY_OFFICE, "本办公室2020年度未收到依申请公开政府信息的申请。", "organ"),
    (DISTRICT, "我区共收到政府信息公开申请1102件，其中区政府受理320件，各部门、街道受理782件。", "territory"),
    (DISTRICT, "区政府本级受理申请320件。", "organ"),
    (DISTRICT, "本区全年新增政府信息公开申请1102件。", "territory"),
    (DISTRICT, "加强对全区各单位依申请公开工作的指导，组织旁听庭审2场，解答疑难申请15件。", "not_stated"),
    (HOUSING, "市房管局系统（含局属单位）共收到政府信息公开申请95件。", "own_level"),
    (HOUSING, "全年共收到依申请公开政府信息88件，其中涉及全市老旧小区改造的23件。", "organ"),
    (HOUSING, "我局主动公开信息1420条，全市受理房屋租赁备案申请5600件。", "organ"),
    (COUNTY_BUREAU, "全县自然资源系统全年收到信息公开申请47件。", "territory"),
    (COUNTY_BUREAU, "截至12月31日，县自然资源和规划局共收到政府信息公开申请47件，结转下年2件。", "organ"),
    (TOWN, "全镇未收到要求公开政府信息的申请。", "organ"),
    (TOWN, "2023年，高墟镇共收到政府信息公开申请4件，均在规定期限内办结。", "organ"),
    (STREET, "街道办事处全年受理政府信息公开申请9件，其中部分公开2件。", "organ"),
    (STREET, "在全区率先开展政务公开进社区活动，本街道受理信息公开申请9件。", "organ"),
    (CITY, "全市推进行政审批改革，受理申请98765件。", "not_stated"),
    (CITY, "全市收到行政复议申请1200件。", "not_stated"),
    (CITY, "全市受理申请政府补贴5600件。", "not_stated"),
    (COUNTY, "各县直单位共收到政府信息公开申请33件。", "own_level"),
    (CITY, "我市公安机关全年开展培训12次，收到政府信息公开申请35件。", "not_stated"),
    (COUNTY, "县直各部门和各乡镇（街道）共收到政府信息公开申请58件。", "territory"),
    (COUNTY, "全县收到政府信息公开申请58件，县本级29件，乡镇29件。", "territory"),
    (CITY, "市本级共收到政府信息公开申请120件，其中市直部门96件。", "own_level"),
    (HOUSING, "局机关及所属单位共收到政府信息公开申请12件。", "own_level"),
    (HOUSING, "我局系统共收到政府信息公开申请12件。", "not_stated"),
    (HOUSING, "全市住建系统开展培训5次，我局收到政府信息公开申请12件。", "organ"),
    (CITY, "对11个区县开展检查，全年收到政府信息公开申请12件。", "not_stated"),
    (CITY, "指导各县（市、区）规范答复，共收到申请21件。", "not_stated"),
    (CITY, "我市在全省考核中名列前茅，全年收到政府信息公开申请12件。", "not_stated"),
    (CITY, "2024年度，全市政府信息公开申请新收1830件，办结1795件。", "territory"),
    (CITY, "市政府各部门、各区县（市）政府受理依申请公开1830件。", "territory"),
    (CITY, "统计数据由市政府办公厅及市政府各部门提供。", "own_level"),
    (CITY, "本报告统计数据包括市政府及所属部门、各区、县（市）政府和乡镇街道。", "territory"),
    (CITY, "全市行政机关共收到信息公开申请1830件，同比上升5%，其中市政府收到96件。", "territory"),
    (CITY, "全年，全市依申请公开共受理1830件。", "territory"),
    (CITY, "2023年，市政府共收到政府信息公开申请96件，市政府各部门收到480件，各区县收到1254件。", "territory"),
    (CITY, "本年度市本级和各县区共受理政府信息公开申请1830件。", "territory"),
    (PROV, "全省各级行政机关受理政府信息公开申请4.8万件。", "territory"),
    (PROV, "省政府本级及省直部门共收到政府信息公开申请3021件。", "own_level"),
    (PROV, "各市、县（市、区）和省级各部门共收到政府信息公开申请48210件。", "territory"),
    (PROV, "自治区本级受理政府信息公开申请310件。", "own_level"),
    (COUNTY, "全县18个乡镇、32个县直部门共受理依申请公开58件。", "territory"),
    (COUNTY, "县政府信息公开办公室共受理申请12件。", "organ"),
    (COUNTY, "2020年全县各级行政机关未收到政府信息公开申请。", "territory"),
    (COUNTY, "召开全县政务公开培训会2次，我县共收到政府信息公开申请58件。", "territory"),
    (DISTRICT, "区级机关及各街道镇共收到政府信息公开申请1102件。", "territory"),
    (DISTRICT, "区政府办公室收到政府信息公开申请320件，区政府各部门收到782件。", "own_level"),
    (OFFICE, "办公厅受理向市政府提出的政府信息公开申请96件。", "organ"),
    (OFFICE, "市政府办公厅本级收到政府信息公开申请96件。", "organ"),
    (HOUSING, "全局共收到政府信息公开申请88件。", "organ"),
    (HOUSING, "市局机关收到政府信息公开申请66件，各区分局收到154件。", "territory"),
    (HOUSING, "全系统共收到政府信息公开申请220件。", "not_stated"),
    (HOUSING, "市县两级住建部门共收到政府信息公开申请220件。", "territory"),
    (COUNTY_BUREAU, "我局收到县政府转来的政府信息公开申请4件。", "organ"),
    (TOWN, "全镇各村、各部门共收到政府信息公开申请1件。", "organ"),
    (TOWN, "2022年我镇收到区级转办的政府信息公开申请2件。", "organ"),
    (STREET, "办事处未收到政府信息公开申请。", "organ"),
    (CITY, "全市共收到政府信息公开申请1200件，开展培训会30次，市政府办公厅主动公开信息500件。", "territory"),
    (CITY, "市政府办公厅收到政府信息公开申请41件，全市受理行政审批申请9800件。", "organ"),
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


def test_the_parts_of_a_count_are_the_territory_unless_the_table_counts_one_part() -> None:
    text, body = "县本级共受理依申请公开29件，乡镇共受理31件。", body_of(COUNTY, year=2023)
    assert scope_of(text, body, {60}).code == "territory"
    assert scope_of(text, body, {29}).code == "own_level"


def test_a_rounded_count_is_no_total_of_the_table() -> None:
    body = body_of(PROV, year=2023)
    assert scope_of("全省受理政府信息公开申请4.8万件。省政府办公厅受理政府信息公开申请4件。", body, {4}).code == "organ"


def test_a_sentence_that_is_broken_over_lines_is_one() -> None:
    text = "（二）依申请公开。全区各级行政机关新收政府信息公开申请 95\n件，其中自然人 95 件、商业企业 0 件。"
    assert scope_of(text, body_of(COUNTY, year=2024)).code == "territory"


def test_a_heading_is_no_part_of_the_line_below() -> None:
    text = "一、总体情况\n全年收到政府信息公开申请12件。"
    assert scope_of(text, body_of(COUNTY, year=2024)).code == "not_stated"
