"""The parsed gate, document by document: what breaks the contract goes to quarantine, the rest flows on.

A few documents that break the contract are documents that we misread. Many at once are a fault of the program: they
are left in, for the gate to stop the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

from expectations.conformance import failures
from expectations.constraints import constraints
from expectations.tables import PARSED, model_of
from expectations.unmet import Unmet
from pipelines.catalogue.record import Record, Summary, quarantine_record
from pipelines.parse.report import Hints
from pipelines.tabulate import frames
from pipelines.tabulate.shard_records import ShardRecords

#: The largest share of a shard's documents that is turned away; one document always may be.
LARGEST_SHARE = 0.1


def gated_frames(records: ShardRecords) -> dict[str, pl.DataFrame]:
    """The parsed tables of some documents without those that break the contract, which stand in `quarantine`."""
    tables = records.frames()
    if not unmet(tables):
        return tables
    faulty = dict(_faulty(records))
    if len(faulty) > max(1, LARGEST_SHARE * len(records)):
        return tables
    away = [_turned_away(summary, found) for summary, found in faulty.values()]
    return frames.merged([records.without(faulty).frames(), frames.frames(away)])


def expectation_count() -> int:
    """Tell how many expectations the contract has of the parsed tables."""
    return sum(len(constraints(model)) for model in PARSED)


def unmet(tables: Mapping[str, pl.DataFrame]) -> tuple[Unmet, ...]:
    """Tell what the parsed tables do not meet, table by table."""
    return tuple(found for name, frame in tables.items() for found in failures(model_of(name), frame))


def _faulty(records: ShardRecords) -> Iterator[tuple[str, tuple[Summary, Unmet]]]:
    """The documents that break the contract by themselves, found by halving: about twice the work of one pass."""
    found = unmet(records.frames())
    if not found:
        return
    if len(records) == 1:
        yield records.keys[0], (records.summary(), found[0])
        return
    for half in records.halves():
        yield from _faulty(half)


def _turned_away(summary: Summary, found: Unmet) -> Record:
    return quarantine_record(
        summary.document_sha256,
        Hints(summary.file_name, report_year=summary.report_year, container_sha256=summary.container_sha256),
        stage="parsed_gate",
        code=re.sub(r"[^a-z0-9]+", "_", found.check.lower()).strip("_"),
        message=found.message,
        hint="the document was misread; the bytes are archived and will be parsed again by the next version",
        format=summary.format,
    )
