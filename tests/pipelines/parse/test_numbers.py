from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.numbers import read_cell
from tests.made.cases import folded

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@folded(
    ("text", "value", "unit"),
    [
        ("0", 0, None),
        ("713", 713, None),
        ("1,234", 1234, None),
        ("1，234，567", 1234567, None),
        ("７１３", 713, None),
        ("1 234", 1234, None),
        ("4068.208", Decimal("4068.208"), None),
        ("251000元", 251000, "元"),
        ("25.1万元", Decimal("25.1"), "万元"),
        ("3件", 3, "件"),
        ("19.5千元", Decimal("19.5"), "千元"),
        ("19.5仟元", Decimal("19.5"), "千元"),
        ("2百万元", 2, "百万元"),
        ("3人民币元", 3, "元"),
        ("5美元", 5, "美元"),
        ("605万件", 605, "万件"),
        ("-2", -2, None),
        ("－2", -2, None),
        ("减少3", -3, None),
        ("增5", 5, None),
        ("+4", 4, None),
        ("007", 7, None),
    ],
)
def test_printed_numbers(text: str, value: object, unit: str | None) -> None:
    reading = read_cell(text)
    assert (reading.kind, reading.value, reading.unit) == ("number", value, unit)


@pytest.mark.parametrize(
    "text", ["31 19", "61145 61146", "0 1", "12 345", "34\n35", "1 22 333", "8 12", "71 2", "3 1 1 9", "1 0 0"]
)
def test_two_numbers_in_a_cell_are_never_one(text: str) -> None:
    assert read_cell(text).kind == "text"


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0"])
def test_blank(text: str) -> None:
    assert read_cell(text).kind == "blank"


@pytest.mark.parametrize("text", ["/", "—", "-", "无", "——"])
def test_signs_for_nothing_have_no_value(text: str) -> None:
    reading = read_cell(text)
    assert (reading.kind, reading.value) == ("mark", None)


@folded(
    "text",
    [
        "1\n2",
        "12,34",
        "1.2.3",
        "见附件",
        "3（含结转）",
        "5%",
        "第1项",
        "2023年",
        "12/3",
        "1,2345",
        "O",
        "约3",
        "3①",
        "12²",
    ],
)
def test_what_is_not_plainly_a_number_is_text(text: str) -> None:
    reading = read_cell(text)
    assert (reading.kind, reading.value) == ("text", None)


@given(st.integers(min_value=0, max_value=10**12))
def test_every_way_to_print_a_whole_number(number: int) -> None:
    for printed in (
        str(number),
        f"{number:,}",
        str(number).translate(FULL_WIDTH),
        f" {number}\u3000",
        f"{number:,}".translate(FULL_WIDTH),
    ):
        assert read_cell(printed).value == number


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False))
def test_decimals_are_exact(number: Decimal) -> None:
    assert read_cell(f"{number:f}").value == number


@given(st.text(max_size=30))
def test_any_text_is_read_without_error_and_only_digits_make_a_value(text: str) -> None:
    reading = read_cell(text)
    assert reading.kind in ("number", "blank", "mark", "text")
    if reading.value is not None:
        assert any(c.isdecimal() for c in text)
