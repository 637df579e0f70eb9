"""Find the statutory tables of a document by what they say, and read their cells as facts of a form."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from expectations.forms import Form, form_for, forms
from pipelines.parse import annex, disputes, doubtful_readings, glued_cells, loose_heads, proactive, requests
from pipelines.parse.broken_rows import mended
from pipelines.parse.labelled_rows import Known, Row, rows
from pipelines.parse.labels import Lexicon, annual_forms, full_key, key, rows_of
from pipelines.parse.report import Fact
from pipelines.parse.sections import Start, span
from pipelines.parse.table_reading import TableReading
from pipelines.parse.year_words import in_words, years_in
from pipelines.read.document import Block, Paragraph, Table

#: A block that heads a table is no longer than this.
LONGEST_CONTEXT = 60
#: A line that is the caption of a table without rules is no longer than this, and ends as one.
LONGEST_CAPTION = 40
_CAPTION = re.compile(r"(?:情况|表|年度?)[）)]?$")
_NAMED = re.compile(r"20\d\d年|表\s?\d")
_DIGIT = re.compile(r"\d")
#: The tables of the forms since 2019. That of form 2014 is the annex (`pipelines.parse.annex`).
TABLES = ("proactive", "requests", "disputes")


@dataclass(slots=True)
class Statutory:
    """Holds what the statutory tables say: the form they follow, a reading each, and tables that are none of them."""

    form: Form
    readings: dict[str, TableReading] = field(default_factory=dict)
    unused_tables: int = 0
    #: The tables that are there and could not be read, since their cells run together.
    run_together: frozenset[str] = frozenset()

    @property
    def facts(self) -> list[Fact]:
        """The facts of all tables in the form's order."""
        return [fact for reading in self.readings.values() for fact in reading.facts]


@dataclass(slots=True)
class _TableRows:
    """Rows of one statutory table in one block. `year`: the one year that the text above them names, else None."""

    block: int
    rows: list[Row]
    year: int | None = None


def read(blocks: Sequence[Block], starts: Sequence[Start], year: int | None) -> Statutory:
    """Read the annex of form 2014 or the three tables since 2019, whichever the document has.

    `year` serves to choose the form only where the tables do not tell: where none is found, or where both are.
    """
    blocks, places = glued_cells.cut(in_words(blocks, year) if year else blocks)
    read_ = _read(blocks, starts, year)
    for reading in read_.readings.values() if places else ():
        _note_cut(reading, places)
    if len(read_.readings) < len(read_.form.tables):
        read_.run_together = glued_cells.tables_run_together(blocks)
    return read_


def _note_cut(reading: TableReading, places: Collection[str]) -> None:
    """Say of cells that were cut out of a run of digits that they were. They stand in no grid."""
    own = [fact for fact in reading.facts if fact.locator in places]
    for fact in own:
        fact.grid_row = fact.grid_column = None
    if own:
        reading.settled.append(("", "digits run together; they are cut in the one way in which every sum holds"))


def _read(blocks: Sequence[Block], starts: Sequence[Start], year: int | None) -> Statutory:
    found = annex.find(blocks)
    reading = annex.read(found, year)
    others = [i for i, block in enumerate(blocks) if isinstance(block, Table) and i not in found.blocks]
    in_force = form_for(year) if year else None
    form = forms()["2014"]
    # The annex stands alone where its own tables hold its labels; text may hold them beside the tables since 2019.
    rest = _without(blocks, found.blocks)
    three = _three(rest, starts, year) if not reading.facts or others or not found.blocks else None
    if three is not None and three.readings and not (reading.facts and in_force is form):
        three.unused_tables += len(found.blocks)
        return three
    if reading.facts or in_force is form or three is None:
        doubtful_readings.settle(reading, form.tables[annex.NAME])
        unused = len(others)
        return Statutory(form, {annex.NAME: reading} if reading.facts else {}, unused)
    return three


def _without(blocks: Sequence[Block], taken: Collection[int]) -> list[Block]:
    """The blocks with an empty paragraph for each that is taken, so that all keep their places."""
    return [Paragraph("", b.locator) if i in taken else b for i, b in enumerate(blocks)]


def _three(blocks: Sequence[Block], starts: Sequence[Start], year: int | None) -> Statutory:
    """Read the three tables of the forms since 2019."""
    found, unused = _classify(blocks)
    for name in TABLES:
        inside = _of_year(
            _with_headings(_in_section(found[name], starts, name, len(blocks)), blocks, starts, name), year
        )
        unused += len(found[name]) - len(inside)
        found[name] = inside
    form = proactive.form_of(
        [row for f in found["proactive"] for row in f.rows], _words(blocks, starts, 2), form_for(year) if year else None
    )
    result = Statutory(form, unused_tables=unused)
    for name, reader in (("proactive", proactive.read), ("requests", requests.read), ("disputes", disputes.read)):
        table_rows = [row for f in found[name] for row in f.rows]
        lines = _loose_blocks(blocks, starts, form.tables[name].section)
        reading = reader(table_rows, lines, form.tables[name], form.name)
        if reading.facts:
            _note_year(reading, found[name] or _captions(lines), year)
            loose_heads.doubt(reading, lines, form.tables[name], year)
            doubtful_readings.settle(reading, form.tables[name])
            result.readings[name] = reading
    return result


def _note_year(reading: TableReading, found: Sequence[_TableRows], year: int | None) -> None:
    """Say that a table stands under another year; a copied caption, or last year's table: nothing here can tell."""
    others = {f.year for f in found if f.year is not None} - {year}
    if others and year is not None:
        reading.is_of_another_year = True
        named = ", ".join(map(str, sorted(others)))
        reading.doubt("year_agrees", "", f"the text above the table names {named}, the report is about {year}")


def _captions(lines: Sequence[Block]) -> list[_TableRows]:
    """The lines of a table without rules that name a year as a caption does: no other number, and the word for a table."""
    texts = [b.text for b in lines if not isinstance(b, Table) and len(b.text) <= LONGEST_CAPTION]
    captions = [text for text in texts if _CAPTION.search(text) and not _DIGIT.search(_NAMED.sub("", text))]
    return [_TableRows(0, [], year) for text in captions if (year := _year_in(text)) is not None]


def _with_headings(
    found: list[_TableRows], blocks: Sequence[Block], starts: Sequence[Start], name: str
) -> list[_TableRows]:
    """The rows of a table with the year that the heading of its section names, where nothing nearer names one."""
    section = forms()["2021"].tables[name].section
    place = span(starts, section, len(blocks)) if section else None
    heading = blocks[place[0]] if place and place[0] < len(blocks) else None
    year = _year_in(heading.text) if heading is not None and not isinstance(heading, Table) else None
    if year is not None and found and all(f.year is None for f in found):
        found[0].year = year
    return found


def _classify(blocks: Sequence[Block]) -> tuple[dict[str, list[_TableRows]], int]:
    """Sort the rows of every table by the statutory table that their labels and headers belong to."""
    found: dict[str, list[_TableRows]] = {name: [] for name in TABLES}
    unused = 0
    last = None
    for i, context, table_rows in _rows(blocks):
        groups = _groups(table_rows, last)
        for name, group in groups.items():
            found[name] += [
                _TableRows(i, list(part), year) for year, part in groupby(group, lambda row: _year_in(row.context))
            ]
            first = next(f for f in found[name] if f.block == i)
            first.year = first.year or _year_in(context)
            last = name
        unused += not groups
    return found, unused


def _rows(blocks: Sequence[Block]) -> list[tuple[int, str, list[Row]]]:
    """The rows of each table with the number of its block and the text above it. A row cut by a page break is whole."""
    found: list[tuple[int, str, list[Row]]] = []
    context = ""
    for i, block in enumerate(blocks):
        if not isinstance(block, Table):
            context = block.text if len(block.text) <= LONGEST_CONTEXT else ""
            continue
        here = mended(rows(block, KNOWN, context), is_row_label)
        before = found[-1][2] if found else []
        if before and here and len(whole := mended([before[-1], here[0]], is_row_label)) == 1:
            before[-1:] = whole
            here = here[1:]
        banners = _banners(block)
        found.append((i, banners if years_in(banners) else context, here))
    return found


def _banners(table: Table) -> str:
    """The texts alone in their rows that a table begins with: one above a banner of a block speaks of the whole table."""
    texts: list[str] = []
    for row in table.grid:
        own = {cell.text for cell in row if cell is not None and cell.text}
        if len(own) != 1:
            break
        texts += own
    return " ".join(texts)


def _groups(table_rows: list[Row], last: str | None) -> dict[str, list[Row]]:
    """Rows of one table by the statutory table; a row that tells nothing goes with the one before it.

    A piece that tells nothing at all (a row （七）总计 cut off from its table) goes with the table before it, provided
    that table has such a row.
    """
    names = [_name_of(row) for row in table_rows]
    current = next((name for name in names if name), None)
    if current is None:
        fits = last is not None and table_rows and all(_continues(last, row) for row in table_rows)
        return {last: table_rows} if fits and last else {}
    groups: dict[str, list[Row]] = {}
    for row, name in zip(table_rows, names, strict=True):
        current = name or current
        groups.setdefault(current, []).append(row)
    return groups


def _continues(name: str, row: Row) -> bool:
    """Tell whether a row goes on with the table before: it is one of its rows, or a matrix's whole row without any label."""
    table = forms()["2021"].tables[name]
    is_bare = not row.label and not row.headers and table.layout == "matrix" and len(row.values) == len(table.columns)
    return is_bare or _is_row_of(name, row)


def _is_row_of(name: str, row: Row) -> bool:
    return any(lexicon.known(row.label) is not None for lexicon in _row_lexicons()[name])


def _name_of(row: Row) -> str | None:
    """The statutory table that a row belongs to by its own label, or by the headers above its values."""
    label = row.label
    if full_key(label) in _dispute_heads():
        return "disputes"
    if label and not is_column_label(label):
        for name, lexicons in _row_lexicons().items():
            if any(lexicon.known(label) is not None for lexicon in lexicons):
                return name
    if not label and any(key(text) in _request_groups() for text in row.labels):
        return "requests"
    heads = {full_key(t) for v in row.values if v.column is not None for t in row.headers.get(v.column, ())}
    if len(heads & _dispute_heads()) >= 3:
        return "disputes"
    return "requests" if len(heads & _request_heads()) >= 3 else None


@cache
def _row_lexicons() -> dict[str, list[Lexicon]]:
    return {
        name: [rows_of(form.name, name) for form in annual_forms()] for name in ("requests", "proactive", "disputes")
    }


@cache
def _request_groups() -> frozenset[str]:
    groups = [group for form in annual_forms() for group in form.tables["requests"].groups]
    return frozenset(key(spelling) for group in groups for spelling in group.spellings)


@cache
def _dispute_heads() -> frozenset[str]:
    columns = forms()["2021"].tables["disputes"].columns
    return frozenset(full_key(s) for c in columns if c.code != "total" for s in c.spellings)


@cache
def _request_heads() -> frozenset[str]:
    """The kinds of applicants: a table under them is that of requests, whatever its rows say."""
    columns = forms()["2021"].tables["requests"].columns
    return frozenset(full_key(s) for c in columns for s in c.spellings) - _dispute_heads()


@cache
def _column_keys() -> frozenset[str]:
    labels = [c for form in annual_forms() for table in form.tables.values() for c in table.columns]
    headings = [h for form in annual_forms() for table in form.tables.values() for h in table.headings]
    return frozenset([key(s) for label in labels for s in label.spellings] + [key(h) for h in headings])


def is_column_label(text: str) -> bool:
    """Tell whether a text is the label of some column of some form."""
    return key(text) in _column_keys()


@cache
def _row_keys() -> frozenset[str]:
    labels = [r for form in annual_forms() for table in form.tables.values() for r in table.rows]
    return frozenset(key(s) for label in labels for s in label.spellings)


def is_row_label(text: str) -> bool:
    """Tell whether a text is the label of some row of some form."""
    return key(text) in _row_keys()


KNOWN = Known(is_column_label, is_row_label)


def _in_section(found: list[_TableRows], starts: Sequence[Start], name: str, total: int) -> list[_TableRows]:
    """Of several candidates only those in the table's own section, if it has any: the prose has tables of its own."""
    section = forms()["2021"].tables[name].section
    place = span(starts, section, total) if section else None
    if place is None:
        return found
    inside = [f for f in found if place[0] <= f.block < place[1]]
    return inside or found


def _year_in(context: str) -> int | None:
    """The one year that the text above a table, or a banner in it, names: 2022年, 表二 2022年申请办理情况."""
    years = set(years_in(context))
    return years.pop() if len(years) == 1 else None


def _of_year(found: list[_TableRows], year: int | None) -> list[_TableRows]:
    """Without the rows that stand under another year, where others do not: of two years side by side one is reported on.

    What has no year above it goes with what is before it.
    """
    kept: list[_TableRows] = []
    current: int | None = None
    for f in found:
        current = f.year or current
        if current in (None, year):
            kept.append(f)
    return kept or found


def _loose_blocks(blocks: Sequence[Block], starts: Sequence[Start], section: int | None) -> Sequence[Block]:
    """The blocks of a section, for tables that lost their rules; nothing where the section was not found."""
    place = span(starts, section, len(blocks)) if section else None
    return blocks[place[0] : place[1]] if place else []


def _words(blocks: Sequence[Block], starts: Sequence[Start], section: int) -> str:
    """All text of a section, to tell the form by."""
    return "".join(b.text for b in _loose_blocks(blocks, starts, section) if not isinstance(b, Table))
