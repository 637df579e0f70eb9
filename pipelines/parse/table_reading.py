"""Value cells → facts, and what a reading of a table has to say besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.numbers import MONEY, Reading, read_cell
from pipelines.parse.report import Fact

_UNIT_WORD = rf"{MONEY}|(?:百万|十万|亿|万|千|百)?(?:件|项|条|个|人次|人(?!民币)|次)"
_UNIT = re.compile(rf"({_UNIT_WORD})\s*[)）]?\s*$|单位\s*[:：]\s*({_UNIT_WORD})")
#: A unit is set off from the label's words: 本年收费金额（单位：万元）, 本年收费金额/元. 现行有效件数 has none.
_MARKED = re.compile(r"[(（/／]|单位|[,，]\s*\S{1,2}元?$")
_MONEY = re.compile(MONEY)
#: What stands before a unit that counts in tens or more.
_SCALES = "百千十万亿"
#: The columns of form 2019 that say by how much something changed (本年增/减).
_CHANGES = frozenset({"items_change"})
#: No body counts as much: digits of several cells ran together. All of China has some million requests a year.
LARGEST = {"requests": 10**7, "disputes": 10**7, "proactive": 10**10, "statistics": 10**10}
#: No report names such a sum of money in its unit.
LARGEST_SUM = 10**13


@dataclass(slots=True)
class TableReading:
    """The facts of one statutory table, and its doubts: `(code, place, sentence)` of structure rules that fail.

    `settled` are readings of OCR that the form's arithmetic decided: `(place, sentence)`.
    """

    name: str
    facts: list[Fact] = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    conflicting: set[tuple[str, str]] = field(default_factory=set)
    settled: list[tuple[str, str]] = field(default_factory=list)
    #: The rows in lines of text that are told by their place only: no sum tells them from others.
    unsure_rows: set[str] = field(default_factory=set)
    #: Something over a table without rules is not accounted for: nothing tells for sure what its numbers are.
    is_open: bool = False
    #: The text above the table names another year than the report's: none of its numbers is sure to be the report's.
    is_of_another_year: bool = False

    def add(self, facts: Iterable[Fact]) -> None:
        """Take facts in. The same cell met again is one fact if it says the same, else it is conflicting."""
        known = {(f.row, f.column): f for f in self.facts}
        for fact in facts:
            place = (fact.row, fact.column)
            before = known.setdefault(place, fact)
            if before is fact:
                self.facts.append(fact)
            elif before.value != fact.value:
                self.conflicting.add(place)
                self.doubt(
                    "tables_agree",
                    f"{fact.row}/{fact.column}",
                    f"the document prints {before.raw!r} ({before.locator}) and {fact.raw!r} ({fact.locator})",
                )

    def doubt_open_columns(self, facts: Iterable[Fact]) -> None:
        """Say of each fact that nothing decides which column of the form it stands in."""
        for fact in facts:
            if fact.is_unmapped:
                says = f"nothing decides what the column {fact.column_label!r} is"
                self.doubt("columns_in_order", f"{fact.row}/{fact.column}", says)

    def doubt(self, code: str, place: str, sentence: str) -> None:
        """Note a structure rule that fails at a place. The first finding of a place counts."""
        if not any(d[0] == code and d[1] == place for d in self.doubts):
            self.doubts.append((code, place, sentence))


def is_loose(fact: Fact) -> bool:
    """Tell whether a fact stands in a line of text, and in no grid."""
    return fact.grid_row is None


def filled(reading: TableReading) -> int:
    """Tell how many cells of the form a reading has."""
    return sum(not fact.is_unmapped for fact in reading.facts)


def header(row: Row, value: Value) -> str:
    """The text right above a value; "" where there is none."""
    texts = row.headers.get(value.column, ()) if value.column is not None else ()
    return texts[-1] if texts else ""


def fact(table: str, row: Row, code: str, column: str, value: Value, unit: str | None) -> Fact:
    """One cell as a fact. The unit printed in the cell counts before that of the header, and both before the form's.

    A number that cannot be what the column counts (0.7 or -7 requests) is no value: `raw` keeps it.
    """
    above = row.headers.get(value.column, ()) if value.column is not None else ()
    head = above[-1] if above else ""
    unit = value.reading.unit or _unit_above(above) or _unit_of_table(row.context, unit) or unit
    return Fact(
        table=table,
        row=code,
        column=column,
        value=value.reading.value if can_be(value.reading, table, column, unit) else None,
        raw=value.raw,
        unit=unit,
        row_label=joined(row.labels),
        column_label=head,
        locator=value.locator or row.locator,
        grid_row=value.row,
        grid_column=value.column,
        confidence=value.confidence,
    )


@lru_cache(maxsize=16384)
def _unit_above(texts: tuple[str, ...]) -> str | None:
    """The unit that the headers above a value name, the nearest first."""
    return next((unit for text in reversed(texts) if (unit := unit_of(text))), None)


@lru_cache(maxsize=16384)
def _unit_of_table(context: str, unit: str | None) -> str | None:
    """The unit that the text above a table names: 单位：万件 scales all that is counted there, 单位：元 all its money.

    单位：件 says nothing of a column of the form that counts 项.
    """
    said = unit_of(context) if unit is not None and "单位" in context else None
    if said is None or unit is None or bool(_MONEY.fullmatch(said)) != bool(_MONEY.fullmatch(unit)):
        return None
    return said if _MONEY.fullmatch(said) or said != said.lstrip(_SCALES) else None


def can_be(reading: Reading, table: str, column: str, unit: str | None) -> bool:
    """Tell whether a number can be what a column of a table says.

    Counts are whole, only changes have a sign, and nothing is absurdly large.
    """
    value = reading.value
    if value is None:
        return True
    if type(value) is int and 0 <= value < LARGEST[table] and not reading.is_change:
        return True
    if reading.is_change and column not in _CHANGES and not column.startswith("unmapped."):
        return False
    is_money = unit is not None and bool(_MONEY.fullmatch(unit))
    is_whole = isinstance(value, int) or unit is None or unit != unit.lstrip(_SCALES)
    largest: int = LARGEST_SUM if is_money else LARGEST[table]
    return -largest < value < largest and (is_money or is_whole)


@lru_cache(maxsize=65536)
def joined(labels: tuple[str, ...]) -> str:
    """The labels of a row from the outermost group to its own, as one text."""
    return " / ".join(labels)


@lru_cache(maxsize=65536)
def unit_of(label: str) -> str | None:
    """The unit that a header names at its end or after 单位."""
    match = _UNIT.search(label) if label else None
    if match is None or not _MARKED.search(label):
        return None
    return (match[1] or match[2]).removeprefix("人民币").replace("仟", "千")


def unmapped(table: str, row: Row, number: int) -> list[Fact]:
    """The cells of a row that no form knows, kept under codes of their own."""
    code = f"unmapped.{number}"
    return [fact(table, row, code, f"unmapped.{k}", value, None) for k, value in enumerate(row.values, 1)]


def trimmed(row: Row, width: int) -> list[Value]:
    """The values of a row without blank ones at its end beyond `width`."""
    values = row.values
    while len(values) > width and values[-1].reading.kind == "blank":
        values = values[:-1]
    return values


def unreadable(facts: Sequence[Fact]) -> list[Fact]:
    """Facts whose cell holds words, or a number that is no count, where a count or nothing should stand."""
    return [f for f in facts if f.value is None and f.raw and read_cell(f.raw).kind in ("text", "number")]
