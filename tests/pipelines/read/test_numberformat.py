"""Stored numbers and their formats → what Excel shows. The expected values are worked out by hand from ECMA-376, 18.8.31."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.document import UNREAD
from pipelines.read.numberformat import shown, text_shown


@pytest.mark.parametrize(
    ("stored", "format", "printed"),
    [
        ("3119", "General", "3119"),
        ("3119.0", "General", "3119"),
        ("12.50", "0.00", "12.5"),
        ("0.30000000000000004", "General", "0.3"),
        ("12.3456", "0.00_ ", "12.35"),
        ("2.5", "0", "3"),
        ("1E-3", "General", "0.001"),
        ("1234567890", "#,##0", "1234567890"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("-3", "0;[Red]-0", "-3"),
        ("0.125", "0.0%", "12.5%"),
        ("0.5", "0%", "50%"),
        ("12", '0"件"', "12件"),
        ("12", '0"万"', "12万"),
        ("1200", '0,"千"', "1千"),
        ("3", "0.00E+00", "3"),
        ("5", ";;;", ""),
        ("5", "@", "5"),
        # From 1899-12-30 it is 36,524 days to 1999-12-30, 24 years with 6 leap days (8,766) to 2023-12-30, and 21 more.
        ("45311", 'yyyy"年"m"月"d"日"', "2024年1月20日"),
        ("45311", "yyyy-mm-dd", "2024-01-20"),
        ("45311.5", "yyyy/m/d h:mm", "2024-01-20 12:00"),
        ("45311", 'yyyy"年"', "2024年"),
        ("45311", '[$-804]yyyy"年"m"月";@', "2024年1月"),
        ("文字", "0", "文字"),
        ("NaN", "0", "NaN"),
    ],
)
def test_numbers_as_shown(stored: str, format: str, printed: str) -> None:
    assert shown(stored, format) == printed


def test_the_date_system_of_1904() -> None:
    assert shown("0", "yyyy-mm-dd", is_1904=True) == "1904-01-01"


@given(st.integers(-(10**14), 10**14), st.sampled_from(["General", "0", "#,##0", "0_ ", "0.00"]))
def test_whole_numbers_never_change(number: int, format: str) -> None:
    assert shown(str(number), format) == str(number)
    assert shown(repr(float(number)), format) == str(number)


@given(st.text(max_size=30), st.floats(allow_nan=True, allow_infinity=True))
def test_any_format_shows_something(code: str, value: float) -> None:
    assert isinstance(shown(repr(value), code), str)


@pytest.mark.parametrize(
    ("stored", "format", "printed"),
    [
        # A comma behind the last digit scales by a thousand.
        ("195000", "0!.0,", "19.5"),
        ("195000", "0\\.0,", "19.5"),
        ("195000", '0"."0,', "19.5"),
        ("195000", '#!.0,"万元"', "19.5万元"),
        ("195000", '0!.0000"万"', "19.5000万"),
        ("9", "0!.0", "0.9"),
        ("19500", "#,##0.0,", "19.5"),
        ("19500", "#,##0,.0", "19.5"),
        ("19540", "0.0,", "19.5"),
        ("19500000", "0.0,,", "19.5"),
        ("1950000000", '0!.00,,"亿"', "19.50亿"),
        ("195000", '0.0,"千元"', "195千元"),
        # Text that looks like digits is shown like digits.
        ("605", '0"0"', "6050"),
        ("5", '"1"0', "15"),
        # A quoted percent sign scales nothing.
        ("0.125", "0%", "13%"),
        ("12.5", '0.0"%"', "12.5%"),
        # Sections: positive, negative, zero.
        ("0", "0;-0;;@", ""),
        ("0", '0;-0;"—"', "0"),
        ("0", '0;-0;"无数据"', "无数据"),
        ("5", "0;-0;;@", "5"),
        ("-3", "#,##0_);(#,##0)", "-3"),
        ("3", "#,##0_);(#,##0)", "3"),
        ("-3", "0;[Red]0", "-3"),
        ("-3", "0;0", "3"),
        ("-3", '0;"▲"0', "▲3"),
        ("-3", "0;", ""),
        # Conditions come before signs.
        ("605", "[>100]0.0,;0", "0.6"),
        ("50", "[>100]0.0,;0", "50"),
        ("1", '[=1]"是";[=0]"否";0', "是"),
        ("7", '[=1]"是";[=0]"否";0', "7"),
        ("50", "[>100]0;[<10]0", UNREAD),
        # Text in place of a number.
        ("5", '"—"', "—"),
        ("5", '"不公开"', "不公开"),
        ("5", ";;", ""),
        # A # shows no zero of its own.
        ("0", "#,###", ""),
        ("0", "#", ""),
        ("5", "#,###", "5"),
        # Chinese numerals are the same number.
        ("605", "[DBNum1][$-804]General", "605"),
        ("605", "[DBNum2][$-804]0", "605"),
        ("605", "[DBNum1]0.0,", "0.6"),
        ("5", 'General"件"', "5件"),
        ("5", "G/通用格式", "5"),
        # Other money than yuan shows its sign.
        ("605", "[$¥-804]#,##0.00", "605"),
        ("605", "[$$-409]#,##0", "$605"),
        ("605", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "605"),
        ("605", "+0;-0", "605"),
        ("7", "000", "7"),
        ("605", "0_ ", "605"),
        # What the rules do not tell.
        ("605", "0.0.0", UNREAD),
        ("605", '0"千",', UNREAD),
        ("45311", "aaaa", UNREAD),
    ],
)
def test_formats_that_scale_or_replace(stored: str, format: str, printed: str) -> None:
    assert shown(stored, format) == printed


@pytest.mark.parametrize(
    ("format", "printed"),
    [
        (";;;", ""),
        ("General;;;", ""),
        ("0;-0;0;", ""),
        ('@"件"', "605件"),
        ('0;-0;0;"文字"', "文字"),
        ("0;-0;;@", "605"),
        (";;", "605"),
        ("0", "605"),
        ("@", "605"),
        ("0!.0,", "605"),
        ('[$-804]yyyy"年"m"月";@', "605"),
    ],
)
def test_text_as_shown(format: str, printed: str) -> None:
    assert text_shown("605", format) == printed
