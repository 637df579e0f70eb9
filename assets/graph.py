"""The graph: the assets, their checks and the resources that they are given. Jobs and schedules stand on it."""

import dagster as dg

from assets.catalogue import catalogue
from assets.harvest import harvest
from assets.parsed_tables import parsed_gate, parsed_tables
from assets.release import release, release_candidate, release_gate
from assets.resources import Gongkai, Harvest
from assets.warehouse import warehouse, warehouse_candidate, warehouse_gate
from pipelines.progress import Reporter


def graph(**resources: object) -> dg.Definitions:
    """All assets with their checks. `resources` take the place of the ordinary ones: `gongkai`, `harvester`, `reporter`."""
    return dg.Definitions(
        assets=[harvest, catalogue, parsed_tables, warehouse_candidate, warehouse, release_candidate, release],
        asset_checks=[parsed_gate, warehouse_gate, release_gate],
        # Steps hand files to each other and the parsers have processes of their own: one process a run is enough,
        # and it spares each step seconds of imports.
        executor=dg.in_process_executor,
        resources={"gongkai": Gongkai(), "harvester": Harvest(), "reporter": Reporter(), **resources},
    )
