"""Files of earlier sites that are lent again: what a file is made of, as a fingerprint of its rows.

Belongs here: whom a site borrows from, and fingerprints by body. Does not belong here: where contents are stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from expectations.duckdb_sql import ROW_SUMS
from pipelines.site.release_data import ReleaseData

#: Files that belong together, each with what it is made of besides the program.
Files = Mapping[Path, tuple[str, ...]]

_CHOSEN = re.compile(r"list_contains\(\$ids, [a-z_.]+\)")


class Lender(Protocol):
    """Has the files of earlier sites."""

    def lend(self, wanted: Files) -> bool:
        """Put files in their places; false, and none of them, where one is not there."""

    def made(self, written: Files) -> None:
        """Hear what new files were made of."""


class Nothing:
    """Lends nothing."""

    def lend(self, wanted: Files) -> bool:
        """Nothing is there."""
        return False

    def made(self, written: Files) -> None:
        """Nothing is kept."""


def rows_of(source: ReleaseData, queries: Iterable[str], shared: Iterable[str]) -> Mapping[str, str]:
    """The fingerprint of all rows of each body in some queries for `$ids`, and of the rows of queries that all bodies share."""
    common = " ".join(fingerprint_of(source, query) for query in shared)
    told: dict[str, str] = defaultdict(lambda: common)
    for number, query in enumerate(queries):
        everyone = _CHOSEN.sub("true", query)
        hashed = f"select body_id, hash(r) as h from ({everyone}) as r"
        for row in source.rows(f"select body_id, {ROW_SUMS} from ({hashed}) group by body_id"):
            told[row.pop("body_id")] += f" {number}: {' '.join(map(str, row.values()))}"
    return told


def fingerprint_of(source: ReleaseData, query: str) -> str:
    """The fingerprint of all rows of a query."""
    return " ".join(map(str, source.row(f"select {ROW_SUMS} from (select hash(r) as h from ({query}) as r)").values()))


def fingerprints(source: ReleaseData, query: str, part: str) -> Mapping[str, str]:
    """The fingerprint of the rows of each value of a column."""
    rows = source.rows(
        f"select {part}, {ROW_SUMS} from (select {part}, hash(r) as h from ({query}) as r) group by {part}"
    )
    return {row.pop(part): " ".join(map(str, row.values())) for row in rows}
