"""What titles on lists are: reports in all spellings, and what only looks like one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.titles import judge
from tests.made.cases import folded

#: Title, kind, year, body.
REPORTS = [
    ("2024年政府信息公开工作年度报告", 2024, None),
    ("2024年度政府信息公开工作年度报告", 2024, None),
    ("甲市教育局2024年政府信息公开工作年度报告", 2024, "甲市教育局"),
    ("甲市教育局2024年度政府信息公开年报", 2024, "甲市教育局"),
    ("甲县人民政府信息公开年度报告（2024年度）", 2024, "甲县人民政府"),
    ("甲县人民政府办公室关于2024年政府信息公开工作年度报告", 2024, "甲县人民政府办公室"),
    ("关于2024年政府信息公开工作年度报告", 2024, None),
    ("关于2024年政府信息公开工作情况的报告", 2024, None),
    ("2009年政府信息公开工作报告", 2009, None),
    ("2009年度政务公开年度报告", 2009, None),
    ("2011年信息公开年度报告", 2011, None),
    ("二〇二四年度政府信息公开工作年度报告", 2024, None),
    ("甲市教育局二○○八年政府信息公开工作年度报告", 2008, "甲市教育局"),
    ("二０一二年政府信息公开年报", 2012, None),
    ("政府信息公开工作年度报告（2024年1月1日至12月31日）", 2024, None),
    ("政府信息公开工作年度报告（2024年1月1日—2024年12月31日）", 2024, None),
    ("2025年公布2024年度政府信息公开年报", 2024, None),
    ("甲市财政局政府信息公开工作年度报告", None, "甲市财政局"),
    ("甲市新闻出版局2016年政府信息公开年度报告", 2016, "甲市新闻出版局"),
    ("甲州人民政府新闻办公室2024年政府信息公开工作年度报告", 2024, "甲州人民政府新闻办公室"),
    ("甲区融媒体新闻中心2021年政府信息公开工作年度报告", 2021, "甲区融媒体新闻中心"),
    ("2024年政府信息公开工作年度报告（含附表）", 2024, None),
    ("2024年政府信息公开工作年度报告及附表", 2024, None),
    ("2015年政府信息公开工作年度报告（附统计表）", 2015, None),
    ("审计局2024年政府信息公开工作年度报告", 2024, "审计局"),
    ("预算绩效中心2024年政府信息公开年报", 2024, "预算绩效中心"),
    ("甲市统计局2010年政府信息公开年度报告", 2010, "甲市统计局"),
    ("甲市人民政府法制办公室2012年政府信息公开工作年度报告", 2012, "甲市人民政府法制办公室"),
    ("甲市政务公开办公室2018年政府信息公开工作年度报告", 2018, "甲市政务公开办公室"),
    ("2024年政府信息公开工作年度报告（市教育局）", 2024, "市教育局"),
    ("2024年政府信息公开工作年度报告——市教育局", 2024, "市教育局"),
    ("市教育局：2024年政府信息公开工作年度报告", 2024, "市教育局"),
    ("【市教育局】2024年政府信息公开工作年度报告", 2024, "市教育局"),
    ("2024年度市教育局政府信息公开工作年度报告", 2024, "市教育局"),
    ("2024年政府信息公开工作年度报告公示", 2024, None),
    ("08年度政府信息公开年报", 2008, None),
    ("政府信息公开工作年度报告2024", 2024, None),
    ("2014年年度报告（政府信息公开）", 2014, None),
    ("甲县国土资源局贯彻实施《政府信息公开条例》2010年度报告", 2010, "甲县国土资源局"),
    ("甲市2024年政府資訊公開工作年度報告", 2024, "甲市"),
    ("甲政办函〔2025〕5号 甲市人民政府2024年政府信息公开工作年度报告", 2024, "甲市人民政府"),
    ("2024年政府信息公开工作年度报告[2025-01-20]", 2024, None),
    ("· 2024年政府信息公开工作年度报告 2025/01/20", 2024, None),
    ("1.2024年政府信息公开工作年度报告", 2024, None),
    ("附件1：2024年政府信息公开工作年度报告", 2024, None),
    ("2024政府信息公开年报.pdf", 2024, None),
    ("市政府信息公开年报2024年", 2024, "市政府"),
    ("国家税务总局甲市税务局2024年政府信息公开工作年度报告", 2024, "国家税务总局甲市税务局"),
    ("开展政府信息公开工作情况的报告（2008年度）", 2008, None),
    ("甲镇2022年政府信息公开工作年度报告", 2022, "甲镇"),
    ("甲区乙街道办事处2022年度政府信息公开工作年度报告", 2022, "甲区乙街道办事处"),
    ("甲经济技术开发区管理委员会2023年政府信息公开年度报告", 2023, "甲经济技术开发区管理委员会"),
    ("甲市 2024 年 政 府 信 息 公 开 工 作 年 度 报 告", 2024, "甲市"),
    ("《甲市2024年政府信息公开工作年度报告》", 2024, "甲市"),
    ("甲市教育局2024年政府信息公开工作年…", 2024, "甲市教育局"),
    ("甲市人力资源和社会保障局2024年政府信息公开...", 2024, "甲市人力资源和社会保障局"),
    ("政府信息公开年度报告(2019年度)", 2019, None),
    ("2019年度政府信息公开年度报告（修订版）", 2019, None),
    ("2019年度政府信息公开年度报告（更正）", 2019, None),
    ("2018年政府信息公开工作年度报告（文字版）", 2018, None),
    ("政府信息公开年报－2017", 2017, None),
    ("2012年度政务公开、政府信息公开工作年度报告", 2012, None),
    ("甲市水利局2013年政务公开和政府信息公开工作年度报告", 2013, "甲市水利局"),
    ("政府信息公开工作2020年度报告", 2020, None),
    ("甲市图书馆2020年政府信息公开工作年度报告", 2020, "甲市图书馆"),
    ("甲市招商中心2021年政府信息公开年报", 2021, "甲市招商中心"),
    ("2023年度甲市人民政府（办公室）政府信息公开工作年度报告", 2023, "甲市人民政府(办公室)"),
    ("甲市人民政府信息公开工作年度报告（2010年3月）", 2009, "甲市人民政府"),
    ("甲市2024年政府信息公开工作年度报告（2025年1月20日发布）", 2024, "甲市"),
    ("2010年甲县公开政府信息年度报告", 2010, "甲县"),
    ("上海市2004年政府信息公开年度报告", 2004, "上海市"),
    ("全市2024年政府信息公开工作年度报告", 2024, None),
    ("我局2014年政府信息公开工作年度报告", 2014, None),
    ("关于公布2024年度政府信息公开工作年度报告", 2024, None),
    ("2024年政府信息公开工作年度总结报告", 2024, None),
    ("2014年政府信息公开工作年度报告（四川省）", 2014, "四川省"),
    ("2022年政府信息公开工作年度报告（广东省人民政府参事室（文史研究馆））", 2022, "广东省人民政府参事室(文史研究馆)"),
    ("2024年政府信息公开工作年度报告（新疆甲县）", 2024, "新疆甲县"),
    ("甲县第二中学2024年信息公开年度报告", 2024, "甲县第二中学"),
    ("甲市生态环境局2024年信息公开年度报告", 2024, "甲市生态环境局"),
    ("甲市2024年政府信息公开工作年度报告_政府信息公开年报_甲市人民政府", 2024, "甲市"),
]
OTHERS = [
    ("一图读懂2024年政府信息公开工作年度报告", "interpretation"),
    ("【图解】市教育局2024年政府信息公开工作年度报告", "interpretation"),
    ("2024年政府信息公开工作年度报告解读", "interpretation"),
    ("《甲市2024年政府信息公开工作年度报告》图文解读", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告（图解版）", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告（图文版）", "interpretation"),
    ("H5丨2024年政府信息公开年报", "interpretation"),
    ("视频：数说甲市2024年政务公开年报", "interpretation"),
    ("甲市2024年政府信息公开年报亮点速览", "interpretation"),
    ("甲市发布2024年政府信息公开工作年度报告", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告发布", "interpretation"),
    ("甲市2024年政府信息公开年报“出炉”", "interpretation"),
    ("市人大常委会听取2024年政府信息公开工作报告", "interpretation"),
    ("新闻办就政府信息公开年报答记者问", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告英文版", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告获通过", "interpretation"),
    ("甲市2024年政府信息公开工作年度报告征求意见", "notice"),
    ("甲市行政复议年度报告", "other_report"),
    ("政府信息公开工作年度报告格式", "template"),
    ("政府信息公开工作年度报告模板（2021版）", "template"),
    ("模板：2024年政府信息公开工作年度报告", "template"),
    ("政府信息公开工作年度报告参考文本", "template"),
    ("2024年政府信息公开工作年度报告填报说明", "template"),
    ("政府信息公开年度报告范本", "template"),
    ("政府信息公开情况统计表样表", "template"),
    ("关于发布2024年政府信息公开工作年度报告的公告", "notice"),
    ("关于做好2024年政府信息公开工作年度报告编制工作的通知", "notice"),
    ("关于进一步做好2024年政府信息公开年报工作的通知", "notice"),
    ("甲市人民政府办公室关于报送2024年政府信息公开工作年度报告的通知", "notice"),
    ("关于印发政府信息公开工作年度报告格式的通知", "notice"),
    ("关于编制2024年政府信息公开工作年度报告的函", "notice"),
    ("关于编制2024年政府信息公开年报", "notice"),
    ("关于2024年政府信息公开工作年度报告发布情况的通报", "notice"),
    ("2024年政府信息公开工作年度报告社会评议结果公示", "notice"),
    ("2024年度政府信息公开工作年度报告评估结果", "notice"),
    ("2024年政府信息公开工作年度报告编制说明", "notice"),
    ("甲县召开2024年政府信息公开年报编制培训会议", "notice"),
    ("2024年政府信息公开考核结果公示", "notice"),
    ("2024年政府信息公开工作年度报告附表", "summary_table"),
    ("附件：政府信息公开情况统计表", "summary_table"),
    ("2016年度政府信息公开情况统计表", "summary_table"),
    ("2016年政府信息公开年报统计表.xls", "summary_table"),
    ("附表：2014年政府信息公开年度报告", "summary_table"),
    ("2024年度法治政府建设年度报告", "other_report"),
    ("甲市教育局2024年法治政府建设情况报告", "other_report"),
    ("政府网站工作年度报表（2024年度）", "other_report"),
    ("甲市人民政府网站2024年度工作报表", "other_report"),
    ("2024年部门决算", "other_report"),
    ("甲市教育局2025年部门预算公开", "other_report"),
    ("政府信息公开指南", "other_report"),
    ("政府信息公开目录", "other_report"),
    ("政府信息公开制度", "other_report"),
    ("2024年政务公开工作要点", "other_report"),
    ("甲市2024年政务公开工作要点", "other_report"),
    ("2024年市政府工作报告", "other_report"),
    ("甲市2024年国民经济和社会发展统计公报", "other_report"),
    ("2024年上半年政府信息公开工作报告", "other_report"),
    ("2020年第一季度政府信息公开工作报告", "other_report"),
    ("甲大学2023-2024学年信息公开工作报告", "other_report"),
    ("甲局2024年度党务公开报告", "other_report"),
    ("2024年建议提案办理情况", "other_report"),
    ("2024年度重大行政决策事项目录", "other_report"),
    ("2024年甲市双公示工作年度报告", "other_report"),
    ("甲中心事业单位法人年度报告书（2023年度）", "other_report"),
    ("甲公司2023年企业年报", "other_report"),
    ("依申请公开", "other_report"),
    ("甲市依申请公开工作年度报告", "other_report"),
    ("甲市企业环境信息公开年度报告", "other_report"),
    ("2024年工作总结", "other_report"),
    ("甲局2012年政府信息公开工作总结", "other_report"),
    ("政府信息公开年度报告制度", "other_report"),
    ("甲局政府信息公开保密审查办法", "other_report"),
    ("2024年", "year_folder"),
    ("2020年度", "year_folder"),
    ("2018", "year_folder"),
    ("2024年市政府部门政府信息公开工作年度报告", "year_folder"),
    ("2023年各区县政府信息公开年报", "year_folder"),
    ("2022年度各乡镇（街道）政府信息公开工作年度报告", "year_folder"),
    ("2021年政府信息公开年报汇总", "year_folder"),
    ("政府信息公开年报", "column"),
    ("政府信息公开工作年度报告", "column"),
    ("信息公开年报", "column"),
    ("年度报告", "column"),
    ("年报", "column"),
    ("历年年报", "column"),
    ("政府信息公开年报 >>", "column"),
    ("市政府部门政府信息公开年报", "column"),
    ("甲市财政局政府信息公开年报", "column"),
    ("政府信息公开年报专栏", "column"),
    ("2024年度报告", "nothing"),
    ("甲市教育局2024年", "nothing"),
    ("网站地图", "nothing"),
    ("首页", "nothing"),
    ("联系我们", "nothing"),
    ("甲市召开2024年春季植树动员会", "nothing"),
    ("政策解读", "nothing"),
    ("新闻发布会", "nothing"),
    ("", "nothing"),
    ("2025年1月20日", "nothing"),
    ("甲市公开招聘2024年事业单位工作人员", "nothing"),
    ("信息公开", "nothing"),
    ("政府信息公开", "nothing"),
    ("政务公开", "nothing"),
]


def test_there_are_enough_of_both() -> None:
    assert len(REPORTS) + len(OTHERS) >= 150
    assert len(OTHERS) >= 75


@folded(("title", "year", "body"), REPORTS)
def test_reports(title: str, year: int | None, body: str | None) -> None:
    told = judge(title)
    assert (told.kind, told.report_year, told.body_name) == ("report", year, body), told.reason


@folded(("title", "kind"), OTHERS)
def test_what_is_no_report(title: str, kind: str) -> None:
    told = judge(title)
    assert told.kind == kind, told.reason


@folded(
    ("title", "kind", "year", "body"),
    [
        ("2024年度报告", "report", 2024, None),
        ("2024年年报", "report", 2024, None),
        ("2024年度工作报告", "report", 2024, None),
        ("市教育局2024年", "report", 2024, "市教育局"),
        ("甲镇 2023年度", "report", 2023, "甲镇"),
        ("市教育局2024年度报告", "report", 2024, "市教育局"),
        ("甲市教育局2024年政府信…", "report", 2024, "甲市教育局"),
        ("市水利局2020年度政府信息公开", "report", 2020, "市水利局"),
        ("2024年", "year_folder", 2024, None),
        ("2023年市直部门", "year_folder", 2023, "市直部门"),
        ("各乡镇", "column", None, "各乡镇"),
        ("2024年部门决算", "other_report", 2024, None),
        ("2024年法治政府建设年度报告", "other_report", 2024, None),
        ("政府网站工作年度报表（2024年度）", "other_report", 2024, None),
        ("政府信息公开指南", "other_report", None, None),
        ("首页", "nothing", None, None),
        ("甲市召开2024年春季植树动员会", "nothing", 2024, None),
        ("政府信息公开年报", "column", None, None),
    ],
)
def test_in_a_column_of_reports_less_is_enough(title: str, kind: str, year: int | None, body: str | None) -> None:
    told = judge(title, in_column=True)
    assert (told.kind, told.report_year, told.body_name) == (kind, year, body), told.reason


@pytest.mark.parametrize(
    ("published_on", "kind", "year"),
    [
        (date(2025, 1, 20), "report", 2024),
        (date(2025, 6, 30), "report", 2024),
        (date(2025, 7, 1), "report", None),
        (None, "column", None),
    ],
)
def test_the_date_tells_the_year_where_the_title_does_not(
    published_on: date | None, kind: str, year: int | None
) -> None:
    told = judge("政府信息公开工作年度报告", published_on)
    assert (told.kind, told.report_year) == (kind, year)


def test_the_reason_says_that_the_date_told_the_year() -> None:
    assert "2025-01-20" in judge("甲局政府信息公开工作年度报告", date(2025, 1, 20)).reason


def test_the_titles_year_outweighs_the_date() -> None:
    assert judge("甲局2019年政府信息公开工作年度报告", date(2021, 11, 2)).report_year == 2019


@given(st.text(max_size=400), st.none() | st.dates(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_title_raises(title: str, published_on: date | None, in_column: bool) -> None:
    told = judge(title, published_on, in_column=in_column)
    assert told.report_year is None or 2004 <= told.report_year <= 9999


PIECES = st.sampled_from(
    [
        "2024",
        "年",
        "年度",
        "政府",
        "信息",
        "公开",
        "报告",
        "年报",
        "甲市",
        "局",
        "关于",
        "的",
        "通知",
        "（",
        "）",
        "…",
        "1月1日",
    ]
)


@given(st.lists(PIECES, max_size=120), st.booleans())
@settings(max_examples=300, deadline=1000)
def test_titles_of_the_same_words_are_judged_quickly(pieces: list[str], in_column: bool) -> None:
    assert judge("".join(pieces), in_column=in_column).reason
