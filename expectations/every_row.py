"""A great-expectations expectation of every row of a table, as cheap as a count: `ExpectEveryRowToMeet`.

great-expectations' own expectations of columns each resolve half a dozen metrics and ask for examples of what was not
even found, some twenty milliseconds a piece and hundreds of times a warehouse. This one needs two counts, which
great-expectations bundles with those of all other expectations into a single query a table; examples are fetched
only where they are asked for. Belongs here: the expectation and its metrics. Does not belong here: what is expected
(`expectations.suites`). Importing this module imports great-expectations, which takes seconds.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.compatibility.sqlalchemy import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation_configuration import parse_result_format
from great_expectations.expectations.metrics.metric_provider import metric_partial, metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

#: The metrics by name: rows of the table, rows that do not meet a condition, some of these.
ROWS = "table.row_count"
COUNT = "gongkai.rows_against.count"
EXAMPLES = "gongkai.rows_against.examples"
#: The result formats that want examples, and how many they get.
_WITH_EXAMPLES = ("SUMMARY", "COMPLETE")
_MOST_EXAMPLES = 20


class RowsAgainst(TableMetricProvider):  # type: ignore[misc]
    """Says how many rows do not meet an SQL condition. A condition whose outcome is null is met, as a CHECK in SQL is."""

    metric_name = COUNT
    value_keys = ("condition",)

    @metric_partial(  # type: ignore[untyped-decorator]
        engine=SqlAlchemyExecutionEngine,
        partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN,
        domain_type=MetricDomainTypes.TABLE,
    )
    def _count(
        cls,  # noqa: N805 - great-expectations passes the class by this name
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        return sa.func.count().filter(_against(metric_value_kwargs)), metric_domain_kwargs, {}


class ExamplesAgainst(TableMetricProvider):  # type: ignore[misc]
    """Some of the rows that do not meet an SQL condition, in order: values of one column, or whole rows as dicts."""

    metric_name = EXAMPLES
    value_keys = ("condition", "shown")

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _examples(
        cls,  # noqa: N805
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> list[Any]:
        table, _domain, _accessor = execution_engine.get_compute_domain(
            metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE
        )
        shown = metric_value_kwargs["shown"]
        found = (
            sa.select(sa.column(shown) if shown else sa.literal_column("*"))
            .distinct()
            .select_from(table)
            .where(_against(metric_value_kwargs))
            .order_by(sa.literal_column("all"))
            .limit(_MOST_EXAMPLES)
        )
        rows = execution_engine.execute_query(found).mappings()
        return [row[shown] if shown else dict(row) for row in rows]


def _against(arguments: dict[str, Any]) -> Any:
    return sa.literal_column(f"not ({arguments['condition']})")


class ExpectEveryRowToMeet(BatchExpectation):  # type: ignore[misc]
    """Expect that an SQL condition is false of no row.

    Args:
        condition: The condition in DuckDB's SQL, over one row.
        shown: The column whose values are the examples of what was found instead; else whole rows are.
    """

    condition: str
    shown: str | None = None

    success_keys: ClassVar[tuple[str, ...]] = ("condition", "shown")

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: dict[str, Any] | None = None
    ) -> ValidationDependencies:
        """The metrics that are needed; named directly, since looking each one up costs more than counting."""
        asked = parse_result_format((runtime_configuration or {}).get("result_format") or self.result_format)
        needed = {
            ROWS: self._metric(ROWS, {}),
            COUNT: self._metric(COUNT, {"condition": self.condition}),
        }
        if asked["result_format"] in _WITH_EXAMPLES:
            needed[EXAMPLES] = self._metric(EXAMPLES, {"condition": self.condition, "shown": self.shown})
        return ValidationDependencies(metric_configurations=needed, result_format=asked)

    def _metric(self, name: str, arguments: dict[str, Any]) -> MetricConfiguration:
        domain = {"batch_id": self.batch_id, "table": None, "row_condition": None, "condition_parser": None}
        return MetricConfiguration(name, metric_domain_kwargs=domain, metric_value_kwargs=arguments)

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: dict[str, Any] | None = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        result = {"element_count": metrics[ROWS], "unexpected_count": metrics[COUNT]}
        if EXAMPLES in metrics:
            result["partial_unexpected_list"] = metrics[EXAMPLES]
        return {"success": metrics[COUNT] == 0, "result": result}
