"""Every code that a column may hold is explained in both languages."""

from __future__ import annotations

import csv

from expectations.codes import CODES_FILE, meanings
from expectations.columns import columns
from expectations.tables import TABLES, model_of


def test_every_code_of_every_column_has_a_meaning() -> None:
    bare = [
        f"{table}.{column.name}: {code.code}"
        for table, model in TABLES.items()
        for column in columns(model)
        for code in meanings(column)
        if not (code.zh and code.en)
    ]
    assert bare == []


def test_a_line_for_a_column_goes_before_one_for_all() -> None:
    by_name = {c.name: c for c in columns(model_of("coverage"))}
    assert {code.code: code.zh for code in meanings(by_name["coverage_state"])} == {
        "present": "有报告",
        "contradicted": "有矛盾数据",
        "absent": "缺报告",
    }


def test_no_line_stands_twice() -> None:
    with CODES_FILE.open(encoding="utf-8", newline="") as file:
        keys = [(row["column"], row["code"]) for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys))
