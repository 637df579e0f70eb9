"""What a folder hands down: its year, its group, its body, and what they make of links that say less than a title."""

from __future__ import annotations

from datetime import date

from pipelines.harvest.discovery.listing import Listing, read_listing
from pipelines.harvest.discovery.reports import Chosen, choose
from pipelines.harvest.discovery.within import Within

HOST = "http://www.bjhr.gov.cn"


def listing(inner: str, path: str = "/gknb/2025nb/", title: str = "2025年_政府信息公开年报") -> Listing:
    return read_listing(f"<html><title>{title}</title><body>{inner}</body></html>".encode(), HOST + path)


def links(*pairs: tuple[str, str], day: str = "") -> str:
    return "<ul>" + "".join(f'<li><a href="{href}">{name}</a>{day}</li>' for href, name in pairs) + "</ul>"


def folders(chosen: Chosen) -> list[tuple[str, str | None]]:
    return [(folder.url.removeprefix(HOST), folder.within.group or folder.within.body) for folder in chosen.folders]


GROUPS = links(("./qzf/", "区政府"), ("./bm/", "区政府部门"), ("./xz/", "镇乡街道"))
ARTICLE = "/gknb/2025nb/202603/t20260320_1.html"


def test_a_body_goes_into_the_groups_that_can_hold_it() -> None:
    page = listing(GROUPS)
    assert folders(choose(page, "怀柔区民防局")) == [("/gknb/2025nb/bm/", "区政府部门")]
    assert folders(choose(page, "怀柔区高岭镇")) == [("/gknb/2025nb/xz/", "镇乡街道")]
    assert folders(choose(page, "怀柔区人民政府")) == [("/gknb/2025nb/qzf/", "区政府")]
    assert len(choose(page, "怀柔区", "territory").folders) == 3
    assert {folder.within.year for folder in choose(page, "怀柔区", "territory").folders} == {2025}


def test_groups_of_a_menu_are_not_gone_into_where_the_list_has_its_own() -> None:
    menu = links(("/zwgk/bm/", "政府部门"))
    assert folders(choose(listing(menu + GROUPS), "怀柔区民防局")) == [("/gknb/2025nb/bm/", "区政府部门")]
    assert folders(choose(listing(menu), "怀柔区民防局")) == []


def test_a_bare_name_is_the_report_of_the_year_of_its_place() -> None:
    page = listing(links((ARTICLE, "高岭镇")))
    found = choose(page, "怀柔区", "territory").reports
    assert [(each.body_name, each.report_year) for each in found] == [("怀柔区高岭镇", 2025)]
    assert choose(page, "怀柔区民防局").reports == ()
    assert choose(page, "怀柔区", "territory", frozenset({2024})).reports == ()
    assert choose(page, "怀柔区", "territory", frozenset({2024})).years == {2025}


def test_names_of_a_menu_are_no_reports() -> None:
    menu = links(("/zwgk/jg/t20200101_777771.html", "区教育局"))
    page = listing(menu + links((ARTICLE, "高岭镇")))
    assert [each.body_name for each in choose(page, "怀柔区", "territory").reports] == ["怀柔区高岭镇"]
    assert choose(listing(menu), "怀柔区", "territory").reports == ()


def test_names_elsewhere_are_reports_where_they_are_of_one_form() -> None:
    """jcms keeps articles far from the list: /art/2026/3/20/art_12_1.html of /col/col12/."""
    pairs = [(f"/art/2026/3/{day}/art_12_{day}00.html", name) for day, name in ((20, "区教育局"), (21, "高岭镇"))]
    page = listing(links(*pairs), "/col/col12/index.html")
    assert len(choose(page, "怀柔区", "territory").reports) == 2


def test_the_nearest_heading_says_the_year() -> None:
    page = listing(f"<h3>2023年</h3>{links((ARTICLE, '高岭镇'))}", "/gknb/", "政府信息公开年报")
    assert [each.report_year for each in choose(page, "怀柔区", "territory").reports] == [2023]


def test_without_a_year_and_outside_of_a_column_a_name_says_nothing() -> None:
    assert choose(listing(links((ARTICLE, "高岭镇")), "/gk/", "政府信息公开年报"), "怀柔区", "territory").reports == ()
    assert choose(listing(links((ARTICLE, "高岭镇")), "/xw/", "2025年新闻"), "怀柔区", "territory").reports == ()


def test_two_years_are_none() -> None:
    """The link said 2024, the page says 2025: the name is left alone, and not called a report of either."""
    page = listing(links((ARTICLE, "高岭镇")))
    assert choose(page, "怀柔区", "territory", within=Within(2024, in_column=True)).reports == ()
    assert len(choose(page, "怀柔区", "territory", within=Within(2025, in_column=True)).reports) == 1


def test_a_title_without_a_year_has_that_of_its_place() -> None:
    name = "怀柔区民防局政府信息公开工作年度报告"
    (found,) = choose(listing(links((ARTICLE, name))), "怀柔区民防局").reports
    assert found.report_year == 2025
    assert choose(listing(links((ARTICLE, name))), "怀柔区民防局", years=frozenset({2024})).reports == ()
    (found,) = choose(listing(links((ARTICLE, name)), "/czwj/2023/x/", "政府信息公开年报"), "怀柔区民防局").reports
    assert found.report_year is None  # a column that was made in 2023, perhaps
    (found,) = choose(listing(links((ARTICLE, name)), "/gknb/2023n/bm/", "区政府部门年报"), "怀柔区民防局").reports
    assert found.report_year == 2023


def test_what_was_published_before_the_year_was_over_is_not_that_years() -> None:
    page = listing(links((ARTICLE, "高岭镇"), day="<span>2025-03-20</span>"))
    (found,) = choose(page, "怀柔区", "territory").reports
    assert (found.report_year, found.published_on) == (None, date(2025, 3, 20))


def test_a_report_that_names_nobody_in_a_group_of_many_is_not_taken() -> None:
    page = listing(links((ARTICLE, "2025年政府信息公开工作年度报告")), "/gknb/2025nb/bm/")
    inside = Within(2025, group="区政府部门", in_column=True)
    assert len(choose(page, "怀柔区民防局").reports) == 1
    assert choose(page, "怀柔区民防局", within=inside).reports == ()
    assert len(choose(page, "怀柔区民防局", within=Within(2025, "区政府部门", "区民防局", True)).reports) == 1


TABLE = (
    "<table><tr><th>类别</th><th>单位</th><th>2025年</th><th>2024年</th></tr>"
    '<tr><td rowspan="2">部门</td><td>区教育局</td><td><a href="1/t20260101_11111.html">查看</a></td><td><a href="1/t20250101_11112.html">查看</a></td></tr>'
    '<tr><td>区财政局</td><td><a href="1/t20260101_11113.html">查看</a></td><td>—</td></tr></table>'
)


def test_a_table_of_units_and_years() -> None:
    page = listing(TABLE, "/gknb/", "政府信息公开年报")
    found = choose(page, "怀柔区", "territory").reports
    assert [(each.body_name, each.report_year) for each in found] == [
        ("怀柔区教育局", 2025),
        ("怀柔区教育局", 2024),
        ("怀柔区财政局", 2025),
    ]


def test_a_table_of_years_and_units() -> None:
    rows = "".join(
        f'<tr><td>{year}年</td><td><a href="a/t{year}0101_1111{year}.html">查看</a></td><td><a href="b/t{year}0101_2222{year}.html">查看</a></td></tr>'
        for year in (2025, 2024)
    )
    page = listing(
        f"<table><tr><td>年度</td><td>区教育局</td><td>区财政局</td></tr>{rows}</table>", "/gknb/", "政府信息公开年报"
    )
    found = {(each.body_name, each.report_year) for each in choose(page, "怀柔区", "territory").reports}
    assert found == {(f"怀柔区{organ}", year) for organ in ("教育局", "财政局") for year in (2025, 2024)}


def test_a_table_without_years_keeps_the_words_of_its_rows() -> None:
    table = "<table><tr><td>标题</td><td>操作</td></tr><tr><td>怀柔区教育局2024年政府信息公开工作年度报告</td><td><a href='t20250101_1.html'>查看</a></td></tr></table>"
    (item,) = listing(table, "/gknb/", "政府信息公开年报").items
    assert item.title == "怀柔区教育局2024年政府信息公开工作年度报告"


def test_a_table_with_a_title_above_its_heads_and_links_to_the_units() -> None:
    head = '<tr><th colspan="3">各单位年报</th></tr><tr><th>单位</th><th>2025年</th><th>2024年</th></tr>'
    cells = "".join(f'<td><a href="1/t{y}0101_1111{y}.html">查看</a></td>' for y in (2026, 2025))
    row = f'<tr><td><a href="http://jyj.bjhr.gov.cn/">区教育局</a></td>{cells}</tr>'
    found = choose(listing(f"<table>{head}{row}</table>", "/gknb/", "政府信息公开年报"), "怀柔区", "territory").reports
    assert [(each.body_name, each.report_year) for each in found] == [("怀柔区教育局", 2025), ("怀柔区教育局", 2024)]
