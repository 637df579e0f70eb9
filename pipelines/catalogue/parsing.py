"""The task "parse these documents": in worker processes that can be killed, into segments of records.

Only summaries leave the machine that does it. Belongs here: documents to parse → segments. Does not belong here: which
documents must be parsed (`pipelines.catalogue.catalogue`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from pipelines.catalogue import examine
from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.keeping import Keeper
from pipelines.catalogue.record import Columns, Summary, columns_of, decode, quarantine_record
from pipelines.workers import passes, pool, tools


@dataclass(frozen=True, slots=True)
class Due:
    """A document to parse: what names its record, the pass that it begins with (`pipelines.workers.passes`), the job."""

    key: str
    begin: str
    job: DocumentJob


@dataclass(frozen=True, slots=True)
class ParseTask:
    """Documents to parse, the folder that their records go to, the tools that may be used, workers and their limits."""

    documents: tuple[Due, ...]
    folder: Path
    given: frozenset[str]
    worker_count: int | None = None
    limits: pool.Limits | None = None

    def parts(self) -> list[ParseTask]:
        """A task for each document; none where there is only one."""
        return [replace(self, documents=(due,)) for due in self.documents] if len(self.documents) > 1 else []


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that was written, and whose records it holds."""

    file: str
    summaries: Sequence[tuple[str, Summary]]


#: What the task says: a document is done, or a segment is written.
Parsed: TypeAlias = Summary | Segment


def parse(task: ParseTask) -> Iterator[Parsed]:
    """Parse documents; tell of each that is done, and of each segment that was written.

    However it ends, what was parsed is written.
    """
    keeper = Keeper(task.folder)
    try:
        for key, summary, columns, final in _results(task):
            keeper.keep(key, (key, summary, columns))
            if keeper.is_due and (written := keeper.flush()):
                yield Segment(*written)
            if final:
                yield summary
    finally:
        written = keeper.flush()
    if written:
        yield Segment(*written)


def _results(task: ParseTask) -> Iterator[tuple[str, Summary, Columns, bool]]:
    keys = {due.job.sha256: due.key for due in task.documents}
    versions = tuple((tool, tools.version_of(tool)) for tool in passes.PASSES if tool in task.given)
    ready = [(due.begin, replace(due.job, tool_versions=versions)) for due in task.documents]
    jobs = {tool: [job for begin, job in ready if begin == tool] for tool in passes.PASSES}
    for outcome in passes.run(
        examine.take,
        jobs,
        lambda taken: examine.needed_tool(taken[0]),
        given=task.given,
        worker_count=task.worker_count,
        limits=task.limits,
    ):
        job, result = outcome.job, outcome.result
        summary, columns = (
            _failed(job, result) if isinstance(result, pool.JobFailure) else (result[0], decode(result[1]))
        )
        yield keys[job.sha256], summary, columns, outcome.final


def _failed(job: DocumentJob, failure: pool.JobFailure) -> tuple[Summary, Columns]:
    record = quarantine_record(
        job.sha256, job.hints, stage="read", code=failure.code, message=failure.message, hint=failure.hint
    )
    record = examine.read_with(job, record)
    return record.summary, columns_of(record)
