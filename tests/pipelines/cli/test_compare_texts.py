"""`gongkai compare BODY --text` and `gongkai search`: texts beside each other, and the sentences that hold a word."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner, Result

from pipelines.cli.app import app
from pipelines.site.text_page import Line, marked
from tests.dbt_like_sql.test_texts_sql import KEPT, told
from tests.made.parsed import Parsed


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    parsed = Parsed()
    told(parsed, "330100-2023", "杭州市", {1: KEPT + "热线答疑<b>每周</b>两次。", 6: "没有其他需要说明的事情。"})
    told(
        parsed, "330100-2024", "杭州市", {1: KEPT + "海铁联运收费目录已经上网。", 5: "=SUM(1) 培训场次不足以覆盖乡镇。"}
    )
    told(parsed, "330200-2024", "宁波市", {1: "政策解读材料较为单一。\n二、依申请公开 API 接口"})
    (folder / "warehouse").mkdir()
    parsed.build(folder).path.rename(folder / "warehouse" / "gongkai.duckdb")
    return folder


def run(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "-w", str(workspace)])


def test_two_years_stand_side_by_side(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    answer = run(workspace, "compare", "杭州", "--text", "2024", "2023", "--html", str(page))
    assert answer.exit_code == 0, answer.output
    lines = [line for line in answer.stdout.splitlines() if line.startswith("│")]
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines]
    # Same, nearly, reworded, new, gone: three of the five sentences of 2024 stand in 2023.
    assert cells[-1] == ["whole 全文", "3", "0", "0", "2", "2", "60.0% (3/5)"]
    rows = [row.attributes["class"] for row in LexborHTMLParser(page.read_bytes()).css(".pairs tbody tr")]
    assert rows == ["repeated", "repeated", "repeated", "gone", "new", "new", "gone"]


def test_the_page_needs_nothing_beside_it_and_escapes_the_report(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert (
        run(workspace, "compare", "杭州", "--text", "2023", "2024", "--html", str(page), "--lang", "en").exit_code == 0
    )
    text = page.read_text(encoding="utf-8")
    assert "热线答疑&lt;b&gt;每周&lt;/b&gt;两次。" in text
    assert not list(LexborHTMLParser(text).css("script, img, iframe, link[rel=stylesheet]"))
    assert "sentence beside sentence" in text


def test_what_differs_is_marked_number_by_number() -> None:
    assert marked(Line("repeated", "受理申请20件。", "受理申请315件。")) == (
        "受理申请<del>20</del>件。",
        "受理申请<ins>315</ins>件。",
    )
    assert marked(Line("new", None, "新增1<2。")) == (None, "新增1&lt;2。")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("杭州", "--text", "2019", "2024"), "杭州市人民政府 has no text of 2019; there are: 2023、2024"),
        (("杭州", "--text", "2024", "2024"), "two different years"),
        (("杭州", "宁波", "--text", "2023", "2024"), "leave the second one out"),
        (("杭州",), "two bodies, or one with --text"),
        (("苏州", "--text", "2023", "2024"), "no body has the id, name or code '苏州'"),
    ],
)
def test_a_request_that_makes_no_sense_is_told(workspace: Path, arguments: tuple[str, ...], says: str) -> None:
    answer = run(workspace, "compare", *arguments)
    assert answer.exit_code == 2
    assert says in answer.stderr


def test_a_page_that_cannot_be_written_is_told(workspace: Path, tmp_path: Path) -> None:
    answer = run(workspace, "compare", "杭州", "--text", "2023", "2024", "--html", str(tmp_path))
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr


def test_the_sentences_with_a_word_are_found_with_their_places(workspace: Path) -> None:
    answer = run(workspace, "search", "政策", "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert [(row["body_name"], row["report_year"], row["sentence"]) for row in rows] == [
        ("宁波市人民政府", "2024", "政策解读材料较为单一。"),
        ("杭州市人民政府", "2024", "政策文件与解读材料同步发布。"),
        ("杭州市人民政府", "2023", "政策文件与解读材料同步发布。"),
    ]
    assert rows[1]["start"] == str(KEPT.index("政策文件"))


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--year", "2023"), 1),
        (("--body", "杭州"), 2),
        (("--body", "宁波", "--year", "2023"), 0),
        (("--limit", "1"), 1),
    ],
)
def test_a_search_is_narrowed(workspace: Path, arguments: tuple[str, ...], count: int) -> None:
    answer = run(workspace, "search", "政策", *arguments)
    assert answer.exit_code == 0
    assert answer.stdout.count("  政策") == count


def test_a_heading_is_found_and_letters_of_any_size(workspace: Path) -> None:
    assert "二、依申请公开 API 接口" in run(workspace, "search", "api").stdout


def test_csv_holds_no_formula(workspace: Path) -> None:
    assert "'=SUM(1)" in run(workspace, "search", "培训场次", "--csv").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("  ",), 2, "is empty"),
        (("政策", "--body", "苏州"), 2, "no body has"),
        (("百分号%_'",), 0, "no sentence holds"),
    ],
)
def test_a_search_without_result_says_why(workspace: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    answer = run(workspace, "search", *arguments)
    assert answer.exit_code == code
    assert says in answer.output
