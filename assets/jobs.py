"""Jobs: what is run together. Belongs here: selections. Does not belong here: work, or when it happens."""

import dagster as dg

from assets import dead_runs, in_process
from assets.catalogue import catalogue
from assets.parsed_tables import parsed_tables
from assets.resources import Gongkai, Harvest
from assets.warehouse import warehouse_candidate
from pipelines.progress import Reporter

#: Look through the source, parse what is new, bring the partitions up to date.
refresh_catalogue = dg.define_asset_job(
    "refresh_catalogue",
    selection=dg.AssetSelection.assets(catalogue),
    description="Look through the source and parse what is new.",
)

#: One report year, from its records to the release.
one_year = dg.define_asset_job(
    "one_year",
    selection=dg.AssetSelection.assets(parsed_tables).downstream(),
    description="Write one year's tables again, then the warehouse and the release.",
)

#: From the parsed tables as they are.
warehouse_and_release = dg.define_asset_job(
    "warehouse_and_release",
    selection=dg.AssetSelection.assets(warehouse_candidate).downstream(),
    description="Build the warehouse and the release from the parsed tables as they are.",
)


def _tell_process(context: dg.OpExecutionContext) -> None:
    """Note which process a run is in, so that its death is seen (see `assets.dead_runs`)."""
    context.instance.add_run_tags(context.run_id, {dead_runs.TAG: dead_runs.this_process()})


@dg.op
def refresh_sources(
    context: dg.OpExecutionContext, harvester: Harvest, gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]
) -> None:
    """Run the asset `harvest` in a run of its own that shows up beside this one."""
    _tell_process(context)
    in_process.refresh_all(gongkai, harvester, reporter, context.instance)


@dg.op(ins={"after": dg.In(dg.Nothing)})
def build_what_changed(context: dg.OpExecutionContext, gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]) -> None:
    """Run the assets that are due, each in a run of its own that shows up beside this one."""
    _tell_process(context)
    options = in_process.Options(
        (), gongkai.workers, gongkai.retry, gongkai.accept_release, gongkai.engine, gongkai.address
    )
    outcome = in_process.build_all(gongkai.source_path, gongkai.place, options, reporter, context.instance)
    if outcome.closed:
        closed = ", ".join(verdict.name for verdict in outcome.closed)
        raise dg.Failure(f"{closed} did not open; see the checks of these assets")
    context.log.info("nothing changed" if outcome.nothing_changed else f"{outcome.parsed} documents parsed")


@dg.job(description="What `gongkai build` does: everything that changed, new report years included.")
def build_all() -> None:
    """An ordinary job, since which years there are is known only when the catalogue has been refreshed."""
    build_what_changed()


@dg.job(description="What `gongkai refresh` and `gongkai build` do: from the sites to the release, only what changed.")
def refresh_and_build() -> None:
    """The whole chain, as the schedule runs it."""
    build_what_changed(after=refresh_sources())


JOBS = (build_all, one_year, refresh_and_build, refresh_catalogue, warehouse_and_release)
