"""The arithmetic by hand: each identity of each form holds, fails and is not testable."""

from __future__ import annotations

from decimal import Decimal

import pytest

from expectations.forms import forms
from expectations.identities import UNPROVEN, Identity, Number, findings, proofs

Cells = dict[tuple[str, str], Number | None]


def identity(form: str, table: str, code: str) -> Identity:
    return next(i for i in forms()[form].tables[table].identities if i.code == code)


def outcome(rule: Identity, cells: Cells, place: str) -> str:
    (finding,) = findings(rule, cells, [place])
    return finding.outcome


def column(**values: Number | None) -> Cells:
    return {(row.replace("__", "."), "total"): value for row, value in values.items()}


def test_balance_of_the_requests() -> None:
    rule = identity("2021", "requests", "balance")
    assert (
        outcome(rule, column(received_new=713, carried_in=36, total_processed=718, carried_out=31), "total") == "holds"
    )
    assert (
        outcome(rule, column(received_new=713, carried_in=36, total_processed=718, carried_out=30), "total") == "fails"
    )
    assert outcome(rule, column(received_new=None, carried_in=None, total_processed=718), "total") == "not_testable"


def test_blank_cells_add_nothing_but_a_blank_side_says_nothing() -> None:
    rule = identity("2021", "requests", "balance")
    assert (
        outcome(rule, column(received_new=9, carried_in=None, total_processed=9, carried_out=None), "total") == "holds"
    )
    assert (
        outcome(rule, column(received_new=9, carried_in=None, total_processed=None, carried_out=None), "total")
        == "not_testable"
    )


def test_sum_of_the_outcomes() -> None:
    rule = identity("2021", "requests", "outcome_sum")
    assert (
        outcome(rule, column(total_processed=7, granted=4, denied__state_secret=1, other__other=2), "total") == "holds"
    )
    assert outcome(rule, column(total_processed=7, granted=4, other=3), "total") == "holds"
    assert outcome(rule, column(total_processed=0, granted=4), "total") == "fails"


def test_a_total_of_zero_beside_parts_fails() -> None:
    rule = identity("2021", "disputes", "result_sum")
    cells: Cells = {("reconsideration", c): v for c, v in {"upheld": 10, "corrected": 1, "total": 0}.items()}
    (finding,) = findings(rule, cells, ["reconsideration"])
    assert (finding.left, finding.right, finding.outcome, finding.difference) == (0, 11, "fails", -11)


def test_decimals_are_added_exactly() -> None:
    rule = Identity("x", "row", ("total",), ("a", "b"), "")
    cells: Cells = {("r", "total"): Decimal("0.3"), ("r", "a"): Decimal("0.1"), ("r", "b"): Decimal("0.2")}
    assert outcome(rule, cells, "r") == "holds"


def test_grades() -> None:
    rule = Identity("x", "row", ("total",), ("a", "b"), "")
    cells: Cells = {("r", "total"): 3, ("r", "a"): 1, ("r", "b"): 2, ("s", "total"): 9, ("s", "a"): 1, ("t", "a"): 1}
    proven = proofs(findings(rule, cells, ["r", "s", "t"]))
    assert {proven["r", c].grade for c in ("total", "a", "b")} == {"verified"}
    assert {proven["s", c].grade for c in ("total", "a")} == {"contradicted"}
    assert proven["t", "a"].grade == UNPROVEN.grade == "unverified"


def test_one_failing_identity_outweighs_one_that_holds() -> None:
    holds, fails = Identity("x", "row", ("a",), ("b",), ""), Identity("y", "row", ("a",), ("c",), "")
    cells: Cells = {("r", "a"): 1, ("r", "b"): 1, ("r", "c"): 2}
    for order in ((holds, fails), (fails, holds)):
        proven = proofs([f for rule in order for f in findings(rule, cells, ["r"])])
        graded = {cell: proof.grade for cell, proof in proven.items()}
        assert graded == {("r", "a"): "contradicted", ("r", "b"): "verified", ("r", "c"): "contradicted"}


def test_a_proof_names_what_bears_a_cell_out_and_what_could_not_be_tested() -> None:
    holds, blank = Identity("x", "row", ("a",), ("b",), ""), Identity("y", "row", ("a",), ("c",), "")
    cells: Cells = {("r", "a"): 1, ("r", "b"): 1, ("r", "c"): None}
    proof = proofs([f for rule in (holds, blank) for f in findings(rule, cells, ["r"])])["r", "a"]
    assert (proof.grade, proof.held, proof.failed, proof.untested) == ("verified", ("x",), (), ("y",))


@pytest.mark.parametrize(
    ("code", "total", "parts"),
    [
        ("received_by_channel", "requests.received", 4),
        ("completed_in_time_or_extended", "requests.completed", 2),
        ("answers_sum", "requests.answered", 8),
        ("denied_by_ground", "answers.denied", 6),
        ("reconsideration_sum", "reconsideration.total", 3),
        ("litigation_sum", "litigation.total", 3),
        ("staff_sum", "organisation.staff", 2),
    ],
)
def test_identities_of_the_2014_annex(code: str, total: str, parts: int) -> None:
    rule = identity("2014", "statistics", code)
    local = {row.code for row in forms()["2014"].tables["statistics"].rows if row.instead_of}
    of_the_form = [row for row in rule.right if row not in local]
    assert (rule.left, len(of_the_form)) == ((total,), parts)
    cells: Cells = {(row, "value"): 2 for row in of_the_form}
    assert outcome(rule, {**cells, (total, "value"): 2 * parts}, "value") == "holds"
    assert outcome(rule, {**cells, (total, "value"): 1}, "value") == "fails"
    assert outcome(rule, cells, "value") == "not_testable"


EVERY = [
    pytest.param(rule, id=f"{form.name}-{table.name}-{rule.code}")
    for form in forms().values()
    for table in form.tables.values()
    for rule in table.identities
]


@pytest.mark.parametrize("rule", EVERY)
def test_every_identity_of_every_form_holds_fails_and_is_not_testable(rule: Identity) -> None:
    """Each cell on the right is 2, the first on the left their sum, the others on the left 0."""
    right: Cells = dict.fromkeys(rule.cells("here", rule.right), 2)
    left: Cells = dict.fromkeys(rule.cells("here", rule.left), 0)
    left[rule.cells("here", rule.left)[0]] = 2 * len(rule.right)
    assert outcome(rule, {**left, **right}, "here") == "holds"
    for cell in {**left, **right}:
        assert outcome(rule, {**left, **right, cell: 10_000}, "here") == "fails", cell
    assert outcome(rule, {**dict.fromkeys(left), **right}, "here") == "not_testable"
    assert outcome(rule, {**left, **dict.fromkeys(right)}, "here") == "not_testable"
