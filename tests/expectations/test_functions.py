"""The functions of departments: the file is whole, and one that contradicts itself is turned away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.functions import FUNCTIONS_FILE, FunctionError, by_name, functions


def test_the_reforms_of_2013_and_2018_are_followed() -> None:
    assert {by_name()[name][0].code for name in ("卫生", "卫生和计划生育", "卫生健康")} == {"health"}
    assert {by_name()[name][0].code for name in ("国土资源", "自然资源")} == {"natural_resources"}
    merged = {name: by_name()[name] for name in ("工商行政管理", "质量技术监督", "食品药品监督管理", "市场监督管理")}
    assert {function.code for function, _ in merged.values()} == {"market_regulation"}
    assert [era.fit for _, era in merged.values()] == ["approximate", "approximate", "approximate", "exact"]


def test_every_function_has_names_that_are_exactly_it_or_a_reason() -> None:
    for function in functions().values():
        for era in function.eras:
            assert era.fit == "exact" or era.note, function.code


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda raw: raw[0].pop("zh"), "lacks 'zh'"),
        (lambda raw: raw[0].update(zh=""), "zh is ''"),
        (lambda raw: raw[0].update(eras=[]), "a list that is not empty"),
        (lambda raw: raw[1].update(code=raw[0]["code"]), "stands twice"),
        (lambda raw: raw[1]["eras"][0]["names"].append(raw[0]["eras"][0]["names"][0]), "stands twice"),
        (lambda raw: raw[0]["eras"][0].update(names=[]), "a list that is not empty"),
        (lambda raw: raw[0]["eras"][0].update(names=["局"]), "has one character"),
        (lambda raw: raw[0]["eras"][0].update(fit="good"), "it is one of exact, approximate"),
        (lambda raw: raw[0]["eras"][0].update(fit="approximate"), "a note that says why"),
        (lambda raw: raw[0]["eras"][0].update({"from": 2018, "until": 2008}), "before it begins"),
        (lambda raw: raw[0]["eras"][0].update({"from": "2018"}), "from is '2018'"),
        (lambda raw: raw[0]["eras"][0].update({"since": 2018}), "has 'since'; its keys are names, fit"),
    ],
)
def test_a_file_that_contradicts_itself_is_turned_away(
    tmp_path: Path, change: Callable[[Any], object], complaint: str
) -> None:
    raw = yaml.safe_load(FUNCTIONS_FILE.read_text(encoding="utf-8"))
    change(raw["functions"])
    path = tmp_path / "functions.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FunctionError, match=complaint):
        functions(path)


def test_a_file_without_a_list_is_turned_away(tmp_path: Path) -> None:
    path = tmp_path / "functions.yaml"
    path.write_text("other: {}", encoding="utf-8")
    with pytest.raises(FunctionError, match="line 1: the file lacks 'functions'"):
        functions(path)
