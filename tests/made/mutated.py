"""Sources that mutations are made in: a made page, reports of the sample, a made annex of form 2014.

A source prints a report with other numbers in its cells, or without some of its rows, and is parsed again. What its
cells add up to is known by hand from the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from pipelines.parse import Hints, Report, parse
from pipelines.parse.report import Fact
from pipelines.read import read
from pipelines.read.document import Cell, Document, Table
from pipelines.workspace import SAMPLE
from tests.made import annex
from tests.made import layouts as lay
from tests.made.figures import APPLICANTS, BALANCE_ROWS, made, request_rows

Key = tuple[str, str, str]
#: What is printed, by cell. A row of which no cell is here is not printed.
Printed = Mapping[Key, str]


@dataclass(frozen=True)
class Source:
    """A report: what it prints, how it is printed otherwise, and its sums by `identity@place`, each with its cells.

    `rows` and `columns` are those of the table whose numbers are shifted and exchanged; `more` is added to a number to
    spoil it, and `blank` stands where a number was taken away.
    """

    name: str
    printed: Printed
    values: Mapping[Key, object]
    sums: Mapping[str, Sequence[Key]]
    print: Callable[[Printed], Document]
    table: str = "requests"
    columns: tuple[str, ...] = lay.COLUMNS
    more: int = 1
    blank: str = ""

    def __repr__(self) -> str:
        return self.name

    @property
    def rows(self) -> list[str]:
        return list(dict.fromkeys(row for table, row, _ in self.printed if table == self.table))

    def in_sum(self, row: str) -> bool:
        """The numbers of a row are added up with others."""
        return any(key[:2] == (self.table, row) for cells in self.sums.values() for key in cells)

    def report(self, printed: Printed) -> Report:
        """The report as it is read where that is printed."""
        return parse(self.print(printed), Hints("made"))

    @cached_property
    def grades(self) -> dict[Key, str]:
        """Of the report as it is."""
        return grades(self.report(self.printed))

    # --- the mutations

    def corrupted(self, key: Key) -> Report:
        """One number is another."""
        value = self.values[key] or 0
        return self.report({**self.printed, key: str(value + self.more)})  # type: ignore[operator]

    def exchanged(self, one: str, two: str) -> Report:
        """The numbers of two columns stand in each other's place, under headers that stay."""
        other = {one: two, two: one}
        cells = {(self.table, row, column) for row in self.rows for column in (one, two)}
        moved = {key: self.printed[key[0], key[1], other[key[2]]] for key in cells}
        return self.report({**self.printed, **moved})

    def differ(self, one: str, two: str) -> bool:
        """Two columns are not printed alike."""
        return any(self.printed[self.table, r, one] != self.printed[self.table, r, two] for r in self.rows)

    def shifted(self, start: str) -> Report:
        """The numbers from a row on stand one row too low, the last row's are lost."""
        rows = self.rows[self.rows.index(start) :]
        moved = {(self.table, start, column): self.blank for column in self.columns}
        for above, below in pairwise(rows):
            moved |= {(self.table, below, column): self.printed[self.table, above, column] for column in self.columns}
        return self.report({**self.printed, **moved})

    def without(self, row: str) -> Report:
        """A row is lost."""
        return self.report({key: text for key, text in self.printed.items() if key[:2] != (self.table, row)})


def grades(report: Report) -> dict[Key, str]:
    """The grade of each fact."""
    return {(f.table, f.row, f.column): f.grade for f in report.facts}


def failing(report: Report, *kinds: str) -> list[str]:
    """The checks of some kinds that fail, as `code@place`."""
    return [f"{c.code}@{c.place}" for c in report.checks if c.outcome == "fails" and c.kind in kinds]


def sums_of(cells: Sequence[Key]) -> dict[str, list[Key]]:
    """By hand from forms 2019 and 2021: their identities, each with its cells."""
    found: dict[str, list[Key]] = {}
    rows = list(dict.fromkeys(row for table, row, _ in cells if table == "requests"))
    outcomes = [row for row in rows if row not in BALANCE_ROWS]
    for row in rows:
        found[f"requests.applicant_sum@{row}"] = [("requests", row, c) for c in (*APPLICANTS, "total")]
    for column in lay.COLUMNS:
        found[f"requests.balance@{column}"] = [("requests", row, column) for row in BALANCE_ROWS]
        found[f"requests.outcome_sum@{column}"] = [("requests", r, column) for r in (*outcomes, "total_processed")]
    for row in dict.fromkeys(row for table, row, _ in cells if table == "disputes"):
        found[f"disputes.result_sum@{row}"] = [("disputes", row, c) for c in lay.RESULTS]
    return found


# --- a made page


def _page(form: str = "2021", year: int = 2023, seed: int = 7) -> Source:
    cells = made(form, seed)
    kinds = {"natural_person": "自然人", "commercial_enterprise": "商业企业", "research_institution": "科研机构"}
    kinds |= {"public_welfare_org": "社会公益组织", "legal_service_org": "法律服务机构"}
    parts = "、".join(f"{name}{cells['requests', 'received_new', c]}件" for c, name in kinds.items())
    said = f"全年新收政府信息公开申请{cells['requests', 'received_new', 'total']}件，其中{parts}。"

    def show(printed: Printed) -> Document:
        now = {key: int(text) if text else None for key, text in printed.items()}
        tables = lay.proactive_html(form, now), lay.requests_html(form, now), lay.disputes_html(now)
        return read(lay.page("示例市人民政府", year, *tables, said).encode(), "made")

    order = [("requests", row, c) for row in request_rows(form, cells) for c in lay.COLUMNS]
    keys = [*order, *(key for key in cells if key[0] != "requests")]
    return Source("made page", {key: str(cells[key]) for key in keys}, cells, sums_of(keys), show)


# --- reports of the sample, in the grid that the reader yields


def _sample(name: str) -> Source:
    document = read((SAMPLE / name).read_bytes(), name)
    facts = {(f.table, f.row, f.column): f for f in parse(document, Hints("sample")).facts}

    def show(printed: Printed) -> Document:
        return replace(document, blocks=tuple(_with(b, printed, facts) for b in document.blocks))

    printed = {key: fact.raw for key, fact in facts.items()}
    values = {key: fact.value for key, fact in facts.items()}
    return Source(name, printed, values, sums_of(list(facts)), show, more=3)


def _with(block: object, printed: Printed, facts: Mapping[Key, Fact]) -> object:
    """A table with what is printed in its cells, and without the rows of which nothing is printed."""
    own = {key: fact for key, fact in facts.items() if isinstance(block, Table) and fact.locator == block.locator}
    if not own or not isinstance(block, Table):
        return block
    grid = [list(row) for row in block.grid]
    for key, fact in own.items():
        if key in printed and printed[key] != fact.raw:
            _set(grid, fact, printed[key])
    lost = {fact.grid_row for key, fact in own.items() if key not in printed}
    for line in sorted((line for line in lost if line is not None), reverse=True):
        del grid[line]
        grid = [[c._replace(row=c.row - (c.row > line)) if c is not None else None for c in row] for row in grid]
    return Table(tuple(tuple(row) for row in grid), block.locator)


def _set(grid: list[list[Cell | None]], fact: Fact, text: str) -> None:
    """Change a cell's text at every place that it covers."""
    assert fact.grid_row is not None and fact.grid_column is not None
    old = grid[fact.grid_row][fact.grid_column]
    assert old is not None
    for row in grid:
        row[:] = [old._replace(text=text) if cell is old else cell for cell in row]


# --- a made annex of form 2014

#: Each sum by the name that the form gives it, in the order of `annex.SUMS`.
ANNEX_SUMS = (
    "received_by_channel",
    "completed_in_time_or_extended",
    "denied_by_ground",
    "answers_sum",
    "reconsideration_sum",
    "litigation_sum",
    "staff_sum",
)


def _annex(seed: int = 21) -> Source:
    column = annex.made(seed)
    order = [label.code for label in annex.sequence(column)]

    def show(printed: Printed) -> Document:
        now = {row: printed.get(("statistics", row, "value"), "0") for row in column}
        lines = re.findall(r"<tr>.*?</tr>", annex.national(now).markup)  # type: ignore[arg-type]
        head = len(lines) - len(order)
        lost = {head + order.index(row) for row in column if ("statistics", row, "value") not in printed}
        kept = "".join(line for n, line in enumerate(lines) if n not in lost)
        return read(annex.page(f"<table>{kept}</table>").encode(), "made")

    values = {("statistics", row.code, "value"): column[row.code] for row in annex.ROWS}
    sums = {
        f"statistics.{name}@value": [("statistics", row, "value") for row in rows]
        for name, rows in zip(ANNEX_SUMS, annex.SUMS, strict=True)
    }
    return Source(
        "annex", {k: str(v) for k, v in values.items()}, values, sums, show, "statistics", ("value",), blank="0"
    )


@cache
def sources() -> tuple[Source, ...]:
    """All of them."""
    return (_page(), _sample("hangzhou-2025.html"), _sample("huaian-2024.html"), _annex())
