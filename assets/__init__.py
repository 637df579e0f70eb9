"""The Dagster code location: thin assets that call `pipelines`, their checks, partitions, jobs and resources.

Belongs here: what Dagster must know. Does not belong here: work; each asset calls a plain function and reports on it.
"""
