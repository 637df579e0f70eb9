"""The records of a shard's documents: read as Arrow, corrected and reconciled where there is something to, else as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from expectations.corrections import Correction
from pipelines.catalogue import segments
from pipelines.catalogue.record import Summary
from pipelines.tabulate import corrections, frames

#: The lines of the register about some documents, by the hash of each.
Lines = Mapping[str, Sequence[Correction]]


@dataclass(frozen=True, slots=True)
class ShardRecords:
    """Records as `pipelines.catalogue.segments.read` gives them, in the order of their keys, and the lines about them."""

    table: pa.Table
    lines: Lines

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def keys(self) -> list[str]:
        """The keys of the documents."""
        keys: list[str] = self.table["key"].to_pylist()
        return keys

    def summary(self) -> Summary:
        """The summary of the first document."""
        _, record = next(segments.records(self.table.slice(0, 1)))
        return record.summary

    def without(self, keys: Collection[str]) -> ShardRecords:
        """The records but those of some keys."""
        stay = [number for number, key in enumerate(self.keys) if key not in keys]
        return ShardRecords(self._take(stay), self.lines)

    def halves(self) -> tuple[ShardRecords, ShardRecords]:
        """The first and the second half."""
        middle = len(self) // 2
        return tuple(ShardRecords(part, self.lines) for part in (self.table[:middle], self.table[middle:]))  # type: ignore[return-value]

    def frames(self) -> dict[str, pl.DataFrame]:
        """The parsed tables of the documents, one statement for each report."""
        hard = self._hard()
        if not hard:
            return frames.of_arrow(self.table)
        easy = [number for number in range(len(self)) if number not in hard]
        found = [record for _, record in segments.records(self._take(sorted(hard)))]
        told = [corrections.apply(each, self.lines.get(each.summary.document_sha256, ())) for each in found]
        told.sort(key=lambda each: each.summary.report_id or "")  # stable: those of one report stay in order
        return frames.merged([frames.of_arrow(self._take(easy)), frames.frames(told)])

    def _hard(self) -> set[int]:
        """The places of the records that a correction speaks of, and of those that are one of several of a report."""
        summaries = self.table["summary"].combine_chunks()
        reports = summaries.field("report_id").to_pylist()
        hashes = summaries.field("document_sha256").to_pylist()
        often = {report for report, count in Counter(reports).items() if report and count > 1}
        return {
            n
            for n, (report, sha) in enumerate(zip(reports, hashes, strict=True))
            if report in often or sha in self.lines
        }

    def _take(self, places: Sequence[int]) -> pa.Table:
        return self.table.take(pa.array(places, pa.int64()))
