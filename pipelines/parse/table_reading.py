"""Value cells → facts, and what a reading of a table has to say besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.numbers import read_cell
from pipelines.parse.report import Fact

_UNIT = re.compile(
    r"(万元|亿元|元|件|项|条|个|人次|人|次)\s*[)）]?\s*$|单位\s*[:：]\s*(万元|亿元|元|件|项|条|个|人次|人|次)"
)


#: A unit is set off from the label's words: 本年收费金额（单位：万元）, 本年收费金额/元. 现行有效件数 has none.
_MARKED = re.compile(r"[(（/／]|单位|[,，]\s*\S{1,2}元?$")


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

    def doubt(self, code: str, place: str, sentence: str) -> None:
        """Note a structure rule that fails at a place. The first finding of a place counts."""
        if not any(d[0] == code and d[1] == place for d in self.doubts):
            self.doubts.append((code, place, sentence))


def filled(reading: TableReading) -> int:
    """How many cells of the form a reading has."""
    return sum(not fact.is_unmapped for fact in reading.facts)


def header(row: Row, value: Value) -> str:
    """The text right above a value; "" where there is none."""
    texts = row.headers.get(value.column, ()) if value.column is not None else ()
    return texts[-1] if texts else ""


def fact(table: str, row: Row, code: str, column: str, value: Value, unit: str | None) -> Fact:
    """One cell as a fact. The unit printed in the cell counts before that of the header, and both before the form's."""
    head = header(row, value)
    return Fact(
        table=table,
        row=code,
        column=column,
        value=value.reading.value,
        raw=value.raw,
        unit=value.reading.unit or unit_of(head) or unit,
        row_label=joined(row.labels),
        column_label=head,
        locator=value.locator or row.locator,
        grid_row=value.row,
        grid_column=value.column,
        confidence=value.confidence,
    )


@lru_cache(maxsize=65536)
def joined(labels: tuple[str, ...]) -> str:
    """The labels of a row from the outermost group to its own, as one text."""
    return " / ".join(labels)


@lru_cache(maxsize=65536)
def unit_of(label: str) -> str | None:
    """The unit that a header names at its end or after 单位."""
    match = _UNIT.search(label) if label else None
    return (match[1] or match[2]) if match and _MARKED.search(label) else None


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
    """Facts whose cell holds words where a number or nothing should stand."""
    return [f for f in facts if f.value is None and f.raw and read_cell(f.raw).kind == "text"]
