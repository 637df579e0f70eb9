"""The statutory calendar: dates looked up in the Regulation, who is expected, how each report stands."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from expectations.vocabulary import BODY_KINDS
from pipelines.harvest.register import calendar
from pipelines.harvest.register.calendar import Expected, Standing, due_on, expected, report_year_due, standing
from pipelines.harvest.register.sources import Source, load


def report(name: str, province: str, year: int, url: str = "http://a.gov.cn/1") -> Source:
    return Source(name, province, "department", "report", None, year, url, "collected")


def listed(name: str, province: str, url: str = "http://a.gov.cn/") -> Source:
    return Source(name, province, "department", "list", "body", None, url, "added")


@pytest.mark.parametrize(
    ("kind", "year", "day"),
    [
        ("department", 2024, date(2025, 1, 31)),
        ("government_office", 2024, date(2025, 1, 31)),
        ("township", 2024, date(2025, 1, 31)),
        ("development_zone", 2024, date(2025, 1, 31)),
        ("government", 2024, date(2025, 3, 31)),
        ("unresolved", 2024, date(2025, 3, 31)),
        # The revised Regulation is of 2019: reports for 2018 were due before it.
        ("department", 2019, date(2020, 1, 31)),
        ("department", 2018, date(2019, 3, 31)),
        ("township", 2008, date(2009, 3, 31)),
        ("government", 2018, date(2019, 3, 31)),
        ("government", 2019, date(2020, 3, 31)),
    ],
)
def test_the_last_day_of_a_report(kind: str, year: int, day: date) -> None:
    assert due_on(kind, year) == day


def test_every_kind_of_body_has_a_last_day_and_no_other_has() -> None:
    assert {due_on(kind, 2024).month for kind in BODY_KINDS} == {1, 3}
    with pytest.raises(ValueError, match="'ministry' is no kind of body; there are government, "):
        due_on("ministry", 2024)


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
    assert [(body.body_name, body.body_kind, body.due_on) for body in expected(sources, 2025)] == [
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


def test_a_government_that_ended_is_not_expected_any_more_and_a_renamed_one_is() -> None:
    # 卢湾区 was merged into 黄浦区 in 2011; 庐山区 has been called 濂溪区 since 2016.
    sources = [report("上海市卢湾区", "上海", 2009), report("九江市庐山区", "江西", 2014)]
    assert [body.body_name for body in expected(sources, 2010)] == ["上海市卢湾区", "九江市庐山区"]
    assert [body.body_name for body in expected(sources, 2011)] == ["九江市庐山区"]
    assert [body.body_id for body in expected(sources, 2025)] == ["360402"]


def test_a_name_that_does_not_resolve_is_expected_by_its_kind() -> None:
    sources = [report("钟祥镇人民政府", "四川", 2019), report("某某社", "四川", 2019)]
    assert [(body.body_name, body.body_kind, body.due_on) for body in expected(sources, 2025)] == [
        ("钟祥镇人民政府", "township", date(2026, 1, 31)),
        ("某某社", "unresolved", date(2026, 3, 31)),
    ]


def test_the_projects_register_gives_each_body_once() -> None:
    bodies = expected(load(), 2025)
    ids = [body.body_id for body in bodies]
    assert len(set(ids)) == len(ids) >= 300
    assert {body.due_on for body in bodies} == {date(2026, 1, 31), date(2026, 3, 31)}


DEPARTMENT = Expected("330100-1", "杭州市教育局", "department", date(2026, 1, 31))
GOVERNMENT = Expected("330100", "杭州市", "government", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("today", "found", "unreachable", "states"),
    [
        (date(2026, 1, 31), {}, (), ["not_yet_due", "not_yet_due"]),
        (date(2026, 2, 1), {}, (), ["missing", "not_yet_due"]),
        (date(2026, 4, 1), {}, (), ["missing", "missing"]),
        (date(2026, 1, 10), {}, ("330100-1",), ["unreachable", "not_yet_due"]),
        (date(2026, 4, 1), {"330100": date(2026, 3, 1)}, ("330100-1", "330100"), ["unreachable", "published"]),
    ],
)
def test_how_reports_stand_on_a_day(
    today: date, found: dict[str, date], unreachable: tuple[str, ...], states: list[str]
) -> None:
    stand = standing([DEPARTMENT, GOVERNMENT], found, unreachable, today)
    assert [one.state for one in stand] == states
    assert [one.expected for one in stand] == [DEPARTMENT, GOVERNMENT]
    assert set(states) <= set(calendar.STATES)


@pytest.mark.parametrize(("seen", "is_late"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True)])
def test_what_was_first_seen_after_the_last_day_is_late(seen: date, is_late: bool) -> None:
    (one,) = standing([DEPARTMENT], {"330100-1": seen}, (), date(2026, 6, 1))
    assert one == Standing(DEPARTMENT, "published", seen, is_late)


def test_the_times_of_the_schedule() -> None:
    assert calendar.CRONS == ("0 3 * 1-4 *", "0 3 * 5-12 1")
    assert ZoneInfo(calendar.TIME_ZONE).key == "Asia/Shanghai"
