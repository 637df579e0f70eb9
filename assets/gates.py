"""What a gate of the warehouse or of a release says to Dagster. Nothing else belongs here: gates are `pipelines`'."""

import dagster as dg

from assets.markdown import table
from pipelines.steps.stamps import Gated

#: Rows that a metadata pane shows.
_EXCERPT = 20
_COLUMNS = ("table", "expectation", "rows", "message")


def result(gated: Gated) -> dg.AssetCheckResult:
    """The result of a blocking check: every finding that keeps the gate closed, and the page that shows them all."""
    rows = [(f["table_name"], f["expectation"], f["unexpected_count"], f["message"]) for f in gated.failed]
    return dg.AssetCheckResult(
        passed=not gated.failed,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "expectations": dg.MetadataValue.int(gated.count),
            "failures": dg.MetadataValue.json([dict(zip(_COLUMNS, row, strict=True)) for row in rows]),
            "excerpt": dg.MetadataValue.md(table(_COLUMNS, rows[:_EXCERPT])),
            "page": dg.MetadataValue.path(gated.page),
        },
    )
