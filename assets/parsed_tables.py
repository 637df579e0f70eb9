"""Parse records → the parsed tables of one report year, and the gate that they must pass.

Belongs here: the partitioned asset and its blocking check. The work is `pipelines.tabulate.years`.
"""

import time

import dagster as dg

from assets.catalogue import catalogue
from assets.check_result import check_result
from assets.markdown import table
from assets.partitions import YEARS
from assets.resources import Gongkai
from pipelines.progress import Reporter
from pipelines.steps.year_stamps import YearStamp
from pipelines.tabulate import years


@dg.asset(partitions_def=YEARS, deps=[catalogue], group_name="parsed", kinds={"polars", "parquet"})
def parsed_tables(
    context: dg.AssetExecutionContext, gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]
) -> dg.MaterializeResult[None]:
    """Documents, reports, sections, facts, checks, figures, problems and quarantine of one report year, as Parquet.

    Writes the files of that year only. The year `unknown` holds documents that were turned away before their year
    could be told.
    """
    started = time.perf_counter()
    reporter.step("tables", context.partition_key)
    with gongkai.lock():
        stamp = years.write_year(gongkai.place, context.partition_key, gongkai.runs_on())
    return dg.MaterializeResult(metadata=_metadata(stamp, time.perf_counter() - started))


@dg.asset_check(asset=parsed_tables, blocking=True)
def parsed_gate(context: dg.AssetCheckExecutionContext, gongkai: Gongkai) -> dg.AssetCheckResult:
    """Every parsed table of the year keeps the contract, row by row (pandera). What is built on it waits for that."""
    with gongkai.lock():
        return check_result(years.gate(gongkai.place, context.partition_key, gongkai.runs_on()))


def _metadata(stamp: YearStamp, seconds: float) -> dict[str, dg.MetadataValue]:
    digest = stamp.digest
    return {
        **{f"{name}_rows": dg.MetadataValue.int(count) for name, count in digest.rows.items()},
        "contradicted_facts": dg.MetadataValue.int(digest.grades.get("contradicted", 0)),
        "quarantined": dg.MetadataValue.int(digest.rows.get("quarantine", 0)),
        "preview": dg.MetadataValue.md(_preview(stamp)),
        "seconds": dg.MetadataValue.float(round(seconds, 2)),
    }


def _preview(stamp: YearStamp) -> str:
    digest = stamp.digest
    counts = {"format": digest.formats, "grade": digest.grades, "failed check": digest.failed_checks}
    rows = [(kind, name, count) for kind, of in counts.items() for name, count in of.items()]
    rows += [("quarantined", f"{code}, e.g. {digest.examples[code]}", n) for code, n in digest.quarantined.items()]
    return table(("what", "which", "count"), rows)
