"""The requests table (section 3): one matrix, outcomes by applicants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from expectations import identities
from expectations.forms import FormTable
from pipelines.parse import tables_in_text
from pipelines.parse.contrary import says_another
from pipelines.parse.header_lines import by_words, lines_of, printed_order
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, columns_of, key, rows_of, similarity
from pipelines.parse.loose_labels import borne_out
from pipelines.parse.placing import named, placed
from pipelines.parse.report import Fact
from pipelines.parse.row_codes import GAP_LIKENESS, by_label, fill_gaps, in_order
from pipelines.parse.table_reading import TableReading, fact, filled, header, trimmed, unmapped
from pipelines.read.document import Block

NAME = "requests"


def read(table_rows: Sequence[Row], lines: Sequence[Block], table: FormTable, form: str) -> TableReading:
    """Read the matrix from table rows; where they do not give all of it, from the section line by line as well.

    Of two readings the one that fills more of the form counts, and of two alike the one that fewer identities
    contradict. Where neither is whole, lines supply the rows that the tables lack.
    """
    lexicon = rows_of(form, NAME)
    coded = _coded(table_rows, table, lexicon)
    by_tables = _reading(coded, table, form)
    if filled(by_tables) == _size(by_tables, table):
        return by_tables
    refused = _refused(coded, by_tables, lexicon)
    loose_rows = [(row, code) for row, code in _loose(lines, table, lexicon, form) if not refused & row.places()]
    have = {code for _, code in coded if code}
    used = {place for row, code in coded if code for place in row.places()}
    # What stands under headers is not read again as if none were printed, nor a row whose own label says nothing.
    headed = {place for row, code in coded if (code and row.headers) or _is_headed(row, form) for place in row.places()}
    headed |= {place for row in _continued(table_rows, form) for place in row.places()}
    used |= headed
    candidates = [
        by_tables,
        _reading([(row, code) for row, code in loose_rows if not headed & row.places()], table, form),
        _reading(
            [*coded, *((row, code) for row, code in loose_rows if code not in have and not used & row.places())],
            table,
            form,
        ),
    ]
    return max(candidates, key=lambda reading: (filled(reading), -failing(reading.facts, table)))


def _continued(table_rows: Sequence[Row], form: str) -> list[Row]:
    """The rows of a table's rest on the next page, where its head is not printed again."""
    found: list[Row] = []
    before: Row | None = None
    for row in table_rows:
        if before is not None and not row.headers and len(row.values) == len(before.values):
            found.append(row)
        elif _is_headed(row, form):
            before = row
    return found


def _is_headed(row: Row, form: str) -> bool:
    """Tell whether columns of the form stand over the numbers of a row."""
    columns = columns_of(form, NAME)
    return len({code for value in row.values if (code := columns.code(header(row, value)))}) > 1


def _reading(coded: Sequence[tuple[Row, str | None]], table: FormTable, form: str) -> TableReading:
    coded = _without_rivals(coded, table)
    reading = TableReading(NAME)
    _note_order([code for _, code in coded if code], table, reading)
    sure, doubtful = _readings(coded, table, form, len(table.columns), reading)
    reading.add(sure)
    reading.add(_decide(sure, doubtful, table, reading))
    return reading


def _refused(coded: Sequence[tuple[Row, str | None]], by_tables: TableReading, lexicon: Lexicon) -> set[str]:
    """The places of rows that lines must not read again: what the grid says of them, a line of it says less well.

    Such a row has the opposite of a label that the form has, two labels, or none of its own below a group. Of a grid
    with a column that no form knows that is every row.
    """
    all_open = any(code == "columns_known" for code, _, _ in by_tables.doubts)
    rows = (row for row, code in coded if all_open or (code is None and _is_open(row, lexicon)))
    return {place for row in rows for place in row.places()}


def _is_open(row: Row, lexicon: Lexicon) -> bool:
    if not row.label:
        return bool(row.labels)
    return _is_turned(key(row.label), lexicon) or _is_double(row.label, lexicon)


def _is_double(label: str, lexicon: Lexicon) -> bool:
    """Tell whether a label is two that the form has."""
    pairs = ((lexicon.known(label[:k]), lexicon.known(label[k:])) for k in range(3, len(label) - 2))
    return any(one and other and one != other for one, other in pairs)


def _is_turned(bare: str, lexicon: Lexicon) -> bool:
    """Tell whether a label is like a spelling but for a word that turns what is counted."""
    return any(similarity(bare, s) >= GAP_LIKENESS and says_another(bare, s) for s, _ in lexicon.spellings)


def _without_rivals(coded: Sequence[tuple[Row, str | None]], table: FormTable) -> list[tuple[Row, str | None]]:
    """A row that stands for several others cannot be there beside one of them: then nothing knows what it is.

    In every identity it would take the place of the row that is missing, and a misread row would be verified.
    """
    present = {code for _, code in coded if code}
    rivals = {row.code for row in table.rows if present.intersection(row.instead_of)}
    return [(row, None if code in rivals else code) for row, code in coded]


def _size(reading: TableReading, table: FormTable) -> int:
    """Tell how many cells the form has for the rows that it expects of this document."""
    return len(table.expected_rows(list(dict.fromkeys(f.row for f in reading.facts)))) * len(table.columns)


def _coded(table_rows: Sequence[Row], table: FormTable, lexicon: Lexicon) -> list[tuple[Row, str | None]]:
    """Each row with its code. A heading above a fragment without labels of its own serves as its label."""
    labels = [row.labels if row.label else _heading(row) for row in table_rows]
    coded: list[tuple[Row, str | None]] = []
    for start, end in _rounds(by_label(labels, lexicon)):
        part, names = table_rows[start:end], labels[start:end]
        codes = by_label(names, lexicon)
        codes = fill_gaps(codes, [n[-1] if n else "" for n in names], table)
        coded += zip(part, _without_halves(part, codes, lexicon), strict=True)
    # A piece of a label left on a line of its own brings a row of blanks that no form knows: it says nothing.
    return [(row, code) for row, code in coded if code or row.has_numbers]


def _without_halves(part: Sequence[Row], codes: Sequence[str | None], lexicon: Lexicon) -> list[str | None]:
    """The codes, without that of a row of blanks behind a row of numbers that no form knows, unless its label is exact.

    It may be the other half of that row: then its blanks are none, and no sum tells them from zeros.
    """
    kept = list(codes)
    for k, (before, row) in enumerate(pairwise(part), 1):
        if codes[k - 1] is None and before.has_numbers and not row.has_numbers and lexicon.known(row.label) is None:
            kept[k] = None
    return kept


def _heading(row: Row) -> tuple[str, ...]:
    """The text above a row that has no label at all; a row in a group of labelled rows is told by its place."""
    return (row.context,) if row.context and not row.labels else ()


def _rounds(codes: Sequence[str | None]) -> list[tuple[int, int]]:
    """Tell where the same table is printed again (another year, another scope): a round ends when a code comes back."""
    rounds, start = [], 0
    seen: set[str] = set()
    for i, code in enumerate(codes):
        if code in seen:
            rounds.append((start, i))
            start, seen = i, set()
        if code:
            seen.add(code)
    return [*rounds, (start, len(codes))]


def _loose(lines: Sequence[Block], table: FormTable, lexicon: Lexicon, form: str) -> list[tuple[Row, str | None]]:
    """Rows from running text. A run of numbers of another length than the table's width needs a label to count."""
    width = len(table.columns)
    found = [f for f in tables_in_text.rows(lines, table, lexicon, width) if len(f.row.values) == width or f.code]
    order = _whole(found, table, width, lexicon)
    codes = order or fill_gaps(_by_own_line(found), [f.row.label for f in found], table)
    fixed = [c.code for c in table.columns if not c.under]
    printed = by_words(lines_of(lines), table.columns, table.headings, columns_of(form, NAME))
    printed = printed or printed_order(lines_of(lines), table.columns, fixed)
    columns = tuple(printed) if printed else None
    sure = borne_out(found, codes, table.rows, lexicon)
    return [
        (replace(f.row, columns=columns, is_borne_out=ok), code) for f, code, ok in zip(found, codes, sure, strict=True)
    ]


def _by_own_line(found: Sequence[tables_in_text.TextRow]) -> list[str | None]:
    """The code of each row; a known label on the row's own line counts before what the lines around it suggest."""
    taken = {f.own for f in found}
    return [f.own or (f.code if f.code not in taken else None) for f in found]


def _whole(found: Sequence[tables_in_text.TextRow], table: FormTable, width: int, lexicon: Lexicon) -> list[str] | None:
    """The form's order, where exactly as many whole rows were found as a variant of the form has and labels bear it out.

    Labels in pieces, or on either side of their numbers, are then told by place: at least half of the rows have their
    label near, no more than one in ten has only another's, and none has another's on its own line.
    """
    if any(len(f.row.values) != width for f in found):
        return None
    said = [f.own or (lexicon.code(f.words) if f.words else None) for f in found]
    for order in table.variants():
        if len(order) != len(found) or any(own not in (None, code) for own, code in zip(said, order, strict=True)):
            continue
        agree = sum(code in f.near for f, code in zip(found, order, strict=True))
        against = sum(bool(f.near) and code not in f.near for f, code in zip(found, order, strict=True))
        if 2 * agree >= len(order) and 10 * against <= len(order):
            return order
    return None


def _note_order(codes: list[str], table: FormTable, reading: TableReading) -> None:
    once = list(dict.fromkeys(codes))
    if not in_order(once, table):
        reading.doubt("rows_in_order", "", f"the rows stand in another order than the form's: {', '.join(once)}")


def _readings(
    coded: Sequence[tuple[Row, str | None]], table: FormTable, form: str, width: int, reading: TableReading
) -> tuple[list[Fact], list[tuple[list[Fact], list[Fact]]]]:
    """Facts that are sure, and for rows whose header and position differ both readings (by header, by position)."""
    columns = columns_of(form, NAME)
    order = [c.code for c in table.columns]
    sure: list[Fact] = []
    doubtful: list[tuple[list[Fact], list[Fact]]] = []
    strange = 0
    above: list[str] | None = None
    settled: tuple[tuple[str, ...], list[str]] | None = None
    for row, code in coded:
        if code is None:
            strange += 1
            reading.doubt("rows_known", f"unmapped.{strange}", f"no form knows the row {' / '.join(row.labels)!r}")
            sure += unmapped(NAME, row, strange)
            continue
        if not row.is_borne_out:
            reading.unsure_rows.add(code)
            reading.doubt("rows_known", code, f"the label {row.label!r} does not say for sure what row it is")
        values, heads = row.values, _heads(row, row.values)
        by_header = _by_header(row, heads, columns, order)
        if by_header is None and len(values) > width:
            values = trimmed(row, width)
            heads = heads[: len(values)]
            by_header = _by_header(row, heads, columns, order)
        if by_header and (heads, by_header) != settled:
            _doubt_headers(heads, by_header, columns, reading)
            settled = heads, by_header
        if by_header is None and not row.headers and row.columns is None and len(values) == width:
            by_header = above  # the rest of a table on the next page, without its head
        above = by_header or above
        by_position = order if len(values) == width else None
        if by_header and by_position and set(by_header) == set(by_position) and by_header != by_position:
            doubtful.append((_facts(row, code, values, by_header), _facts(row, code, values, by_position)))
        elif by_header or by_position:
            sure += _facts(row, code, values, by_header or by_position or [])
        else:
            reading.doubt(
                "row_readable", code, f"{len(values)} numbers stand where the form has {width}: {_raw(values)}"
            )
            sure += _facts(row, code, values, [f"unmapped.{k}" for k in range(1, len(values) + 1)])
    return sure, doubtful


def _doubt_headers(heads: Sequence[str], columns: Sequence[str], lexicon: Lexicon, reading: TableReading) -> None:
    """Note headers that stand over another column than their own, and columns that no form knows."""
    for head, column in zip(heads, columns, strict=False):
        if lexicon.code(head) not in (None, column):
            reading.doubt("columns_in_order", "", f"the header {head!r} does not stand over its column")
        if column.startswith("unmapped."):
            reading.doubt("columns_known", column, f"no form knows the column {head!r}")


def _heads(row: Row, values: Sequence[Value]) -> tuple[str, ...]:
    """The text right above each value; "" where there is none."""
    above = row.headers
    return tuple((above.get(value.column) or ("",))[-1] if value.column is not None else "" for value in values)


def _left_of(row: Row) -> tuple[str, ...] | None:
    """The headers of the columns left of a row's values, each once; None where no place is known."""
    first = row.values[0].column if row.values else None
    if first is None:
        return None
    return tuple(dict.fromkeys(texts[-1] for column, texts in sorted(row.headers.items()) if column < first and texts))


def _by_header(row: Row, heads: Sequence[str], columns: Lexicon, order: Sequence[str]) -> list[str] | None:
    """The column of each value by the header above it; None where no header is printed.

    Where all columns of the form are named, those beyond (小计, 备注) are the document's own and stay unmapped. So does a
    column of the form's number whose header nothing decides (see `pipelines.parse.placing`).
    """
    if row.columns is not None and len(heads) == len(row.columns):
        return named(row.columns)
    if len(heads) == len(order):
        decided = placed(heads, order, columns, _left_of(row))
        return named(decided) if decided else None
    codes = [columns.code(head) if head else None for head in heads]
    known = [code for code in codes if code]
    if not known or not all(heads) or len(known) != len(set(known)):
        return None
    return named(codes) if len(known) == len(heads) or set(known) == set(order) else None


def _facts(row: Row, code: str, values: Sequence[Value], columns: Sequence[str]) -> list[Fact]:
    return [fact(NAME, row, code, column, value, "件") for column, value in zip(columns, values, strict=True)]


def _raw(values: Sequence[Value]) -> str:
    return " ".join(v.raw or "□" for v in values)


def _decide(
    sure: list[Fact], doubtful: list[tuple[list[Fact], list[Fact]]], table: FormTable, reading: TableReading
) -> list[Fact]:
    """Between header and position the form's arithmetic decides; where it cannot, the header, and a check says so."""
    if not doubtful:
        return []
    by_header = [f for pair in doubtful for f in pair[0]]
    by_position = [f for pair in doubtful for f in pair[1]]
    chosen = by_position if failing(sure + by_position, table) < failing(sure + by_header, table) else by_header
    what = "position" if chosen is by_position else "header"
    reading.doubt("columns_in_order", "", f"header and position name the columns differently; read by {what}")
    return chosen


def failing(facts: Sequence[Fact], table: FormTable) -> int:
    """Tell how many identities of the table fail on these facts."""
    cells = {(f.row, f.column): f.value for f in facts}
    return sum(
        finding.outcome == "fails"
        for identity in table.identities
        for finding in identities.findings(identity, cells, places(identity, table))
    )


def places(identity: identities.Identity, table: FormTable, columns: Iterable[str] = ()) -> list[str]:
    """Tell where an identity applies: every column, or every row, of its table. `columns`: those that a document has besides."""
    if identity.per == "row":
        return [label.code for label in table.rows]
    return list(dict.fromkeys([*(label.code for label in table.columns), *columns]))
