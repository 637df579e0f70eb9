"""Figures against one another and against the tables: each check passing, failing, and not testable."""

from __future__ import annotations

import pytest

from pipelines.parse.narrative import check, figures
from pipelines.parse.report import Check, Fact, Figure, Section


def checked(text: str, facts: list[Fact] | None = None, scope: str = "territory") -> tuple[list[Figure], list[Check]]:
    found = figures([Section(1, None, text)])
    return found, check(found, facts or [], scope)


def outcomes(checks: list[Check], code: str) -> list[str]:
    return [c.outcome for c in checks if c.code == code]


def fact(row: str, value: int | None, column: str = "total", table: str = "requests") -> Fact:
    return Fact(table, row, column, value, "" if value is None else str(value), "件", row, column, "table 1")


ADDS_UP = "栏目调整100个，其中新增栏目60个，更名20个，合并15个，删除{}个。"


def test_parts_that_add_up_verify_one_another() -> None:
    found, checks = checked(ADDS_UP.format(5))
    assert outcomes(checks, "figures.sum") == ["holds"]
    assert {f.grade for f in found} == {"verified"}


def test_parts_that_do_not_add_up_contradict_one_another() -> None:
    found, checks = checked(ADDS_UP.format(6))
    (failing,) = [c for c in checks if c.outcome == "fails"]
    assert (failing.code, failing.left, failing.right, failing.difference) == ("figures.sum", 100, 101, -1)
    assert {f.grade for f in found} == {"contradicted"}


def test_parts_that_are_not_all_stated_prove_nothing() -> None:
    found, checks = checked("栏目调整100个，其中新增栏目60个，更名20个。")
    assert outcomes(checks, "figures.sum") == ["not_testable"]
    assert {f.grade for f in found} == {"unverified"}


def test_inexact_numbers_are_not_added_up() -> None:
    _, checks = checked("栏目调整100余个，其中新增栏目60个，更名20个，合并15个，删除6个。")
    assert outcomes(checks, "figures.sum") == ["not_testable"]


def test_a_part_is_not_more_than_its_whole() -> None:
    found, checks = checked("以市政府名义印发31件并对其中32件进行了图文解读。")
    assert outcomes(checks, "figures.part") == ["fails"]
    assert [f.grade for f in found] == ["contradicted", "contradicted"]
    found, checks = checked("以市政府名义印发31件并对其中12件进行了图文解读。")
    assert outcomes(checks, "figures.part") == ["holds"]
    assert [f.grade for f in found] == ["unverified", "unverified"]


def test_a_percentage_against_its_parts() -> None:
    text = "答复政府信息公开申请805件。不予公开35件，占{}%；无法提供265件，占32.9%。"
    # 35 of 805 is 4.3478 %: rounded it is 4.35, cut off 4.34.
    for printed, expected in (("4.34", "holds"), ("4.35", "holds"), ("4.3", "holds"), ("4.5", "fails"), ("5", "holds")):
        found, checks = checked(text.format(printed))
        assert outcomes(checks, "figures.share") == [expected, "holds"], printed
        grades = {f.grade for f in found if f.indicator == "requests_denied"}
        assert grades == {"verified" if expected == "holds" else "contradicted"}


def test_a_percentage_of_nothing_stated_is_not_tested() -> None:
    found, checks = checked("不予公开35件，占4.3%。")
    assert outcomes(checks, "figures.share") == []
    assert {f.grade for f in found} == {"unverified"}


def test_prose_that_agrees_with_the_table() -> None:
    cell = fact("received_new", 3119)
    found, checks = checked("全市受理政府信息公开申请3119件。", [cell])
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["holds"]
    assert (found[0].grade, cell.prose, cell.grade) == ("verified", "holds", "unverified")


def test_prose_that_counts_what_was_carried_in() -> None:
    cells = [fact("received_new", 713), fact("carried_in", 36)]
    _, checks = checked("全县受理政府信息公开申请749件。", cells)
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["holds"]
    assert [cell.prose for cell in cells] == ["holds", "holds"]


def test_prose_that_differs_marks_both_sides() -> None:
    cell = fact("received_new", 3119)
    found, checks = checked("全市受理政府信息公开申请3191件。", [cell])
    (failing,) = [c for c in checks if c.outcome == "fails"]
    assert (failing.kind, failing.code, failing.left, failing.right) == ("prose", "figures.table", 3191, 3119)
    assert (found[0].grade, cell.prose) == ("contradicted", "fails")


def test_prose_of_one_organ_against_the_table_of_all_proves_nothing() -> None:
    cell = fact("received_new", 95)
    found, checks = checked("本机关受理政府信息公开申请17件。", [cell])
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["not_testable"]
    assert (found[0].grade, cell.prose) == ("unverified", None)
    _, checks = checked("本机关受理政府信息公开申请17件。", [cell], scope="organ")
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["fails"]


def test_one_figure_that_agrees_is_enough() -> None:
    cell = fact("received_new", 50)
    found, checks = checked("全市受理政府信息公开申请50件。某局受理政府信息公开申请7件。", [cell])
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["holds"]
    assert [f.grade for f in found] == ["verified", "unverified"]


def test_a_blank_cell_is_no_number() -> None:
    _, checks = checked("全市受理政府信息公开申请50件。", [fact("received_new", None)])
    assert [c.outcome for c in checks if c.place == "requests_received"] == ["not_testable"]


def test_groups_of_rows_are_added_up() -> None:
    cells = [fact("denied.state_secret", 3), fact("denied.third_party_rights", 4)]
    _, checks = checked("不予公开7件。", cells)
    assert [c.outcome for c in checks if c.place == "requests_denied"] == ["holds"]


def test_each_check_has_a_place_of_its_own() -> None:
    _, checks = checked(ADDS_UP.format(5) * 2)
    places = [(c.code, c.place) for c in checks]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("last", "outcome"), [(367, "holds"), (400, "fails"), (300, "flagged")], ids=["adds up", "too many", "too few"]
)
def test_lists_by_owner_are_checked_against_the_total(last: int, outcome: str) -> None:
    """212 + 608 + 233 + 367 = 1420."""
    text = f"共收到政府信息公开申请1420件（市政府212件、市级部门608件、东湖县233件、西岭区{last}件）。"
    found = figures([Section(1, None, text)])
    assert [figure.owner for figure in found] == ["", "市政府", "市级部门", "东湖县", "西岭区"]
    assert outcomes(check(found, [], "territory"), "figures.owners") == [outcome]
