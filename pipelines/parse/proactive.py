"""The proactive-disclosure tables (section 2): a few small blocks, each with columns of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from expectations.forms import Block as FormBlock
from expectations.forms import Form, FormTable
from pipelines.parse import tables_in_text
from pipelines.parse.header_lines import lines_of, printed_order
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, annual_forms, block_columns, full_key, key, rows_of
from pipelines.parse.placing import named, placed
from pipelines.parse.report import Fact
from pipelines.parse.row_codes import best_monotone
from pipelines.parse.table_reading import TableReading, fact, header, trimmed, unit_of, unmapped
from pipelines.read.document import Block, Table

NAME = "proactive"
_SPACES = re.compile(r"\s+")


def form_of(table_rows: Sequence[Row], words: str, in_force: Form | None) -> Form:
    """The form whose column labels the section shows; the form in force that year where it shows neither's."""
    shown = {full_key(t) for row in table_rows for texts in row.headers.values() for t in texts}
    text = full_key(_SPACES.sub("", words))
    candidates = annual_forms()
    scores = {f.name: len(_own_labels(f) & shown) + sum(label in text for label in _own_labels(f)) for f in candidates}
    best = max(scores.values())
    chosen = [f for f in candidates if scores[f.name] == best]
    return in_force if in_force in chosen and in_force is not None else chosen[0]


def _own_labels(form: Form) -> set[str]:
    """Official column labels that only this form has."""
    others = {full_key(c.official) for f in annual_forms() if f is not form for c in f.tables[NAME].columns}
    return {full_key(c.official) for c in form.tables[NAME].columns} - others


def read(table_rows: Sequence[Row], lines: Sequence[Block], table: FormTable, form: str) -> TableReading:
    """Read the blocks from table rows; rows that the tables lack from loose lines of the section.

    A row that stands in a table and cannot be read there is not read from its words either: they say less.
    """
    reading = TableReading(NAME)
    strange = 0
    refused: set[str] = set()
    used: set[str] = set()
    for row in table_rows:
        place = _place(row, table, form)
        facts = _row_facts(row, place, table, form) if place else None
        if place and facts is not None:
            used |= row.places()
            reading.add(facts)
            _note_order(facts, table.blocks[place[0]], reading)
        elif row.has_numbers:
            strange += 1
            refused.update([place[1]] if place else [])
            rule = "row_readable" if place else "rows_known"
            reading.doubt(rule, place[1] if place else f"unmapped.{strange}", _why(row, place))
            reading.add(unmapped(NAME, row, strange))
    have = {f.row for f in reading.facts}
    if have >= {row.code for row in table.rows}:
        return reading
    for row, code in _loose(lines, table, form):
        if code is None:
            strange += 1
            reading.doubt("rows_known", f"unmapped.{strange}", _why(row, None))
            reading.add(unmapped(NAME, row, strange))
        elif code not in have | refused and not used & row.places():
            place = _block_of(code, table)
            printed = printed_order(lines_of(lines), table.blocks[place[0]].columns)
            facts = _row_facts(replace(row, columns=tuple(printed) if printed else None), place, table, form) or []
            _note_order(facts, table.blocks[place[0]], reading)
            reading.add(_with_printed_units(facts, lines, table))
    return reading


def _note_order(facts: Sequence[Fact], block: FormBlock, reading: TableReading) -> None:
    """No sum guards these numbers: headers in another order than the form's are believed, and said."""
    reading.doubt_open_columns(facts)
    codes = [f.column for f in facts if not f.is_unmapped]
    if facts and codes != [c.code for c in block.columns if c.code in codes]:
        reading.doubt("columns_in_order", facts[0].row, f"the columns stand in another order: {', '.join(codes)}")


def _with_printed_units(facts: Sequence[Fact], lines: Sequence[Block], table: FormTable) -> Sequence[Fact]:
    """In running text the header stands on a line of its own: its unit counts before the form's (元 is not 万元)."""
    headers = [(key(b.text), unit) for b in lines if not isinstance(b, Table) and (unit := unit_of(b.text))]
    for found in facts:
        names = {full_key(s) for c in table.columns if c.code == found.column for s in c.spellings}
        printed = {unit for text, unit in headers if any(name in text for name in names)}
        if printed:
            found.unit = printed.pop() if len(printed) == 1 else None
    return facts


def _why(row: Row, place: tuple[int, str] | None) -> str:
    values = " ".join(v.raw or "□" for v in row.values)
    label = " / ".join(row.labels) or row.context
    return f"the cells {values} of {label!r} do not fit the form" if place else f"no form knows the row {label!r}"


def _place(row: Row, table: FormTable, form: str) -> tuple[int, str] | None:
    """Block number and row code of a row, by its own label, else by the heading before the table."""
    lexicon = rows_of(form, NAME)
    code = lexicon.code(row.label) if row.label else lexicon.code(row.context) if row.context else None
    return _block_of(code, table) if code else None


def _block_of(code: str, table: FormTable) -> tuple[int, str]:
    return next(i for i, block in enumerate(table.blocks) if any(r.code == code for r in block.rows)), code


def _row_facts(row: Row, place: tuple[int, str], table: FormTable, form: str) -> list[Fact] | None:
    """The facts of a row, its columns told by header, else by position; None where neither tells them."""
    block = table.blocks[place[0]]
    columns = block_columns(form, NAME, place[0])
    row = _once(row)
    values = trimmed(row, len(block.columns))
    codes = _columns(row, values, block, columns)
    if codes is None:
        # A converter's grid has blank cells beside the numbers.
        values = [v for v in row.values if v.reading.kind != "blank"]
        codes = _columns(row, values, block, columns)
    if codes is None:
        return None
    units = {c.code: c.unit for c in block.columns}
    return [fact(NAME, row, place[1], c, v, units.get(c)) for c, v in zip(codes, values, strict=True)]


def _once(row: Row) -> Row:
    """The row without what a merged cell left where a converter prints it in each column that it covered.

    Neighbours with the same header and the same text are one cell: no form has two columns of one name side by side.
    """
    if not row.headers:
        return row
    kept = [v for i, v in enumerate(row.values) if i == 0 or not _is_again(row, row.values[i - 1], v)]
    return replace(row, values=kept) if len(kept) < len(row.values) else row


def _is_again(row: Row, before: Value, value: Value) -> bool:
    name = header(row, value)
    return bool(name) and name == header(row, before) and value.raw == before.raw


def _columns(row: Row, values: Sequence[Value], block: FormBlock, columns: Lexicon) -> list[str] | None:
    """The column of each value by header, else by position; None where neither tells all of them."""
    order = [c.code for c in block.columns]
    if row.columns is not None and len(values) == len(row.columns):
        return named(row.columns)
    codes = placed([header(row, v) for v in values], order, columns)
    if codes and (all(codes) or len(values) == len(order)):
        return named(codes)
    return order if len(values) == len(order) else None


def _loose(lines: Sequence[Block], table: FormTable, form: str) -> list[tuple[Row, str | None]]:
    """Rows in running text: a run of numbers as long as its block is wide, after or around the row's label.

    A run of several numbers below a known row, as long as that one, is a row of the document's own: its code is None.
    """
    lexicon = rows_of(form, NAME)
    widths = {row.code: len(block.columns) for block in table.blocks for row in block.rows}
    found = tables_in_text.runs(lines, 1)
    scores = [
        {
            code: score
            for code, score in tables_in_text.label_scores(run, lexicon).items()
            if widths[code] == len(run.values) and score >= 90
        }
        for run in found
    ]
    codes, _ = best_monotone(scores, list(widths))
    rows: list[tuple[Row, str | None]] = []
    above = None
    for run, code in zip(found, codes, strict=True):
        own = code is None and above is not None and len(run.values) == widths[above] > 1 and bool(run.before)
        above = code or (above if own else None)
        if code or own:
            rows.append((tables_in_text.as_row(run), code))
    return rows
