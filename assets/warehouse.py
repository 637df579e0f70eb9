"""Parsed tables → the warehouse: built beside the present one, gated, and only then put in its place.

Belongs here: the two assets and the blocking check between them. The work is `pipelines.warehouse`.
"""

import time

import dagster as dg

from assets.check_result import check_result
from assets.markdown import table
from assets.parsed_tables import parsed_tables
from assets.resources import Gongkai
from pipelines.progress import Reporter
from pipelines.warehouse import warehouse_steps


@dg.asset(deps=[parsed_tables], group_name="warehouse", kinds={"duckdb", "sql"})
def warehouse_candidate(gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]) -> dg.MaterializeResult[None]:
    """The next warehouse, built by the SQL of `dbt_like_sql` beside the present one, which stays as it is."""
    started = time.perf_counter()
    reporter.step("warehouse", "SQL models into a candidate beside the present one")
    with gongkai.lock():
        runs = warehouse_steps.build_candidate(gongkai.place)
    rows = [(run.name, run.layer, run.rows, round(run.seconds, 3)) for run in runs]
    return dg.MaterializeResult(
        metadata={
            "models": dg.MetadataValue.md(table(("model", "layer", "rows", "seconds"), rows)),
            "seconds": dg.MetadataValue.float(round(time.perf_counter() - started, 2)),
        }
    )


@dg.asset_check(asset=warehouse_candidate, blocking=True)
def warehouse_gate(gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]) -> dg.AssetCheckResult:
    """Every table of the candidate meets its great-expectations suite. Without that it never becomes the warehouse."""
    reporter.step("gate", "great-expectations over every table of the warehouse")
    with gongkai.lock():
        return check_result(warehouse_steps.gate_candidate(gongkai.place))


@dg.asset(deps=[warehouse_candidate], group_name="warehouse", kinds={"duckdb"})
def warehouse(gongkai: Gongkai) -> dg.MaterializeResult[None]:
    """The warehouse that readers open: the gated candidate, put in place in one step."""
    with gongkai.lock():
        warehouse_steps.promote(gongkai.place)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(gongkai.place.warehouse),
            "bytes": dg.MetadataValue.int(gongkai.place.warehouse.stat().st_size),
        }
    )
