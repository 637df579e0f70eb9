"""The register of corrections: a wrong line is a sentence with file, line and what is allowed; two files are one register."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from expectations import corrections as registers
from expectations.corrections import COLUMNS, Correction, corrections, read, written
from expectations.data_files import DataFileError

SHA = "0123456789abcdef" * 4
CELL = Correction(
    SHA, "cell", "requests", "received_new", "total", "", "", "1,234", "1243", "digits exchanged", "notice of 3 March",
    "An Editor", "2026-11-30",
)  # fmt: skip
FIGURE = replace(
    CELL, kind="figure", form_table="", form_row="", form_column="", indicator="requests_received",
    sentence="全年收到", printed="12件", corrected="21",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corrections.csv"


def test_what_is_written_is_read_in_the_order_of_places(file: Path) -> None:
    other = replace(CELL, form_column="natural_person", corrected="19.5")
    file.write_bytes(written([FIGURE, CELL, other]))
    assert read(file) == (other, CELL, FIGURE)
    assert (CELL.value, other.value) == (1243, Decimal("19.5"))


def test_an_empty_register_is_its_header(file: Path) -> None:
    file.write_bytes(written([]))
    assert file.read_text("utf-8") == ",".join(COLUMNS) + "\n"
    assert read(file) == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (replace(CELL, document_sha256="abc"), "document_sha256 is 'abc'; it is the document's SHA-256"),
        (replace(CELL, kind="sentence"), "kind is 'sentence'; it is one of cell, figure"),
        (replace(CELL, form_table="fees"), "it is one of proactive, requests, disputes, statistics"),
        (
            replace(CELL, form_row="recieved"),
            "form_row is 'recieved'; in requests it is one of received_new, carried_in",
        ),
        (replace(CELL, form_column="sum"), "form_column is 'sum'; in requests it is one of natural_person"),
        (replace(CELL, indicator="requests_received"), "it is empty for a cell"),
        (replace(FIGURE, form_row="received_new"), "it is empty for a figure"),
        (replace(FIGURE, indicator="visitors"), "it is a code of indicators.yaml or unmapped"),
        (replace(FIGURE, printed=""), "printed_value is empty"),
        (replace(CELL, corrected="1,243"), "corrected_value is '1,243'; it is a number"),
        (replace(CELL, corrected=""), "corrected_value is ''; it is a number"),
        (replace(CELL, printed="12", corrected="12.0"), "there is nothing to correct"),
        (replace(CELL, reason=""), "reason is empty"),
        (replace(CELL, evidence=""), "evidence is empty"),
        (replace(CELL, by=""), "by is empty"),
        (replace(CELL, on="30.11.2026"), "on is '30.11.2026'; it is the day as YYYY-MM-DD"),
    ],
)
def test_a_wrong_line_is_told_with_file_and_line(file: Path, line: Correction, says: str) -> None:
    file.write_bytes(written([line]))
    with pytest.raises(DataFileError) as told:
        read(file)
    assert str(told.value).startswith(f"{file}: ")
    assert "line 2: " in str(told.value) and says in str(told.value)


@pytest.mark.parametrize("column", ["unmapped.3", "cumulative"])
def test_rows_and_columns_that_no_form_knows_can_be_corrected(file: Path, column: str) -> None:
    line = replace(CELL, form_table="statistics", form_row="unmapped.12", form_column=column)
    file.write_bytes(written([line]))
    assert read(file) == (line,)


def test_two_lines_for_one_place_are_told(file: Path) -> None:
    file.write_bytes(written([CELL, replace(CELL, corrected="99")]))
    with pytest.raises(DataFileError, match="line 3: line 2 corrects the same place"):
        read(file)


def test_the_workspaces_line_counts_before_the_projects(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = file.with_name("project.csv")
    monkeypatch.setattr(registers, "CORRECTIONS_FILE", project)
    project.write_bytes(written([CELL, FIGURE]))
    assert corrections(file) == (CELL, FIGURE)
    own = replace(CELL, corrected="1324")
    file.write_bytes(written([own]))
    assert corrections(file) == (own, FIGURE)
    assert corrections() == (CELL, FIGURE)


@pytest.mark.parametrize(
    ("raw", "value", "printed", "fits"),
    [
        (" 12 ", 12.0, "12", True),
        ("1,234", 1234.0, "1234", True),
        ("1,234", 1234.0, "1,234", True),
        ("1,234", 1234.0, "1235", False),
        ("", None, "", True),
        ("", None, "0", False),
        ("\ufffd", None, "\ufffd", True),
        ("0", 0.0, "", False),
    ],
)
def test_a_line_fits_where_the_place_prints_what_it_says(
    raw: str, value: float | None, printed: str, fits: bool
) -> None:
    assert replace(CELL, printed=printed).is_printed(raw, value) is fits
