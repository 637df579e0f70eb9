"""Everything that a model demands of its rows, as a flat list with stable names.

Both gates speak of the same constraints by the same names: pandera enforces them on frames (`expectations.conformance`),
great-expectations on warehouse tables (`expectations.suites`), and the tests break each one of them in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from expectations.columns import Column, Table, about, columns

#: In the order in which a table's constraints are listed and reported.
KINDS = ("columns", "unique", "not_null", "allowed", "range", "pattern", "rule")
#: Words of a closed list that a message names.
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand on a table. `columns` are those concerned; `rule` is the SQL condition of a rule and its `label`."""

    kind: str
    columns: tuple[str, ...]
    says: str
    label: str | None = None
    rule: str | None = None

    @property
    def name(self) -> str:
        """The stable name, unique within a table: `not_null(report_id)`, `unique(report_id, measure)`, `columns`."""
        inner = self.label or (", ".join(self.columns) if self.kind != "columns" else "")
        return f"{self.kind}({inner})" if inner else self.kind


@cache
def constraints(model: type[Table]) -> tuple[Constraint, ...]:
    """All constraints of a model, in the order of `KINDS` and then of the columns."""
    declared = columns(model)
    return (
        Constraint("columns", tuple(c.name for c in declared), f"exactly the {len(declared)} columns of the contract"),
        *(_unique(key) for key in _unique_keys(model)),
        *sorted((c for column in declared for c in _of_column(column)), key=lambda c: KINDS.index(c.kind)),
        *(Constraint("rule", (), f"in every row {sql}", label, sql) for label, sql in about(model).rules.items()),
    )


def _unique_keys(model: type[Table]) -> list[tuple[str, ...]]:
    keys = [about(model).key, *((c.name,) for c in columns(model) if c.unique)]
    return [key for key in dict.fromkeys(keys) if key]


def _unique(key: tuple[str, ...]) -> Constraint:
    return Constraint("unique", key, f"no two rows with the same {' and '.join(key)}")


def _of_column(column: Column) -> Iterator[Constraint]:
    name = (column.name,)
    if not column.nullable:
        yield Constraint("not_null", name, f"{column.name} is never null")
    if column.allowed:
        yield Constraint("allowed", name, f"{column.name} is one of {_listed(column.allowed)}")
    if column.minimum is not None or column.maximum is not None:
        yield Constraint("range", name, f"{column.name} is {_range(column)}")
    if column.pattern is not None:
        yield Constraint("pattern", name, f"{column.name} matches {column.pattern}")


def _listed(words: Sequence[str]) -> str:
    """The words, as many as a message can hold: the codes of a dictionary are too many to be read."""
    if len(words) <= _MOST_WORDS:
        return ", ".join(words)
    return f"{', '.join(words[:_MOST_WORDS])}, … ({len(words)} in all)"


def _range(column: Column) -> str:
    if column.minimum is None:
        return f"at most {column.maximum}"
    if column.maximum is None:
        return f"at least {column.minimum}"
    return f"between {column.minimum} and {column.maximum}"
