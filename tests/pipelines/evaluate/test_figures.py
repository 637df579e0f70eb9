"""Figures against gold statements: what counts as right, wrong, missing and invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from expectations.indicators import indicators
from pipelines.cli.app import app
from pipelines.evaluate.figures import FigureScore, meanings_of, read_names, read_statements, score_figures, total
from pipelines.parse.narrative import figures
from pipelines.parse.report import Section
from pipelines.workspace import PROJECT

pytestmark = pytest.mark.usefixtures("no_workers")

ROOT = PROJECT
SHARED = ROOT.parent / "shared"
TEXT = "门户网站公开政府信息1,500余条，收到申请20件，同比增长25%，不予公开2件，占10%。\n列全国第3名。"


def gold(folder: Path, *rows: tuple[str, str, str, str]) -> Path:
    path = folder / "gold.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("indicator", "value", "unit", "qualifier", "quote"), *((n, v, u, "", q) for n, v, u, q in rows)]
        )
    return path


def score(folder: Path, *rows: tuple[str, str, str, str]) -> FigureScore:
    sections = [Section(1, None, TEXT)]
    return score_figures("k", read_statements(gold(folder, *rows), read_names()), figures(sections), sections)


RIGHT = (
    ("portal_items", "1500", "条", "公开政府信息1,500余条"),
    ("requests_received", "20", "件", "收到申请20件"),
    ("requests_received_yoy_increase_pct", "25", "%", "同比增长25%"),
    ("requests_denied", "2", "件", "不予公开2件"),
    ("requests_denied_pct", "10", "%", "占10%"),
)


def test_all_right_and_a_rank_neither_right_nor_wrong(tmp_path: Path) -> None:
    found = score(tmp_path, *RIGHT)
    assert (found.right, found.wrong, found.missing, found.invented) == (5, 0, 0, 0)
    assert (found.recall, found.precision, found.unmapped_share) == (1, 1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        ("portal_items", "1501", "条", "公开政府信息1,500余条"),
        ("portal_items", "1500", "件", "公开政府信息1,500余条"),
        ("wechat_items", "1500", "条", "公开政府信息1,500余条"),
    ],
)
def test_another_value_unit_or_indicator_is_wrong(tmp_path: Path, changed: tuple[str, str, str, str]) -> None:
    found = score(tmp_path, changed, *RIGHT[1:])
    assert (found.right, found.wrong, found.missing, found.invented) == (4, 1, 0, 0)
    assert (found.recall, found.precision) == (0.8, 0.8)
    assert len(found.notes) == 1


def test_what_gold_lacks_is_invented_and_what_is_not_found_is_missing(tmp_path: Path) -> None:
    found = score(tmp_path, *RIGHT[:-1], ("gazette_issues", "9", "期", "公报9期"))
    assert (found.right, found.wrong, found.missing, found.invented) == (4, 0, 1, 1)
    whole = total([found, found])
    assert (whole.statements, whole.right, whole.invented) == (10, 8, 2)


def test_names_say_shares_and_changes() -> None:
    assert ("requests_denied", "share", "") in meanings_of("requests_denied_pct", {})
    assert ("requests_received", "change", "decrease") in meanings_of("requests_received_yoy_decrease_pct", {})
    assert meanings_of("tv_episodes_policy_guide", read_names()) == {("tv_episodes", "amount", "")}


def test_the_map_names_indicators_that_there_are() -> None:
    for name, meanings in read_names().items():
        for code, aspect, change in meanings:
            assert code in indicators(), name
            assert aspect in ("amount", "share", "change") and (change != "") == (aspect == "change"), name


def test_the_command_prints_recall_and_precision(tmp_path: Path) -> None:
    report = ROOT / "data" / "sample" / "demo-city-2022.html"
    quote = "门户网站"
    (tmp_path / "narrative").mkdir()
    gold(tmp_path / "narrative", ("portal_items", "1", "条", quote)).rename(
        tmp_path / "narrative" / "demo-city-2022.csv"
    )
    arguments = ["evaluate", "--figures", "--gold", str(tmp_path), str(report)]
    assert "recall" in CliRunner().invoke(app, arguments).stdout
    found = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert [r["key"] for r in found["reports"]] == ["demo-city-2022"]
    assert found["total"]["statements"] == 1 and found["total"]["recall"] == 0
    assert set(found["total"]) >= {"recall", "precision", "unmapped_share"}


@pytest.mark.skipif(not (SHARED / "gold" / "narrative").is_dir(), reason="../shared with gold statements is not there")
def test_the_gold_statements_of_real_reports() -> None:
    arguments = ["evaluate", "--figures", "--json", "--gold", str(SHARED / "gold"), str(SHARED / "reports")]
    result = CliRunner().invoke(app, arguments)
    whole = json.loads(result.stdout)["total"]
    assert whole["statements"] == 172
    assert whole["recall"] >= 0.95 and whole["precision"] >= 0.97 and whole["unmapped_share"] < 0.10
