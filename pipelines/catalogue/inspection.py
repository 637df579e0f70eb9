"""Loose files → documents and reports, each in a worker that can be killed: what the commands for single reports do.

Belongs here: reading files with the tools that there are. Does not belong here: the archive and the catalogue
(`pipelines.catalogue.catalogue`), or how a report is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.archive import containers
from pipelines.catalogue.examine import Refused, examine
from pipelines.parse.report import Hints, Report
from pipelines.read.document import Document, Unreadable
from pipelines.workers import passes, tools
from pipelines.workers.pool import JobFailure, Limits

#: A larger file is no report.
LARGEST_BYTES = 200 << 20

Inspected = tuple[Document, Report] | Refused


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to read and parse, and what is known of it. `member` names a file in it, if it is an archive."""

    path: Path
    hints: Hints
    tools: frozenset[str] = frozenset()
    member: str = ""


def inspect(
    jobs: Iterable[FileJob], *, worker_count: int | None = None, limits: Limits | None = None
) -> Iterator[tuple[FileJob, Inspected]]:
    """Read and parse files with the tools of this machine, as a build does. In the order in which they finish."""
    for outcome in passes.run(
        take,
        {"": list(jobs)},
        lambda found: found.needed_tool if isinstance(found, Refused) else None,
        given=tools.available(),
        worker_count=worker_count,
        limits=limits,
    ):
        if outcome.final:
            result = outcome.result
            yield outcome.job, _refused(result) if isinstance(result, JobFailure) else result


def take(job: FileJob) -> Inspected:
    """Read and parse one file (in a worker)."""
    size = job.path.stat().st_size
    if size > LARGEST_BYTES:
        message = f"{size:,} bytes, more than {LARGEST_BYTES >> 20} MB"
        return Refused("raw", "too_large", message, "give the reports in it one by one", "unknown")
    data, hints = job.path.read_bytes(), job.hints
    if containers.is_container(data):
        try:
            name, data = containers.one_of(data, job.member)
        except Unreadable as why:
            return Refused("raw", why.code, why.message, why.hint, "zip")
        hints = replace(hints, file_name=f"{hints.file_name}/{name}")
    return examine(data, hints, job.tools)


def _refused(failure: JobFailure) -> Refused:
    return Refused("read", failure.code, failure.message, failure.hint, "unknown")
