"""The register of corrections applied to one document's record, before documents of one report are compared.

Nothing is repaired in silence. `raw` and `printed_value` stay what the document shows, `value` becomes the corrected
number, and the grade says `corrected`. A line counts only where its place still prints what the line says.

The checks of the form stay those of the printed numbers: a sum that is printed wrong fails. Beside each that a
corrected cell takes part in stands the same one with the corrected numbers (kind `corrections`). The other cells of
such a sum follow the second one. Where it fails, they are `contradicted`. Where it holds and nothing else fails, a
contradicted cell becomes `unverified`, never `verified`: the corrected number may have been found by that very sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from expectations import identities
from expectations.corrections import Correction
from expectations.forms import forms
from expectations.identities import Cell, Identity, IdentityResult, Number
from pipelines.catalogue.record import Record
from pipelines.catalogue.row_types import CheckRow, FactRow, FigureRow, ReportRow, Tables
from pipelines.catalogue.rows import check_row
from pipelines.parse.numbers import read_cell
from pipelines.parse.report import Check

#: What stands before the code of a check that was made again with corrected numbers.
PREFIX = "corrected."
#: Grades that arithmetic gives; what two places print differently stays so.
_BY_ARITHMETIC = frozenset({"verified", "unverified", "contradicted"})
_Place = tuple[str, str, str]


def apply(record: Record, lines: Sequence[Correction]) -> Record:
    """The record with the lines of its document applied as far as they still fit; others leave it as it is."""
    tables = record.tables
    if not lines or not tables.reports:
        return record
    figures = _figures(tables.figures, [line for line in lines if line.kind == "figure"])
    cells = {(line.form_table, line.form_row, line.form_column): line for line in lines if line.kind == "cell"}
    facts = tuple(_fact(fact, cells.get(_place(fact))) for fact in tables.facts)
    return Record(record.summary, _tested(replace(tables, figures=figures), facts))


def _fact(fact: FactRow, line: Correction | None) -> FactRow:
    if line is None or not line.is_printed(fact.raw, fact.value):
        return fact
    return fact._replace(value=_stored(line.value), grade="corrected", verified_by=None)


def _figures(figures: Sequence[FigureRow], lines: Sequence[Correction]) -> tuple[FigureRow, ...]:
    """The figures with those corrected of which one line speaks, and it of no other; a range is none any more."""
    described = {line.place: [figure for figure in figures if _is_described(figure, line)] for line in lines}
    spoken = Counter(figure.figure_id for found in described.values() for figure in found)
    values = {
        found[0].figure_id: _stored(line.value)
        for line in lines
        if len(found := described[line.place]) == 1 and spoken[found[0].figure_id] == 1
    }
    return tuple(_figure(f, values[f.figure_id]) if f.figure_id in values else f for f in figures)


def _is_described(figure: FigureRow, line: Correction) -> bool:
    same = figure.indicator == line.indicator and line.sentence in figure.sentence
    return same and line.is_printed(figure.raw, None)


def _figure(figure: FigureRow, value: float) -> FigureRow:
    """Both values are in the plain measure word, so that the normalised one is the same number."""
    normalised = None if figure.normalised_value is None else value
    return figure._replace(value=value, value_to=None, normalised_value=normalised, grade="corrected")


# --- the arithmetic again


@dataclass(frozen=True, slots=True)
class _Again:
    """An identity with the corrected numbers, and the check of the printed ones that it stands beside."""

    printed: CheckRow
    finding: IdentityResult
    table: str

    @property
    def places(self) -> Iterator[_Place]:
        return ((self.table, row, column) for row, column in self.finding.cells)


def _tested(tables: Tables, facts: tuple[FactRow, ...]) -> Tables:
    """The tables with these facts, the identities tested again that a corrected one takes part in, and grades that follow."""
    (report,) = tables.reports
    corrected = {_place(fact) for fact in facts if fact.grade == "corrected"}
    if not corrected:
        return replace(tables, facts=facts)
    again = list(_again(report, tables.checks, facts, corrected))
    checks = tuple(check_row(report, _check(one)) for one in again)
    failing = report.failed_check_count + sum(check.outcome == "fails" for check in checks)
    return replace(
        tables,
        reports=(report._replace(failed_check_count=failing),),
        facts=_graded(facts, tables.checks, again),
        checks=(*tables.checks, *checks),
    )


def _again(
    report: ReportRow, checks: Sequence[CheckRow], facts: Sequence[FactRow], corrected: set[_Place]
) -> Iterator[_Again]:
    known = _identities(report.form)
    by_table: dict[str, dict[Cell, FactRow]] = {}
    for fact in facts:
        by_table.setdefault(fact.form_table, {})[fact.form_row, fact.form_column] = fact
    for check in checks:
        if check.kind != "identity" or check.check_code not in known:
            continue
        table, identity = known[check.check_code]
        cells = by_table.get(table, {})
        (finding,) = identities.findings(identity, {cell: _number(f.value) for cell, f in cells.items()}, [check.place])
        again = _Again(check, finding, table)
        if corrected.intersection(again.places) and (check.outcome != "not_testable" or _may_test(finding, cells)):
            yield again


def _may_test(finding: IdentityResult, cells: Mapping[Cell, FactRow]) -> bool:
    """Tell whether an identity that said nothing as printed may speak now: only its corrected cells stood in the way."""
    unread = (fact for fact in map(cells.__getitem__, finding.cells) if fact.value is None and fact.raw)
    unknown = any("unmapped." in name for cell in cells for name in cell)
    return not unknown and all(read_cell(fact.raw).kind not in ("text", "number") for fact in unread)


def _identities(form: str) -> dict[str, tuple[str, Identity]]:
    """The identities of a form by the code of their checks, each with its table."""
    tables = forms()[form].tables if form in forms() else {}
    return {f"{name}.{one.code}": (name, one) for name, table in tables.items() for one in table.identities}


def _check(again: _Again) -> Check:
    finding = again.finding
    says = finding.identity.says
    sides = "one side is blank" if finding.difference is None else f"{finding.left} against {finding.right}"
    return Check(
        "corrections",
        f"{PREFIX}{again.printed.check_code}",
        finding.place,
        finding.outcome,
        f"with the corrected numbers {sides}; {says}",
        finding.left,
        finding.right,
    )


def _graded(facts: Sequence[FactRow], checks: Sequence[CheckRow], again: Sequence[_Again]) -> tuple[FactRow, ...]:
    """The facts, each with the grade that the identities give it now; tables of another year keep theirs."""
    of_another_year = {check.check_code for check in checks if check.outcome == "fails"}
    touched = {place for one in again for place in one.places}
    failing = _failing(facts, checks, again)
    return tuple(
        _regraded(fact, _place(fact) in failing)
        if _place(fact) in touched
        and fact.grade in _BY_ARITHMETIC
        and f"{fact.form_table}.year_agrees" not in of_another_year
        else fact
        for fact in facts
    )


def _regraded(fact: FactRow, fails: bool) -> FactRow:
    if fails:
        return fact._replace(grade="contradicted", verified_by=None)
    return fact._replace(grade="unverified") if fact.grade == "contradicted" else fact


def _failing(facts: Sequence[FactRow], checks: Sequence[CheckRow], again: Sequence[_Again]) -> set[_Place]:
    """The cells of identities that fail: with the corrected numbers where there are some, else as printed."""
    known = _identities(facts[0].form)
    replaced = {one.printed.check_id for one in again}
    found = {place for one in again if one.finding.outcome == "fails" for place in one.places}
    for check in checks:
        if check.outcome == "fails" and check.check_code in known and check.check_id not in replaced:
            table, identity = known[check.check_code]
            names = (*identity.left, *identity.right)
            found.update((table, row, column) for row, column in identity.cells(check.place, names))
    return found


def _place(fact: FactRow) -> _Place:
    return fact.form_table, fact.form_row, fact.form_column


def _number(value: float | None) -> Number | None:
    """A stored number as arithmetic needs it: exact."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else exact


def _stored(value: Number) -> float:
    return value if isinstance(value, int) else float(value)
