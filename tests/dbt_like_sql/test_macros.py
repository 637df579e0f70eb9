"""The macros of the SQL, each by values that are worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import duckdb
import pytest

from expectations import vocabulary
from pipelines.warehouse.models import macros


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for macro in macros():
            connection.execute(macro)
        yield connection


def asked(connection: duckdb.DuckDBPyConnection, expression: str, *values: object) -> object:
    return connection.execute(f"select {expression}", list(values)).fetchall()[0][0]


def worst(connection: duckdb.DuckDBPyConnection, macro: str, values: list[str | None]) -> object:
    rows = "select unnest(?::varchar[]) as told"
    return connection.execute(f"select {macro}(told) from ({rows})", [values]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("raw", "expected"), [("12", True), ("约５０", True), ("0", True), ("/", False), ("无", False), ("", False)]
)
def test_digits_of_either_width_are_digits(connection: duckdb.DuckDBPyConnection, raw: str, expected: bool) -> None:
    assert asked(connection, "has_digits(?)", raw) is expected


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        # z = 1.96, z² = 3.8415: (2 + 3.8415 -+ 1.96 * sqrt(3.8415 + 2)) / (2 * 5.8415)
        (1, 2, 0.09453, 0.90547),
        # (128 + 3.8415 -+ 1.96 * sqrt(3.8415 + 256 * 250 / 314)) / (2 * 317.8415)
        (64, 314, 0.16297, 0.25183),
        # Of none in 10 the upper end is z² / (10 + z²) = 3.8415 / 13.8415; of all the lower end is 10 / 13.8415.
        (0, 10, 0, 0.27753),
        (10, 10, 0.72247, 1),
    ],
)
def test_wilson_intervals_by_hand(
    connection: duckdb.DuckDBPyConnection, hits: int, cases: int, low: float, high: float
) -> None:
    assert asked(connection, "wilson_low(?, ?)", hits, cases) == pytest.approx(low, abs=1e-5)
    assert asked(connection, "wilson_high(?, ?)", hits, cases) == pytest.approx(high, abs=1e-5)


@pytest.mark.parametrize(("hits", "cases"), [(0, 0), (None, 5), (3, None), (6, 5), (-1, 5)])
def test_what_is_no_share_has_no_interval(
    connection: duckdb.DuckDBPyConnection, hits: int | None, cases: int | None
) -> None:
    for end in ("low", "high"):
        assert asked(connection, f"wilson_{end}(?::double, ?::double)", hits, cases) is None


@pytest.mark.parametrize(
    ("level", "kind", "name", "expected"),
    [
        ("state", "department", None, True),
        ("province", "government", "浙江省", True),
        ("prefecture", "government_office", "杭州市", True),
        ("prefecture", "government", "甘孜藏族自治州", True),
        ("prefecture", "government", "大兴安岭地区", False),
        ("prefecture", "government", "锡林郭勒盟", False),
        ("prefecture", "department", "杭州市", False),
        ("county", "government", "东城区", False),
        ("township", "township", None, False),
        ("unresolved", "government", None, None),
        ("prefecture", "unresolved", None, None),
    ],
)
def test_who_makes_rules(
    connection: duckdb.DuckDBPyConnection, level: str, kind: str, name: str | None, expected: bool | None
) -> None:
    assert asked(connection, "can_make_rules(?, ?, ?)", level, kind, name) is expected


@pytest.mark.parametrize(
    ("value", "raw", "expected"),
    [(None, "12²", True), (None, "1 或 2", True), (None, "—", False), (None, "", False), (12.0, "12", False)],
)
def test_illegible_is_a_digit_without_a_number(
    connection: duckdb.DuckDBPyConnection, value: float | None, raw: str, expected: bool
) -> None:
    assert asked(connection, "is_illegible(?::double, ?)", value, raw) is expected


def test_sound_is_what_nothing_speaks_against(connection: duckdb.DuckDBPyConnection) -> None:
    sound = {grade: asked(connection, "is_sound(?)", grade) for grade in vocabulary.GRADES}
    assert sound == {
        "verified": True,
        "unverified": True,
        "contradicted": False,
        "conflicting": False,
        "corrected": True,
    }
    assert asked(connection, "is_sound(null)") is None


#: From best to worst, as the house says it; not the order of the alphabet.
GRADES = ["verified", "unverified", "corrected", "contradicted", "conflicting"]
COMPARABILITIES = ["exact", "approximate", "not_collected"]


@pytest.mark.parametrize(("macro", "order"), [("worst_grade", GRADES), ("worst_comparability", COMPARABILITIES)])
def test_of_two_the_worse_counts(connection: duckdb.DuckDBPyConnection, macro: str, order: list[str]) -> None:
    for better, worse in combinations(order, 2):
        assert worst(connection, macro, [better, None, worse]) == worse
        assert worst(connection, macro, [worse, better]) == worse
    for alone in order:
        assert worst(connection, macro, [None, alone]) == alone
    assert worst(connection, macro, [None, None]) is None
    assert worst(connection, macro, []) is None


def test_of_several_origins_the_most_certain_counts(connection: duckdb.DuckDBPyConnection) -> None:
    for better, worse in combinations(vocabulary.IDENTITY_FROM, 2):
        assert worst(connection, "surest_origin", [worse, None, better]) == better


def test_the_macros_know_every_word_of_the_vocabulary() -> None:
    # A grade that a macro does not know would be passed over in silence.
    assert set(GRADES) == set(vocabulary.GRADES)
    assert set(COMPARABILITIES) == set(vocabulary.COMPARABILITIES)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        (19.5, "万元", "万元", 19.5),
        (20000.0, "元", "万元", 2.0),
        (20.0, "千元", "万元", 2.0),
        (3.0, "十万元", "万元", 30.0),
        (19.5, "百万元", "万元", 1950.0),
        (2.0, "亿元", "万元", 20000.0),
        (19.5, "美元", "万元", None),
        (7.0, "件", "万元", None),
        (7.0, "件", "件", 7.0),
        (7.0, None, "件", 7.0),
        (605.0, "万件", "件", 6_050_000.0),
        (3.0, "百件", "件", 300.0),
        (7.0, "元", "件", None),
        (7.0, "条", "件", 7.0),
    ],
)
def test_a_number_in_the_unit_of_a_measure(
    connection: duckdb.DuckDBPyConnection, value: float, unit: str | None, wanted: str, expected: float | None
) -> None:
    assert asked(connection, "in_unit(?, ?, ?)", value, unit, wanted) == expected
