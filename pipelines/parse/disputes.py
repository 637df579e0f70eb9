"""The disputes table (section 4): three procedures by five results, printed as one row of 15 or in pieces."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from expectations.forms import FormTable, Label
from pipelines.parse import tables_in_text
from pipelines.parse.contrary import says_another
from pipelines.parse.header_lines import LONGEST_LABEL, LONGEST_LINE, lines_of, printed_order
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, annual_forms, columns_of, full_key, key, rows_of, similarity
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
    for row in _without_blank(table_rows):
        _read_row(row, table, form, by_rows)
    if filled(by_rows) < len(table.rows) * len(table.columns):
        # A line of a grid says nothing of the columns that its headers leave open.
        grids = {f.locator for f in by_rows.facts if f.is_unmapped}
        grids |= {row.locator for row in table_rows if _is_headed(row, form)}
        _read_loose([b for b in lines if b.locator not in grids], table, form, by_lines)
    return max(by_rows, by_lines, key=lambda reading: (filled(reading), -failing(reading.facts, table)))


def _without_blank(table_rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without those of blank cells and no label beside others: an empty line says nothing of the cells above it."""
    filled_rows = [row for row in table_rows if row.labels or any(value.raw for value in row.values)]
    return filled_rows or table_rows


def _is_headed(row: Row, form: str) -> bool:
    """Tell whether results stand over the numbers of a row: it is not read again as if none were printed."""
    results = columns_of(form, NAME)
    return len({code for value in row.values if (code := results.code(header(row, value)))}) > 1


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
    titles = _common(row, values)
    is_strange = any(_is_strange(_common(row, part) - titles, table, procedures, results) for part in parts)
    if not any(columns) or (len(parts) == 1 and said[0] is None):
        return None
    lines = _procedures(said, [r.code for r in table.rows], is_strange) if len(parts) > 1 else named(said)
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


def _common(row: Row, values: Sequence[Value]) -> set[str]:
    """The texts that stand above every one of some numbers."""
    above = [row.headers.get(value.column, ()) if value.column is not None else () for value in values]
    return set(above[0]).intersection(*above[1:])


def _is_strange(texts: Collection[str], table: FormTable, procedures: Lexicon, results: Lexicon) -> bool:
    """Tell whether words over five numbers, and no others, are none that the form knows: they may name another procedure."""
    known = {full_key(heading) for heading in table.headings}
    return any(
        full_key(text) not in known and procedures.code(text) is None and results.code(text) is None for text in texts
    )


def _procedures(said: Sequence[str | None], order: Sequence[str], is_strange: bool) -> list[str]:
    """The procedure of each five numbers: as named, by place where nothing named stands elsewhere, else undecided.

    Words that are no procedure say that the place may be another's, too.
    """
    once = [code if said.count(code) == 1 else None for code in said]
    agree = not is_strange and all(code in (None, place) for code, place in zip(once, order, strict=True))
    if not agree and not is_strange:  # a cell of the head is lost, and nothing tells which
        once = [code if code == place else None for code, place in zip(once, order, strict=True)]
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
    results = _printed_results(lines, table, form)
    if len(cells) != whole:
        rows = [run.values for run in found if len(run.values) == width and tables_in_text.adds_up(run.values)]
        cells = [value for row in rows for value in row] if len(rows) == len(table.rows) else cells
    longest = cells if len(cells) == whole else next((run.values for run in found if len(run.values) == whole), None)
    if longest:
        row = Row((), "", longest, found[0].locator)
        procedures = _printed_procedures(lines, table)
        places = [(line, column) for line, part in zip(procedures, results, strict=True) for column in part]
        _add(_facts(row, longest, places), reading)
        return
    for row, code, *_ in tables_in_text.rows(lines, table, rows_of(form, NAME), width):
        if code and len(row.values) == width:
            part = results[[r.code for r in table.rows].index(code)]
            _add(_facts(row, row.values, [(code, column) for column in part]), reading)


def _printed_results(lines: Sequence[Block], table: FormTable, form: str) -> list[list[str]]:
    """The results of each procedure in the order in which lines print them: for each, or once for all."""
    order = [c.code for c in table.columns]
    words = _head_words(lines, table)
    if len(words) == len(order) * len(table.rows):
        parts = [words[k : k + len(order)] for k in range(0, len(words), len(order))]
        return [named(placed(part, order, columns_of(form, NAME)) or order) for part in parts]
    printed = printed_order(lines_of(lines), table.columns, ["total"]) or order
    turned = {c.code for c in table.columns if any(_turns(word, c) for word in _short_words(lines))}
    return [named([None if code in turned else code for code in printed])] * len(table.rows)


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


def _head_words(lines: Sequence[Block], table: FormTable) -> list[str]:
    """The words of the lines that name most results, but for the names of procedures."""
    results = {full_key(s) for c in table.columns for s in c.spellings}
    others = {full_key(s) for r in table.rows for s in r.spellings} | {full_key(h) for h in table.headings}
    heads = [line.split() for line in lines_of(lines) if len(line) <= LONGEST_LINE]
    return [
        word
        for words in heads
        if len({full_key(word) for word in words} & results) >= len(table.columns) - 1
        for word in words
        if full_key(word) not in others
    ]


def _printed_procedures(lines: Sequence[Block], table: FormTable) -> list[str]:
    """The procedures in the order in which their names are printed; undecided where only some are, in another order."""
    first_row = [table.rows[0].code]  # 行政复议 stands in the line above that of the lawsuits
    printed = printed_order(lines_of(lines), table.rows)
    if printed and None in printed:
        printed = printed_order(lines_of(lines), table.rows, first_row)
    if printed:
        return named(printed)
    if _strange_words(lines, table):
        return [f"unmapped.{k}" for k in range(1, len(table.rows) + 1)]
    text = " ".join(line for line in lines_of(lines) if len(line) <= LONGEST_HEADING)
    first = {name: text.find(name) for name in ("行政复议", "行政诉讼")}
    order = [r.code for r in table.rows]
    is_turned = -1 < first["行政诉讼"] < first["行政复议"]
    return [*order[1:], order[0]] if is_turned else order


def _strange_words(lines: Sequence[Block], table: FormTable) -> bool:
    """Tell whether a line of headers has words that the form does not know, behind results: they may name procedures."""
    results = {full_key(s) for c in table.columns for s in c.spellings}
    known = results | {full_key(s) for r in table.rows for s in r.spellings} | {full_key(h) for h in table.headings}
    heads = [[full_key(word) for word in line.split()] for line in lines_of(lines) if len(line) <= LONGEST_LINE]
    return any(
        len(set(words) & results) >= len(table.columns) - 1
        and any(word not in known and not word.isdecimal() for word in words[len(table.columns) :])
        for words in heads
    )


def _add(facts: Sequence[Fact], reading: TableReading) -> None:
    """Take facts in, and say of each whose place on the form nothing decides."""
    reading.doubt_open_columns(facts)
    reading.add(facts)
