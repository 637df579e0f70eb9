"""The archive's index: the rows of each finished refresh as a Parquet file beside what they speak of.

With it the ledger can be made again wherever the archive is. Files are added and never changed; each has the hash of its
bytes in its name, by which it is proved. Belongs here: ledger →
index → ledger, and proving that index and archive agree. Does not belong here: the ledger itself.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import polars as pl

from expectations.columns import polars_schema
from expectations.conformance import failures
from expectations.fetches import Fetches
from pipelines.archive import by_hash
from pipelines.archive.store import Location, store
from pipelines.harvest.ledger.database import COLUMNS, Fetch, Ledger
from pipelines.parquet import parquet_bytes

_NAME = re.compile(rf"^{by_hash.INDEX}/([0-9TZ.]+)-([0-9a-f]{{64}})\.parquet$")


def name_of(run_id: str, data: bytes) -> str:
    """Tell where a refresh's rows lie in the archive."""
    return f"{by_hash.INDEX}/{run_id}-{hashlib.sha256(data).hexdigest()}.parquet"


def write(place: Location, run_id: str, fetches: Iterable[Fetch]) -> None:
    """Add a finished refresh to the index."""
    frame = pl.DataFrame([asdict(fetch) for fetch in fetches], schema=polars_schema(Fetches))
    data = parquet_bytes(Fetches, frame)
    store(place).put(name_of(run_id, data), data)


def complete(ledger: Ledger, place: Location) -> None:
    """Add every refresh that is not in the index yet: the last one, and those that a kill kept from it."""
    indexed = {match[1] for name in store(place).names(by_hash.INDEX) if (match := _NAME.match(name))}
    for run in ledger.runs():
        if run["run_id"] not in indexed and (fetches := list(ledger.in_run(run["run_id"]))):
            write(place, run["run_id"], fetches)


def read(place: Location) -> Iterator[tuple[str, list[Fetch]]]:
    """The refreshes of the index with their rows, oldest first. Raises `pipelines.archive.by_hash.ArchiveError`."""
    for name in store(place).names(by_hash.INDEX):
        if match := _NAME.match(name):
            yield match[1], _rows(_frame(place, name))


def _frame(place: Location, name: str) -> pl.DataFrame:
    """The rows of one file, proved by the hash in its name. Raises `pipelines.archive.by_hash.ArchiveError`."""
    try:
        data, match = store(place).get(name), _NAME.match(name)
        if match is None or hashlib.sha256(data).hexdigest() != match[2]:
            raise by_hash.ArchiveError(f"{name} is no file of the index, or holds other bytes than it should")
        return pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise by_hash.ArchiveError(f"{name} cannot be read: {error}") from error


def _rows(frame: pl.DataFrame) -> list[Fetch]:
    return [Fetch(**row) for row in frame.select(COLUMNS).iter_rows(named=True)]


def restore(ledger: Ledger, place: Location) -> int:
    """Enter in the ledger the refreshes of the index that it does not know; how many these were.

    Raises `pipelines.archive.by_hash.ArchiveError` where a file of the index is damaged: what it says is not made up.
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
    """Tell what is wrong with the index, in sentences: damaged files, rows that break the contract or speak of what is missing.

    `known` are rows that are in no index yet: those of a refresh that is under way or was killed.
    """
    found: list[str] = []
    rows = [*known]
    for name in store(place).names(by_hash.INDEX):
        try:
            frame = _frame(place, name)
        except by_hash.ArchiveError as error:
            found.append(str(error))
            continue
        broken = failures(Fetches, frame)
        found += [f"{name}: {failure.message}" for failure in broken]
        if not any(failure.check in ("missing_column", "type") for failure in broken):
            rows += _rows(frame)
    return found + _missing(place, rows)


def _missing(place: Location, rows: Iterable[Fetch]) -> list[str]:
    """Rows whose content the archive does not hold, or holds in another file than they say."""
    found, where = [], store(place)
    for sha256, said in sorted({(row.sha256, row.warc_sha256) for row in rows if row.sha256 and row.warc_sha256}):
        try:
            data = where.get(by_hash.name_of(sha256, response=True))
        except OSError as error:
            gone = isinstance(error, FileNotFoundError)
            reason = "the archive does not hold" if gone else "cannot be read"
            found.append(f"the index speaks of the response {sha256}, which {reason}")
            continue
        if hashlib.sha256(data).hexdigest() != said:
            found.append(f"the response {sha256} lies in another file than the index says")
    return found
