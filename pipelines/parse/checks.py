"""The checks of a report: the form's identities at every place, and the structure of its tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from expectations import identities
from expectations.forms import Form, FormTable
from expectations.identities import Cell, IdentityResult
from pipelines.parse.report import Check, Fact
from pipelines.parse.requests import places
from pipelines.parse.statutory import Statutory
from pipelines.parse.table_reading import TableReading, is_loose, unreadable

#: The structure rules that each table is tested for, and the sentence for one that passes.
_EVERY_TABLE = {
    "rows_known": "every row is one of the form's",
    "row_readable": "every row has as many numbers as the form",
    "rows_complete": "every row is there",
    "cell_readable": "every cell is a number or empty",
    "tables_agree": "no cell is printed twice with different numbers",
    "year_agrees": "nothing above it names another year than the report's",
}
_COLUMNS = {"columns_in_order": "header and position name the columns alike"}
_ROWS = {
    "rows_in_order": "the rows stand in the form's order",
    "columns_known": "every column is one of the form's",
}
STRUCTURE = {
    "proactive": {**_EVERY_TABLE, **_COLUMNS},
    "requests": {**_EVERY_TABLE, **_ROWS, **_COLUMNS},
    "disputes": {**_EVERY_TABLE, **_COLUMNS},
    "statistics": {
        **{rule: says for rule, says in _EVERY_TABLE.items() if rule != "row_readable"},
        **_ROWS,
        "value_column": "one column is this year's of the whole body",
    },
}
#: Rules that printed headers decide.
_BY_HEADER = frozenset({*_COLUMNS, "value_column"})


def grade(statutory: Statutory) -> list[Check]:
    """Test every identity of the form, grade the facts by the outcome, and return all checks of the tables."""
    checks: list[Check] = []
    for name, table in statutory.form.tables.items():
        reading = statutory.readings.get(name)
        checks.append(_present(name, reading, name in statutory.run_together))
        if reading is None:
            checks += [_untested(name, identity, place) for identity, place in _all_places(table)]
            continue
        findings = _findings(table, reading.facts, reading.conflicting)
        _grade(reading, table, findings)
        checks += [_identity_check(name, finding) for finding in findings]
        checks += _structure(name, table, reading)
    return checks


def _all_places(table: FormTable) -> Iterable[tuple[identities.Identity, str]]:
    rows = set(table.expected_rows([]))
    for identity in table.identities:
        for place in places(identity, table):
            if identity.per == "column" or place in rows:
                yield identity, place


def _untested(name: str, identity: identities.Identity, place: str) -> Check:
    return Check("identity", f"{name}.{identity.code}", place, "not_testable", f"the table is absent; {identity.says}")


def _findings(table: FormTable, facts: Sequence[Fact], conflicting: Collection[Cell] = ()) -> list[IdentityResult]:
    """Every identity at every place. With a cell in it that holds no number that can be read, or two, it says nothing.

    Nor does the sum of a row in which a number stands that no column of the form is: it may be one of the parts. Where
    that number stands first, the row is moved against its headers, and no sum with a cell of it says anything.
    """
    words = {(f.row, f.column) for f in unreadable(facts)}.union(conflicting)
    open_rows = {f.row for f in facts if f.column.startswith("unmapped.") and f.value is not None}
    moved = {f.row for f in facts if f.column == "unmapped.1" and f.value is not None}
    words |= {(f.row, f.column) for f in facts if f.row in moved}
    cells = {(f.row, f.column): f.value for f in facts}
    rows = set(table.expected_rows(list(dict.fromkeys(f.row for f in facts))))
    # Only the annex has columns besides the form's that its sums hold in, too.
    columns = _columns(table, facts) if table.layout == "list" else []
    order = list(dict.fromkeys(f.row for f in facts))
    return [
        replace(finding, left=None)
        if words.intersection(finding.cells)
        or (identity.per == "row" and finding.place in open_rows)
        or (finding.outcome == "fails" and table.layout == "list" and _has_unknown_part(finding, order))
        else finding
        for identity in table.identities
        for finding in identities.findings(identity, cells, places(identity, table, columns))
        if identity.per == "column" or finding.place in rows
    ]


def _has_unknown_part(finding: IdentityResult, order: Sequence[str]) -> bool:
    """Tell whether a row that no form knows stands among the parts of a sum, or right behind them: it may be one of them."""
    places = sorted(order.index(row) for row, _ in finding.cells)
    if not places:
        return False
    behind = next((row for row in order[places[-1] + 1 :]), "")
    return any(row.startswith("unmapped.") for row in (*order[places[0] : places[-1]], behind))


def _columns(table: FormTable, facts: Sequence[Fact]) -> list[str]:
    """The columns that the rows of the form have numbers in."""
    known = {row.code for row in table.rows}
    return sorted({fact.column for fact in facts if fact.row in known})


def _open_rows(table: FormTable, facts: Sequence[Fact]) -> set[str]:
    """The rows of a matrix that have a number in no column of the form, and lack one of the form's columns.

    The sums of the columns hold under whatever header a column stands; only the sum of the row tells the columns apart.
    """
    if table.layout == "list":
        return set()
    strange = {f.row for f in facts if f.column.startswith("unmapped.") and f.value is not None}
    known = {row: {f.column for f in facts if f.row == row} for row in strange}
    return {row for row in strange if any(column.code not in known[row] for column in table.columns)}


def _grade(reading: TableReading, table: FormTable, findings: Sequence[IdentityResult]) -> None:
    """Grade each fact, and say which identities bear it out and which could not be tested."""
    open_rows = _open_rows(table, reading.facts)
    proofs = identities.proofs(findings)
    by_ocr = any(fact.confidence is not None for fact in reading.facts)
    for fact in reading.facts:
        place = (fact.row, fact.column)
        proof = proofs.get(place, identities.UNPROVEN)
        fact.grade = "conflicting" if place in reading.conflicting else proof.grade
        is_unsure = fact.row in open_rows or fact.row in reading.unsure_rows or (reading.is_open and is_loose(fact))
        if is_unsure and fact.grade == "verified":
            fact.grade = "unverified"
        if reading.is_of_another_year:
            fact.grade = "contradicted"
        if by_ocr and fact.value is None and fact.grade == "verified":
            fact.grade = "unverified"  # no sum tells a cell that OCR saw as blank from a 0 that it missed
        fact.verified_by = proof.held if fact.grade == "verified" else ()
        fact.untested = proof.untested


def _identity_check(name: str, finding: IdentityResult) -> Check:
    outcome = finding.outcome
    says = finding.identity.says
    sentences = {
        "holds": says,
        "fails": f"{finding.left} against {finding.right}; {says}",
        "not_testable": f"one side is blank, or a cell of it cannot be read; {says}",
    }
    return Check(
        "identity",
        f"{name}.{finding.identity.code}",
        finding.place,
        outcome,
        sentences[outcome],
        finding.left,
        finding.right,
    )


def _present(name: str, reading: TableReading | None, runs_together: bool) -> Check:
    if reading is None:
        says = (
            "the table is there and unread: its cells run together"
            if runs_together
            else "the table is absent from the document"
        )
        return Check("structure", f"{name}.present", "", "fails", says)
    return Check("structure", f"{name}.present", "", "holds", "the table was found")


def _structure(name: str, table: FormTable, reading: TableReading) -> list[Check]:
    """One check a rule: a failing one for each place in doubt, else one for the whole table.

    Without printed headers nothing stands against the order of the columns: that is not testable, not passed.
    """
    for fact in unreadable(reading.facts):
        reading.doubt(
            "cell_readable",
            f"{fact.row}/{fact.column}",
            f"the cell holds {fact.raw!r}, not a number of its own that counts",
        )
    _doubt_missing(table, reading)
    headed = any(fact.column_label for fact in reading.facts)
    checks: list[Check] = []
    for rule, sentence in STRUCTURE[name].items():
        failed = [d for d in reading.doubts if d[0] == rule]
        checks += [Check("structure", f"{name}.{rule}", place, "fails", why) for _, place, why in failed]
        if not failed:
            outcome = "holds" if headed or rule not in _BY_HEADER else "not_testable"
            checks.append(Check("structure", f"{name}.{rule}", "", outcome, sentence))
    checks += [Check("structure", f"{name}.readings_settled", place, "holds", why) for place, why in reading.settled]
    return checks


def _doubt_missing(table: FormTable, reading: TableReading) -> None:
    """Rows, and cells of rows, that the form has and the document lacks."""
    present = list(dict.fromkeys(f.row for f in reading.facts))
    expected = table.expected_rows(present)
    missing = [code for code in expected if code not in present]
    if table.layout == "list" and 2 * len(missing) > len(expected):
        says = f"{len(missing)} of the form's {len(expected)} rows are not there: a version of its own, or a part of the annex"
        reading.doubt("rows_complete", "", says)
        missing = []
    for code in expected:
        if code in missing:
            reading.doubt("rows_complete", code, f"the row {_official(table, code)!r} is missing")
    cells = {(f.row, f.column) for f in reading.facts}
    for block in table.blocks:
        for row in block.rows:
            lacking = [c.official for c in block.columns if (row.code, c.code) not in cells]
            if row.code in present and lacking:
                reading.doubt("rows_complete", row.code, f"the row {row.official!r} lacks {', '.join(lacking)}")


def _official(table: FormTable, code: str) -> str:
    return next(row.official for row in table.rows if row.code == code)


def form_checks(form: Form, year: int, in_force: Form | None) -> Check:
    """Tell whether the tables follow the form that was in force for the year."""
    if in_force is None:
        return Check("structure", "form_in_force", "", "not_testable", f"no form was in force for {year}")
    outcome = "holds" if in_force.name == form.name else "fails"
    return Check(
        "structure", "form_in_force", "", outcome, f"the tables follow form {form.name}; {in_force.name} was in force"
    )
