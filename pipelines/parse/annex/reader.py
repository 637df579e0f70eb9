"""The annex's pieces in a document → facts of the table `statistics`, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from expectations import identities
from pipelines.parse.annex import column_headers as heads
from pipelines.parse.annex import from_text as running
from pipelines.parse.annex.annex_codes import Codes, aligned
from pipelines.parse.annex.annex_labels import NAME, form_table, own_words
from pipelines.parse.annex.from_table import AnnexPart, AnnexRow, joined_halves, known_labels, pieces
from pipelines.parse.labels import annual_forms
from pipelines.parse.report import Fact
from pipelines.parse.row_codes import in_order
from pipelines.parse.table_reading import TableReading, can_be, unit_of
from pipelines.parse.year_words import years_in
from pipelines.read.document import Block, Table

__all__ = ["NAME", "Annex", "find", "read"]
#: A table with at least so many labels that only the annex has is one, or a part of one.
LEAST = 3
#: A block that heads a table is no longer than this.
LONGEST_CAPTION = 80


@dataclass(slots=True)
class Annex:
    """The pieces of the annex in the document's order, and the blocks that they stand in."""

    pieces: list[AnnexPart] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Coded:
    """A line with its code, the codes of its columns, and the texts above them."""

    line: AnnexRow
    code: str | None
    columns: Sequence[str]
    headers: Sequence[tuple[str, ...]]


def find(blocks: Sequence[Block]) -> Annex:
    """The tables that are an annex or a part of it, told by their labels; else lines of text that are."""
    found = Annex()
    context, last = "", None
    for i, block in enumerate(blocks):
        if not isinstance(block, Table):
            context = block.text if len(block.text) <= LONGEST_CAPTION else ""
            continue
        known = known_labels(block)
        own = known - _annual_labels()
        if len(own) >= LEAST or (own and last is not None and _continues(block, known)):
            found.pieces += pieces(block, context)
            found.blocks.add(i)
            last = i
        context = ""
    if not found.pieces:
        piece = running.piece(blocks)
        found.pieces = [piece] if piece else []
    return found


def _continues(table: Table, known: set[str]) -> bool:
    """Tell whether a small table is the rest of the annex before it: as many of its rows are known as not."""
    return 2 * len(known) >= table.height


@cache
def _annual_labels() -> frozenset[str]:
    """Bare labels that the tables since 2019 have, too."""
    labels = [row for form in annual_forms() for table in form.tables.values() for row in (*table.rows, *table.groups)]
    return frozenset(own_words(spelling) for label in labels for spelling in label.spellings)


def read(annex: Annex, year: int | None) -> TableReading:
    """The facts. An annex that is printed again says the same, or its caption says what its numbers are."""
    reading = TableReading(NAME)
    rounds = _rounds(_carried(annex.pieces))
    strange, width = 0, 0
    for pieces_ in rounds:
        caption = _caption(pieces_) if len(rounds) > 1 else ()
        coded = _coded(pieces_, caption, year, reading, width)
        width += max(len(piece.headers) for piece in pieces_)
        _note_order([c.code for c in coded if c.code], reading)
        for c in coded:
            if c.code in _rows():
                reading.add(_facts(c, str(c.code)))
            elif c.line.has_numbers or (c.line.unit and c.code is None):
                strange += 1
                code = f"unmapped.{strange}"
                reading.doubt("rows_known", code, f"no form knows the row {' / '.join(c.line.labels)!r}")
                reading.add(_facts(c, code))
    if len(rounds) == 1:
        _note_year(rounds[0], year, reading)
    if reading.facts and not any(fact.column == "value" for fact in reading.facts):
        reading.doubt("value_column", "", "no header or caption says which numbers are this year's of the whole body")
    return reading


@cache
def _rows() -> frozenset[str]:
    return frozenset(row.code for row in form_table().rows)


def _carried(pieces_: Iterable[AnnexPart]) -> list[AnnexPart]:
    """The pieces, one without a head under the head of the piece before it, and a line cut between two made whole."""
    found: list[AnnexPart] = []
    for piece in pieces_:
        before = found[-1] if found else None
        if before and not piece.headed and len(piece.headers) == len(before.headers):
            piece.headers = before.headers
        if before and before.lines and piece.lines:
            joined = joined_halves(before.lines[-1], piece.lines[0])
            if joined:
                before.lines[-1] = joined
                piece.lines = piece.lines[1:]
        found.append(piece)
    return found


def _rounds(pieces_: Sequence[AnnexPart]) -> list[list[AnnexPart]]:
    """The pieces of each printing of the annex: one whose labels were mostly there already begins another."""
    found: list[list[AnnexPart]] = []
    seen: set[str] = set()
    for piece in pieces_:
        own = {own_words(line.label) for line in piece.lines if line.label}
        if not found or len(own & seen) > len(own) / 2:
            found.append([])
            seen = set()
        found[-1].append(piece)
        seen |= own
    return found


def _note_year(pieces_: Sequence[AnnexPart], year: int | None, reading: TableReading) -> None:
    """Say that the only annex stands under another year: none of its numbers is sure to be the report's."""
    years = [found for piece in pieces_ for text in piece.captions if (found := years_in(text))]
    named = set(years[-1]) if years else set()  # of the nearest caption
    if len(named) == 1 and year is not None and year not in named:
        reading.is_of_another_year = True
        reading.doubt("year_agrees", "", f"the text above the table names {named.pop()}, the report is about {year}")


def _caption(pieces_: Sequence[AnnexPart]) -> tuple[str, ...]:
    """Tell what the captions above a printing say of all its numbers."""
    return next((heads.of_caption("".join(piece.captions)) for piece in pieces_ if piece.captions), ())


def _coded(
    pieces_: Sequence[AnnexPart], caption: tuple[str, ...], year: int | None, reading: TableReading, width: int
) -> list[_Coded]:
    found: list[_Coded] = []
    for piece in pieces_:
        headers = [(*caption, *texts) for texts in piece.headers]
        columns, why = heads.decide(headers, year, width + 1)
        if why and not caption:
            reading.doubt("value_column", "", why)
        for code, texts in zip(columns, piece.headers, strict=True):
            if texts and (code.startswith(heads.UNMAPPED) or (code == "value" and not heads.is_known_header(texts))):
                alone = "; it is the only one" if code == "value" else ""
                reading.doubt("columns_known", code, f"no form knows the column {heads.shown(texts)!r}{alone}")
        found += [_Coded(line, None, columns, headers) for line in piece.lines]
    codes = aligned([c.line.label for c in found], lambda codes: _failing(codes, found))
    for line, told in zip(found, codes, strict=True):
        line.code = told
    return found


def _failing(codes: Codes, lines: Sequence[_Coded]) -> int:
    """Tell how many sums an alignment breaks, over all columns."""
    cells = {
        (code, c.columns[k]): value.reading.value
        for code, c in zip(codes, lines, strict=True)
        if code
        for k, value in c.line.values.items()
    }
    places = dict.fromkeys(column for _, column in cells)
    return sum(
        finding.outcome == "fails"
        for identity in form_table().identities
        for finding in identities.findings(identity, cells, places)
    )


def _note_order(codes: Sequence[str], reading: TableReading) -> None:
    rows = [code for code in codes if code in _rows()]
    if not in_order(rows, form_table()):
        reading.doubt("rows_in_order", "", f"the rows stand in another order than the form's: {', '.join(rows)}")


@cache
def _units() -> dict[str, str | None]:
    return {row.code: row.unit for row in form_table().rows}


def _facts(coded: _Coded, code: str) -> list[Fact]:
    """The cells of a line as facts. The unit in the cell counts before that of the row, and both before the form's."""
    line = coded.line
    found: list[Fact] = []
    for k, value in line.values.items():
        unit = value.reading.unit or line.unit or unit_of(line.label) or _units().get(code)
        column = coded.columns[k]
        found.append(
            Fact(
                table=NAME,
                row=code,
                column=column,
                value=value.reading.value if can_be(value.reading, NAME, column, unit) else None,
                raw=value.raw,
                unit=unit,
                row_label=" / ".join(line.labels),
                column_label=heads.shown(tuple(coded.headers[k])),
                locator=value.locator or line.locator,
                grid_row=value.row,
                grid_column=value.column,
                confidence=value.confidence,
            )
        )
    return found
