"""great-expectations suites, generated from the models: one suite a table, one expectation a constraint.

great-expectations takes seconds to import, so that it is imported inside the functions, by whoever runs a gate.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from expectations.columns import Column, Table, about, columns
from expectations.constraints import Constraint, constraints
from expectations.duckdb_sql import literal, quoted

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite


def suite(model: type[Table], names: Collection[str] | None = None) -> ExpectationSuite:
    """The suite of a table, or of its constraints of these names.

    Each expectation's `meta` has the `name` and the `says` of its constraint.
    """
    from great_expectations import ExpectationSuite

    declared = {c.name: c for c in columns(model)}
    made = [
        _expectation(constraint, declared)
        for constraint in constraints(model)
        if names is None or constraint.name in names
    ]
    return ExpectationSuite(name=about(model).name, expectations=made)


def _expectation(constraint: Constraint, declared: dict[str, Column]) -> Any:
    import great_expectations.expectations as gxe

    from expectations.every_row import ExpectEveryRowToMeet

    meta = {"name": constraint.name, "says": constraint.says}
    if constraint.kind == "columns":
        return gxe.ExpectTableColumnsToMatchOrderedList(column_list=list(constraint.columns), meta=meta)
    if constraint.kind == "unique" and len(constraint.columns) > 1:
        return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(constraint.columns), meta=meta)
    if constraint.kind == "unique":
        return gxe.ExpectColumnValuesToBeUnique(column=constraint.columns[0], meta=meta)
    condition, shown = every_row(constraint, declared)
    return ExpectEveryRowToMeet(condition=condition, shown=shown, meta=meta)


def every_row(constraint: Constraint, declared: Mapping[str, Column]) -> tuple[str, str | None]:
    """What a constraint of single rows demands, as SQL over one row, and the column whose values are the examples."""
    if constraint.rule is not None:
        return constraint.rule, None
    (name,) = constraint.columns
    return _condition(constraint.kind, declared[name]), name


def _condition(kind: str, column: Column) -> str:
    """Tell what a constraint demands of the value of its column, as SQL over one row."""
    name = quoted(column.name)
    if kind == "not_null":
        return f"{name} is not null"
    if kind == "allowed":
        return f"{name} in ({', '.join(map(literal, column.allowed))})"
    if kind == "pattern":
        return f"regexp_matches({name}, {literal(column.pattern or '')})"
    bounds = (">=", column.minimum), ("<=", column.maximum)
    return " and ".join(f"{name} {sign} {bound}" for sign, bound in bounds if bound is not None)
