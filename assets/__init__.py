"""The Dagster code location: thin assets that call `pipelines`, their checks, partitions, jobs and resources.

An asset stands in the module of its name and calls a plain function; `graph` puts them together, `in_process` runs what
is due of the graph, `jobs` and `schedules` say when, `definitions` is all of it for Dagster. Each imports those before
it only.
"""

import os

# Set before anything of Dagster runs: this program calls nobody. `assets.dagster_home` says the same in dagster.yaml.
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
