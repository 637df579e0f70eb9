"""CSV and XLSX: opened right by Excel, the rows of the warehouse, and no cell that runs or leads anywhere."""

from __future__ import annotations

import csv
import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.utils.escape import unescape

from expectations.columns import columns
from expectations.tables import MARTS, model_of
from pipelines.publish.contents import Contents
from pipelines.publish.sheets.csv_files import write_csv
from pipelines.publish.sheets.datasets import COMPARISONS, write_sheets
from pipelines.publish.sheets.workbook import number_format, write_workbook
from pipelines.publish.sheets.worksheet_xml import column_letters
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, HOSTILE
from tests.made.rows import frame, valid_row


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    published = datetime.date(2024, 3, 1)
    processed = {**CELLS, "requests/total_processed/total": 4}
    parsed = Parsed().report("a-2023", processed, body_name="=1+1 市", published_on=published).report("a-2024", CELLS)
    assert set(write_sheets(parsed.build(folder).path, folder, Contents())) == set(COMPARISONS)
    return folder


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_comparison_is_there_in_both(written: Path) -> None:
    assert (
        {p.stem for p in (written / "csv").iterdir()}
        == set(COMPARISONS)
        == {p.stem for p in (written / "xlsx").iterdir()}
    )
    names = {str(model.Config.name) for model in MARTS}  # type: ignore[attr-defined]
    assert set(COMPARISONS) - names == {"measures_by_report"}


def test_csv_begins_with_a_mark_and_the_codes(written: Path) -> None:
    content = (written / "csv" / "comparison_by_year.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfreport_id,report_year,body_id,")
    (first, second) = lines(written / "csv" / "comparison_by_year.csv")
    assert (first["body_name"], first["requests_granted"], first["granted_share"]) == ("'=1+1 市", "3.0", "0.75")
    assert (first["published_on"], second["published_on"], second["report_year"]) == ("2024-03-01", "", "2024")


def test_a_workbook_explains_itself_and_has_two_header_rows(written: Path) -> None:
    book = openpyxl.load_workbook(written / "xlsx" / "comparison_by_year.xlsx")
    explained, sheet = book.worksheets
    said = "\n".join(str(cell) for row in explained.iter_rows(values_only=True) for cell in row if cell)
    for words in (
        "年度比较",
        "CC",
        "A null is not a zero",
        "空值不是零",
        "administrative_fees",
        "万元",
        "share of 1",
    ):
        assert words in said
    codes = [c.name for c in columns(model_of("comparison_by_year"))]
    assert [cell.value for cell in sheet[1]] == codes
    assert sheet["B2"].value == "报告年度 / Year that the report is about"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C3", f"A2:{column_letters(len(codes) - 1)}4")
    assert (sheet.dimensions, sheet.max_row) == (f"A1:{column_letters(len(codes) - 1)}4", 4)


def test_cells_have_their_types_and_formats(written: Path) -> None:
    sheet = openpyxl.load_workbook(written / "xlsx" / "comparison_by_year.xlsx").worksheets[1]
    place = {cell.value: cell.column_letter for cell in sheet[1]}

    def cell(name: str) -> Any:
        return sheet[f"{place[name]}3"]

    assert (cell("body_name").value, cell("body_name").data_type) == ("=1+1 市", "s")
    assert (cell("requests_granted").value, cell("requests_granted").number_format) == (3, "#,##0")
    assert (cell("report_year").value, cell("report_year").number_format) == (2023, "General")
    assert cell("published_on").value == datetime.datetime(2024, 3, 1)
    assert (cell("granted_share").value, cell("granted_share").number_format) == (0.75, "0.0%")


def hostile_rows() -> pl.DataFrame:
    model = model_of("quarantine")
    rows = [
        {**valid_row(model), "document_sha256": f"{number:064x}", "file_name": name, "message": f"{name} x"}
        for number, name in enumerate((*HOSTILE, "_x0041_", " \x00\x1b\ufffe ", "两\n行", "x" * 40_000))
    ]
    return frame(model, rows)


def test_hostile_texts_are_harmless_in_csv(tmp_path: Path) -> None:
    rows = hostile_rows()
    write_csv(model_of("quarantine"), rows.to_arrow().to_batches(), tmp_path / "x.csv")
    found = [line["file_name"] for line in lines(tmp_path / "x.csv")]
    assert all(not name.startswith(("=", "+", "-", "@", "\t", "\r")) for name in found)
    assert found[:5] == ["<script>alert(1)</script>", "'=1+1", "'+1", "'-1", "'@SUM(A1)"]
    assert found[5:9] == ["'\tx", "'\rx", 'a"b,c', "http://x.example/"]
    assert [name.removeprefix("'") for name in found] == rows["file_name"].to_list()


def test_hostile_texts_are_texts_in_xlsx(tmp_path: Path) -> None:
    rows = hostile_rows()
    path = tmp_path / "x.xlsx"
    write_workbook(model_of("quarantine"), rows.height, rows.to_arrow().to_batches(), path)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    # Excel decodes `_x000D_`; openpyxl leaves it to its caller.
    found = [unescape(row[2]) for row in sheet.iter_rows(min_row=3, values_only=True)]
    expected = rows["file_name"].to_list()
    assert found[:9] == expected[:9]
    assert found[9:] == ["_x0041_", " \ufffd\ufffd\ufffd ", "两\n行", "x" * 32_767]
    with zipfile.ZipFile(path) as parts:
        xml = parts.read("xl/worksheets/sheet2.xml").decode()
        assert "<f>" not in xml and "hyperlink" not in xml.lower()
        assert not any("rels" in name and "sheet2" in name for name in parts.namelist())


def test_the_same_rows_give_the_same_bytes_however_they_come(tmp_path: Path) -> None:
    rows = hostile_rows()
    for name, size in (("a", 3), ("b", 100)):
        batches = rows.to_arrow().to_batches(max_chunksize=size)
        write_workbook(model_of("quarantine"), rows.height, batches, tmp_path / f"{name}.xlsx")
        write_csv(model_of("quarantine"), batches, tmp_path / f"{name}.csv")
    for kind in ("xlsx", "csv"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


def test_a_long_table_has_a_file_a_year(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2023", CELLS).report("a-2024", CELLS)
    files = write_sheets(parsed.build(tmp_path).path, tmp_path, Contents(), most_rows=1)
    assert files["comparison_by_year"] == [Path(f"csv/comparison_by_year_{year}.csv") for year in (2023, 2024)]
    assert files["quality_scoreboard"] == [Path("csv/quality_scoreboard.csv")]
    assert [line["report_id"] for line in lines(tmp_path / "csv/comparison_by_year_2024.csv")] == ["a-2024"]
    book = openpyxl.load_workbook(tmp_path / "xlsx/comparison_by_year_2024.xlsx")
    assert book.worksheets[1]["A3"].value == "a-2024"


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered(index: int, name: str) -> None:
    assert column_letters(index) == name


def test_money_keeps_its_decimals() -> None:
    by_name = {c.name: c for c in columns(model_of("comparison_by_year"))}
    assert [number_format(by_name[n]) for n in ("administrative_fees", "published_on", "form", "fact_count")] == [
        "#,##0.00",
        "yyyy-mm-dd",
        "@",
        "#,##0",
    ]
