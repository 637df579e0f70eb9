"""The indicator dictionary: complete, free of contradictions, and about what the issue of it asks for."""

from __future__ import annotations

import re

import pytest

from expectations import indicators as dictionary
from expectations.forms import forms
from expectations.indicators import IndicatorError, groups, indicators


def test_every_indicator_is_described() -> None:
    assert len(indicators()) >= 120
    for code, indicator in indicators().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", code)
        assert indicator.zh and indicator.en and indicator.unit in indicator.measures and indicator.phrasings
        assert len(indicator.definition) > 15, code
    assert len({i.zh for i in indicators().values()}) == len(indicators())
    assert {i.group for i in indicators().values()} == set(groups())


def test_parts_and_wholes_do_not_run_in_circles() -> None:
    for indicator in indicators().values():
        seen = {indicator.code}
        whole = indicator.part_of
        while whole is not None:
            assert whole not in seen, f"{indicator.code} is part of itself"
            seen.add(whole)
            whole = indicators()[whole].part_of


def test_what_adds_up_is_part_of_what_it_adds_up_to() -> None:
    for indicator in indicators().values():
        for codes in indicator.parts:
            assert len(codes) > 1
            for code in codes:
                assert indicators()[code].part_of == indicator.code, f"{code} of {indicator.code}"


def test_cells_are_cells_of_the_form() -> None:
    tables = forms()["2021"].tables
    for indicator in indicators().values():
        for line in indicator.facts:
            for name in line:
                table, row, column = name.split("/")
                codes = {label.code for label in tables[table].rows}
                starts = {code.partition(".")[0] + ".*" for code in codes if "." in code}
                assert row in codes | starts, name
                assert any(column in {c.code for c in block.columns} for block in tables[table].blocks), name


def test_unlike_kinds_of_quantity_have_unlike_names() -> None:
    for code, indicator in indicators().items():
        assert code.endswith("_pct") == (indicator.unit == "%"), code
        assert code.endswith("_yuan") == (indicator.unit == "元"), code


def test_all_contradictions_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"group": "fees", "zh": "甲", "en": "A", "definition": "A.", "unit": "件", "says": ["甲"]}
    wrong = {
        "groups": {"fees": {"zh": "收费", "en": "Fees"}},
        "measures": {},
        "words": {},
        "indicators": [
            {**entry, "code": "a", "part_of": "nowhere"},
            {**entry, "code": "b", "group": "none", "measures": "次"},
            {**entry, "code": "a"},
        ],
    }
    monkeypatch.setattr(dictionary, "_content", lambda: wrong)
    indicators.cache_clear()
    groups.cache_clear()
    try:
        with pytest.raises(IndicatorError) as error:
            indicators()
    finally:
        indicators.cache_clear()
        groups.cache_clear()
    for told in ("b is in no group", "b is not counted in its own unit", "a stands twice"):
        assert told in str(error.value)


def test_a_phrasing_is_read_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, second, third) = dictionary._phrasing("微信|@微博 & {do} & <公报|期", {"do": "发布|公开"})
    assert (first.near, first.around, first.before) == (("微信", "微博"), ("微博",), ())
    assert second.near == ("发布", "公开")
    assert (third.near, third.before) == (("公报", "期"), ("公报", "期"))
