"""The one place where the code location is put together. Nothing else belongs here: assets stand in their modules."""

import os

# Set before anything of Dagster runs: this program calls nobody. `assets.home` says the same in dagster.yaml.
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")

import dagster as dg

from assets.documents import catalogue
from assets.harvest import harvest
from assets.jobs import JOBS
from assets.parsed import parsed_gate, parsed_tables
from assets.release import release, release_candidate, release_gate
from assets.resources import Gongkai, Harvest
from assets.schedules import died_runs, inbox_files, statutory_calendar
from assets.warehouse import warehouse, warehouse_candidate, warehouse_gate
from pipelines.progress import Reporter


def definitions(**resources: object) -> dg.Definitions:
    """All of gongkai for Dagster. `resources` take the place of the ordinary ones: `gongkai`, `harvester` and `reporter`."""
    return dg.Definitions(
        assets=[harvest, catalogue, parsed_tables, warehouse_candidate, warehouse, release_candidate, release],
        asset_checks=[parsed_gate, warehouse_gate, release_gate],
        jobs=JOBS,
        schedules=[statutory_calendar],
        sensors=[died_runs, inbox_files],
        # Steps hand files to each other and the parsers have processes of their own: one process a run is enough,
        # and it spares each step seconds of imports.
        executor=dg.in_process_executor,
        resources={"gongkai": Gongkai(), "harvester": Harvest(), "reporter": Reporter(), **resources},
    )


defs = definitions()
