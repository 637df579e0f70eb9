"""Whole and parts: a city of the division tree and its counties, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from pipelines.bodies.divisions import divisions
from tests.made.parsed import Cell, Parsed
from tests.made.rows import Row

#: 舟山市, which has four divisions: small enough for all of them.
CITY = "330900"
COUNTIES = sorted(code for code, division in divisions().items() if division.above[:1] == (CITY,))
RECEIVED = "requests/received_new/total"
WITHIN = f"city-2024/hierarchy.within_whole/{RECEIVED}"
EQUALS = f"city-2024/hierarchy.equals_whole/{RECEIVED}"


def government(parsed: Parsed, name: str, code: str, received: Cell, **values: object) -> None:
    known = {"government_code": code, "government_name": divisions()[code].name, "body_kind": "government"}
    parsed.report(f"{name}-2024", {RECEIVED: received}, **{**known, **values})


def city(whole: Cell, *parts: Cell, **values: object) -> Parsed:
    parsed = Parsed()
    government(parsed, "city", CITY, whole, level="prefecture", **values)
    for code, part in zip(COUNTIES, parts, strict=False):
        government(parsed, f"county{code}", code, part)
    return parsed


def checks(folder: Path, parsed: Parsed) -> dict[str, Row]:
    place = folder / str(len(list(folder.iterdir())))
    table = parsed.build(place, "+hierarchy_checks").table("hierarchy_checks")
    assert failures(model_of("hierarchy_checks"), table) == []
    return {row["check_id"]: row for row in table.to_dicts()}


def test_the_city_of_these_tests_has_four_divisions() -> None:
    assert len(COUNTIES) == 4


def test_known_parts_within_the_whole_hold_and_beyond_it_fail(tmp_path: Path) -> None:
    good = checks(tmp_path, city(100, 30, 40))[WITHIN]
    assert (good["outcome"], good["left_value"], good["right_value"], good["difference"]) == ("holds", 70, 100, -30)
    assert (good["part_count"], good["division_count"]) == (2, 4)
    assert good["left_evidence"] == " ".join(f"county{code}-2024/{RECEIVED}" for code in COUNTIES[:2])
    assert good["right_evidence"] == f"city-2024/{RECEIVED}"
    bad = checks(tmp_path, city(100, 30, 71))[WITHIN]
    assert (bad["outcome"], bad["difference"]) == ("fails", 1)
    largest = divisions()[COUNTIES[1]].name
    assert bad["message"] == f"2 of 4 divisions have 101 of 100; the largest part is 71 ({largest})"
    assert checks(tmp_path, city(101, 30, 71))[WITHIN]["outcome"] == "holds"


def test_an_organ_of_a_vertical_system_is_no_part_of_the_territory(tmp_path: Path) -> None:
    """税务局 of a county, whatever its report is taken for; its neighbour is the county's own report."""
    parsed = city(100, 30)
    government(parsed, "tax", COUNTIES[1], 90, accountability="vertical")
    government(parsed, "customs", COUNTIES[2], 90, accountability="vertical", body_kind="department")
    check = checks(tmp_path, parsed)[WITHIN]
    assert (check["outcome"], check["left_value"], check["part_count"]) == ("holds", 30, 1)
    parsed = city(100, 30)
    government(parsed, "own", COUNTIES[1], 90)
    check = checks(tmp_path, parsed)[WITHIN]
    assert (check["outcome"], check["left_value"], check["part_count"]) == ("fails", 120, 2)


@pytest.mark.parametrize(("whole", "parts"), [(100, ()), (100, (None, None)), (None, (30, 40))])
def test_without_whole_or_parts_nothing_is_tested(tmp_path: Path, whole: Cell, parts: tuple[Cell, ...]) -> None:
    row = checks(tmp_path, city(whole, *parts))[WITHIN]
    assert (row["outcome"], row["difference"]) == ("not_testable", None)


def test_a_report_of_the_own_organ_is_no_whole(tmp_path: Path) -> None:
    assert checks(tmp_path, city(10, 30, 40, scope="organ")) == {}


def test_parts_of_another_year_or_form_and_departments_are_no_parts(tmp_path: Path) -> None:
    parsed = city(100)
    known = {"government_code": COUNTIES[0], "body_kind": "government"}
    parsed.report("old-2023", {RECEIVED: 500}, **known)
    parsed.report("other_form-2024", {RECEIVED: 500}, **known, form="2019")
    parsed.report("bureau-2024", {RECEIVED: 500}, **{**known, "body_kind": "department"})
    assert checks(tmp_path, parsed)[WITHIN]["part_count"] == 0


def test_a_government_and_its_office_are_not_counted_twice(tmp_path: Path) -> None:
    parsed = city(100, 60)
    government(parsed, "office", COUNTIES[0], 60, body_kind="government_office")
    row = checks(tmp_path, parsed)[WITHIN]
    assert (row["outcome"], row["left_value"], row["part_count"]) == ("holds", 60, 1)


def own_level(parsed: Parsed, value: float, **values: object) -> Parsed:
    parsed.figure("city-2024", "requests_received", value, scope="own_level", **values)
    return parsed


@pytest.mark.parametrize(("own", "outcome", "difference"), [(10, "holds", 0), (11, "fails", 1), (9, "fails", -1)])
def test_all_parts_and_the_own_level_are_the_whole(tmp_path: Path, own: float, outcome: str, difference: float) -> None:
    row = checks(tmp_path, own_level(city(100, 30, 20, 25, 15), own))[EQUALS]
    assert (row["outcome"], row["difference"]) == (outcome, difference)
    assert row["left_evidence"].endswith(" city-2024/figures/1")


def test_equality_is_not_tested_where_a_part_or_the_own_level_is_not_known(tmp_path: Path) -> None:
    assert checks(tmp_path, own_level(city(100, 30, 20, 25), 25))[EQUALS]["outcome"] == "not_testable"
    assert checks(tmp_path, city(100, 30, 20, 25, 15))[EQUALS]["outcome"] == "not_testable"
    # Two sentences that differ do not say which of them it is.
    twice = own_level(own_level(city(100, 30, 20, 25, 15), 10), 12)
    assert checks(tmp_path, twice)[EQUALS]["outcome"] == "not_testable"
    # A part that speaks for one organ is no whole part.
    parsed = city(100, 30, 20, 25)
    government(parsed, "last", COUNTIES[3], 15, scope="organ")
    row = checks(tmp_path, own_level(parsed, 10))
    assert (row[EQUALS]["outcome"], row[WITHIN]["part_count"]) == ("not_testable", 4)


@pytest.mark.parametrize(
    ("stated", "outcome", "right"),
    [(20, "holds", 20), (25, "holds", 25), (24, "fails", 20)],
    ids=["received", "with those carried in", "another number"],
)
def test_what_is_said_of_an_owner_is_compared_with_its_own_report(
    tmp_path: Path, stated: int, outcome: str, right: int
) -> None:
    """The county received 20 requests and carried 5 in; its neighbour in the list has no report."""
    parsed = Parsed()
    government(parsed, "city", CITY, 100, level="prefecture")
    cells: dict[str, Cell] = {RECEIVED: 20, "requests/carried_in/total": 5}
    parsed.report("county-2024", cells, government_code=COUNTIES[0], body_kind="government", body_id="county")
    figure = parsed.figure("city-2024", "requests_received", stated, owner="定海区", owner_body_id="county")
    parsed.figure("city-2024", "requests_received", 7, owner="普陀区", owner_body_id="another")
    found = [c for c in checks(tmp_path, parsed).values() if c["check_code"] == "hierarchy.owner_agrees"]
    assert [(c["outcome"], c["left_value"], c["right_value"], c["left_evidence"]) for c in found] == [
        (outcome, stated, right, figure)
    ]
