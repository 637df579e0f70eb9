"""Tells how the assets are cut: by report year, as the documents bring them in."""

from collections.abc import Iterable

import dagster as dg

#: Years that have documents, and `unknown` for documents that were turned away before their year could be told.
YEARS = dg.DynamicPartitionsDefinition(name="report_year")


def synchronise(instance: dg.DagsterInstance, years: Iterable[str]) -> None:
    """Make the partitions that Dagster knows those that have documents."""
    wanted = set(years)
    known = set(instance.get_dynamic_partitions("report_year"))
    instance.add_dynamic_partitions("report_year", sorted(wanted - known))
    for gone in sorted(known - wanted):
        instance.delete_dynamic_partition("report_year", gone)
