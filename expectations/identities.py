"""The arithmetic identities of the forms: how they are tested and what they make of a fact.

An identity compares two sums of cells. Blank cells add nothing (reports leave zeros blank), but a side whose cells
are all blank says nothing, so the identity is then `not_testable`; it never counts as passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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


def grades(cells: Iterable[Cell], findings: Iterable[IdentityResult]) -> dict[Cell, str]:
    """The grade of each cell: contradicted if an identity it is part of fails, verified if at least one holds."""
    graded = dict.fromkeys(cells, "unverified")
    for finding in findings:
        outcome = finding.outcome
        if outcome == "not_testable":
            continue
        for cell in finding.cells:
            if outcome == "fails":
                graded[cell] = "contradicted"
            elif graded.get(cell) == "unverified":
                graded[cell] = "verified"
    return graded
