"""Numbers in Chinese prose: what is one, its value, measure word and qualifier; and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.narrative.numerals import Numeral, numerals
from pipelines.parse.narrative.prose import prose
from pipelines.parse.report import Section
from tests.made.cases import folded


def read(text: str) -> list[Numeral]:
    return numerals(prose(Section(1, None, text)))


@folded(
    ("text", "value", "unit", "qualifier"),
    [
        ("公开信息15366条", 15366, "条", ""),
        ("公开信息15,366条", 15366, "条", ""),
        ("公开信息15，366条", 15366, "条", ""),
        ("公开信息１５３６６条", 15366, "条", ""),
        ("公开信息67.45万条", 674500, "条", ""),
        ("公开信息18万余条", 180000, "条", "余"),
        ("公开信息6千多条", 6000, "条", "多"),
        ("公开信息三百余条", 300, "条", "余"),
        ("公开信息三百二十一条", 321, "条", ""),
        ("访问1.2亿人次", 120_000_000, "人次", ""),
        ("访问超过770万人次", 7_700_000, "人次", "超"),
        ("粉丝突破550万", 5_500_000, "", "超"),
        ("参加近五十人", 50, "人", "近"),
        ("参加约50人", 50, "人", "约"),
        ("参加50人左右", 50, "人", "约"),
        ("检查不少于4次", 4, "次", "不少于"),
        ("办理仅2件", 2, "件", "仅"),
        ("召开发布会十二场", 12, "场", ""),
        ("举办培训班一次。", 1, "次", ""),
        ("占比95.2%", Decimal("95.2"), "%", ""),
        ("占百分之九十五点二", Decimal("95.2"), "%", ""),
        ("占百分之五", 5, "%", ""),
        ("占比超八成", 80, "%", "超"),
        ("占八成五", 85, "%", ""),
        ("提高2.15个百分点", Decimal("2.15"), "个百分点", ""),
        ("增长1.5倍", Decimal("1.5"), "倍", ""),
        ("收取0元", 0, "元", ""),
        ("收费3.94万元", 39400, "元", ""),
        ("检查政务新媒体120个次", 120, "个次", ""),
    ],
)
def test_one_number(text: str, value: object, unit: str, qualifier: str) -> None:
    (numeral,) = read(text)
    assert (numeral.value, numeral.unit, numeral.qualifier) == (value, unit, qualifier)


@folded(
    "text",
    [
        "根据国务院令第711号和国办发〔2019〕60号",
        "依照第二十条第（一）项和第50条、第9至12条",
        "截至2024年12月31日，2019—2023年，12月底，3月份",
        "联系电话：0517-83605210，邮编223001，传真：83605211",
        "拨打12345热线",
        "网址www.example.gov.cn/2019/12/a.html，邮箱abc123@example.com",
        "1.公开情况\n2、回应情况\n（3）培训情况",
        "一是加强领导；二是完善制度；三要抓好落实",
        "《关于做好2024年3项工作的通知》",
        "“三个一”活动、“12345”服务",
        "三大领域、五公开、三级审核、两微一端、三审三校、一网通办",
        "四个意识、两个维护、三个方面、一个窗口",
        "第七期、第十八届、第三次会议、市十四届人大三次会议",
        "7×24小时服务，IPv6改造，5G应用，H5作品，2.0版",
        "开展5·15政务公开日活动",
        "一个部门、一批文件、同一个平台、另一方面、进一步",
    ],
)
def test_no_statement(text: str) -> None:
    found = [(n.value, n.unit) for n in read(text) if n.unit and not n.rank]
    assert found == []


def test_a_range_has_two_ends() -> None:
    (numeral,) = read("每次培训20-30人")
    assert (numeral.value, numeral.value_to, numeral.unit) == (20, 30, "人")


def test_a_place_in_a_ranking_is_a_rank() -> None:
    (numeral,) = read("在评估中获第10名")
    assert numeral.rank and numeral.value == 10


def test_a_number_in_brackets_shares_the_measure_word_behind_them() -> None:
    outer, inner = read("归并539（市级51）个部门")
    assert (outer.value, outer.unit, inner.value, inner.unit, inner.inside) == (539, "个", 51, "个", True)


def test_a_threshold_is_not_what_is_counted() -> None:
    assert [n.value for n in read("阅读5000次以上12条")] == [12]


@given(st.integers(0, 10**11))
def test_whole_numbers_with_and_without_separators(number: int) -> None:
    assert [n.value for n in read(f"公开信息{number:,}条")] == [number]
    assert [n.value for n in read(f"公开信息{number}条，")] == [number]


@given(st.integers(0, 99999), st.integers(1, 99))
def test_ten_thousands_move_the_point_without_rounding(whole: int, hundredths: int) -> None:
    (numeral,) = read(f"公开信息{whole}.{hundredths:02d}万条")
    assert numeral.value == whole * 10000 + hundredths * 100


#: Digits and tens of Chinese numerals, put together by hand.
_UNITS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_chinese_numerals(hundreds: int, tens: int, ones: int) -> None:
    (numeral,) = read(f"办结申请{_UNITS[hundreds]}百{_UNITS[tens]}十{_UNITS[ones]}件，")
    assert numeral.value == hundreds * 100 + tens * 10 + ones


@given(st.text(alphabet="零一二两三十百千万亿0123456789.，%‰成个条（）第超近余多年月日至-", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    length = len(prose(Section(1, None, text)).plain)
    for numeral in read(text):
        assert 0 <= numeral.begin <= numeral.start < numeral.end <= length
        assert numeral.value >= 0
        assert numeral.value_to is None or numeral.value_to > numeral.value


@folded(
    ("text", "value", "upper"),
    [
        ("申请廿七件", 27, None),
        ("申请卅件", 30, None),
        ("发布2万3千余条", 23000, None),
        ("发布3万2000余条", 32000, None),
        ("收费1亿2千万元", 120_000_000, None),
        ("发布一点五万条", 15000, None),
        ("发布三万五条", 35000, None),
        ("发布一百二条", 120, None),
        ("发布六七条", 6, 7),
        ("发布十五六条", 15, 16),
        ("发布五六百条", 500, 600),
        ("发布三四十条", 30, 40),
        ("发布3—5条", 3, 5),
        ("发布三百零五条", 305, None),
    ],
)
def test_numerals_are_read_whole(text: str, value: int, upper: int | None) -> None:
    assert [(n.value, n.value_to) for n in read(text)] == [(value, upper)]


@folded("text", ["数十条", "几十条", "好几百条", "数千件", "百余条", "2万3条", "三五十条", "合计：-7件"])
def test_what_says_no_number_gives_none(text: str) -> None:
    assert read(text) == []
