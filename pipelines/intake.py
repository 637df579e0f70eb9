"""One archived document → its record: what a worker process does, and all that it does.

Workers import this module and what it needs, so nothing heavy (polars, pandera, Dagster) may be imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.harvest import archive
from pipelines.parse import Unparseable, parse
from pipelines.parse.report import Hints
from pipelines.read import read
from pipelines.read.document import Unreadable
from pipelines.record import Record, Summary, encode, quarantine_record, record


@dataclass(frozen=True, slots=True)
class Job:
    """A document to parse: where it is archived, what is known of it, and the version that parses it."""

    archive: Path
    sha256: str
    hints: Hints
    version: str


def take(job: Job) -> tuple[Summary, bytes]:
    """Read and parse one document; its record's summary, and the whole record as it is kept."""
    taken = _record(job)
    return taken.summary, encode(taken)


def _record(job: Job) -> Record:
    """A document that cannot be read or parsed gives a record too: the one that says why."""
    try:
        document = read(archive.load(job.archive, job.sha256), job.hints.file_name)
    except Unreadable as why:
        return _turned_away(job, "read", why)
    try:
        return record(document, parse(document, job.hints), job.hints, job.version)
    except Unparseable as why:
        return _turned_away(job, "parse", why, document.format)


def _turned_away(job: Job, stage: str, why: Unreadable | Unparseable, format: str = "unknown") -> Record:
    return quarantine_record(
        job.sha256, job.hints, stage=stage, code=why.code, message=why.message, hint=why.hint, format=format
    )
