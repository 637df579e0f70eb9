"""The annex of form 2014 in every layout and file format: each cell of each, compared with the figures that made it."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests import annex
from tests.renderers import docx, pdf, xlsx

FORMATS = {
    "html": lambda table: annex.page(table).encode(),
    "docx": lambda table: docx.render(annex.content(table)),
    "xlsx": lambda table: xlsx.render(annex.content(table)),
    "pdf": lambda table: pdf.render(annex.content(table)),
}


def parsed(data: bytes, name: str = "annex") -> Report:
    return parse(read(data, name), Hints(name))


def cells(report: Report) -> dict[tuple[str, str], object]:
    return {(f.row, f.column): f.value for f in report.facts if not f.row.startswith("unmapped.")}


def strange(report: Report) -> list[tuple[str, str]]:
    return [(f.row_label, f.raw) for f in report.facts if f.row.startswith("unmapped.")]


def failing(report: Report, *kinds: str) -> list[str]:
    return [f"{c.code}@{c.place}" for c in report.checks if c.outcome == "fails" and c.kind in (kinds or ("identity",))]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", annex.LAYOUTS)
def test_every_layout_in_every_format(layout: str, format: str) -> None:
    made = annex.LAYOUTS[layout](annex.made(11))
    report = parsed(FORMATS[format](made.markup))
    assert (report.body.name, report.report_year, report.form) == (annex.BODY, annex.YEAR, "2014")
    assert {f.table for f in report.facts} == {"statistics"}
    assert cells(report) == made.cells
    assert strange(report) == list(made.strange)
    assert failing(report) == []


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("layout", annex.LAYOUTS)
def test_every_layout_with_other_figures(layout: str, seed: int) -> None:
    made = annex.LAYOUTS[layout](annex.made(100 + seed))
    report = parsed(annex.page(made.markup).encode())
    assert cells(report) == made.cells
    assert {f.grade for f in report.facts if f.row == "requests.received"} == {"verified"}


#: Structure rules that fail in a layout that is not the nation's, at their places.
LOCAL = {
    "levels": ["statistics.columns_known@unmapped.2", "statistics.columns_known@unmapped.3"],
    "provincial": [f"statistics.rows_known@unmapped.{n}" for n in (1, 2, 3)],
}


@pytest.mark.parametrize("layout", annex.LAYOUTS)
def test_what_is_local_is_reported_and_nothing_else(layout: str) -> None:
    report = parsed(annex.page(annex.LAYOUTS[layout](annex.made(3)).markup).encode())
    found = [f for f in failing(report, "structure") if f.startswith("statistics.")]
    assert found == LOCAL.get(layout, [])


def test_lines_of_text() -> None:
    """A converter's text: label, unit and number on a line; headings alone."""
    column = annex.made(5)
    lines = [annex.title(annex.BODY, annex.YEAR), *(t for pair in annex.PROSE for t in pair)]
    lines += ["附件", "统计指标 单位 统计数"]
    for label in annex.sequence(column):
        number = f" {label.unit} {column[label.code]}" if label.code in column else ""
        lines.append(f"{label.official}{number}")
    report = parsed("\n".join([*lines, "2017年3月20日"]).encode(), "annex.txt")
    assert cells(report) == {(code, "value"): v for code, v in column.items()}
    assert report.form == "2014"
