"""What sentences state, in the words that officials use and their variations: indicator, value, unit, part, scope.

The sentences are made from the official vocabulary; each variation changes word order, unit, qualifier or number form.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.report import Figure, Section
from tests.made.cases import folded


def read(text: str, number: int = 1) -> list[Figure]:
    return figures([Section(number, None, text)])


def told(text: str) -> list[tuple[str | None, object, str]]:
    return [(f.indicator, f.value, f.unit) for f in read(text)]


@folded(
    ("indicator", "variations"),
    [
        (
            "portal_items",
            ["通过政府门户网站公开政府信息{}条", "在政府网站发布各类信息{}余条", "门户网站全年更新信息{}条"],
        ),
        ("wechat_items", ["微信公众号发布信息{}条", "政务微信推送消息{}篇", "公众号编发推文{}条"]),
        ("weibo_items", ["政务微博发布信息{}条", "官方微博推送信息{}余条"]),
        (
            "press_conferences",
            ["召开新闻发布会{}场", "全年举办新闻发布会{}次", "组织{}场新闻发布会", "举行新闻通气会{}场"],
        ),
        ("policy_interpretations", ["发布政策解读{}篇", "制作政策解读材料{}件", "全年共发布解读{}条"]),
        ("gazette_issues", ["编印《某市人民政府公报》{}期", "全年出版政府公报{}期"]),
        ("regulations_disclosed", ["主动公开政府规章{}件", "公开规章{}部"]),
        ("normative_documents_disclosed", ["公开行政规范性文件{}件", "制发规范性文件{}件"]),
        ("requests_received", ["受理政府信息公开申请{}件", "共收到依申请公开{}件", "全年收到{}件政府信息公开申请"]),
        ("requests_answered", ["答复政府信息公开申请{}件", "办结依申请公开{}件"]),
        ("requests_carried_out", ["结转下年度继续办理{}件", "{}件结转下一年度办理"]),
        ("requests_carried_in", ["上年度结转{}件", "上年结转申请{}件"]),
        ("reconsiderations", ["因政府信息公开被申请行政复议{}件", "发生行政复议案件{}起"]),
        ("litigations", ["被提起行政诉讼{}件", "行政诉讼案件{}起"]),
        ("new_media_accounts", ["全市现有政务新媒体账号{}个", "在运维政务新媒体共计{}个"]),
        ("websites_inspected", ["对{}家政府网站开展检查", "全年抽查政府网站{}家"]),
        ("training_sessions", ["举办政务公开培训班{}期", "组织业务培训{}次", "开展{}场专题培训"]),
        ("training_participants", ["培训工作人员{}人次", "参加培训{}余人次"]),
        ("consultations", ["开展意见征集{}次", "网上征求意见{}次"]),
        ("topic_columns", ["开设专题专栏{}个", "新设{}个专栏"]),
        ("processing_fees_collected_yuan", ["收取信息处理费{}元", "共收取政府信息公开信息处理费{}元"]),
        ("proposals_handled", ["办理建议提案{}件", "公开建议提案答复{}件"]),
    ],
)
def test_phrasings_of_an_indicator(indicator: str, variations: list[str]) -> None:
    for variation in variations:
        for form, value in (("37", 37), ("1,204", 1204), ("三十七", 37), ("２５", 25)):
            (figure,) = read(f"全年{variation.format(form)}。".replace("全年全年", "全年"))
            assert (figure.indicator, figure.value) == (indicator, value), variation.format(form)


@pytest.mark.parametrize(
    ("indicator", "text", "value", "unit"),
    [
        ("document_disclosure_rate_pct", "公文主动公开率达92.5%。", Decimal("92.5"), "%"),
        ("satisfaction_pct", "群众满意度为百分之九十八。", 98, "%"),
        ("assessment_weight_pct", "政务公开占绩效考核的4%。", 4, "%"),
        ("platform_online_rate_pct", "可网办率达到九成。", 90, "%"),
        ("wechat_followers", "微信公众号粉丝突破20万。", 200_000, ""),
        ("platform_visits", "一体化政务服务平台访问量超过300万人次。", 3_000_000, "人次"),
    ],
)
def test_rates_and_audiences(indicator: str, text: str, value: object, unit: str) -> None:
    assert told(text) == [(indicator, value, unit)]


def test_one_statement_gives_a_whole_and_its_part() -> None:
    whole, part = read("以市政府名义印发31件并对其中12件进行了图文解读。")
    assert (whole.indicator, whole.value) == ("documents_government", 31)
    assert (part.indicator, part.value, part.part_of) == ("documents_government_interpreted", 12, 0)


def test_a_list_of_results_is_of_the_proceeding_named_last() -> None:
    text = "行政复议20件，其中维持12件，纠正5件，其他结果3件；行政诉讼9件，其中维持7件，纠正2件。"
    found = read(text)
    assert [(f.indicator, f.value) for f in found] == [
        ("reconsiderations", 20),
        ("reconsiderations_upheld", 12),
        ("reconsiderations_corrected", 5),
        ("reconsiderations_other", 3),
        ("litigations", 9),
        ("litigations_upheld", 7),
        ("litigations_corrected", 2),
    ]
    assert [f.part_of for f in found] == [None, 0, 0, 0, None, 4, 4]


def test_a_number_in_brackets_is_part_of_the_one_before() -> None:
    whole, part = read("平台归并了420（市级60）个部门的服务入口。")
    assert (whole.indicator, part.indicator, part.part_of) == ("platform_departments", "platform_departments_city", 0)


def test_shares_say_of_what() -> None:
    amount, share = read("不予公开30件，占6.5%。")
    assert (share.aspect, share.indicator, share.value, share.part_of) == (
        "share",
        amount.indicator,
        Decimal("6.5"),
        0,
    )
    bracket = read("予以公开300件（60%）。")[1]
    assert (bracket.aspect, bracket.indicator, bracket.part_of) == ("share", "requests_granted", 0)


@pytest.mark.parametrize(
    ("text", "kind", "base", "value"),
    [
        ("收到申请120件，同比增长29%。", "increase", "previous_year", 29),
        ("收到申请120件，较上年下降12.3%。", "decrease", "previous_year", Decimal("12.3")),
        ("收到申请120件，比2018年增加15件。", "increase", "other_year", 15),
        ("收到申请120件，环比减少两成。", "decrease", "previous_period", None),
    ],
)
def test_changes(text: str, kind: str, base: str, value: object) -> None:
    amount, *changes = read(text)
    assert amount.aspect == "amount"
    for change in changes:
        assert change.change is not None
        assert (change.aspect, change.change.kind, change.change.base) == ("change", kind, base)
        assert (change.indicator, change.value, change.part_of) == ("requests_received", value, 0)
    assert len(changes) == (value is not None)


def test_percentage_points_are_the_change_of_a_rate() -> None:
    rate, change = read("群众满意度98%，较上年提高2.5个百分点。")
    assert (rate.aspect, rate.indicator, rate.value) == ("amount", "satisfaction_pct", 98)
    assert (change.aspect, change.indicator, change.value) == ("change", "satisfaction_pct", Decimal("2.5"))


def test_what_rose_to_a_number_is_no_change() -> None:
    (figure,) = read("公文主动公开率由上年提高至95%。")
    assert (figure.aspect, figure.indicator) == ("share", "document_disclosure_rate_pct")
    (amount,) = read("微信公众号粉丝由上年提升到5000人。")
    assert (amount.aspect, amount.indicator) == ("amount", "wechat_followers")


def test_ranks_are_told_from_amounts() -> None:
    rank, change = read("门户网站在全国评估中列第8名，比2018年排名提高3位。")
    assert (rank.aspect, rank.indicator, rank.value) == ("rank", "website_rank", 8)
    assert (change.aspect, change.indicator, change.value) == ("change", "website_rank", 3)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全市共受理政府信息公开申请50件。", "territory"),
        ("各部门发布信息50条。", "territory"),
        ("市本级公开政府信息50条。", "own_level"),
        ("本机关收到政府信息公开申请50件。", "organ"),
        ("我局公开政府信息50条。", "organ"),
        ("收到政府信息公开申请50件。", "not_stated"),
    ],
)
def test_whom_a_figure_speaks_for(text: str, scope: str) -> None:
    assert read(text)[0].scope == scope


def test_cumulative_counts_where_no_other_word_stands_at_the_number() -> None:
    one, two = read("累计发布信息500条，累计培训600余人次。")
    assert (one.qualifier, two.qualifier) == ("累计", "余")


def test_regulations_and_other_documents_in_force_are_two() -> None:
    found = told("全市年末现行有效的规章43件、行政规范性文件220件。")
    assert found == [("regulations_in_force", 43, "件"), ("normative_documents_in_force", 220, "件")]


def test_talks_about_requests_are_no_requests() -> None:
    assert told("承办人在答复前与申请人见面49次。")[0][0] not in ("requests_answered", "requests_received")


def test_the_number_of_a_row_is_no_quantity() -> None:
    assert [value for _, value, _ in told("（四）无法提供 1.本机关不掌握相关政府信息 31 0 0 0 0 0 31")] == []


def test_what_the_dictionary_does_not_know_is_kept() -> None:
    (figure,) = read("为老人理发37件次。")
    assert (figure.indicator, figure.value, figure.unit, figure.normalised_value) == (None, 37, "件次", None)
    assert "理发" in figure.subject


@pytest.mark.parametrize(
    "text", ["在20个工作日内答复。", "三项重点任务。", "705 3 0 0 5 0 713", "参照2019模式办理。", ""]
)
def test_no_statement(text: str) -> None:
    assert told(text) == []


def test_the_preamble_counts_only_where_there_is_nothing_else() -> None:
    preamble = Section(0, None, "门户网站公开政府信息9条。")
    assert [f.value for f in figures([preamble])] == [9]
    assert figures([preamble, Section(1, None, "无。")]) == []


def test_evidence_of_a_number_that_a_line_divides() -> None:
    text = "全年受理政府信息公开申请 3\n119 件，答复 3 050件。"
    one, two = read(text)
    assert (one.value, two.value) == (3119, 3050)
    assert text[one.number.start : one.number.end] == one.raw == "3\n119 件"
    assert text[two.number.start : two.number.end] == two.raw == "3 050件"
    assert text[one.sentence.start : one.sentence.end] == one.sentence_text == text


@pytest.mark.parametrize(
    "text",
    [
        "（" * 20_000 + "5件",
        "1，" * 10_000,
        "9" * 100_000 + "条",
        "a" * 100_000 + "5条",
        "《" * 20_000 + "3件》",
        "其中" * 10_000 + "3件",
        "公开" * 30_000 + "5条",
        "市和" * 3_000 + "5件",
        "各市县区镇乡、" * 1_000 + "收到5件",
    ],
    ids=["brackets", "ones", "digits", "letters", "titles", "parts", "verbs", "places", "owners"],
)
def test_an_endless_text_is_read_in_one_go(text: str) -> None:
    """Nothing grows with the square of a text's length: with that, each of these would take minutes."""
    assert all(f.raw and f.value < 10**15 for f in read(text))


def test_an_endless_sentence_is_cut() -> None:
    found = read("公开信息1条，" * 1000)
    assert [f.value for f in found] == [1] * 1000
    assert max(f.sentence.end - f.sentence.start for f in found) <= 800
