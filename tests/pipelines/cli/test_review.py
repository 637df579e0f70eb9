"""`gongkai review`: the list, the picture of a place, and a correction from the command to the rebuilt dataset."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from expectations.corrections import read, written
from pipelines.archive import by_hash
from pipelines.ask.newest import opened
from pipelines.ask.review import Item, item_of
from pipelines.catalogue import raw_gate
from pipelines.catalogue.catalogue import load, refresh
from pipelines.cli import place_picture
from pipelines.cli.app import app
from pipelines.tabulate.years import gate, stale, write_year
from pipelines.warehouse.warehouse_steps import build_candidate
from pipelines.workspace import SAMPLE, Workspace
from tests.made import quick
from tests.made.corpus import ready, report, table_path
from tests.made.renderers import pdf
from tests.made.renderers.content import content

pytestmark = pytest.mark.usefixtures("no_workers")

PLACE = "requests/received_new/natural_person"
WHO = ("--reason", "数字印错", "--by", "An Editor")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["review", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Four reports, tabulated; one of 2023 has a number that breaks its sums."""
    source, place = ready(tmp_path)
    page = report("杭州市人民政府", 2023, 1)
    (source / "hangzhou2023.html").write_text(page.replace(f">{_number(place)}<", ">99999<", 1), encoding="utf-8")
    build(source, place)
    return place


def _number(place: Workspace) -> str:
    facts = pl.read_parquet(table_path(place, "facts", "2023"), hive_partitioning=False)
    return str(facts.filter(pl.col("fact_id").str.ends_with(PLACE))["raw"][0])


def build(source: Path, place: Workspace) -> None:
    refresh(source, place, worker_count=1)
    for year in stale(place, load(place)):
        write_year(place, year)
        assert gate(place, year).is_open
    build_candidate(place)
    place.warehouse.parent.mkdir(exist_ok=True)
    place.candidate.replace(place.warehouse)


def listed(place: Workspace, *options: object) -> list[dict[str, Any]]:
    made = run("-w", place.root, "--json", *options)
    assert made.exit_code == 0, made.output
    found: list[dict[str, Any]] = json.loads(made.stdout)
    return found


def test_the_list_has_chinese_labels_the_document_and_where_its_bytes_lie(workspace: Workspace) -> None:
    found = listed(workspace, "--kind", "contradicted", "--year", 2023)
    first = found[0]
    # The cell that breaks a row and a column stands before those that are in one of the two.
    assert (first["form_row"], first["form_column"], first["raw"]) == (*PLACE.split("/")[1:], "99999")
    assert (first["row_label"], first["column_label"]) == ("一、本年新收政府信息公开申请数量", "自然人")
    assert (first["kind_zh"], first["file_name"], first["body_name"]) == (
        "勾稽关系不成立",
        "hangzhou2023.html",
        "杭州市人民政府",
    )
    assert b"99999" in Path(first["archived"]).read_bytes()
    weights = [item["weight"] for item in found]
    assert weights == sorted(weights, reverse=True) and len(found) > 2
    shown = run("-w", workspace.root, "--limit", 1)
    assert "places to look at 处需要复核" in shown.stdout and first["id"] in shown.stdout
    assert found[1]["id"] not in shown.stdout


def test_an_accepted_line_is_in_the_register_and_a_rebuild_shows_it(workspace: Workspace, tmp_path: Path) -> None:
    (first, *_) = listed(workspace, "--kind", "contradicted", "--year", 2023)
    made = run("-w", workspace.root, "--accept", first["id"], "--value", "17", *WHO)
    assert made.exit_code == 0 and "已登记" in made.stdout
    (line,) = csv.DictReader(workspace.corrections.open(encoding="utf-8", newline=""))
    assert (line["printed_value"], line["corrected_value"], line["by"]) == ("99999", "17", "An Editor")
    assert line["evidence"].startswith("seen in the document, hangzhou2023.html, ")
    assert stale(workspace, load(workspace)) == ["2023"]
    build(tmp_path / "reports", workspace)
    facts = pl.read_parquet(table_path(workspace, "facts", "2023"), hive_partitioning=False)
    (row,) = facts.filter(pl.col("grade") == "corrected").rows(named=True)
    assert (row["fact_id"], row["value"], row["printed_value"], row["raw"]) == (first["id"], 17.0, 99999.0, "99999")
    assert first["id"] not in {item["id"] for item in listed(workspace, "--limit", 1000)}


def test_a_document_that_changed_takes_its_correction_out_and_is_told(workspace: Workspace, tmp_path: Path) -> None:
    (first, *_) = listed(workspace, "--kind", "contradicted", "--year", 2023)
    run("-w", workspace.root, "--accept", first["id"], "--value", "17", *WHO)
    source = tmp_path / "reports"
    path = source / "hangzhou2023.html"
    path.write_text(path.read_text("utf-8").replace(">99999<", ">98765<"), encoding="utf-8")
    build(source, workspace)
    (lost,) = listed(workspace, "--kind", "not_applied")
    assert "document_gone" in lost["says"] and lost["document_sha256"] == first["document_sha256"]
    facts = pl.read_parquet(table_path(workspace, "facts", "2023"), hive_partitioning=False)
    assert facts.filter(pl.col("grade") == "corrected").height == 0
    verdict = raw_gate.gate(workspace, refresh(source, workspace, worker_count=1))
    (unmet,) = [u for u in verdict.unmet if u.check == "corrections_find_their_document"]
    assert unmet.row_count == 1 and first["document_sha256"] in unmet.message


def test_the_same_place_again_is_replaced_only_where_it_is_said(workspace: Workspace) -> None:
    (first, *_) = listed(workspace, "--kind", "contradicted", "--year", 2023)
    run("-w", workspace.root, "--accept", first["id"], "--value", "17", *WHO)
    before = workspace.corrections.read_bytes()
    again = run("-w", workspace.root, "--accept", first["id"], "--value", "18", *WHO)
    assert again.exit_code == 2 and "--yes replaces it" in again.stderr
    assert workspace.corrections.read_bytes() == before
    assert run("-w", workspace.root, "--accept", first["id"], "--value", "18", "--yes", *WHO).exit_code == 0
    (line,) = csv.DictReader(workspace.corrections.open(encoding="utf-8", newline=""))
    assert line["corrected_value"] == "18"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--accept", "nowhere/x", "--value", "1"), 2, "no fact or figure has the id 'nowhere/x'"),
        (("--accept", "nowhere/x"), 2, "--accept needs --value"),
        (("--kind", "odd"), 2, "--kind is odd; it is one of not_applied"),
        (("--body", "nowhere"), 2, "no body has the id, name or code 'nowhere'"),
        (("--interactive",), 2, "--interactive needs a terminal"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(
    workspace: Workspace, arguments: tuple[str, ...], code: int, says: str
) -> None:
    made = run("-w", workspace.root, *arguments)
    assert (made.exit_code, says in made.stderr) == (code, True), made.output


@pytest.mark.parametrize(("value", "says"), [("99999", "nothing to correct"), ("17 件", "it is a number, such as 12")])
def test_a_value_that_is_none_writes_nothing(workspace: Workspace, value: str, says: str) -> None:
    (first, *_) = listed(workspace, "--kind", "contradicted", "--year", 2023)
    made = run("-w", workspace.root, "--accept", first["id"], "--value", value, *WHO)
    assert (made.exit_code, says in made.stderr, workspace.corrections.exists()) == (2, True, False)


def test_without_a_warehouse_there_is_nothing_to_review(tmp_path: Path) -> None:
    made = run("-w", tmp_path)
    assert (made.exit_code, "gongkai build" in made.stderr) == (1, True)


def test_a_register_elsewhere_is_named_by_option_or_setting(workspace: Workspace, tmp_path: Path) -> None:
    (first, *_) = listed(workspace, "--kind", "contradicted", "--year", 2023)
    other = tmp_path / "own.csv"
    made = run("-w", workspace.root, "--register", other, "--accept", first["id"], "--value", "17", *WHO)
    assert made.exit_code == 0 and "GONGKAI_CORRECTIONS" in made.stdout
    assert other.is_file() and not workspace.corrections.exists()
    assert stale(workspace, load(workspace)) == []
    named = Workspace(workspace.root, corrections_location=str(other))
    assert stale(named, load(named)) == ["2023"]


def test_on_a_terminal_each_place_is_asked_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cli.review._is_terminal", lambda: True)
    answers = "An Editor\n17\n数字印错\n\nq\n"
    made = CliRunner().invoke(
        app,
        ["review", "-w", str(workspace.root), "-i", "--kind", "contradicted"],
        input=answers,
        catch_exceptions=False,
    )
    assert made.exit_code == 0, made.output
    (line,) = csv.DictReader(workspace.corrections.open(encoding="utf-8", newline=""))
    assert (line["corrected_value"], line["reason"], line["by"]) == ("17", "数字印错", "An Editor")


def test_the_picture_of_a_cell_shows_the_page_around_it(tmp_path: Path) -> None:
    data = pdf.render(content(SAMPLE / "demo-city-2016.html"))
    place = Workspace(tmp_path)
    sha256 = by_hash.keep(place.archive, data)
    item = _item(sha256, "table 1, page 1 at 379,742 to 525,760 pt", "pdf")
    with Image.open(place_picture.write(item, place, tmp_path / "review")) as picture:
        # Two pixels a point: the page is 595 points wide; 90 points above and below a box of 18, the foot of the page cut off.
        assert picture.width in (1190, 1191)
        assert picture.height == 2 * (90 + 18) + min(2 * 90, 2 * (842 - 760))
        # The frame.
        assert picture.convert("RGB").getpixel((2 * 450, 2 * 90 - 2)) == (200, 0, 0)


@pytest.mark.parametrize(
    ("locator", "format", "says"),
    [
        ("table 3", "html", "has no pages to show"),
        ("page 9", "pdf", "has no page 9"),
        ("table 1", "pdf", "the page of the place is not known"),
    ],
)
def test_where_there_is_no_picture_it_is_said_why(tmp_path: Path, locator: str, format: str, says: str) -> None:
    place = Workspace(tmp_path)
    sha256 = by_hash.keep(place.archive, pdf.render(content(SAMPLE / "demo-city-2016.html")))
    with pytest.raises(place_picture.NoPicture, match=says):
        place_picture.write(_item(sha256, locator, format), place, tmp_path / "review")


def _item(sha256: str, locator: str, format: str) -> Item:
    texts = dict.fromkeys(("body_name", "level", "report_id", "raw", "row_label", "column_label", "sentence"), "")
    nothing = dict.fromkeys(
        ("value", "grid_row", "grid_column", "confidence", "grade", "form_table", "form_row", "form_column", "indicator",
         "source_url", "report_year")
    )  # fmt: skip
    page = int(locator.split("page ")[1].split(maxsplit=1)[0]) if "page " in locator else None
    return Item(
        id="a/b", kind="contradicted", weight=1, says="", locator=locator, page=page, document_sha256=sha256,
        file_name="a.pdf", format=format, correctable=True, **texts, **nothing,
    )  # fmt: skip


def test_the_whole_command_rebuilds_what_a_correction_concerns(tmp_path: Path) -> None:
    source = tmp_path / "reports"
    source.mkdir()
    (source / "a.html").write_text(report("杭州市人民政府", 2023, 1), encoding="utf-8")
    (source / "b.html").write_text(report("南京市人民政府", 2024, 3), encoding="utf-8")
    place = Workspace(tmp_path / "workspace")
    assert quick.gongkai("build", source, "-w", place.root).returncode == 0
    times = {year: table_path(place, "facts", year).stat().st_mtime_ns for year in ("2023", "2024")}
    with opened(place.warehouse) as connection:
        ((place_id,),) = connection.execute(f"select fact_id from facts where fact_id like '%-2024/{PLACE}'").fetchall()
        assert item_of(connection, place_id).correctable
    assert run("-w", place.root, "--accept", place_id, "--value", "1", *WHO).exit_code == 0
    (line,) = read(place.corrections)
    place.corrections.write_bytes(written([line, replace(line, form_row="carried_in", printed="424242")]))
    built = quick.gongkai("build", source, "-w", place.root)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "1 applied, 1 printed_differs" in built.stdout and "1 corrected" in built.stdout
    assert table_path(place, "facts", "2023").stat().st_mtime_ns == times["2023"]
    assert table_path(place, "facts", "2024").stat().st_mtime_ns != times["2024"]
    with opened(place.warehouse) as connection:
        told = connection.execute(
            "select correction_status, place_id, printed_now from corrections where correction_status = 'applied'"
        ).fetchall()
        ((printed,),) = connection.execute(f"select raw from facts where fact_id = '{place_id}'").fetchall()
    assert told == [("applied", place_id, printed)]
    assert "nothing changed" in quick.gongkai("build", source, "-w", place.root).stdout
    place.corrections.write_bytes(written([replace(line, corrected="many")]))
    refused = quick.gongkai("build", source, "-w", place.root)
    assert (refused.returncode, f"{place.corrections}: 1 problem" in refused.stderr) == (2, True), refused.stderr
    assert "line 2: corrected_value is 'many'; it is a number" in refused.stderr
