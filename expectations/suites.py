"""great-expectations suites, generated from the models: one suite a table, one expectation a constraint.

great-expectations takes seconds to import, so that it is imported inside the functions, by whoever runs a gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from expectations.columns import Column, Table, about, columns
from expectations.constraints import Constraint, constraints
from expectations.duck import literal, quoted

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite


def suite(model: type[Table]) -> ExpectationSuite:
    """The suite of a table. Each expectation's `meta` has the `name` and the `says` of its constraint."""
    from great_expectations import ExpectationSuite

    declared = {c.name: c for c in columns(model)}
    made = [_expectation(constraint, declared) for constraint in constraints(model)]
    return ExpectationSuite(name=about(model).name, expectations=made)


def _expectation(constraint: Constraint, declared: dict[str, Column]) -> Any:
    import great_expectations.expectations as gxe

    meta = {"name": constraint.name, "says": constraint.says}
    if constraint.kind == "columns":
        return gxe.ExpectTableColumnsToMatchOrderedList(column_list=list(constraint.columns), meta=meta)
    if constraint.kind == "unique" and len(constraint.columns) > 1:
        return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(constraint.columns), meta=meta)
    if constraint.kind == "rule":
        # A rule whose outcome is null passes, as a CHECK constraint does in SQL.
        return gxe.UnexpectedRowsExpectation(unexpected_rows_query=_rows(f"not ({constraint.rule})"), meta=meta)
    return _column_expectation(constraint, declared[constraint.columns[0]], meta)


def _column_expectation(constraint: Constraint, column: Column, meta: dict[str, str]) -> Any:
    import great_expectations.expectations as gxe

    if constraint.kind == "unique":
        return gxe.ExpectColumnValuesToBeUnique(column=column.name, meta=meta)
    if constraint.kind == "not_null":
        return gxe.ExpectColumnValuesToNotBeNull(column=column.name, meta=meta)
    if constraint.kind == "allowed":
        return gxe.ExpectColumnValuesToBeInSet(column=column.name, value_set=list(column.allowed), meta=meta)
    if constraint.kind == "range":
        return gxe.ExpectColumnValuesToBeBetween(
            column=column.name, min_value=column.minimum, max_value=column.maximum, meta=meta
        )
    # great-expectations knows no regular expressions for DuckDB: the database tests them itself.
    violated = f"not regexp_matches({quoted(column.name)}, {literal(column.pattern or '')})"
    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=_rows(violated), meta=meta)


def _rows(condition: str) -> str:
    """The query for the rows that meet a condition; braces of the condition are doubled, they are no parameters."""
    escaped = condition.replace("{", "{{").replace("}", "}}")
    return f"select * from {{batch}} where {escaped}"
