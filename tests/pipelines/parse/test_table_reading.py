"""Numbers that cannot be what a column counts, and the units of headers."""

from __future__ import annotations

from pipelines.parse.numbers import read_cell
from pipelines.parse.table_reading import can_be, unit_of
from tests.made.cases import folded


@folded("printed", ["0.7", "-7", "1.605", "增173", "减少3", "+4", "99,999,999,999,999,999,999", "1.0件"])
def test_what_no_count_can_be(printed: str) -> None:
    assert not can_be(read_cell(printed), "proactive", "decisions", "件")


@folded(
    ("printed", "column", "unit"),
    [
        ("605", "decisions", "件"),
        ("0", "decisions", "件"),
        ("1,234,567", "total_disclosed", None),
        ("-2", "items_change", "项"),
        ("增5", "items_change", "项"),
        ("19.5", "amount_10k_yuan", "万元"),
        ("4068.208", "amount_yuan", None),
        ("123456789012.55", "amount_yuan", "元"),
        ("1.5", "decisions", "万件"),
        ("/", "decisions", "件"),
        ("", "decisions", "件"),
    ],
)
def test_what_a_column_can_say(printed: str, column: str, unit: str | None) -> None:
    assert can_be(read_cell(printed), "proactive", column, unit)


@folded(("table", "printed"), [("requests", "12345678"), ("disputes", "99999999"), ("proactive", "12345678901")])
def test_a_count_that_no_body_reaches_is_no_value(table: str, printed: str) -> None:
    assert not can_be(read_cell(printed), table, "total", None)


@folded(("table", "printed"), [("requests", "1234567"), ("disputes", "31"), ("proactive", "123456789")])
def test_a_large_count_that_a_body_can_reach_is_read(table: str, printed: str) -> None:
    assert can_be(read_cell(printed), table, "total", None)


@folded(
    ("label", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("本年收费金额（单位：千元）", "千元"),
        ("收费金额（仟元）", "千元"),
        ("收费金额（单位：十万元）", "十万元"),
        ("收费金额（单位：百万元）", "百万元"),
        ("收费金额/亿元", "亿元"),
        ("采购总金额（单位：美元）", "美元"),
        ("采购总金额（单位：人民币元）", "元"),
        ("采购总金额（单位：人民币万元）", "万元"),
        ("本年处理决定数量（单位：万件）", "万件"),
        ("本年处理决定数量（百件）", "百件"),
        ("采购总金额（元）", "元"),
        ("现行有效件数", None),
        ("本年收费金额", None),
    ],
)
def test_the_whole_unit_of_a_header(label: str, unit: str | None) -> None:
    assert unit_of(label) == unit
