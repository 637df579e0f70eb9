"""The disputes table (section 4): three procedures by five results, printed as one row of 15 or in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.forms import FormTable
from pipelines.parse import tables_in_text
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, columns_of, rows_of
from pipelines.parse.report import Fact
from pipelines.parse.requests import failing
from pipelines.parse.table_reading import TableReading, fact, filled, trimmed, unmapped
from pipelines.read.document import Block

NAME = "disputes"
Place = tuple[str, str]


def read(table_rows: Sequence[Row], lines: Sequence[Block], table: FormTable, form: str) -> TableReading:
    """Read the table from its rows; from the section line by line where that gives more of it."""
    by_rows, by_lines = TableReading(NAME), TableReading(NAME)
    for row in table_rows:
        _read_row(row, table, form, by_rows)
    if filled(by_rows) < len(table.rows) * len(table.columns):
        _read_loose(lines, table, form, by_lines)
    return max(by_rows, by_lines, key=lambda reading: (filled(reading), -failing(reading.facts, table)))


def _read_row(row: Row, table: FormTable, form: str, reading: TableReading) -> None:
    """A row of 15, a row of 5 under its heading, or any row whose labels and headers name every cell."""
    if not row.has_numbers and not row.labels and not row.headers:
        return
    procedures, results = rows_of(form, NAME), columns_of(form, NAME)
    width = len(table.columns) * len(table.rows)
    values = trimmed(row, len(table.columns) if len(row.values) < width else width)
    by_label = _by_label(row, values, procedures, results)
    by_position = _by_position(row, values, table, procedures)
    if by_label and by_position and by_label != by_position:
        first, second = _facts(row, values, by_label), _facts(row, values, by_position)
        by_header = failing(first, table) <= failing(second, table)
        reading.doubt(
            "columns_in_order", "", f"header and position differ; read by {'header' if by_header else 'position'}"
        )
        reading.add(first if by_header else second)
    elif by_label or by_position:
        reading.add(_facts(row, values, by_label or by_position or []))
    elif row.has_numbers:
        number = 1 + len({f.row for f in reading.facts if f.row.startswith("unmapped.")})
        reading.doubt("row_readable", f"unmapped.{number}", f"{len(values)} numbers have no place on the form")
        reading.add(unmapped(NAME, row, number))


def _by_label(row: Row, values: Sequence[Value], procedures: Lexicon, results: Lexicon) -> list[Place] | None:
    """The place of each value by the labels left of it, above it and before the table; None unless all are told."""
    places: list[Place] = []
    for value in values:
        above = row.headers.get(value.column, ()) if value.column is not None else ()
        texts = [*reversed(above), *reversed(row.labels)]
        result = _innermost(texts, results)
        procedure = _innermost([*texts, row.context], procedures)
        if result is None or procedure is None:
            return None
        places.append((procedure, result))
    return places if len(set(places)) == len(places) else None


def _innermost(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    return next((code for text in texts if text and (code := lexicon.code(text))), None)


def _by_position(row: Row, values: Sequence[Value], table: FormTable, procedures: Lexicon) -> list[Place] | None:
    """The form's order for a row of all 15, or of 5 whose procedure its label or heading names."""
    results = [c.code for c in table.columns]
    if len(values) == len(results) * len(table.rows):
        return [(r.code, c) for r in table.rows for c in results]
    procedure = _innermost([*reversed(row.labels), row.context], procedures)
    if procedure and len(values) == len(results):
        return [(procedure, c) for c in results]
    return None


def _facts(row: Row, values: Sequence[Value], places: Sequence[Place]) -> list[Fact]:
    return [fact(NAME, row, r, c, value, "件") for (r, c), value in zip(places, values, strict=True)]


def _read_loose(lines: Sequence[Block], table: FormTable, form: str, reading: TableReading) -> None:
    """Numbers in running text: 15 in all, or rows of 5 with their procedure's name around them."""
    width = len(table.columns)
    found = tables_in_text.split_runs(tables_in_text.runs(lines, width), width)
    cells = [value for run in found for value in run.values]
    whole = width * len(table.rows)
    if len(cells) == whole:
        row = Row((), "", cells, found[0].locator)
        reading.add(_facts(row, cells, _by_position(row, cells, table, rows_of(form, NAME)) or []))
        return
    longest = next((run for run in found if len(run.values) == whole), None)
    if longest:
        row = Row((), "", longest.values, longest.locator)
        reading.add(_facts(row, row.values, _by_position(row, row.values, table, rows_of(form, NAME)) or []))
        return
    for row, code, *_ in tables_in_text.rows(lines, table, rows_of(form, NAME), width):
        if code and len(row.values) == width:
            reading.add(_facts(row, row.values, [(code, c.code) for c in table.columns]))
