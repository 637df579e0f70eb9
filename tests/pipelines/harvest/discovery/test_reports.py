"""Which links of a body's list are taken, and with which code the others are turned away."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.listing import Listing, ListLink
from pipelines.harvest.discovery.reports import Chosen, choose, is_column
from pipelines.harvest.discovery.same_body import is_same, is_within, with_division
from tests.made.cases import folded

HOST = "http://www.hangzhou.gov.cn"


def listing(
    *links: tuple[str, str] | tuple[str, str, date], title: str = "政府信息公开年报", url: str = f"{HOST}/nb/"
) -> Listing:
    items = tuple(
        ListLink(HOST + link[0], link[1], link[2] if len(link) > 2 else None, n) for n, link in enumerate(links)
    )
    return Listing(url, title, items, (), (), (), ())


def taken(chosen: Chosen) -> list[tuple[str, int | None, str]]:
    return [(found.url.removeprefix(HOST), found.report_year, found.body_name) for found in chosen.reports]


def codes(chosen: Chosen) -> list[tuple[str, str]]:
    return [(turned.url.removeprefix(HOST), turned.code) for turned in chosen.turned_away]


EDUCATION = listing(
    ("/a/1.html", "杭州市教育局2024年政府信息公开工作年度报告"),
    ("/a/2.html", "2023年政府信息公开工作年度报告"),
    ("/a/3.html", "一图读懂市教育局2024年政府信息公开工作年度报告"),
    ("/a/4.html", "市财政局2024年政府信息公开工作年度报告"),
    ("/a/5.html", "杭州市人民政府2024年政府信息公开工作年度报告"),
    ("/a/6.html", "上城区教育局2024年政府信息公开工作年度报告"),
    ("/a/7.html", "关于做好2024年政府信息公开工作年度报告的通知"),
    ("/a/8.html", "政府信息公开指南"),
    ("/", "首页"),
    ("/xxgk/", "政府信息公开年报"),
    ("/a/1.html", "杭州市教育局2024年政府信息公开工作年度报告"),
    ("/a/9.pdf", "市教育局2024年政府信息公开工作年度报告（修订）"),
    ("/a/10.html", "教育局2024年法治政府建设年度报告"),
)


def test_a_department() -> None:
    chosen = choose(EDUCATION, "杭州市教育局", "body", None)
    name = "杭州市教育局"
    assert taken(chosen) == [("/a/1.html", 2024, name), ("/a/2.html", 2023, name), ("/a/9.pdf", 2024, name)]
    assert codes(chosen) == [
        ("/a/3.html", "interpretation"),
        ("/a/4.html", "other_body"),
        ("/a/5.html", "other_body"),
        ("/a/6.html", "other_body"),
        ("/a/7.html", "notice"),
        ("/a/8.html", "other_report"),
        ("/a/10.html", "other_report"),
    ]


def test_other_years_are_turned_away() -> None:
    chosen = choose(EDUCATION, "杭州市教育局", "body", frozenset({2024}))
    assert [found.report_year for found in chosen.reports] == [2024, 2024]
    assert ("/a/2.html", "other_year") in codes(chosen)


def test_a_government_and_its_office_are_one() -> None:
    links = listing(
        ("/a/1.html", "杭州市人民政府办公厅2024年政府信息公开工作年度报告"),
        ("/a/2.html", "市政府2023年政府信息公开工作年度报告"),
        ("/a/3.html", "杭州市2022年政府信息公开工作年度报告"),
        ("/a/4.html", "市政府办2021年政府信息公开工作年度报告"),
        ("/a/5.html", "市教育局2024年政府信息公开工作年度报告"),
        ("/a/6.html", "余杭区2024年政府信息公开工作年度报告"),
        ("/a/7.html", "宁波市2024年政府信息公开工作年度报告"),
    )
    for name in ("杭州市人民政府", "杭州市", "杭州市人民政府办公厅"):
        chosen = choose(links, name)
        assert [found.report_year for found in chosen.reports] == [2024, 2023, 2022, 2021]
        assert [turned.code for turned in chosen.turned_away] == ["other_body"] * 3


def test_a_territory() -> None:
    links = listing(
        ("/a/1.html", "市教育局2024年政府信息公开工作年度报告"),
        ("/a/2.html", "余杭区2024年政府信息公开工作年度报告"),
        ("/a/3.html", "2024年政府信息公开工作年度报告"),
        ("/a/4.html", "宁波市2024年政府信息公开工作年度报告"),
        ("/a/5.html", "浙江省教育厅2024年政府信息公开工作年度报告"),
        ("/a/6.html", "临平区教育局2024年政府信息公开工作年度报告"),
        ("/b/2024/", "2024年各区县政府信息公开年报"),
    )
    chosen = choose(links, "杭州市人民政府", "territory", frozenset({2024}))
    assert taken(chosen) == [
        ("/a/1.html", 2024, "杭州市教育局"),
        ("/a/2.html", 2024, "余杭区"),
        ("/a/3.html", 2024, "杭州市人民政府"),
        ("/a/6.html", 2024, "临平区教育局"),
    ]
    assert codes(chosen) == [("/a/4.html", "other_body"), ("/a/5.html", "other_body")]
    assert [each.url for each in chosen.folders] == [f"{HOST}/b/2024/"]


def test_a_row_or_heading_names_the_body_of_a_title_that_names_none() -> None:
    title, heading = "2024年政府信息公开工作年度报告", "区县政府"
    items = (
        ListLink(f"{HOST}/a/1.html", title, None, 0, label="教育局"),
        ListLink(f"{HOST}/a/2.html", title, None, 1, heading="余杭区"),
        ListLink(f"{HOST}/a/3.html", title, None, 2, heading=heading, label="宁波市教育局"),
        ListLink(f"{HOST}/a/4.html", f"市财政局{title}", None, 3, label="教育局"),
    )
    links = Listing(f"{HOST}/nb/", "政府信息公开年报", items, (), (), (), ())
    chosen = choose(links, "杭州市人民政府", "territory")
    assert [found.body_name for found in chosen.reports] == ["杭州市教育局", "余杭区", "杭州市人民政府", "杭州市财政局"]
    # In a body's own list these are its own: a row often names who published.
    assert len(choose(links, "杭州市水利局", "body").reports) == 3


def test_bare_years_by_their_address() -> None:
    links = listing(
        ("/nb/2024/", "2024年"),
        ("/nb/2023/", "2023年"),
        ("/nb/202301/t20230114_1.html", "2022年"),
        ("/nb/n21/", "2021年度报告"),
    )
    chosen = choose(links, "杭州市教育局", "body", frozenset({2021, 2022, 2024}))
    assert [each.url for each in chosen.folders] == [f"{HOST}/nb/2024/", f"{HOST}/nb/n21/"]
    assert taken(chosen) == [("/nb/202301/t20230114_1.html", 2022, "杭州市教育局")]
    assert codes(chosen) == [("/nb/2023/", "other_year")]


def test_bare_years_outside_of_a_column() -> None:
    links = listing(
        ("/xw/202501/t20250114_1.html", "2024年"), ("/xw/1.html", "2024年度报告"), title="新闻", url=f"{HOST}/xw/"
    )
    chosen = choose(links, "杭州市教育局")
    assert (chosen.reports, [each.url for each in chosen.folders]) == ((), [f"{HOST}/xw/202501/t20250114_1.html"])


def test_folders_of_other_bodies() -> None:
    links = listing(("/nb/bm/", "2024年市直部门政府信息公开年报"), ("/nb/bj/", "2024年"))
    chosen = choose(links, "杭州市人民政府")
    assert ([each.url for each in chosen.folders], codes(chosen)) == ([f"{HOST}/nb/bj/"], [("/nb/bm/", "other_body")])


@pytest.mark.parametrize(
    ("published_on", "years", "expected"),
    [
        (date(2025, 1, 20), {2024}, [2024]),
        (date(2025, 9, 20), {2024}, [None]),
        (date(2019, 9, 20), {2024}, []),
        (date(2024, 1, 20), {2024}, []),
    ],
)
def test_a_title_without_a_year(published_on: date, years: set[int], expected: list[int | None]) -> None:
    links = listing(("/nb/202501/t20250114_1.html", "政府信息公开工作年度报告", published_on))
    assert [found.report_year for found in choose(links, "杭州市教育局", "body", frozenset(years)).reports] == expected


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("政府信息公开年报 - 甲局", "http://a.gov.cn/x/", True),
        ("年报", "http://a.gov.cn/x/", True),
        ("", "http://a.gov.cn/zfxxgknb/", True),
        ("", "http://a.gov.cn/ndbg/index_1.html", True),
        ("新闻", "http://a.gov.cn/xw/", False),
        ("", "", False),
    ],
)
def test_columns_of_reports(title: str, url: str, expected: bool) -> None:
    assert is_column(listing(title=title, url=url)) is expected


@folded(
    ("named", "own", "expected"),
    [
        ("市教育局", "杭州市教育局", True),
        ("教育局", "杭州市教育局", True),
        ("杭州市教育局", "浙江省杭州市教育局", True),
        ("杭州市教育委员会", "杭州市教育局", True),
        ("市卫健委", "杭州市卫生健康委员会", True),
        ("市市监局", "杭州市市场监督管理局", True),
        ("市场监管局", "杭州市市场监督管理局", True),
        ("区教育局", "杭州市教育局", False),
        ("市教育局", "杭州市上城区教育局", False),
        ("区教育局", "杭州市上城区教育局", True),
        ("市教育考试院", "杭州市教育局", False),
        ("市财政局", "杭州市教育局", False),
        ("宁波市教育局", "杭州市教育局", False),
        ("鼓楼区", "南京市鼓楼区人民政府", True),
        ("罗镇", "杭州市罗镇人民政府", True),
        ("罗镇人民政府", "杭州市罗镇", True),
        ("甲街道办事处", "杭州市上城区甲街道", True),
        ("乙街道", "杭州市上城区甲街道", False),
        ("商务部", "杭州市商务局", False),
        ("商务部", "商务部", True),
        ("中山市大涌镇人民政府", "大涌镇人民政府办公室", True),
        ("鄂尔多斯市教育局", "教育部", False),
        ("甲某某市教育局", "甲某某市教育局", True),
        ("国家税务总局甲某某市税务局", "国家税务总局甲某某市税务局", True),
    ],
)
def test_names_of_one_body(named: str, own: str, expected: bool) -> None:
    assert is_same(named, own) is expected


@pytest.mark.parametrize(
    ("named", "own", "expected"),
    [
        ("鼓楼区教育局", "南京市人民政府", True),
        ("鼓楼区教育局", "杭州市人民政府", False),
        ("甲某某镇", "杭州市余杭区人民政府", True),
        ("省教育厅", "浙江省人民政府", True),
        ("江苏省教育厅", "浙江省人民政府", False),
        ("浙江省教育厅", "杭州市人民政府", False),
    ],
)
def test_bodies_of_a_territory(named: str, own: str, expected: bool) -> None:
    assert is_within(named, own) is expected


def test_names_written_out() -> None:
    assert with_division("市教育局", "杭州市人民政府") == "杭州市教育局"
    assert with_division("甲某某镇", "杭州市余杭区人民政府") == "余杭区甲某某镇"
    assert with_division("余杭区", "杭州市人民政府") == "余杭区"
    assert with_division("市教育局", "甲某某市") == "市教育局"


@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=8),
    st.text(max_size=20),
    st.sampled_from(["body", "territory"]),
)
@settings(max_examples=200, deadline=None)
def test_nothing_raises_and_no_address_twice(links: list[tuple[str, str]], own: str, covers: str) -> None:
    chosen = choose(listing(*links, *links), own, covers, frozenset({2024}))  # type: ignore[arg-type]
    urls = [found.url for found in chosen.reports]
    assert len(urls) == len(set(urls))
