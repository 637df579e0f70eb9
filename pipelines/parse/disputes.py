"""The disputes table (section 4): three procedures by five results, printed as one row of 15 or in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from expectations.forms import FormTable, Label
from pipelines.parse import tables_in_text
from pipelines.parse.contrary import says_another
from pipelines.parse.header_lines import LONGEST_LABEL, LONGEST_LINE, lines_of, printed_order
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, annual_forms, columns_of, key, rows_of, similarity
from pipelines.parse.placing import LIKENESS, named, placed
from pipelines.parse.report import Fact
from pipelines.parse.requests import failing
from pipelines.parse.table_reading import TableReading, fact, filled, header, trimmed, unmapped
from pipelines.read.document import Block

NAME = "disputes"
#: A line that names procedures over their numbers is no longer than this.
LONGEST_HEADING = 40
Place = tuple[str, str]


def read(table_rows: Sequence[Row], lines: Sequence[Block], table: FormTable, form: str) -> TableReading:
    """Read the table from its rows; from the section line by line where that gives more of it."""
    by_rows, by_lines = TableReading(NAME), TableReading(NAME)
    for row in table_rows:
        _read_row(row, table, form, by_rows)
    if filled(by_rows) < len(table.rows) * len(table.columns):
        # A line of a grid says nothing of the columns that its headers leave open.
        grids = {f.locator for f in by_rows.facts if f.is_unmapped}
        _read_loose([b for b in lines if b.locator not in grids], table, form, by_lines)
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
    elif places := by_label or _by_parts(row, values, table, procedures, results) or by_position:
        _add(_facts(row, values, places), reading)
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


def _by_parts(
    row: Row, values: Sequence[Value], table: FormTable, procedures: Lexicon, results: Lexicon
) -> list[Place] | None:
    """The places of a row of 5 or 15 by the headers that are known; what these leave open is the document's own.

    None where no header over the results is printed, or a row of 5 does not say of which procedure it is.
    """
    order = [c.code for c in table.columns]
    parts = [values[k : k + len(order)] for k in range(0, len(values), len(order))]
    if len(values) not in (len(order), len(order) * len(table.rows)):
        return None
    columns = [placed([header(row, value) for value in part], order, results) for part in parts]
    said = [_procedure(row, part, procedures) for part in parts]
    if not any(columns) or (len(parts) == 1 and said[0] is None):
        return None
    lines = _procedures(said, [r.code for r in table.rows]) if len(parts) > 1 else named(said)
    return [
        (line, column)
        for line, codes in zip(lines, columns, strict=True)
        for column in (named(codes) if codes else order)
    ]


def _procedure(row: Row, part: Sequence[Value], procedures: Lexicon) -> str | None:
    """The one procedure that the texts above and left of five numbers name."""
    above = [text for v in part if v.column is not None for text in reversed(row.headers.get(v.column, ()))]
    known = {code for text in above if (code := procedures.code(text))}
    if not known:
        code = _innermost([*reversed(row.labels), row.context], procedures)
        return code
    return known.pop() if len(known) == 1 else None


def _procedures(said: Sequence[str | None], order: Sequence[str]) -> list[str]:
    """The procedure of each five numbers: as named, by place where nothing named stands elsewhere, else undecided."""
    once = [code if said.count(code) == 1 else None for code in said]
    agree = all(code in (None, place) for code, place in zip(once, order, strict=True))
    return named(list(order) if agree else once)


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
    results = _printed_results(lines, table)
    if len(cells) != whole:
        rows = [run.values for run in found if len(run.values) == width and tables_in_text.adds_up(run.values)]
        cells = [value for row in rows for value in row] if len(rows) == len(table.rows) else cells
    longest = cells if len(cells) == whole else next((run.values for run in found if len(run.values) == whole), None)
    if longest:
        row = Row((), "", longest, found[0].locator)
        places = [(line, column) for line in _printed_procedures(lines, table) for column in results]
        _add(_facts(row, longest, places), reading)
        return
    for row, code, *_ in tables_in_text.rows(lines, table, rows_of(form, NAME), width):
        if code and len(row.values) == width:
            _add(_facts(row, row.values, [(code, column) for column in results]), reading)


def _printed_results(lines: Sequence[Block], table: FormTable) -> list[str]:
    """The results in the order in which a line prints them, once or for each procedure again."""
    order = [c.code for c in table.columns]
    printed = printed_order(lines_of(lines), table.columns, ["total"]) or order
    turned = {c.code for c in table.columns if any(_turns(word, c) for word in _short_words(lines))}
    return named([None if code in turned else code for code in printed])


def _turns(word: str, column: Label) -> bool:
    """Tell whether a header says the opposite of a column: 结果不维持, 已审结."""
    return any(similarity(word, key(s)) >= LIKENESS and says_another(word, key(s)) for s in column.spellings)


def _short_words(lines: Sequence[Block]) -> set[str]:
    """The words of the lines that may be headers of results."""
    words = {key(word) for line in lines_of(lines) if len(line) <= LONGEST_LINE for word in line.split()}
    return {word for word in words if 2 < len(word) <= LONGEST_LABEL} - _known_words()


@cache
def _known_words() -> frozenset[str]:
    tables = [form.tables[NAME] for form in annual_forms()]
    labels = [label for table in tables for label in (*table.columns, *table.rows)]
    return frozenset(key(spelling) for label in labels for spelling in label.spellings)


def _printed_procedures(lines: Sequence[Block], table: FormTable) -> list[str]:
    """The procedures in the order in which their names are printed; undecided where only some are, in another order."""
    printed = printed_order(lines_of(lines), table.rows)
    if printed:
        return named(printed)
    text = " ".join(line for line in lines_of(lines) if len(line) <= LONGEST_HEADING)
    first = {name: text.find(name) for name in ("行政复议", "行政诉讼")}
    order = [r.code for r in table.rows]
    is_turned = -1 < first["行政诉讼"] < first["行政复议"]
    return [*order[1:], order[0]] if is_turned else order


def _add(facts: Sequence[Fact], reading: TableReading) -> None:
    """Take facts in, and say of each whose place on the form nothing decides."""
    reading.doubt_open_columns(facts)
    reading.add(facts)
