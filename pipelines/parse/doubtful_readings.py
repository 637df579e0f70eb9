"""The form's arithmetic decides what a doubtful reading is. It never makes a number out of nothing.

A cell in which OCR read letters that look like digits, or whose digits stand apart (3 1 1 9), takes the number that they look like, if every sum that the cell is
part of then holds, at least one of them can be tested, and no other number that they look like does as well. The literal
text stays, and a check says what was settled. A number that OCR read is never changed, and a cell that it could not read
stays empty, whatever the sums say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from expectations import identities
from expectations.forms import FormTable
from expectations.identities import IdentityResult, Number
from pipelines.parse.lookalikes import candidates
from pipelines.parse.numbers import is_spaced, read_cell
from pipelines.parse.report import Fact
from pipelines.parse.requests import places
from pipelines.parse.table_reading import TableReading

Place = tuple[str, str]


def settle(reading: TableReading, table: FormTable) -> None:
    """Settle the doubtful cells of a table: those that OCR read, and digits that stand apart. Any other is left alone."""
    doubtful = {(f.row, f.column): f for f in reading.facts if is_unread(f)}
    if not doubtful:
        return
    cells = {(f.row, f.column): f.value for f in reading.facts}
    chosen = _agreeing({place: candidates(fact.raw) for place, fact in doubtful.items()}, cells, table)
    for place, value in chosen.items():
        fact = doubtful[place]
        fact.value = value
        reading.settled.append(
            (
                f"{fact.row}/{fact.column}",
                f"the cell reads {fact.raw!r}; every sum of its row and column holds with {value}",
            )
        )


def is_unread(fact: Fact) -> bool:
    """Tell whether a cell holds digits that stand apart, or something that OCR saw and that is no number or sign for nothing."""
    if fact.value is not None or read_cell(fact.raw).kind != "text":
        return False
    return fact.confidence is not None or is_spaced(fact.raw)


def _agreeing(
    options: Mapping[Place, tuple[Number, ...]], cells: Mapping[Place, Number | None], table: FormTable
) -> dict[Place, Number]:
    """Values that all sums agree with. Cells that look like one number are tried together, then the others one by one."""
    chosen = {place: values[0] for place, values in options.items() if len(values) == 1}
    while True:
        open_ = options.keys() - chosen.keys()
        findings = _findings({**cells, **chosen}, open_, table)
        wrong = [place for place in chosen if not _bears_out(findings, place)]
        if not wrong:
            break
        for place in wrong:
            del chosen[place]
    for place, values in options.items():
        if len(values) > 1:
            open_ = options.keys() - chosen.keys() - {place}
            fitting = [v for v in values if _bears_out(_findings({**cells, **chosen, place: v}, open_, table), place)]
            if len(fitting) == 1:
                chosen[place] = fitting[0]
    return chosen


def _findings(cells: Mapping[Place, Number | None], unread: Iterable[Place], table: FormTable) -> list[IdentityResult]:
    """The identities that can be tested: a sum with an unread cell in it says nothing."""
    without = set(unread)
    return [
        finding
        for identity in table.identities
        for finding in identities.findings(identity, cells, places(identity, table))
        if finding.outcome != "not_testable" and not without.intersection(finding.cells)
    ]


def _bears_out(findings: Iterable[IdentityResult], place: Place) -> bool:
    """Tell whether a cell takes part in at least one sum, and in none that fails."""
    outcomes = {finding.outcome for finding in findings if place in finding.cells}
    return outcomes == {"holds"}
