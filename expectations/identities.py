"""The arithmetic identities of the forms: how they are tested and what they make of a fact.

An identity compares two sums of cells. Blank cells add nothing (reports leave zeros blank), but a side whose cells
are all blank says nothing, so the identity is then `not_testable`; it never counts as passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

#: A printed number. Whole numbers stay int (fast and exact); decimals are Decimal, never binary floats.
Number = int | Decimal
#: Cells of one table by (row code, column code); None where the cell is blank or holds no number.
Cells = Mapping[tuple[str, str], Number | None]
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """`left` sums to the same as `right`, for each column (`per` = "column") or for each row.

    Per column the names are row codes, per row they are column codes. `says` is the rule in the form's own words.
    """

    code: str
    per: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    says: str

    def cells(self, place: str, names: Sequence[str]) -> list[Cell]:
        """The cells that `names` stand for at a place (a column code, or a row code)."""
        if self.per == "column":
            return [(name, place) for name in names]
        return [(place, name) for name in names]


@dataclass(frozen=True, slots=True)
class IdentityResult:
    """Holds what an identity says at one place. `left` and `right` are None where that side is wholly blank."""

    identity: Identity
    place: str
    left: Number | None
    right: Number | None
    cells: tuple[Cell, ...]

    @property
    def outcome(self) -> str:
        """`holds`, `fails` or `not_testable`."""
        if self.left is None or self.right is None:
            return "not_testable"
        return "holds" if self.left == self.right else "fails"

    @property
    def difference(self) -> Number | None:
        """Left minus right."""
        return None if self.left is None or self.right is None else self.left - self.right


def findings(identity: Identity, cells: Cells, places: Iterable[str]) -> list[IdentityResult]:
    """Test one identity at each place. Cells that the table does not have at all take no part."""
    found = []
    for place in places:
        left = [c for c in identity.cells(place, identity.left) if c in cells]
        right = [c for c in identity.cells(place, identity.right) if c in cells]
        found.append(IdentityResult(identity, place, _sum(left, cells), _sum(right, cells), (*left, *right)))
    return found


def _sum(names: list[Cell], cells: Cells) -> Number | None:
    total: Number | None = None
    for name in names:
        value = cells[name]
        if value is not None:
            total = value if total is None else total + value
    return total


@dataclass(frozen=True, slots=True)
class Proof:
    """Holds what the identities say of one cell: the codes of those that hold, that fail, and that could not be tested.

    `grade` is `contradicted` where an identity fails, else `verified` where at least one holds, else `unverified`.
    """

    held: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    grade: str = "unverified"


#: A cell that no identity speaks of.
UNPROVEN = Proof()


def proofs(findings: Iterable[IdentityResult]) -> dict[Cell, Proof]:
    """Tell of each cell in an identity which of its identities hold, fail, or could not be tested."""
    by_cell: dict[Cell, list[tuple[str, str]]] = {}
    for finding in findings:
        said = (finding.outcome, finding.identity.code)
        for cell in finding.cells:
            by_cell.setdefault(cell, []).append(said)
    return {cell: _proof(tuple(said)) for cell, said in by_cell.items()}


@lru_cache(maxsize=4096)
def _proof(said: tuple[tuple[str, str], ...]) -> Proof:
    """The proof of a cell. Most cells of a table share a few of them."""
    held, failed, untested = (
        tuple(code for outcome, code in said if outcome == wanted) for wanted in ("holds", "fails", "not_testable")
    )
    return Proof(held, failed, untested, "contradicted" if failed else "verified" if held else "unverified")
