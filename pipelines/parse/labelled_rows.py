"""A table's grid → rows of labels and value cells, each with the headers above it. Knows no form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from pipelines.parse import lookalikes
from pipelines.parse.labels import is_numbered
from pipelines.parse.numbers import TEXT, UNITS, Reading, read_cell
from pipelines.parse.year_words import years_in
from pipelines.read.document import Cell, Table

#: A row has no more labels than this, groups included; a row of more texts is a header.
MAX_LABELS = 4
#: Header texts above a place of the grid, by column, outermost first.
Headers = Mapping[int, tuple[str, ...]]


class Value(NamedTuple):
    """A value cell: literal text, what it reads as, and its place: in the grid, or (`locator`) its own line of text."""

    raw: str
    reading: Reading
    row: int | None = None
    column: int | None = None
    locator: str | None = None
    confidence: float | None = None


@dataclass(slots=True)
class Row:
    """A row with value cells. `context` is the text before the table, or a banner in it.

    `labels` run from the outermost group to the row's own; `label` is the row's own, "" where it has none (a cell
    merged over from the row above is a group's label, even where a wrong rowspan pushes it next to the numbers).
    """

    labels: tuple[str, ...]
    label: str
    values: list[Value]
    locator: str = ""
    headers: Headers = field(default_factory=dict)
    context: str = ""
    has_numbers: bool = True
    #: The columns of the values, where a line of headers says them; None in it where that line leaves one open.
    columns: tuple[str | None, ...] | None = None
    #: False for numbers in lines of text of which only the place says what row they are.
    is_borne_out: bool = True

    def places(self) -> set[str]:
        """Tell where its numbers stand, in the words of `pipelines.parse.tables_in_text`: one physical row feeds one row of the form."""
        return {value.locator or f"{self.locator} row {value.row}" for value in self.values}


@dataclass(frozen=True, slots=True)
class Known:
    """Holds what a form knows as the label of a column, and of a row: all that is asked of forms here."""

    is_column: Callable[[str], bool]
    is_row: Callable[[str], bool]


def rows(table: Table, known: Known, context: str = "") -> list[Row]:
    """The rows of a table that hold values. Rows between are headers of the rows below them.

    A banner (one text over the full width) heads the rows below it as a paragraph before the table would: it becomes
    their `context` and leaves the column headers as they are.
    """
    found: list[Row] = []
    headers: dict[int, tuple[str, ...]] = {}
    open_header = False
    unsettled = lookalikes.unsettled(table)
    is_plain = _is_plain(table)
    for i, line in enumerate(table.grid):
        own = [c for j, c in enumerate(line) if c is not None and c.row == i and c.column == j]
        if not own:
            continue
        if _is_banner(own, table.width, known):
            context = own[0].text
            continue
        readings = [unsettled.get(id(c)) or read_cell(c.text) for c in own]
        row = _row(own, readings, line, known)
        if row is None:
            above = headers if open_header else {}
            headers = _stack(above, _widened(line, above, table.grid[i + 1 : i + 2]) if is_plain else line)
            open_header = True
            continue
        open_header = False
        row.headers, row.locator, row.context = headers, table.locator, context
        if row.values[:1] and row.values[0].reading.kind == "blank" and _is_group(row.label, own):
            row.label = ""
        row.values = _behind_blanks(row.values, own, headers)
        if is_plain and row.label and row.values and row.values[0].reading.kind == "blank":
            values = _behind_labels(row.values, table, known)
            if len(values) < len(row.values) and _begins_unlabelled(table, i, values[0].column or 0):
                row.label = ""
            row.values = values
        if any(c.rowspan > 1 or c.colspan > 1 for c in own):
            lacks = _lacks_values(row.values, headers)
            row.values = [_alone(value, table, headers, lacks) for value in row.values]
        found.append(row)
    return found


def _is_plain(table: Table) -> bool:
    """Tell whether a table has no merged cells at all, as one of bars: a cell over several is its first, the others are blank."""
    return all(cell.rowspan == cell.colspan == 1 for cell in table.cells())


def _is_banner(own: list[Cell], width: int, known: Known) -> bool:
    """Tell whether a row is one text over the full width; of a text beside blank cells, only a year or a unit is one."""
    text = own[0].text
    if not text or width < 2:
        return False
    if len(own) == 1:
        return own[0].colspan == width
    says = ("单位" in text or bool(years_in(text))) and len(own) == width
    return says and not any(cell.text for cell in own[1:]) and not known.is_row(text)


def _widened(
    line: tuple[Cell | None, ...], above: Headers, below: Sequence[tuple[Cell | None, ...]]
) -> tuple[Cell | None, ...]:
    """A row of headers in which each text reaches over the blank cells right of it that are its part.

    They stand under the same header as the text, and over a header of their own.
    """
    wide = list(line)
    heads = [bool(cell and cell.text and read_cell(cell.text).kind == "text") for row in below for cell in row]
    for j in range(1, len(wide) if heads else 0):
        cell, left = wide[j], wide[j - 1]
        if cell is not None and not cell.text and left is not None and heads[j] and above.get(j) == above.get(j - 1):
            wide[j] = left
    return tuple(wide)


def _behind_labels(values: list[Value], table: Table, known: Known) -> list[Value]:
    """The values without blank cells before them in columns that hold labels in other rows, and no number in any."""
    kept = values
    while len(kept) > 1 and kept[0].reading.kind == "blank" and _is_of_labels(table, kept[0].column or 0, known):
        kept = kept[1:]
    return kept


def _begins_unlabelled(table: Table, i: int, start: int) -> bool:
    """Tell whether the row below has numbers and no label at all: then a label beside a blank one is of the group of both."""
    below = table.grid[i + 1] if i + 1 < table.height else ()
    labels = any(cell.text for cell in below[:start] if cell is not None)
    return not labels and any(read_cell(cell.text).kind == "number" for cell in below[start:] if cell is not None)


def _is_of_labels(table: Table, column: int, known: Known) -> bool:
    texts = [cell.text for line in table.grid if (cell := line[column]) is not None and cell.text]
    numbers = any(read_cell(text).kind == "number" for text in texts)
    return not numbers and any(known.is_row(text) or is_numbered(text) for text in texts)


def _is_group(label: str, own: list[Cell]) -> bool:
    """Tell whether a label stands over several rows: a blank cell behind it is the row's own label."""
    return any(cell.text == label and cell.rowspan > 1 for cell in own)


def _lacks_values(values: list[Value], headers: Headers) -> bool:
    """Tell whether there are fewer values than headers over them. As many only stand askew, as in pages made by hand."""
    first = values[0].column if values else None
    heads = [texts[-1] for column, texts in sorted(headers.items()) if first is not None and column >= first and texts]
    return len(values) < sum(1 for _ in groupby(heads))  # the same results stand over each procedure


def _alone(value: Value, table: Table, headers: Headers, lacks: bool) -> Value:
    """A value; one that is merged over several labelled rows, or under several headers, belongs to none of them alone."""
    cell = table.grid[value.row][value.column] if value.row is not None and value.column is not None else None
    if cell is None or value.reading.kind != "number" or (cell.rowspan == 1 and cell.colspan == 1):
        return value
    heads = {headers[k][-1] for k in range(cell.column, cell.column + cell.colspan) if headers.get(k)}
    below = table.grid[cell.row + 1 : cell.row + cell.rowspan]
    labels = [c for line in below for c in line[: cell.column] if c is not None and c.row > cell.row and c.text]
    return value._replace(reading=TEXT) if labels or (lacks and len(heads) > 1) else value


def _behind_blanks(values: list[Value], own: list[Cell], headers: Headers) -> list[Value]:
    """The values without blank cells before them that stand under the same header as the label: they are part of it."""
    first = values[0].column if values else None
    label = max((c.column for c in own if first is not None and c.column < first and c.text), default=None)
    if label is None or not headers.get(label):
        return values
    kept = values
    while kept and kept[0].reading.kind == "blank" and headers.get(kept[0].column or 0) == headers[label]:
        kept = kept[1:]
    return kept or values


def _stack(above: Mapping[int, tuple[str, ...]], line: tuple[Cell | None, ...]) -> dict[int, tuple[str, ...]]:
    """Header texts by column with one more header row below them. A merged cell counts once."""
    stacked = dict(above)
    for j, cell in enumerate(line):
        if cell is not None and cell.text and stacked.get(j, ("",))[-1] != cell.text:
            stacked[j] = (*stacked.get(j, ()), cell.text)
    return stacked


def _row(own: list[Cell], readings: list[Reading], line: tuple[Cell | None, ...], known: Known) -> Row | None:
    kinds = [r.kind for r in readings]
    if "number" not in kinds:
        return _blank_row(own, readings, line, known)
    first = kinds.index("number")
    if first == 0 and len(kinds) > 2 and kinds[1] == "text" and "text" not in kinds[2:]:
        # A running number stands before the label.
        first = kinds.index("number", 2) if "number" in kinds[2:] else len(kinds)
    start = _behind_label(own, kinds, first, known)
    if start == 0 and any(kind == "text" and not _is_damaged(cell) for cell, kind in zip(own, kinds, strict=True)):
        return _label_behind(own, readings, kinds)
    labels, label = _labels(own[:start], line, own[start].column)
    if start and own[start - 1].rowspan > 1 and kinds[start] == "blank" and start < first < len(kinds):
        label = ""  # a group's label beside a blank one: the row has none of its own
    return Row(labels, label, _values(own, readings, start), has_numbers=first < len(kinds))


def _is_damaged(cell: Cell) -> bool:
    """Tell whether a cell of words begins as a number does (36注1): it stands in a number's place, and is no label."""
    return cell.text[:1].isdigit() and not is_numbered(cell.text)


def _values(own: list[Cell], readings: list[Reading], start: int) -> list[Value]:
    """The value cells of a row. A unit in a cell of its own, before or behind them, is the unit of each."""
    places = list(range(start, len(own)))
    unit = None
    for end in (0, -1):
        if len(places) > 1 and own[places[end]].text in UNITS:
            unit = own[places.pop(end)].text
    return [_value(own[k], _with_unit(readings[k], unit)) for k in places]


def _value(cell: Cell, reading: Reading) -> Value:
    return Value(cell.text, reading, cell.row, cell.column, cell.region, cell.confidence)


def _with_unit(reading: Reading, unit: str | None) -> Reading:
    return replace(reading, unit=unit) if unit and reading.kind == "number" and reading.unit is None else reading


def _behind_label(own: list[Cell], kinds: list[str], first: int, known: Known) -> int:
    """Tell where the values of a row begin: behind the last label that a form knows or that has a number, else the last text."""
    texts = [k for k in range(first) if kinds[k] == "text" and own[k].text not in UNITS]
    labels = [k for k in texts if known.is_row(own[k].text) or is_numbered(own[k].text)]
    return max(labels or texts, default=-1) + 1


def _label_behind(own: list[Cell], readings: list[Reading], kinds: list[str]) -> Row:
    """The numbers stand before their label."""
    end = next(k for k, kind in enumerate(kinds) if kind == "text" and not _is_damaged(own[k]))
    values = [_value(own[k], readings[k]) for k in range(end)]
    labels = tuple(c.text for c, kind in zip(own, kinds, strict=True) if kind == "text")
    return Row(labels, labels[-1], values)


def _blank_row(own: list[Cell], readings: list[Reading], line: tuple[Cell | None, ...], known: Known) -> Row | None:
    """A row whose values are all blank or signs for nothing. A row of column labels is a header, not this."""
    texts = [k for k, r in enumerate(readings) if r.kind == "text"]
    if texts and known.is_row(own[texts[0]].text) and not any(known.is_column(cell.text) for cell in own):
        start = _behind_label(own, [r.kind for r in readings], len(own), known)
        if start < len(own):  # 行政处罚 | 12*: words where a number should stand
            return Row(*_labels(own[:start], line, own[start].column), _values(own, readings, start))
    if len(texts) > MAX_LABELS or any(b - a > 1 for a, b in pairwise(texts)):
        return None
    if texts and texts[-1] + 1 < len(own) and sum(known.is_column(own[k].text) for k in texts) < 2:
        start = texts[-1] + 1
    elif not texts and own and own[0].column == 0:
        start = 0
    else:
        return None
    values = [_value(own[k], readings[k]) for k in range(start, len(own))]
    return Row(*_labels(own[:start], line, own[start].column), values, has_numbers=False)


def _labels(own: list[Cell], line: tuple[Cell | None, ...], end: int) -> tuple[tuple[str, ...], str]:
    """The texts left of a column, groups merged over from rows above first, each once; and the row's own label."""
    here = [c.text for c in own if read_cell(c.text).kind == "text"]
    above: list[str] = []
    previous: Cell | None = None
    for cell in line[:end]:
        if cell is not None and cell is not previous and cell not in own and read_cell(cell.text).kind == "text":
            above.append(cell.text)
        previous = cell
    return (*above, *here), here[-1] if here else ""
