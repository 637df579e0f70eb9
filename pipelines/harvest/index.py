"""The archive's index: the rows of each finished refresh as a Parquet file beside what they speak of.

With it the ledger can be made again wherever the archive is. Files are added and never changed. Belongs here: ledger →
index → ledger, and proving that index and archive agree. Does not belong here: the ledger itself.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from expectations.columns import polars_schema
from expectations.fetches import Fetches
from expectations.gate import failures
from pipelines.harvest import archive
from pipelines.harvest.ledger import COLUMNS, Fetch, Ledger
from pipelines.harvest.store import Location, store
from pipelines.tables import parquet_bytes


def name_of(run_id: str) -> str:
    """Where a refresh's rows lie in the archive."""
    return f"{archive.INDEX}/{run_id}.parquet"


def write(place: Location, run_id: str, fetches: Iterable[Fetch]) -> None:
    """Add a finished refresh to the index."""
    frame = pl.DataFrame([asdict(fetch) for fetch in fetches], schema=polars_schema(Fetches))
    store(place).put(name_of(run_id), parquet_bytes(Fetches, frame))


def complete(ledger: Ledger, place: Location) -> None:
    """Add every refresh that is not in the index yet: the last one, and those that a kill kept from it."""
    for run in ledger.runs():
        if store(place).size(name_of(run["run_id"])) is None and (fetches := list(ledger.in_run(run["run_id"]))):
            write(place, run["run_id"], fetches)


def read(place: Location) -> Iterator[tuple[str, list[Fetch]]]:
    """The refreshes of the index with their rows, oldest first."""
    for name in store(place).names(archive.INDEX):
        frame = pl.read_parquet(io.BytesIO(store(place).get(name)))
        yield Path(name).stem, [Fetch(**row) for row in frame.select(COLUMNS).iter_rows(named=True)]


def restore(ledger: Ledger, place: Location) -> int:
    """Enter in the ledger the refreshes of the index that it does not know; how many these were.

    The arguments of a refresh are not in the index: a restored one is never taken for the last of its kind.
    """
    known = {run["run_id"] for run in ledger.runs()}
    found = 0
    for run_id, fetches in read(place):
        if run_id not in known:
            ledger.restore_run(run_id, fetches)
            found += 1
    return found


def problems(place: Location, known: Iterable[Fetch] = ()) -> list[str]:
    """What is wrong with the index, in sentences: damaged files, rows that break the contract or speak of what is missing.

    `known` are rows that are in no index yet: those of a refresh that is under way or was killed.
    """
    found, where = [], store(place)
    rows = [*known]
    for name in where.names(archive.INDEX):
        try:
            frame = pl.read_parquet(io.BytesIO(where.get(name)))
            found += [f"{name}: {failure.message}" for failure in failures(Fetches, frame)]
            rows += [Fetch(**row) for row in frame.select(COLUMNS).iter_rows(named=True)]
        except (pl.exceptions.PolarsError, OSError) as error:
            found.append(f"{name} cannot be read: {error}")
    return found + _missing(place, rows)


def _missing(place: Location, rows: Iterable[Fetch]) -> list[str]:
    """Rows whose content the archive does not hold, or holds in another file than they say."""
    found, where = [], store(place)
    for sha256, said in sorted({(row.sha256, row.warc_sha256) for row in rows if row.sha256 and row.warc_sha256}):
        try:
            data = where.get(archive.name_of(sha256, response=True))
        except FileNotFoundError:
            found.append(f"the index speaks of the response {sha256}, which the archive does not hold")
            continue
        if hashlib.sha256(data).hexdigest() != said:
            found.append(f"the response {sha256} lies in another file than the index says")
    return found
