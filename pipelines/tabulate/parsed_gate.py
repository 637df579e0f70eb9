"""The parsed gate, document by document: what breaks the contract goes to quarantine, the rest flows on.

A few documents that break the contract are documents that we misread. Many at once are a fault of the program: they
are left in, for the gate to stop the build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from expectations.conformance import failures
from expectations.constraints import constraints
from expectations.tables import PARSED, model_of
from expectations.unmet import Unmet
from pipelines.catalogue.catalogue import Entry
from pipelines.catalogue.record import Record, quarantine_record
from pipelines.parse.report import Hints
from pipelines.tabulate.frames import frames

#: The largest share of a year's documents that is turned away; one document always may be.
LARGEST_SHARE = 0.1

Load = Callable[[str], Record]


def gated_frames(entries: Sequence[Entry], load: Load) -> dict[str, pl.DataFrame]:
    """The parsed tables of some documents without those that break the contract, which stand in `quarantine`."""
    tables = _frames(entries, load)
    if not unmet(tables):
        return tables
    faulty = dict(_faulty(entries, load))
    if len(faulty) > max(1, LARGEST_SHARE * len(entries)):
        return tables
    good = (load(entry.key) for entry in entries if entry not in faulty)
    return frames([*good, *(_turned_away(entry, found) for entry, found in faulty.items())])


def expectation_count() -> int:
    """Tell how many expectations the contract has of the parsed tables."""
    return sum(len(constraints(model)) for model in PARSED)


def unmet(tables: Mapping[str, pl.DataFrame]) -> tuple[Unmet, ...]:
    """Tell what the parsed tables do not meet, table by table."""
    return tuple(found for name, frame in tables.items() for found in failures(model_of(name), frame))


def _frames(entries: Sequence[Entry], load: Load) -> dict[str, pl.DataFrame]:
    return frames(load(entry.key) for entry in entries)


def _faulty(entries: Sequence[Entry], load: Load) -> Iterator[tuple[Entry, Unmet]]:
    """The documents that break the contract by themselves, found by halving: about twice the work of one pass."""
    found = unmet(_frames(entries, load))
    if not found:
        return
    if len(entries) == 1:
        yield entries[0], found[0]
        return
    middle = len(entries) // 2
    yield from _faulty(entries[:middle], load)
    yield from _faulty(entries[middle:], load)


def _turned_away(entry: Entry, found: Unmet) -> Record:
    return quarantine_record(
        entry.summary.document_sha256,
        Hints(
            entry.summary.file_name,
            report_year=entry.summary.report_year,
            container_sha256=entry.summary.container_sha256,
        ),
        stage="parsed_gate",
        code=re.sub(r"[^a-z0-9]+", "_", found.check.lower()).strip("_"),
        message=found.message,
        hint="the document was misread; the bytes are archived and will be parsed again by the next version",
        format=entry.summary.format,
    )
