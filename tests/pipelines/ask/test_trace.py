"""`gongkai trace` and `gongkai measures`: a number leads to its cell or sentence, a measure to what each form offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from expectations.crosswalk import crosswalk, measures
from pipelines.ask.newest import NotThere
from pipelines.ask.trace import trace
from pipelines.cli.app import app
from pipelines.workspace import Workspace
from tests.dbt_like_sql.test_measures_sql import requests
from tests.made.parsed import Parsed


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    place = Workspace(tmp_path_factory.mktemp("trace"))
    parsed = Parsed()
    cell = {
        "locator": "table 3",
        "grid_row": 5,
        "grid_column": 9,
        "row_label": "（一）予以公开",
        "column_label": "总计",
    }
    parsed.report(
        "a-2024",
        requests(),
        body_name="甲县人民政府",
        government_name="甲县",
        government_code="330199",
        body_kind="government",
    )
    for fact in parsed.rows["facts"]:
        fact.update(cell if fact["form_row"] == "granted" else {})
    parsed.report("a-2012", {}, form="none", body_name="甲县人民政府", government_name="甲县")
    parsed.figure("a-2012", "requests_received", 9, raw="9件", sentence="全年收到申请9件。", section=3)
    parsed.rows["documents"][0]["source_url"] = "http://example.gov.cn/2024.html"
    target = parsed.build(place.root / "made").path
    place.warehouse.parent.mkdir()
    target.replace(place.warehouse)
    return place


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def traced(workspace: Workspace, *arguments: str) -> Result:
    return run("trace", *arguments, "--workspace", str(workspace.root))


def test_a_quotient_leads_to_its_measures_and_they_to_their_cells(workspace: Workspace) -> None:
    done = traced(workspace, "甲县", "2024", "granted_share")
    assert done.exit_code == 0
    for part in (
        "a-2024  甲县人民政府 2024 (form 2021, territory)",
        "trends: not comparable with the year before (year_missing), segment 1",
        "peer_group_comparison: not ranked in county (field_small)",
        "granted_share 予以公开占比: 0.6666666667 share of 1 verified",
        "formula: (requests_granted) / (requests_processed)",
        "requests_granted 予以公开数: 60 件 verified",
        "alternative 1, used: The cell counts what the measure is defined as. [国办公开办函〔2021〕30号",
        "a-2024/requests/granted/total verified",
        "cell: 60  （一）予以公开 × 总计",
        "place: table 3, grid row 5, column 9",
        "document: a-2024.html, http://example.gov.cn/2024.html, sha256 ",
    ):
        assert part in done.output


def test_a_figure_leads_to_its_sentence(workspace: Workspace) -> None:
    done = traced(workspace, "a", "2012", "requests_received")
    assert "figure: 9件  section 3" in done.output
    assert "sentence: 全年收到申请9件。" in done.output


def test_a_measure_without_a_value_says_why(workspace: Workspace) -> None:
    done = traced(workspace, "330199", "2024", "press_conferences")
    assert "press_conferences 新闻发布会次数: absent" in done.output
    assert "alternative 1, not used: The form has no such cell." in done.output


def test_a_body_is_named_in_any_of_its_ways(workspace: Workspace) -> None:
    found = [trace(workspace.warehouse, body, 2024, "lawsuits") for body in ("a", "甲县", "甲县人民政府", "a-2024")]
    assert [[link.measure["report_id"] for link in links] for links in found] == [["a-2024"]] * 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("乙县", "2024", "lawsuits"), "no body has the id, name or code '乙县'"),
        (("甲县", "2020", "lawsuits"), "甲县 has no report of 2020; there are: 2012, 2024"),
        (("甲县", "2024", "trials"), "there is no measure 'trials'; `gongkai measures` lists them"),
    ],
)
def test_what_is_not_there_ends_with_2_and_says_what_is(
    workspace: Workspace, arguments: tuple[str, ...], says: str
) -> None:
    done = traced(workspace, *arguments)
    assert done.exit_code == 2
    assert says in done.output


def test_without_a_warehouse_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="`gongkai build` makes it"):
        trace(tmp_path / "none.duckdb", "a", 2024, "lawsuits")


def test_every_measure_is_printed_with_what_each_form_offers() -> None:
    text = run("measures", "--markdown").output
    assert text.count("\n## `") + 1 == len(measures())
    assert text.count("| not_collected |") == sum(not line.formula for line in crosswalk())
    assert (
        "| 2014 | approximate | `statistics/answers.already_public/value + statistics/answers.granted/value` |" in text
    )
    assert "`(reconsiderations + lawsuits_direct) / (requests_processed)`" in text


def test_measures_can_be_chosen_and_unknown_ones_are_told() -> None:
    assert "≈ figures/requests_received" in run("measures", "requests_received").output
    done = run("measures", "trials")
    assert done.exit_code == 2
    assert "no measure trials; there are: requests_received, " in done.output
