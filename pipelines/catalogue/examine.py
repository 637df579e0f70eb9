"""One document → its record: what a worker process does, and all that it does.

Workers import this module and what it needs, so nothing heavy (polars, pandera, Dagster) may be imported here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.archive import by_hash
from pipelines.archive.store import Location
from pipelines.catalogue.record import Record, Summary, encode, quarantine_record, record
from pipelines.parse import Unparseable, parse
from pipelines.parse.report import Hints, Report
from pipelines.read import read
from pipelines.read.document import Document, Unreadable
from pipelines.read.office import CONVERTED
from pipelines.read.sniff import disagreement, identify_format

#: How the codes of `pipelines.read.document.NeedsTool` begin.
_NEEDS = "needs_"


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """A document to parse: where it is archived, what is known of it, the version that parses it, the tools it may use.

    `tool_versions` are (name, version) of the tools that there are, in the order of their passes.
    """

    archive: Location
    sha256: str
    hints: Hints
    version: str
    tools: frozenset[str] = frozenset()
    tool_versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Says why a document is turned away, at which stage, and what was read of it, if it was."""

    stage: str
    code: str
    message: str
    hint: str | None
    format: str
    document: Document | None = None

    @property
    def needed_tool(self) -> str | None:
        """The tool without which it cannot be read, if that is why."""
        return _tool(self.code)


def needed_tool(summary: Summary) -> str | None:
    """The tool without which a document could not be read, if that is why it has no facts."""
    return _tool(summary.code)


def _tool(code: str | None) -> str | None:
    return code.removeprefix(_NEEDS) if code and code.startswith(_NEEDS) else None


def examine(data: bytes, hints: Hints, tools: frozenset[str]) -> tuple[Document, Report] | Refused:
    """Read and parse a document, or say why not; also where its name claims another format, which often explains it."""
    document = None
    try:
        document = read(data, hints.file_name, tools)
        return document, parse(document, hints)
    except (Unreadable, Unparseable) as why:
        kind = identify_format(data)
        message = "; ".join(filter(None, (why.message, disagreement(hints.file_name, kind))))
        return Refused("parse" if document else "read", why.code, message, why.hint, kind.format, document)


def take(job: DocumentJob) -> tuple[Summary, bytes]:
    """Read and parse one document; its record's summary, and its tables as `pipelines.catalogue.record.encode` has them."""
    taken = read_with(job, _record(job))
    return taken.summary, encode(taken)


def read_with(job: DocumentJob, record: Record) -> Record:
    """The record of a job, saying which tools read it: a job has a tool because its document needs it, or one behind it.

    LibreOffice comes before OCR, so a job that has both needed LibreOffice only if its format does.
    """
    format = record.summary.format
    used = job.tools if format in CONVERTED or "ocr" not in job.tools else job.tools - {"libreoffice"}
    versions = tuple((name, version) for name, version in job.tool_versions if name in used)
    return replace(record, summary=replace(record.summary, read_with=versions))


def _record(job: DocumentJob) -> Record:
    """A document that cannot be read or parsed gives a record too: the one that says why."""
    examined = examine(by_hash.load(job.archive, job.sha256), job.hints, job.tools)
    if not isinstance(examined, Refused):
        return record(*examined, job.hints, job.version)
    return quarantine_record(
        job.sha256,
        job.hints,
        stage=examined.stage,
        code=examined.code,
        message=examined.message,
        hint=examined.hint,
        format=examined.format,
        document=examined.document,
    )
