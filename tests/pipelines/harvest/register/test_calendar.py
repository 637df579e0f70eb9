"""The statutory calendar: dates looked up in the Regulation, who is expected, how each report stands."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from expectations.codes import meaning
from expectations.due_dates import Due
from pipelines.harvest.ledger.readings import LIST_STATES
from pipelines.harvest.register import calendar
from pipelines.harvest.register.calendar import Expected, Looked, Seen, expected, report_year_due, standing
from pipelines.harvest.register.sources import Source, load
from tests.made.cases import folded


def report(name: str, province: str, year: int, url: str = "http://a.gov.cn/1") -> Source:
    return Source(name, province, "department", "report", None, year, url, "collected")


def listed(name: str, province: str, url: str = "http://a.gov.cn/") -> Source:
    return Source(name, province, "department", "list", "body", None, url, "added")


JANUARY, MARCH = date(2025, 1, 31), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("today", "year"), [(date(2025, 12, 31), 2024), (date(2026, 1, 1), 2025), (date(2026, 3, 31), 2025)]
)
def test_the_newest_year_of_a_report_begins_to_be_due_on_new_years_day(today: date, year: int) -> None:
    assert report_year_due(today) == year


def test_each_body_is_expected_once_under_its_newest_name() -> None:
    sources = [
        report("贵阳市人民政府", "贵州", 2018),
        report("贵阳市", "贵州", 2021),
        report("贵阳市", "贵州", 2021, "http://a.gov.cn/2"),
        listed("贵阳市教育局", "贵州"),
        report("交通运输部", "国务院", 2015),
    ]
    assert [(body.body_name, body.body_kind, body.due.on) for body in expected(sources, 2025)] == [
        ("交通运输部", "department", date(2026, 1, 31)),
        ("贵阳市教育局", "department", date(2026, 1, 31)),
        ("贵阳市", "government", date(2026, 3, 31)),
    ]
    assert expected(sources, 2025) == expected(sources[::-1], 2025)


def test_a_list_names_the_body_before_any_report_does() -> None:
    sources = [report("贵阳市", "贵州", 2025), listed("贵阳市人民政府", "贵州")]
    assert [(body.body_id, body.body_name) for body in expected(sources, 2025)] == [("520100", "贵阳市人民政府")]


def test_bodies_of_one_name_in_two_provinces_are_two() -> None:
    sources = [report("西安区人民政府", "吉林", 2020), report("西安区人民政府", "黑龙江", 2020)]
    assert [body.body_id for body in expected(sources, 2025)] == ["220403", "231005"]


@folded(
    ("name", "province", "year", "ended_in"),
    [
        # 卢湾区 was merged into 黄浦区 in 2011, and its departments with it; 庐山区 has been called 濂溪区 since 2016.
        ("上海市卢湾区", "上海", 2010, None),
        ("上海市卢湾区", "上海", 2011, 2011),
        ("上海市卢湾区教育局", "上海", 2025, 2011),
        ("九江市庐山区", "江西", 2025, None),
        # The reform of 2018 ended these names; before, and under the new ones, they go on.
        ("杭州市环境保护局", "浙江", 2017, None),
        ("杭州市环境保护局", "浙江", 2018, 2018),
        ("杭州市环境保护局", "浙江", 2025, 2018),
        ("杭州市生态环境局", "浙江", 2025, None),
        ("环境保护部", "国务院", 2025, 2018),
        ("杭州市国家税务局", "浙江", 2025, 2018),
        ("国家税务总局", "国务院", 2025, None),
        ("杭州市食品药品监督管理局", "浙江", 2025, 2018),
        ("中国银保监会浙江监管局", "浙江", 2025, 2023),
        ("国家金融监督管理总局浙江监管局", "浙江", 2025, None),
        ("浙江省药品监督管理局", "浙江", 2025, None),
        ("杭州市乡村振兴局", "浙江", 2023, None),
        ("杭州市乡村振兴局", "浙江", 2024, 2024),
        # Names that no reform ended, or that nobody knows.
        ("杭州市林业局", "浙江", 2025, None),
        ("杭州市某某局", "浙江", 2025, None),
        ("杭州市人民政府", "浙江", 2025, None),
    ],
)
def test_a_body_that_a_reform_ended_bears_the_year(name: str, province: str, year: int, ended_in: int | None) -> None:
    (body,) = expected([report(name, province, 2009)], year)
    assert body.ended_in == ended_in


def test_a_name_that_does_not_resolve_is_expected_by_its_kind() -> None:
    sources = [report("钟祥镇人民政府", "四川", 2019), report("某某社", "四川", 2019)]
    assert [(body.body_name, body.body_kind, body.due) for body in expected(sources, 2024)] == [
        ("某某社", "unresolved", Due(MARCH, "our_reading")),
        ("钟祥镇人民政府", "township", Due(MARCH, "our_reading")),
    ]


def test_an_office_is_due_with_the_government_whose_report_it_publishes() -> None:
    office, government = report("杭州市人民政府办公厅", "浙江", 2023), report("杭州市人民政府", "浙江", 2023)
    other = report("宁波市人民政府", "浙江", 2023)
    assert [body.due for body in expected([office], 2024)] == [Due(MARCH, "our_reading")]
    assert [body.due.on for body in expected([office, other], 2024)] == [MARCH, MARCH]
    both = {body.body_kind: body.due for body in expected([office, government], 2024)}
    assert both == {"government_office": Due(JANUARY, "our_reading"), "government": Due(MARCH, "statute")}


def test_organs_of_zones_and_of_vertical_systems_are_told_from_departments_of_the_city() -> None:
    sources = [report("苏州工业园区管委会", "江苏", 2023), report("合肥高新区应急管理局", "安徽", 2023)]
    assert {body.due for body in expected(sources, 2024)} == {Due(MARCH, "our_reading")}
    (taxes,) = expected([report("合肥市税务局", "安徽", 2023)], 2024)
    assert taxes.due == Due(JANUARY, "our_reading")
    (city,) = expected([report("合肥市应急管理局", "安徽", 2023)], 2024)
    assert city.due == Due(JANUARY, "statute")


def test_the_projects_register_gives_each_body_once() -> None:
    bodies = expected(load(), 2025)
    ids = [body.body_id for body in bodies]
    assert len(set(ids)) == len(ids) >= 300
    assert {body.due.on for body in bodies} == {date(2026, 1, 31), date(2026, 3, 31)}


DEPARTMENT = Expected("330100-1", "杭州市教育局", "department", Due(date(2026, 1, 31), "statute"))
GOVERNMENT = Expected("330100", "杭州市", "government", Due(date(2026, 3, 31), "statute"))
TOWNSHIP = Expected("330109-1", "临浦镇人民政府", "township", Due(date(2026, 3, 31), "our_reading"))
ENDED = Expected("330100-2", "杭州市环境保护局", "department", Due(date(2026, 1, 31), "statute"), 2018)


#: Read on the day after departments are due, and on the day after governments are.
READ = Looked((date(2026, 2, 1), date(2026, 4, 1)), None, "http://www.hangzhou.gov.cn/nb/")
IN_TIME = Seen(date(2026, 1, 20))


@pytest.mark.parametrize(
    ("today", "found", "looked", "states"),
    [
        (date(2026, 1, 31), {}, {}, ["not_yet_due", "not_yet_due"]),
        (date(2026, 2, 1), {}, {"330100-1": READ, "330100": READ}, ["missing", "not_yet_due"]),
        (date(2026, 4, 1), {}, {"330100-1": READ, "330100": READ}, ["missing", "missing"]),
        (date(2026, 4, 1), {}, {}, ["unread", "unread"]),
        (date(2026, 1, 10), {}, {"330100-1": Looked(why="dead")}, ["unreachable", "not_yet_due"]),
        (date(2026, 1, 10), {}, {"330100-1": Looked(why="challenge")}, ["unread", "not_yet_due"]),
        (date(2026, 4, 1), {}, {"330100-1": Looked((date(2026, 1, 30),), None)}, ["unread", "unread"]),
        (date(2026, 4, 1), {"330100": IN_TIME}, {"330100": Looked(why="dead")}, ["unread", "published"]),
    ],
)
def test_how_reports_stand_on_a_day(
    today: date, found: dict[str, Seen], looked: dict[str, Looked], states: list[str]
) -> None:
    stand = standing([DEPARTMENT, GOVERNMENT], found, looked, today)
    assert [one.state for one in stand] == states
    assert [one.expected for one in stand] == [DEPARTMENT, GOVERNMENT]
    assert set(states) <= set(calendar.STATES)


@pytest.mark.parametrize("why", [why for why in calendar.WHY_UNREAD if why != "dead"])
def test_nobody_is_missing_for_any_reason_not_to_have_read(why: str) -> None:
    (one,) = standing([DEPARTMENT], {}, {"330100-1": Looked(READ.read_on, why, "http://a.cn/")}, date(2026, 6, 1))
    assert (one.state, one.why, one.where) == ("unread", why, "http://a.cn/")


@pytest.mark.parametrize(
    ("published_on", "first_seen", "is_late", "is_undated"),
    [
        (date(2026, 1, 31), date(2026, 11, 30), False, False),
        (date(2026, 2, 1), date(2026, 11, 30), True, False),
        (None, date(2026, 11, 30), False, True),
        (None, date(2026, 1, 31), False, False),
        # The list bears a later day than that on which the report was had: it was published anew.
        (date(2026, 6, 1), date(2026, 1, 30), False, False),
    ],
)
def test_late_is_measured_by_the_day_of_publication(
    published_on: date | None, first_seen: date, is_late: bool, is_undated: bool
) -> None:
    (one,) = standing([DEPARTMENT], {"330100-1": Seen(first_seen, published_on)}, {}, date(2026, 12, 1))
    assert (one.state, one.is_late, one.is_undated) == ("published", is_late, is_undated)
    assert (one.first_seen, one.published_on) == (first_seen, published_on)


@pytest.mark.parametrize(
    ("read_on", "is_late"),
    [
        ((date(2026, 1, 31), date(2026, 2, 1)), True),
        # It may have come in the evening of the last day.
        ((date(2026, 1, 31),), False),
        # Nobody looked before: what stood there on the first day is not known.
        ((date(2026, 2, 1),), False),
        ((), False),
    ],
)
def test_without_a_date_only_who_was_watched_is_late(read_on: tuple[date, ...], is_late: bool) -> None:
    looked = {"330100-1": Looked((*read_on, date(2026, 2, 2)), None)}
    (one,) = standing([DEPARTMENT], {"330100-1": Seen(date(2026, 2, 2))}, looked, date(2026, 6, 1))
    assert (one.is_late, one.is_undated) == (is_late, not is_late)


def test_nobody_is_late_by_a_day_that_is_our_reading() -> None:
    seen = Seen(date(2026, 6, 1), date(2026, 5, 30))
    (one,) = standing([TOWNSHIP], {"330109-1": seen}, {}, date(2026, 6, 1))
    assert (one.state, one.is_late) == ("published", False)


@pytest.mark.parametrize(
    ("found", "looked", "state"),
    [({}, {}, "ended"), ({}, {"330100-2": Looked(why="dead")}, "ended"), ({"330100-2": IN_TIME}, {}, "published")],
)
def test_who_has_ended_is_not_missing_and_has_published_what_was_found(
    found: dict[str, Seen], looked: dict[str, Looked], state: str
) -> None:
    (one,) = standing([ENDED], found, looked, date(2026, 6, 1))
    assert (one.state, one.is_late) == (state, False)


def test_each_state_and_reason_has_its_meaning_in_both_languages() -> None:
    said = [meaning("standing", code) for code in (*calendar.STATES, *calendar.WHY_UNREAD)]
    said += [meaning("list_state", code) for code in LIST_STATES]
    assert [each.code for each in said if not (each.zh and each.en)] == []


def test_the_times_of_the_schedule() -> None:
    assert calendar.CRONS == ("0 3 * 1-4 *", "0 3 * 5-12 1")
    assert ZoneInfo(calendar.TIME_ZONE).key == "Asia/Shanghai"
