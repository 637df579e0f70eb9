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


def answers(name: str) -> str:
    return by_name()[name][1].accountability


def test_who_answers_to_whom() -> None:
    vertical = (
        "海关",
        "税务",
        "海事",
        "烟草专卖",
        "气象",
        "邮政管理",
        "海警",
        "银保监",
        "调查队",
        "消防救援",
        "人民银行",
    )
    assert {answers(name) for name in vertical} == {"vertical"}
    # 审计法, 统计法实施条例: departments of their governments that the organ above leads, too.
    assert {answers(name) for name in ("审计", "统计", "生态环境")} == {"dual"}
    assert {answers(name) for name in ("公安", "教育", "应急管理", "地方海事", "地方金融监管")} == {"local"}
    # An era can differ from its function: the environment's organs were their governments' until the reform of 2016-2018.
    assert answers("环境保护") == "local"
    assert answers("地方税务") == "dual"


def test_who_is_led_from_above_has_a_rule_or_says_that_none_was_had() -> None:
    eras = [era for function in functions().values() for era in function.eras]
    assert all(era.accountability_source for era in eras if era.accountability != "local")
    unsourced = {
        code for code, f in functions().items() if any(e.accountability_source == "needs_source" for e in f.eras)
    }
    # No text was had for the 地税 of before 2018 and the organs of 国家移民管理局.
    assert unsourced == {"taxation", "immigration"}


def test_the_rule_is_cited_by_the_article_that_says_so() -> None:
    # As read: 行政复议法 art. 27 names 外汇管理, 电力监管条例 art. 6 the branches, 审计法 art. 9 and 统计法实施条例 art. 32 both heads.
    said = {"foreign_exchange": "art. 27", "energy_supervision": "art. 6", "audit": "art. 9", "statistics": "art. 32"}
    for code, article in said.items():
        assert article in (functions()[code].eras[0].accountability_source or "")


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
        (lambda raw: raw[0].pop("accountability"), "lacks 'accountability'"),
        (lambda raw: raw[0].update(accountability="central"), "it is one of local, dual, vertical"),
        (lambda raw: raw[0].update(accountability="vertical"), "it has a source, or needs_source"),
        (lambda raw: raw[0]["eras"][0].update(accountability="dual"), "it has a source, or needs_source"),
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
