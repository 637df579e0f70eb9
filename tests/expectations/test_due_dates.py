"""When a report is due: dates looked up in the Regulation, and what they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from expectations.due_dates import Due, due, due_rules
from expectations.vocabulary import BODY_KINDS, DUE_BASES

#: Article 49 of the Regulation of 2019 names departments and governments from the county up, and nobody else.
JANUARY, MARCH = date(2025, 1, 31), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("kind", "year", "day", "basis"),
    [
        ("department", 2024, JANUARY, "statute"),
        ("government", 2024, MARCH, "statute"),
        ("government_office", 2024, MARCH, "our_reading"),
        ("township", 2024, MARCH, "our_reading"),
        ("development_zone", 2024, MARCH, "our_reading"),
        ("unresolved", 2024, MARCH, "our_reading"),
        # The revised Regulation is of 2019: reports for 2018 were due before it, those of every 行政机关 by 31 March.
        ("department", 2019, date(2020, 1, 31), "statute"),
        ("department", 2018, date(2019, 3, 31), "statute"),
        ("township", 2008, date(2009, 3, 31), "statute"),
        ("government_office", 2018, date(2019, 3, 31), "statute"),
        ("development_zone", 2018, date(2019, 3, 31), "our_reading"),
        ("government", 2018, date(2019, 3, 31), "statute"),
        ("government", 2019, date(2020, 3, 31), "statute"),
    ],
)
def test_the_last_day_of_a_report_and_what_it_rests_on(kind: str, year: int, day: date, basis: str) -> None:
    assert due(kind, year) == Due(day, basis)


def test_an_organ_of_a_zone_is_due_with_the_zone_and_an_office_with_its_government_unless_that_reports_itself() -> None:
    assert due("department", 2024, is_of_zone=True) == Due(MARCH, "our_reading")
    assert due("department", 2018, is_of_zone=True).basis == "our_reading"
    assert due("government_office", 2024, has_own_report=True) == Due(JANUARY, "our_reading")
    assert due("department", 2024, is_vertical=True) == Due(JANUARY, "our_reading")
    # A department is due by statute, whoever else is in the register.
    assert due("department", 2024, has_own_report=True) == Due(JANUARY, "statute")


def test_every_kind_of_body_has_a_last_day_and_no_other_has() -> None:
    assert {due(kind, 2024).basis for kind in BODY_KINDS} == set(DUE_BASES)
    with pytest.raises(ValueError, match="'ministry' is no kind of body; there are government, "):
        due("ministry", 2024)


def test_the_rules_are_those_of_the_function_each_once() -> None:
    rules = list(due_rules())
    # Four of departments, two of offices, one of each of the four other kinds; before 2019 and since.
    assert len(rules) == 2 * (4 + 2 + 4)
    assert {rule.body_kind for rule in rules} == set(BODY_KINDS)
    for rule in rules:
        flags = {"is_of_zone": rule.is_of_zone, "is_vertical": rule.is_vertical, "has_own_report": rule.has_own_report}
        for year in (rule.first_year, rule.last_year or 2025):
            found = due(rule.body_kind, year, **flags)
            assert (found.on.month, found.on.day, found.basis) == (rule.due.on.month, rule.due.on.day, rule.due.basis)
    assert {(rule.first_year, rule.last_year) for rule in rules} == {(2008, 2018), (2019, None)}
