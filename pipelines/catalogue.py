"""The catalogue: which documents the dataset is made of now, and a parse record for each of them.

Work follows change. A document is parsed when this version of the program has not parsed these bytes with these hints,
and never otherwise; a file that is gone from the source leaves the catalogue, its bytes stay archived. Belongs here:
what is current and what must be parsed. Does not belong here: the tables made of it (`pipelines.years`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path

from pipelines import intake, workers
from pipelines.files import fingerprint, read_json, sha256_of, sweep, write_atomically, write_json
from pipelines.harvest import archive
from pipelines.harvest.folder import Found, scan
from pipelines.intake import Job
from pipelines.record import Record, Summary, decode, encode, quarantine_record
from pipelines.settings import Workspace
from pipelines.version import program_version

#: A larger file is no report; it is turned away unread.
LARGEST_BYTES = 200 << 20
#: Reasons that may lie in this machine and not in the document, so `retry` tries such documents again.
PASSING = frozenset({"crashed", "timed_out", "out_of_memory"})

#: Called after each parsed document with how many are done, how many there are, and the document's summary.
OnDocument = Callable[[int, int, Summary], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the catalogue. `key` names its record: the hash of the bytes and that of the hints."""

    key: str
    summary: Summary

    @property
    def year(self) -> str:
        """The partition that the document belongs to: its report year, or `unknown`."""
        return "unknown" if self.summary.report_year is None else str(self.summary.report_year)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The current documents, ordered so that those of one report stand together."""

    version: str
    entries: tuple[Entry, ...] = ()

    @property
    def years(self) -> list[str]:
        """The years that have documents, in order; `unknown` last."""
        return sorted({entry.year for entry in self.entries})

    def of(self, year: str) -> list[Entry]:
        """The documents of one year."""
        return [entry for entry in self.entries if entry.year == year]


@dataclass(slots=True)
class Survey:
    """The source as it is now: its documents, and what the raw gate should know (see `pipelines.raw_gate`)."""

    jobs: dict[str, Job] = field(default_factory=dict)
    #: Records of documents that are turned away before they are read, by key.
    refused: dict[str, Record] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    unopened: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """The keys of all documents."""
        return [*self.jobs, *self.refused]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: documents now and before, and how many had to be parsed."""

    catalogue: Catalogue
    parsed: int
    previous_count: int
    survey: Survey = field(repr=False)


def survey(source: Path, workspace: Workspace) -> Survey:
    """Look through a source and archive what is new. The same bytes under several names are one document.

    Raises `pipelines.harvest.folder.FolderError`.
    """
    scanned = scan(source)
    ignored = dict(sorted(scanned.ignored.items()))
    result = Survey(ignored=ignored, unopened=scanned.unopened, missing=scanned.missing)
    seen: set[str] = set()
    for found in scanned.found:
        sha256, refusal = _keep(found, workspace)
        if sha256 not in seen:
            seen.add(sha256)
            _enter(result, Job(workspace.archive, sha256, found.hints, program_version()), refusal)
    return result


def _keep(found: Found, workspace: Workspace) -> tuple[str, tuple[str, str] | None]:
    """Archive a file; its hash, and the code and message if it is turned away."""
    if found.size > LARGEST_BYTES:
        limit = LARGEST_BYTES >> 20
        return sha256_of(found.path), ("too_large", f"{found.size:,} bytes, more than {limit} MB; left where it is")
    sha256 = archive.keep(workspace.archive, found.path.read_bytes())
    return sha256, None if found.size else ("empty", "the file holds no bytes")


def _enter(result: Survey, job: Job, refusal: tuple[str, str] | None) -> None:
    key = f"{job.sha256}-{fingerprint([json.dumps(astuple(job.hints), ensure_ascii=False)])}"
    if refusal is None:
        result.jobs[key] = job
        return
    code, message = refusal
    result.refused[key] = quarantine_record(
        job.sha256, job.hints, stage="raw", code=code, message=message, hint="fetch it again", format=_refused(code)
    )


def _refused(code: str) -> str:
    return "empty" if code == "empty" else "unknown"


def refresh(
    source: Path,
    workspace: Workspace,
    *,
    worker_count: int | None = None,
    limits: workers.Limits | None = None,
    retry: bool = False,
    on_document: OnDocument | None = None,
) -> Refreshed:
    """Bring the catalogue up to the source: archive what is new, parse what this version has not parsed.

    A document that fails, however it fails, gets a record that says why. Killed at any moment, the next refresh goes
    on with what is missing. `retry` parses again what crashed or took too much.
    """
    before = load(workspace)
    now = survey(source, workspace)
    sweep(workspace.parsed, "*/??/.*.tmp")
    known = {entry.key: entry for entry in before.entries if before.version == program_version()}
    entries = {key: _kept(workspace, key, known, retry) for key in now.jobs}
    for key, record in now.refused.items():
        entries[key] = Entry(key, record.summary)
        write_atomically(record_path(workspace, key), encode(record))
    waiting = {key: now.jobs[key] for key, entry in entries.items() if entry is None}
    for entry in _parse(workspace, waiting, worker_count, limits, on_document):
        entries[entry.key] = entry
    catalogue = Catalogue(program_version(), _in_order(e for e in entries.values() if e))
    if catalogue != before:
        write_json(_catalogue(workspace), asdict(catalogue))
    return Refreshed(catalogue, len(waiting), len(before.entries), now)


def _kept(workspace: Workspace, key: str, known: dict[str, Entry], retry: bool) -> Entry | None:
    """The entry of a document that was parsed before, else None."""
    if not record_path(workspace, key).is_file():
        return None
    try:
        entry = known.get(key) or Entry(key, load_record(workspace, key).summary)
    except RecordError:
        return None
    return None if retry and entry.summary.code in PASSING else entry


def _parse(
    workspace: Workspace,
    waiting: dict[str, Job],
    worker_count: int | None,
    limits: workers.Limits | None,
    on_document: OnDocument | None,
) -> Iterator[Entry]:
    """Parse documents in worker processes, keep each record as soon as it is there."""
    keys = {job.sha256: key for key, job in waiting.items()}
    count = min(worker_count or workers.processors(), len(waiting))
    results = workers.run(intake.take, waiting.values(), workers=count, limits=limits)
    for done, (job, result) in enumerate(results, start=1):
        summary, data = _failed(job, result) if isinstance(result, workers.Failure) else result
        write_atomically(record_path(workspace, keys[job.sha256]), data)
        if on_document:
            on_document(done, len(waiting), summary)
        yield Entry(keys[job.sha256], summary)


def _failed(job: Job, failure: workers.Failure) -> tuple[Summary, bytes]:
    record = quarantine_record(
        job.sha256, job.hints, stage="read", code=failure.code, message=failure.message, hint=failure.hint
    )
    return record.summary, encode(record)


def _in_order(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.year, e.summary.report_id or "", e.key)))


class RecordError(Exception):
    """A parse record is missing or damaged. It was removed: the next build parses its document again."""


def load_record(workspace: Workspace, key: str) -> Record:
    """A document's record. Raises `RecordError`."""
    path = record_path(workspace, key)
    try:
        return decode(path.read_bytes())
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        path.unlink(missing_ok=True)
        raise RecordError(f"the record {path.name} was damaged ({error}) and is removed; build again") from error


def load(workspace: Workspace) -> Catalogue:
    """The catalogue as it was last written; empty where there is none."""
    content = read_json(_catalogue(workspace)) or {"version": "", "entries": []}
    try:
        return Catalogue(
            content["version"], tuple(Entry(e["key"], Summary(**e["summary"])) for e in content["entries"])
        )
    except (KeyError, TypeError):  # written by another version of the program: everything is found again
        return Catalogue("")


def unparsed(workspace: Workspace, keys: Sequence[str]) -> list[str]:
    """The documents among `keys` that have no record of this program version."""
    return [key for key in keys if not record_path(workspace, key).is_file()]


def _catalogue(workspace: Workspace) -> Path:
    return workspace.root / "catalogue.json"


def record_path(workspace: Workspace, key: str) -> Path:
    """Where the record of a document lies that this program version made."""
    return workspace.parsed / program_version() / key[:2] / f"{key}.json.gz"
