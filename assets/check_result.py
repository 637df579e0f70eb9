"""Tells what a gate said, as the result of Dagster's asset check."""

from dataclasses import asdict

import dagster as dg

from assets.markdown import table
from pipelines.steps.verdicts import Verdict

#: Rows that a metadata pane shows.
_EXCERPT = 20
_COLUMNS = ("table", "column", "check", "rows", "message")


def check_result(verdict: Verdict, *, is_blocking: bool = True) -> dg.AssetCheckResult:
    """The result of a check: everything that keeps the gate closed, and the page that shows it. A gate that blocks
    nothing warns."""
    rows = [(u.table, u.column or "", u.check, u.row_count, u.message) for u in verdict.unmet]
    page = {"page": dg.MetadataValue.path(verdict.page)} if verdict.page else {}
    year = {"report_year": dg.MetadataValue.text(verdict.year)} if verdict.year else {}
    return dg.AssetCheckResult(
        check_name=verdict.gate,
        passed=verdict.is_open,
        severity=dg.AssetCheckSeverity.ERROR if is_blocking else dg.AssetCheckSeverity.WARN,
        description=f"{verdict.name}: {len(rows)} of {verdict.expectations} expectations are not met",
        metadata={
            "expectations": dg.MetadataValue.int(verdict.expectations),
            "unmet": dg.MetadataValue.json([asdict(unmet) for unmet in verdict.unmet]),
            "excerpt": dg.MetadataValue.md(table(_COLUMNS, rows[:_EXCERPT])),
            **page,
            **year,
        },
    )
