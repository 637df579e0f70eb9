"""Documents → parse records: the catalogue. Belongs here: the asset and its raw gate. The work is `pipelines.catalogue.catalogue`."""

import time

import dagster as dg

from assets.check_result import check_result
from assets.harvest import harvest
from assets.partitions import synchronise
from assets.resources import Gongkai
from pipelines.catalogue import raw_gate
from pipelines.catalogue.catalogue import Refreshed, refresh
from pipelines.progress import Reporter
from pipelines.tabulate import years
from pipelines.workers.pool import Limits


@dg.asset(
    deps=[harvest],
    group_name="documents",
    kinds={"python"},
    check_specs=[
        dg.AssetCheckSpec(
            "raw_gate",
            asset="catalogue",
            description="The archive is whole, the source what it was. It warns: single documents are in quarantine.",
        )
    ],
)
def catalogue(
    context: dg.AssetExecutionContext, gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]
) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster reads the annotation and knows the bare class only
    """The current documents of the source, each archived and each with a parse record of this program version.

    Parses what is new or was parsed by another version, and nothing else. A document that cannot be read or parsed has
    a record that says why. Brings the report-year partitions up to date.
    """
    started = time.perf_counter()
    with gongkai.lock():
        refreshed = refresh(
            gongkai.source_path,
            gongkai.place,
            worker_count=gongkai.workers or None,
            limits=Limits(gongkai.seconds, gongkai.memory_mb),
            retry=gongkai.retry,
            on_document=reporter.document,
            engine=gongkai.runs_on(),
        )
        gone = years.drop_gone(gongkai.place, refreshed.catalogue)
        verdict = raw_gate.gate(gongkai.place, refreshed)
    synchronise(context.instance, refreshed.catalogue.years)
    return dg.MaterializeResult(
        metadata=_metadata(refreshed, gone, time.perf_counter() - started),
        check_results=[check_result(verdict, is_blocking=False)],
    )


def _metadata(refreshed: Refreshed, gone: list[str], seconds: float) -> dict[str, dg.MetadataValue]:
    return {
        "documents": dg.MetadataValue.int(refreshed.catalogue.count),
        "parsed": dg.MetadataValue.int(refreshed.parsed),
        "quarantined": dg.MetadataValue.int(refreshed.catalogue.quarantined),
        "report_years": dg.MetadataValue.text(", ".join(refreshed.catalogue.years)),
        "years_gone": dg.MetadataValue.text(", ".join(gone) or "none"),
        "parser_version": dg.MetadataValue.text(refreshed.catalogue.version),
        "seconds": dg.MetadataValue.float(round(seconds, 2)),
    }
