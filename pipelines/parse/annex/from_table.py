"""A table's grid → the lines of an annex: labels, unit and numbers by column. What stands where, the cells themselves tell.

Index numbers, units and remarks may have columns of their own or none; labels may be indented over several columns; two
halves of the annex may stand side by side (`panels`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.parse import lookalikes
from pipelines.parse.annex.annex_labels import form_table, is_known_label, own_words
from pipelines.parse.labelled_rows import Value
from pipelines.parse.labels import key
from pipelines.parse.numbers import UNITS, Reading, read_cell
from pipelines.parse.year_words import years_in
from pipelines.read.document import Cell, Table

_INDEX_HEADS = re.compile(r"序号|编号|行次|代码|编码|行号")
#: What stands around the numbers in a table, and is no row of it.
_AROUND = re.compile(
    r"^(?:单位|部门)?(?:负责人|领导)|^(?:审核|填[报表]|制表|联系|经办|统计)(?:人|单位|日期|时间|电话|负责人)|^电话|^注\d*[:：]|^说明[:：]|^备注[:：]"
)
#: The row of column letters under a head: 甲 乙 1.
_LETTERS = frozenset("甲乙丙丁戊")
#: A column of running numbers has at least so many of them.
_LEAST_INDEX = 5
#: A label of two halves cut by a page break, or a total's own label under its heading.
_TOTALS = frozenset({"合计", "总计", "总数", "小计", "数量", "总量"})


@dataclass(slots=True)
class AnnexRow:
    """One row of an annex: its labels from the outermost, `label` its own; values by column of numbers, from 0."""

    labels: tuple[str, ...]
    label: str
    values: Mapping[int, Value] = field(default_factory=dict)
    unit: str | None = None
    locator: str = ""

    @property
    def has_numbers(self) -> bool:
        """Tell whether anything but blanks and signs for nothing stands in it."""
        return any(v.reading.kind in ("number", "text") for v in self.values.values())


@dataclass(slots=True)
class AnnexPart:
    """The annex, or a part of it, from one table: its lines, and the texts above each column of numbers.

    `captions` are the texts above the table and the banners in its head; `headed` whether it has a head of its own.
    """

    lines: list[AnnexRow]
    headers: list[tuple[str, ...]]
    captions: tuple[str, ...] = ()
    headed: bool = True


@dataclass(slots=True)
class _Sheet:
    """A table with the reading of each cell, its cells by row and by column in which they begin, and its rows of heads."""

    table: Table
    readings: Mapping[int, Reading]
    own: list[list[Cell]]
    columns: list[list[Cell]]
    heads: set[int] = field(default_factory=set)

    def kind(self, cell: Cell) -> str:
        """number, blank, mark, unit or text."""
        if cell.text in UNITS:
            return "unit"
        return self.readings[id(cell)].kind


def known_labels(table: Table) -> set[str]:
    """The bare labels in a table that are an annex's."""
    texts = {cell.text for cell in table.cells() if cell.text and not cell.text.isdecimal()}
    return {own_words(text) for text in texts if is_known_label(text)}


def pieces(table: Table, context: str = "") -> list[AnnexPart]:
    """A table's annex: one piece a panel, left to right. `context` is the text above the table."""
    sheet = _sheet(table)
    return [_piece(sheet, start, end, context) for start, end in _panels(sheet)]


def _sheet(table: Table) -> _Sheet:
    doubtful = lookalikes.unsettled(table)
    readings = {id(c): doubtful.get(id(c)) or read_cell(c.text) for c in table.cells()}
    own: list[list[Cell]] = [[] for _ in range(table.height)]
    columns: list[list[Cell]] = [[] for _ in range(table.width)]
    for cell in table.cells():
        own[cell.row].append(cell)
        columns[cell.column].append(cell)
    sheet = _Sheet(table, readings, own, columns)
    sheet.heads.update(i for i, cells in enumerate(own) if _is_head(sheet, cells))
    return sheet


def _panels(sheet: _Sheet) -> list[tuple[int, int]]:
    """Tell where the columns of each panel begin and end: labels right of numbers begin another."""
    width = sheet.table.width
    labels, numbers = [0] * width, [0] * width
    for cell in sheet.table.cells():
        labels[cell.column] += is_known_label(cell.text)
        numbers[cell.column] += sheet.kind(cell) == "number"
    bounds = [0]
    last: int | None = None
    for j in range(width):
        if not labels[j]:
            continue
        between = range(last + 1, j) if last is not None else ()
        columns = [k for k in between if numbers[k] >= 3 and not _is_index(sheet, k)]
        if labels[j] >= 3 and columns:
            bounds.append(j - 1 if j - 1 > columns[0] and _is_index(sheet, j - 1) else j)
        last = j
    return list(zip(bounds, [*bounds[1:], width], strict=True))


def _is_index(sheet: _Sheet, column: int) -> bool:
    """Tell whether a column holds running numbers: its head says so, or each is the one before plus one."""
    cells = sheet.columns[column]
    if any(_INDEX_HEADS.fullmatch(key(c.text)) for c in cells):
        return True
    values = [sheet.readings[id(c)].value for c in cells]
    found = [v for v in values if v is not None]
    return len(found) >= _LEAST_INDEX and all(b == a + 1 for a, b in pairwise(found))


def _piece(sheet: _Sheet, start: int, end: int, context: str) -> AnnexPart:
    body = next((i for i in range(sheet.table.height) if _is_body(sheet, i, start, end)), sheet.table.height)
    captions = [context] if context else []
    for i in range(body):
        captions += [c.text for c in sheet.own[i] if c.text and _is_banner(c, sheet.own[i], sheet.table.width)]
    columns = _number_columns(sheet, start, end, body)
    units = _unit_columns(sheet, start, end, body)
    headers = [_header(sheet, column, body) for column in columns]
    lines = []
    for i in range(body, sheet.table.height):
        lines += _lines(sheet, i, (start, end), columns, units)
    headed = any(headers)
    return AnnexPart(_whole(lines), headers, tuple(captions), headed)


def _is_banner(cell: Cell, row: Sequence[Cell], width: int) -> bool:
    """Tell whether a text stands over the full width; where cells are not merged, one with a year beside blank cells does."""
    if len(row) == 1:
        return cell.colspan == width > 1
    return len(row) == width and bool(years_in(cell.text)) and not any(c.text for c in row if c is not cell)


def _is_body(sheet: _Sheet, i: int, start: int, end: int) -> bool:
    """Tell whether a row has a label of the annex, or a label of its own and a number in a place for numbers."""
    own = [c for c in sheet.own[i] if start <= c.column < end and c.colspan < max(sheet.table.width, 2)]
    if _is_head(sheet, own):
        return False
    if any(is_known_label(c.text) for c in sheet.own[i] if start <= c.column < end and c.text):
        return True
    texts = [c for c in own if sheet.kind(c) == "text" and own_words(c.text)]
    numbers = [c for c in own if sheet.kind(c) == "number"]
    return bool(texts and numbers) and any(n.column > texts[0].column for n in numbers) and not _is_letters(sheet, own)


def _is_letters(sheet: _Sheet, own: Sequence[Cell]) -> bool:
    texts = [c.text for c in own if c.text and sheet.kind(c) != "number"]
    return bool(texts) and all(text in _LETTERS for text in texts)


def _is_head(sheet: _Sheet, own: Sequence[Cell]) -> bool:
    """Tell whether cells are the annex's head again (统计指标, 单位), as on each page, or its row of letters."""
    headings = {key(text) for text in form_table().headings}
    here = [c for c in own if c.text]
    hits = sum(key(c.text) in headings for c in here if sheet.kind(c) == "text")
    return _is_letters(sheet, own) or (
        hits > 0 and not any(sheet.kind(c) == "number" or is_known_label(c.text) for c in here)
    )


def _header(sheet: _Sheet, column: int, body: int) -> tuple[str, ...]:
    """The texts above a column, outermost first, each once; banners over the whole table are captions, not headers."""
    found: list[str] = []
    for i in range(body):
        cell = sheet.table.grid[i][column]
        if cell is None or not cell.text or cell.colspan == sheet.table.width > 1 or cell.text in found:
            continue
        own = sheet.own[i]
        if not _is_letters(sheet, own) and not _AROUND.search(cell.text):
            found.append(cell.text)
    return tuple(found)


def _number_columns(sheet: _Sheet, start: int, end: int, body: int) -> list[int]:
    """The columns of numbers of a panel: right of its labels, more numbers than words, no index and no units."""
    labelled = (k for k in range(start, end) if any(c.row >= body and is_known_label(c.text) for c in sheet.columns[k]))
    found = []
    for column in range(next(labelled, start) + 1, end):
        here = [c for c in sheet.columns[column] if c.row >= body and c.row not in sheet.heads]
        kinds = [sheet.kind(c) for c in here]
        count = {kind: kinds.count(kind) for kind in ("number", "unit", "text", "mark", "blank")}
        words = count["text"] + count["unit"]
        if any(is_known_label(c.text) for c in here) and count["number"] <= words:
            continue
        has = count["number"] > 0 and count["number"] >= words
        empty = not count["number"] and not words and bool(here) and _says_number(sheet, column, body)
        if (has or empty) and not _is_index(sheet, column):
            found.append(column)
    return found


def _says_number(sheet: _Sheet, column: int, body: int) -> bool:
    """Tell whether a column without any number is headed as one of numbers."""
    table = form_table()
    spellings = {key(s) for label in (*table.columns, *table.optional_columns) for s in label.spellings}
    return any(key(text) in spellings for text in _header(sheet, column, body))


def _unit_columns(sheet: _Sheet, start: int, end: int, body: int) -> set[int]:
    """The columns in which more units stand than other words: what else stands there is a unit, too (期)."""
    kinds = {k: [sheet.kind(c) for c in sheet.columns[k] if c.row >= body] for k in range(start, end)}
    return {column for column, found in kinds.items() if found.count("unit") > found.count("text")}


def _lines(
    sheet: _Sheet, i: int, panel: tuple[int, int], columns: Sequence[int], units: Collection[int]
) -> list[AnnexRow]:
    """The lines of a grid's row: a heading for each label that groups rows, then the row itself."""
    own = [c for c in sheet.own[i] if panel[0] <= c.column < panel[1]]
    if _is_head(sheet, own):
        return []
    first = min(columns, default=panel[1])
    words = [c for c in own if c.column < first and sheet.kind(c) == "text" and own_words(c.text)]
    texts = [c for c in words if c.column not in units or is_known_label(c.text)]
    if texts and _AROUND.search(texts[0].text):
        return []
    places = {column: k for k, column in enumerate(columns)}
    cells = {places[c.column]: c for c in own if c.column in places}
    values = {
        k: Value(c.text, sheet.readings[id(c)], c.row, c.column, c.region, c.confidence) for k, c in cells.items()
    }
    unit = next((c.text for c in own if sheet.kind(c) == "unit" or (c in words and c not in texts)), None)
    where = sheet.table.locator
    labels = _named(tuple(c.text for c in texts))
    heads = [AnnexRow((text,), text, locator=where) for text in labels[:-1]]
    if not labels:
        return [AnnexRow((), "", values, unit, where)] if _has_numbers(values.values()) else []
    return [*heads, AnnexRow(labels, labels[-1], values, unit, where)]


def _named(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a row; 合计 beside its heading is the heading's own number."""
    return labels[:-1] if len(labels) > 1 and own_words(labels[-1]) in _TOTALS else labels


def _has_numbers(values: Iterable[Value]) -> bool:
    return any(v.reading.kind == "number" for v in values)


def _whole(lines: Sequence[AnnexRow]) -> list[AnnexRow]:
    """The lines, two that follow each other as one where they are halves of a label cut by the end of a page."""
    found: list[AnnexRow] = []
    for line in lines:
        joined = joined_halves(found[-1], line) if found else None
        if joined is None:
            found.append(line)
        else:
            found[-1] = joined
    return found


def joined_halves(first: AnnexRow, second: AnnexRow) -> AnnexRow | None:
    """Two lines as one; None unless together, and only together, they have a known label, and one of them no numbers."""
    if not first.label or not second.label or is_known_label(first.label) or is_known_label(second.label):
        return None
    label = first.label + second.label
    if not is_known_label(label) or (first.has_numbers and second.has_numbers):
        return None
    values = first.values if first.has_numbers else second.values
    return replace(first, labels=(label,), label=label, values=values, unit=first.unit or second.unit)
