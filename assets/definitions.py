"""All of gongkai as Dagster loads it: the graph, the jobs on it, and when they run by themselves."""

import dagster as dg

from assets.graph import graph
from assets.jobs import JOBS
from assets.schedules import died_runs, inbox_files, statutory_calendar


def definitions(**resources: object) -> dg.Definitions:
    """The code location. `resources` take the place of the ordinary ones, as in `assets.graph`."""
    when = dg.Definitions(jobs=JOBS, schedules=[statutory_calendar], sensors=[died_runs, inbox_files])
    return dg.Definitions.merge(graph(**resources), when)


defs = definitions()
