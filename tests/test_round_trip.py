"""The same report in every file format gives the same facts.

Each sample report is rendered to each format (`tests.made.renderers`) and read again. What its cells are is known from
`data/sample/expected`, where they were checked by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from pipelines.read.document import UNREAD
from pipelines.read.libreoffice import find
from tests.made.renderers import docx, html, image, libreoffice, pdf, text, xlsx
from tests.made.renderers.content import REPORTS, SAMPLE, Content, content
from tests.test_sample import IDENTITY, Cells, cells_of

pytestmark = [pytest.mark.long(seconds=50), pytest.mark.usefixtures("no_workers")]

FORMATS: dict[str, Callable[[Content], bytes]] = {
    "html": html.render,
    "text": text.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
    "pdf": pdf.render,
    "pdf-rectangles": lambda c: pdf.render(c, pdf.Style(rules="rectangles", running_head="示例年报汇编")),
}
OFFICE = frozenset({"libreoffice"})
#: Reports whose tables the source holds as loose lines or in pieces: its sections 2 to 4 have those as text.
LAID_ANEW = {"hongze-2024", "shuyang-2025"}


@cache
def source(path: Path) -> Report:
    return parse(read(path.read_bytes(), path.name), Hints(path.name))


def again(data: bytes, name: str = "report") -> Report:
    return parse(read(data, name), Hints(name))


def gold(path: Path) -> Cells:
    expected = SAMPLE / "expected" / f"{path.stem}.csv"
    return cells_of(expected) if expected.exists() else {}


def printed(report: Report) -> Cells:
    """The facts as they stand in the gold files; of white space in a cell a PDF keeps no more than that it is there."""
    return {(f.table, f.row, f.column): (f.value, _bare(f.raw)) for f in report.facts}


def judged(report: Report) -> dict[tuple[str, str, str], tuple[str | None, str]]:
    return {(f.table, f.row, f.column): (f.unit, f.grade) for f in report.facts}


def sections(report: Report) -> dict[int, str]:
    return {s.number: _bare(s.text) for s in report.sections if s.number}


def _bare(text: str) -> str:
    return "".join(text.split())


def same(report: Report, path: Path, but: Collection[int] = ()) -> None:
    """The report is the one of the sample's file: cells, units, grades, body, year, form, text of sections `but` some."""
    assert printed(report) == {k: (value, _bare(raw)) for k, (value, raw) in gold(path).items()}
    assert judged(report) == judged(source(path))
    assert (report.body.name, report.report_year, report.form) == IDENTITY[path.stem]
    numbers = {1, 2, 3, 4, 5, 6} - set(but) - ({2, 3, 4} if path.stem in LAID_ANEW else set())
    assert {n: sections(report)[n] for n in numbers} == {n: sections(source(path))[n] for n in numbers}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_report_is_the_same_in_every_format(path: Path, format: str) -> None:
    made = FORMATS[format](content(path))
    assert read(made).format == format.partition("-")[0]
    # A banner over a whole table at its top is a line of text in a sheet: nothing tells it from one.
    same(again(made), path, but=(2,) if format == "xlsx" else ())


@pytest.mark.parametrize("format", FORMATS)
def test_rendering_gives_the_same_bytes_each_time(format: str) -> None:
    assert FORMATS[format](content(REPORTS[0])) == FORMATS[format](content(REPORTS[0]))


def test_parse_shows_the_same_for_every_format(tmp_path: Path) -> None:
    shown: dict[str, str] = {}
    for format, render in FORMATS.items():
        file = tmp_path / f"{format}.bin"  # a name that says nothing
        file.write_bytes(render(content(SAMPLE / "demo-city-2022.html")))
        done = CliRunner().invoke(app, ["parse", str(file)], catch_exceptions=False)
        assert done.exit_code == 0
        shown[format] = done.output[done.output.index("二、主动公开") :]
    assert len(set(shown.values())) == 1


def test_every_report_with_expected_cells_has_its_tables_to_render() -> None:
    for path in REPORTS:
        largest = max((table.height for table in content(path).tables), default=0)
        assert (largest >= 20) == bool(gold(path)), path.name


# ---------------------------------------------------------------- LibreOffice as another hand


@pytest.fixture(scope="module")
def made_by_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """All reports as LibreOffice makes them, by kind (see `tests.made.renderers.libreoffice.KINDS`) and stem."""
    office = find.office()
    if office is None or not office.has_writer:
        pytest.skip("LibreOffice is not installed")

    @cache
    def made(kind: str) -> dict[str, bytes]:
        files = {path.stem: FORMATS[kind.partition("-")[0]](content(path)) for path in REPORTS}
        return libreoffice.convert(office.command, kind, files, tmp_path_factory.mktemp(kind))

    return made


@pytest.mark.parametrize("kind", libreoffice.KINDS)
def test_a_report_is_the_same_from_libreoffice(kind: str, made_by_office: Callable[[str], dict[str, bytes]]) -> None:
    for path in REPORTS:
        document = read(made_by_office(kind)[path.stem], tools=OFFICE)
        assert document.format == kind.partition("-")[2]
        same(parse(document, Hints(path.name)), path)


# ---------------------------------------------------------------- pictures; all ten reports: benchmarks/ocr.py

#: A wide page, so that a report has two pages: reading one takes some seconds.
WIDE = pdf.Style(margin=36)


def scanned(path: Path, scan: Callable[[bytes], bytes]) -> Report:
    pytest.importorskip("rapidocr", reason="reading pictures needs the extra gongkai[ocr]")
    data = scan(pdf.render(content(path), WIDE))
    document = read(data, tools=frozenset({"ocr"}))
    assert document.ocr_page_count == document.page_count == 2
    return parse(document, Hints(path.name))


def test_a_clean_scan_gives_every_cell() -> None:
    """This report has blanks and marks in cells."""
    path = SAMPLE / "demo-district-education-2022.md"
    report = scanned(path, image.scan)
    assert values(report) == {key: value for key, (value, _) in gold(path).items()}
    assert (report.body.name, report.report_year, report.form) == IDENTITY[path.stem]
    assert all(fact.confidence is not None for fact in report.facts if fact.raw)  # nothing was read where nothing is


def test_a_bad_scan_gives_nearly_every_cell_and_no_wrong_one_for_right() -> None:
    path = SAMPLE / "demo-city-2022.html"
    report = scanned(path, image.bad_scan)
    expected = {key: value for key, (value, _) in gold(path).items()}
    found = values(report)
    wrong = {key for key in {**found, **expected} if found.get(key, UNREAD) != expected.get(key, UNREAD)}
    assert len(wrong) <= 0.005 * len(expected), wrong
    assert [f for f in report.facts if (f.table, f.row, f.column) in wrong and f.grade == "verified"] == []


def values(report: Report) -> dict[tuple[str, str, str], object]:
    return {(f.table, f.row, f.column): f.value for f in report.facts}
