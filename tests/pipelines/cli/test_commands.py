"""`gongkai parse` and `gongkai evaluate` on files of several formats, and on files that are no reports."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from expectations import codes
from expectations.indicators import indicators
from pipelines.catalogue.examine import Refused, examine
from pipelines.catalogue.inspection import FileJob, inspect
from pipelines.cli import show_report
from pipelines.cli.app import app
from pipelines.parse.report import Figure, Hints
from pipelines.read.document import UNREAD
from pipelines.workers.pool import Limits
from tests.made.corpus import report, write
from tests.made.narrative import figure, narrated
from tests.made.office import made, needs_office

pytestmark = pytest.mark.long(seconds=10)

PAGE = report("杭州市人民政府", 2024, 5)


def parsed(file: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["parse", str(file)], catch_exceptions=False)
    return done.exit_code, done.output


@needs_office
def test_a_report_looks_the_same_in_each_format(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.doc").write_bytes(made(PAGE, "doc"))
    shown = [parsed(tmp_path / name) for name in ("a.html", "a.doc")]
    assert [code for code, _ in shown] == [0, 0]
    tables = [text[text.index("二、主动公开") :] for _, text in shown]
    assert tables[0] == tables[1]
    assert "document 文件        doc, " in shown[1][1]


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"<html><body><p>404 Not Found</p></body></html>", ["[not_a_report]", "the content is an HTML page"]),
        ("a.doc", b"Rar!\x1a\x07\x01\x00", ["a RAR archive", "[format_not_supported]", "what would help: unpack it"]),
        ("a.html", b" \n", ["[empty]", "what would help: fetch it again"]),
        ("a.txt", b"{}", ["JSON", "[format_not_supported]", "what would help: check"]),
    ],
)
def test_what_is_no_report_ends_with_1_and_says_why(tmp_path: Path, name: str, data: bytes, says: list[str]) -> None:
    (tmp_path / name).write_bytes(data)
    code, text = parsed(tmp_path / name)
    assert code == 1
    for part in says:
        assert part in text


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "a.html", "杭州市人民政府", 2024)
    ((_, found),) = inspect([FileJob(file, Hints("a.html"))], limits=Limits(seconds=0))
    assert isinstance(found, Refused)
    assert found.code == "timed_out"
    assert "gongkai build --retry" in (found.hint or "")


def test_files_come_back_with_what_is_in_them(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{seed}.html", "杭州市人民政府", 2024, seed) for seed in range(3)]
    found = {job.path: result for job, result in inspect([FileJob(file, Hints(file.name)) for file in files])}
    assert found == {file: examine(file.read_bytes(), Hints(file.name), frozenset()) for file in files}


def test_evaluate_goes_on_with_the_others_and_keeps_their_order(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("b", "a"):
        write(tmp_path, f"{name}.html", "杭州市人民政府", 2024)
        (gold / f"{name}.csv").write_text("table,row,column,value,raw\nrequests,granted,total,1,1\n")
    (tmp_path / "c.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    (gold / "c.csv").write_text("table,row,column,value,raw\nrequests,granted,total,1,1\n")
    files = [str(tmp_path / name) for name in ("b.html", "c.rar", "a.html")]
    done = CliRunner().invoke(app, ["evaluate", "--gold", str(gold), *files], catch_exceptions=False)
    assert done.exit_code == 0
    assert "c.rar: a RAR archive, which is not read [format_not_supported]" in done.output
    rows = [line.split()[1] for line in done.output.splitlines() if line.startswith("│") and "requests" in line]
    assert rows == ["b", "c", "a"]


def test_what_ocr_read_is_told_apart() -> None:
    found = examine(PAGE.encode(), Hints("a"), frozenset())
    assert not isinstance(found, Refused)
    document, parsed = found
    for fact in parsed.facts:
        fact.confidence = 0.99
    sure, doubtful, unread = parsed.facts[:3]
    sure.raw, doubtful.raw, unread.raw = "11", "22", UNREAD
    doubtful.confidence, unread.confidence = 0.62, 0.0
    text = shown(
        show_report.report(parsed, replace(document, format="pdf", encoding=None, page_count=5, ocr_page_count=2))
    )
    assert "pdf, 5 pages, " in text
    assert "2 of 5 pages" in text
    assert f"{len(parsed.facts)} of {len(parsed.facts)} cells, lowest confidence 0.00, 2 doubtful" in text
    assert " 11 " in text
    assert " 22? " in text
    assert "unread" in text
    assert UNREAD not in text


def test_what_was_read_as_text_says_nothing_of_ocr() -> None:
    found = examine(PAGE.encode(), Hints("a"), frozenset())
    assert not isinstance(found, Refused)
    text = shown(show_report.report(found[1], found[0]))
    assert "OCR" not in text
    assert "html, utf-8, " in text


def shown(what: object) -> str:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


PORTAL, RECEIVED = (indicators()[code].zh for code in ("portal_items", "requests_received"))


def narrative(*figures: Figure, empty: bool = False) -> str:
    """What is shown of the narrative, with these figures besides those made by hand."""
    found = examine(PAGE.encode(), Hints("a"), frozenset())
    assert not isinstance(found, Refused)
    document, parsed = found
    said = narrated(parsed)
    said = replace(said, figures=(*said.figures, *figures))
    silent = replace(parsed, figures=(), problems=(), commitments=())
    return shown(show_report.report(silent if empty else said, document))


def line(text: str, *parts: str) -> list[str]:
    """The cells of the one line that has all parts."""
    (found,) = [row for row in text.splitlines() if all(part in row for part in parts)]
    return [cell.strip() for cell in found.strip("│").split("│")]


def test_figures_are_shown_with_indicator_unit_grade_and_sentence() -> None:
    text = narrative()
    assert line(text, "674,500 条")[:5] == ["1", PORTAL, "674,500 条", "territory", "unverified"]
    assert "67.45万条" in line(text, "674,500 条")[5]
    assert line(text, "120 件")[1:5] == [RECEIVED, "120 件", "", "verified"]
    assert line(text, "↑ 20 %", "两成")[1] == RECEIVED
    assert line(text, "? 茶话会")[2] == "8 场"
    assert "4 figures: 1 verified, 3 unverified; 1 that the dictionary does not know (?)" in text


def test_qualifiers_ranges_and_shares_read_as_in_the_sentence() -> None:
    text = narrative(
        figure("120件", "requests_received", 6000, "件", qualifier="余"),
        figure("120件", "requests_received", 647, "次", qualifier="累计"),
        figure("120件", "requests_received", 3, "件", value_to=5),
        figure("120件", "requests_received", 33, "%", aspect="share", part_of=1, grade="contradicted"),
    )
    for value in ("6,000余 件", "累计 647 次", "3–5 件", "share 33 %"):
        assert line(text, value)[1] == RECEIVED
    assert "1 contradicted" in text


def test_problems_stand_beside_what_will_be_done() -> None:
    text = narrative()
    assert line(text, "解读形式单一") == ["interpretation", "解读形式单一", "今后将多用图文解读"]
    assert line(text, "人员变动频繁") == ["staff_and_training", "人员变动频繁", "—"]


def test_a_report_that_states_nothing_says_so() -> None:
    text = narrative(empty=True)
    assert "figures of the narrative: none was found" in text
    assert "problems and what will be done: none was found" in text


def test_a_cell_of_which_the_narrative_says_another_number_is_marked() -> None:
    found = examine(PAGE.encode(), Hints("a"), frozenset())
    assert not isinstance(found, Refused)
    document, parsed = found
    for each in parsed.facts:
        each.prose = None
    assert "≠" not in shown(show_report.report(parsed, document))
    fact = next(f for f in parsed.facts if f.raw and f.table == "requests")
    fact.raw, fact.prose = "7654321", "fails"
    text = shown(show_report.report(parsed, document))
    assert "7654321≠" in text and "≠ is a number of which the narrative says another" in text


@pytest.mark.usefixtures("no_workers")
def test_json_has_every_table_of_a_report(tmp_path: Path) -> None:
    file = write(tmp_path, "a.html", "杭州市人民政府", 2024)
    done = CliRunner().invoke(app, ["parse", str(file), "--json", "-"], catch_exceptions=False)
    tables = json.loads(done.output)
    assert list(tables) == [
        "documents", "reports", "sections", "facts", "checks", "figures", "problems", "commitments",
    ]  # fmt: skip
    assert tables["facts"][0]["prose_outcome"] in (None, "holds", "fails")


def test_a_mistake_in_a_data_file_ends_a_command_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("column,code,zh,en\n,html,,Web page\n", encoding="utf-8")
    monkeypatch.setattr(codes, "written", partial(codes.written, file))
    done = CliRunner().invoke(app, ["parse", str(write(tmp_path, "a.html", "杭州市人民政府", 2024))])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{file}: 1 problem\n  line 2: zh is empty; it must be given\n"
