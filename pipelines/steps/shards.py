"""Shards: report year × bucket of bodies, the unit of work and of storage.

A bucket is named by the first bits of the hash of what it holds: `010` has the bodies whose hash begins so, `all` has
every body. All years of a workspace have equally many buckets, so that a body's reports of all years lie in one bucket.
Their number follows from what there is now and not from what there was: the same documents give the same shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: Reports in a shard at most, as a rule: some 100,000 facts, which take less than 200 MB while they are worked on.
REPORTS = 500
#: The bucket of everything.
ALL = "all"
#: What the file of a shard is called.
ROWS = "rows.parquet"


@dataclass(frozen=True, order=True, slots=True)
class Shard:
    """One report year, or `unknown`, and one bucket."""

    year: str
    bucket: str

    @property
    def name(self) -> str:
        """How a message names it: `2024/010`."""
        return f"{self.year}/{self.bucket}"


def depth(most_reports: int, reports: int = REPORTS) -> int:
    """Tell how many bits name a bucket, where the largest year has `most_reports` and a shard may have `reports`."""
    return max(0, (max(most_reports, 1) - 1) // reports).bit_length()


def bucket_of(name: str, bits: int) -> str:
    """The bucket of a body by its id, or of a document that has no body by its hash."""
    if not bits:
        return ALL
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return f"{number:032b}"[:bits]


def shard_path(tables: Path, table: str, shard: Shard) -> Path:
    """Tell where the rows of a table of a shard lie: `<table>/report_year=2024/bucket=010/rows.parquet`."""
    return tables / table / f"report_year={shard.year}" / f"bucket={shard.bucket}" / ROWS


def shard_of(path: Path) -> Shard:
    """The shard that a file is of, by where it lies."""
    return Shard(path.parent.parent.name.removeprefix("report_year="), path.parent.name.removeprefix("bucket="))


def files(tables: Path, table: str, years: Iterable[str] | None = None) -> list[Path]:
    """The files of a table in the order of their shards; those of some years only where these are named."""
    wanted = ["*"] if years is None else sorted(set(years))
    found = (path for year in wanted for path in (tables / table).glob(f"report_year={year}/bucket=*/{ROWS}"))
    return sorted(found, key=shard_of)


def on_disk(tables: Path) -> list[Shard]:
    """The shards that have a file of any table."""
    return sorted({shard_of(path) for path in tables.glob(f"*/report_year=*/bucket=*/{ROWS}")})
