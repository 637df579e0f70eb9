"""The embedded corpus: its expected cells are consistent, equal to the gold ones, and what the program reads."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from expectations import identities
from expectations.forms import Form, form_for
from expectations.identities import Number
from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from pipelines.workspace import PROJECT

ROOT = PROJECT
SAMPLE = ROOT / "data" / "sample"
GOLD = ROOT.parent / "shared" / "gold" / "cells"
REPORTS = sorted(p for p in SAMPLE.iterdir() if p.is_file() and p.name != "README.md")
EXPECTED = sorted((SAMPLE / "expected").glob("*.csv"))
LARGEST = 60_000

#: The sample's name of a real report → its name among the gold files.
SAME_AS_GOLD = {
    "shanghai-office-2019": "shgo2019",
    "huaian-2024": "huaian2024",
    "hongze-2024": "hzq2024",
    "hangzhou-2025": "hangzhou2025",
    "shuyang-2025": "shuyang2025",
}
#: Identities that fail because the error was planted: (report, identity, place) → difference.
PLANTED = {("demo-city-2022", "disputes.result_sum", "reconsideration"): -11}
#: Reports whose request totals are blank, so that rows cannot be added up.
BLANK_TOTALS = {"shanghai-office-2019", "demo-district-education-2022"}
#: Body as printed, year, form.
IDENTITY = {
    "shanghai-office-2019": ("上海市人民政府办公厅", 2019, "2019"),
    "huaian-2024": ("淮安市人民政府", 2024, "2021"),
    "hongze-2024": ("淮安市洪泽区人民政府", 2024, "2021"),
    "hangzhou-2025": ("杭州市人民政府", 2025, "2021"),
    "shuyang-2025": ("沭阳县人民政府", 2025, "2021"),
    "shenyang-2019": ("沈阳市人民政府", 2019, "2019"),
    "demo-city-2016": ("示例市人民政府", 2016, "2014"),
    "demo-city-2020": ("示例市人民政府", 2020, "2019"),
    "demo-city-2021": ("示例市人民政府", 2021, "2021"),
    "demo-city-2022": ("示例市人民政府", 2022, "2021"),
    "demo-district-education-2022": ("示例市样板区教育局", 2022, "2021"),
}

Cells = dict[tuple[str, str, str], tuple[Number | None, str]]


def cells_of(path: Path) -> Cells:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(r["table"], r["row"], r["column"]): (Decimal(r["value"]) if r["value"] else None, r["raw"]) for r in rows}
    assert len(found) == len(rows), f"{path.name} has a cell twice"
    return found


def form_of(stem: str) -> Form:
    form = form_for(IDENTITY[stem][1])
    assert form is not None
    return form


def parsed(path: Path) -> Report:
    return parse(read(path.read_bytes(), path.name), Hints(path.name))


def values(cells: Cells, table: str) -> Mapping[tuple[str, str], Number | None]:
    return {(row, column): value for (name, row, column), (value, _) in cells.items() if name == table}


def found_in(stem: str, cells: Cells) -> dict[tuple[str, str, str], identities.IdentityResult]:
    """Every identity of the report's form at every place that the report has."""
    found = {}
    for name, table in form_of(stem).tables.items():
        here = values(cells, name)
        for identity in table.identities:
            places = dict.fromkeys(key[1 if identity.per == "column" else 0] for key in here)
            for finding in identities.findings(identity, here, places):
                found[stem, f"{name}.{identity.code}", finding.place] = finding
    return found


def test_enough_reports_bodies_years_forms_and_formats() -> None:
    assert {p.stem for p in REPORTS} == set(IDENTITY)
    assert len(REPORTS) >= 8
    assert len({body for body, _, _ in IDENTITY.values()}) >= 5
    assert len({year for _, year, _ in IDENTITY.values()}) >= 3
    assert {form for _, _, form in IDENTITY.values()} == {"2014", "2019", "2021"}
    assert {p.suffix for p in REPORTS} == {".html", ".txt", ".md"}
    assert max(p.stat().st_size for p in REPORTS) < LARGEST


def test_every_report_with_tables_has_expected_cells() -> None:
    assert {p.stem for p in EXPECTED} == set(IDENTITY) - {"shenyang-2019"}


def test_the_readme_tells_of_every_file() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in REPORTS if f"`{p.name}`" not in text] == []


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.stem)
def test_expected_cells_are_those_of_the_form(path: Path) -> None:
    cells = cells_of(path)
    for name, table in form_of(path.stem).tables.items():
        rows = list(dict.fromkeys(row for t, row, _ in cells if t == name))
        assert rows == table.expected_rows(rows)
        for block in table.blocks:
            for row in block.rows:
                columns = [column for t, r, column in cells if (t, r) == (name, row.code)]
                assert columns == ([c.code for c in block.columns] if row.code in rows else [])


def test_expected_cells_satisfy_the_identities_but_for_the_planted_errors() -> None:
    found = {k: f for path in EXPECTED for k, f in found_in(path.stem, cells_of(path)).items()}
    failing = {k: f.difference for k, f in found.items() if f.outcome == "fails"}
    assert failing == PLANTED
    untested = {(stem, code) for (stem, code, _), f in found.items() if f.outcome == "not_testable"}
    untested -= {(stem, "requests.applicant_sum") for stem in BLANK_TOTALS}
    # Columns and rows that are blank, or hold marks, throughout say nothing either.
    assert {stem for stem, _ in untested} <= BLANK_TOTALS


def test_what_one_year_carries_out_is_not_what_the_next_carries_in() -> None:
    """Planted: 示例市 carries 27 out of 2020 and 24 into 2021; 2021 and 2022 join."""
    year = {y: values(cells_of(SAMPLE / "expected" / f"demo-city-{y}.csv"), "requests") for y in (2020, 2021, 2022)}
    assert year[2020]["carried_out", "total"] == 27
    assert year[2021]["carried_in", "total"] == 24
    assert year[2021]["carried_out", "total"] == year[2022]["carried_in", "total"] == 20


@pytest.mark.parametrize(("stem", "key"), SAME_AS_GOLD.items())
def test_expected_cells_equal_the_gold_ones(stem: str, key: str) -> None:
    if not GOLD.is_dir():
        pytest.skip("no gold cells next to this checkout")
    assert cells_of(SAMPLE / "expected" / f"{stem}.csv") == cells_of(GOLD / f"{key}.csv")


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.stem)
def test_the_program_reads_the_expected_cells(path: Path) -> None:
    report = parsed(next(p for p in REPORTS if p.stem == path.stem))
    assert {(f.table, f.row, f.column): (f.value, f.raw) for f in report.facts} == cells_of(path)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_the_program_tells_body_year_form_and_sections(path: Path) -> None:
    report = parsed(path)
    assert (report.body.name, report.report_year, report.form) == IDENTITY[path.stem]
    # Before 2019 there are more: 7 is what has no counterpart since, 8 the annex's text.
    last = 8 if report.form == "2014" else 6
    assert [s.number for s in report.sections if s.number] == list(range(1, last + 1))
    assert report.published_on is not None
    assert report.published_on.year == report.report_year + 1
    assert all(s.text for s in report.sections if s.number in (1, 5, 6))


def test_fictional_bodies_are_in_no_division() -> None:
    for path in REPORTS:
        code = parsed(path).body.government_code
        assert (code is None) == path.stem.startswith("demo-"), path.name


def test_the_bytes_are_encoded_as_the_readme_says() -> None:
    huaian = (SAMPLE / "huaian-2024.html").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        huaian.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        huaian.decode("gb2312")
    assert "淮安市" in huaian.decode("gb18030")
    assert b"charset=gb2312" in huaian
    assert b"charset=gb2312" in (SAMPLE / "demo-city-2022.html").read_bytes()
    assert b"charset" not in (SAMPLE / "demo-city-2020.html").read_bytes()
