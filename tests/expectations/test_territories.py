"""Governments that gained or lost a division, and what that does to their residents."""

from __future__ import annotations

from expectations.peers import residents_by_year
from expectations.territories import territory_changes


def changes(name: str) -> list[tuple[int, str]]:
    return [(change.year, change.division) for change in territory_changes() if change.name == name]


def test_a_government_that_took_a_division_in_has_changed() -> None:
    assert (2019, "莱芜市 (371200)") in changes("济南市")
    assert changes("黄浦区") == [(2011, "卢湾区 (310103)")]


def test_a_division_that_moved_changed_both_parents() -> None:
    assert changes("长春市") == changes("四平市") == [(2020, "公主岭市 (220381)")]
    assert changes("成都市") == changes("资阳市") == [(2016, "简阳市 (512081)")]


def test_the_province_above_both_and_a_new_name_or_status_change_nothing() -> None:
    # 简阳 stayed in 四川. 毕节地区 became 毕节市, 思茅市 普洱市, with all that they had.
    for name in ("四川省", "山东省", "毕节市", "普洱市", "深圳市"):
        assert changes(name) == [], name


def residents(name: str) -> dict[int, tuple[int, bool]]:
    return {row.year: (row.count, row.interpolated) for row in residents_by_year() if row.name == name}


def test_the_years_between_two_censuses_are_on_a_line() -> None:
    found = residents("深圳市")
    assert list(found) == list(range(2010, 2021))
    # 10,357,938 in 2010 and 17,560,061 in 2020: 720,212.3 a year.
    assert found[2010] == (10_357_938, False)
    assert found[2011] == (11_078_150, True)
    assert found[2020] == (17_560_061, False)


def test_no_line_is_drawn_over_a_change_of_the_territory_or_from_one_census() -> None:
    assert residents("成都市") == {2010: (14_047_625, False), 2020: (20_937_757, False)}
    assert residents("济南市") == {2020: (9_202_432, False)}
