"""The catalogue: which documents the dataset is made of now, and a parse record for each of them.

Work follows change. A document is parsed when this version of the program has not parsed these bytes with these hints,
and never otherwise; a file that is gone from the source leaves the catalogue, its bytes stay archived. Belongs here:
what is current and what must be parsed. Does not belong here: the tables made of it (`pipelines.tabulate.years`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path

from pipelines.archive import by_hash, containers
from pipelines.archive.containers import Refusal
from pipelines.catalogue import attachments, examine, inbox
from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.folder import FoundDocument
from pipelines.catalogue.record import Record, Summary, decode, encode, quarantine_record
from pipelines.files import fingerprint, read_json, sha256_of, sweep, write_atomically, write_json
from pipelines.parse.report import Hints
from pipelines.steps.fingerprints import program_version
from pipelines.workers import passes, pool, tools
from pipelines.workspace import Workspace

#: A larger file is no report; it is turned away unread.
LARGEST_BYTES = 200 << 20
#: Reasons that may lie in this machine and not in the document, so `retry` tries such documents again.
PASSING = frozenset({"crashed", "timed_out", "out_of_memory", "conversion_failed"})

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

    @property
    def made(self) -> str:
        """Tell what names the record as it is now: its key, and how the document was read when last it was."""
        return f"{self.key} {self.summary.code} {self.summary.read_with}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The current documents, ordered so that those of one report stand together."""

    version: str
    entries: tuple[Entry, ...] = ()
    #: `Survey.fingerprint` of the source that it was made of.
    source: str = ""

    @property
    def years(self) -> list[str]:
        """The years that have documents, in order; `unknown` last."""
        return sorted({entry.year for entry in self.entries})

    def of(self, year: str) -> list[Entry]:
        """The documents of one year."""
        return [entry for entry in self.entries if entry.year == year]


@dataclass(slots=True)
class Survey:
    """The source as it is now: its documents, and what the raw gate should know (see `pipelines.catalogue.raw_gate`)."""

    jobs: dict[str, DocumentJob] = field(default_factory=dict)
    #: Records of documents that are turned away before they are read, by key.
    refused: dict[str, Record] = field(default_factory=dict)
    #: Every name that was found, and the key of its document.
    names: dict[str, str] = field(default_factory=dict)
    #: The key of each document by the hash of its bytes.
    by_hash: dict[str, str] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    unopened: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """The keys of all documents as they were found, before pages told more of what they link."""
        return [*self.jobs, *self.refused]

    @property
    def fingerprint(self) -> str:
        """Changes when a document, its hints or one of its names does."""
        return fingerprint(f"{name}\n{key}" for name, key in sorted(self.names.items()))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Holds what a refresh did: documents now and before, and how many had to be parsed."""

    catalogue: Catalogue
    parsed: int
    previous_count: int
    survey: Survey = field(repr=False)


def survey(source: Path, workspace: Workspace) -> Survey:
    """Look through a source and archive what is new. The same bytes under several names are one document.

    What an archive of reports holds is entered after the files that lie open, so their names come first. Raises
    `pipelines.catalogue.folder.FolderError`.
    """
    scanned = inbox.scan(source, workspace)
    result = Survey(unopened=scanned.unopened)
    ignored = Counter(scanned.ignored)
    archives: list[tuple[str, Hints]] = []
    for found in scanned.found:
        sha256, is_archive, refusal = _keep(found, workspace)
        if is_archive:
            archives.append((sha256, found.hints))
        else:
            _enter(result, DocumentJob(workspace.archive, sha256, found.hints, program_version()), refusal)
    for sha256, hints in archives:
        ignored.update(_enter_members(result, workspace, sha256, hints, scanned.known))
    result.ignored = dict(sorted(ignored.items()))
    result.missing = [name for name in scanned.missing if name not in result.names]
    return result


def _keep(found: FoundDocument, workspace: Workspace) -> tuple[str, bool, Refusal | None]:
    """Archive a file; its hash, whether it is an archive of reports, and why it is turned away, if it is."""
    if found.path is not None and found.size > LARGEST_BYTES:
        message = f"{found.size:,} bytes, more than {LARGEST_BYTES >> 20} MB; left where it is"
        return sha256_of(found.path), False, Refusal("", "too_large", message, "give the reports in it one by one")
    if found.path is None:
        return found.sha256 or "", found.holds_files, None
    data = found.path.read_bytes()
    sha256 = by_hash.keep(workspace.archive, data)
    refusal = None if found.size else Refusal("", "empty", "the file holds no bytes", "fetch it again")
    return sha256, containers.is_container(data), refusal


def _enter(result: Survey, job: DocumentJob, refusal: Refusal | None = None) -> None:
    """Enter a document under its first name; further names of the same bytes are only noted."""
    key = key_of(job)
    result.names[job.hints.file_name] = result.by_hash.setdefault(job.sha256, key)
    if result.by_hash[job.sha256] != key:
        return
    if refusal is None:
        result.jobs[key] = job
        return
    result.refused[key] = quarantine_record(
        job.sha256,
        job.hints,
        stage="raw",
        code=refusal.code,
        message=refusal.message,
        hint=refusal.hint,
        format="empty" if refusal.code == "empty" else "unknown",
    )


def key_of(job: DocumentJob) -> str:
    """Tell what names the record of a document: the hash of its bytes and that of the hints."""
    return f"{job.sha256}-{fingerprint([json.dumps(astuple(job.hints), ensure_ascii=False)])}"


def _enter_members(
    result: Survey, workspace: Workspace, sha256: str, hints: Hints, known: Mapping[str, Hints]
) -> dict[str, int]:
    """Enter what an archive holds, under names below its own; the kinds of files in it that no report is."""
    held = containers.held(sha256, workspace.archive, workspace.containers)
    for member in held.members:
        name = f"{hints.file_name}/{member.name}"
        own = known.get(name) or _inherited(hints, name, alone=len(held.members) == 1)
        job = DocumentJob(workspace.archive, member.sha256, replace(own, container_sha256=sha256), program_version())
        _enter(result, job)
        if len(held.members) == 1:
            result.names.setdefault(hints.file_name, result.names[name])
    for refusal in held.refused:
        name = f"{hints.file_name}/{refusal.name}" if refusal.name else hints.file_name
        # What was not taken out has no hash of its own.
        own_sha256 = hashlib.sha256(f"{sha256}/{name}".encode()).hexdigest() if refusal.name else sha256
        own = replace(hints, file_name=name, container_sha256=sha256 if refusal.name else None)
        _enter(result, DocumentJob(workspace.archive, own_sha256, own, program_version()), refusal)
    return held.ignored


def _inherited(hints: Hints, name: str, *, alone: bool) -> Hints:
    """Tell what is known of an archive is known of what it holds; but a body only where it holds one document."""
    return replace(hints, file_name=name, body_name=hints.body_name if alone else None)


def refresh(
    source: Path,
    workspace: Workspace,
    *,
    worker_count: int | None = None,
    limits: pool.Limits | None = None,
    retry: bool = False,
    given: frozenset[str] | None = None,
    on_document: OnDocument | None = None,
) -> Refreshed:
    """Bring the catalogue up to the source: archive what is new, parse what this version has not parsed.

    A document that fails, however it fails, gets a record that says why. Killed at any moment, the next refresh goes
    on with what is missing. `retry` parses again what crashed or took too much. What needs a tool (see `pipelines.workers.tools`)
    is read with it, also when it was parsed before the tool was there; `given` are the tools to use, all by default.
    """
    before, given = load(workspace), tools.available() if given is None else given
    now = survey(source, workspace)
    sweep(workspace.parsed, "*/??/.*.tmp")
    known = {entry.key: entry for entry in before.entries if before.version == program_version()}
    run = _Run(workspace, known, given, retry, worker_count, limits, on_document)
    entries = run.entries(now.jobs)
    for key, record in now.refused.items():
        entries[key] = run.put(key, record)
    _attach(run, now, entries)
    catalogue = Catalogue(program_version(), _in_order(iter(entries.values())), now.fingerprint)
    if catalogue != before:
        write_json(_catalogue(workspace), asdict(catalogue))
    return Refreshed(catalogue, run.parsed, len(before.entries), now)


@dataclass(slots=True)
class _Run:
    """One refresh: what was known before it, how it parses, and how many documents it had to parse."""

    workspace: Workspace
    known: dict[str, Entry]
    given: frozenset[str]
    retry: bool
    worker_count: int | None
    limits: pool.Limits | None
    on_document: OnDocument | None
    parsed: int = 0

    def entries(self, jobs: Mapping[str, DocumentJob]) -> dict[str, Entry]:
        """The entries of some documents by key: those kept, and those that must be parsed now."""
        kept = {key: _kept(self.workspace, key, self.known, self.retry) for key in jobs}
        due = {key: (_begin(entry, self.given), jobs[key]) for key, entry in kept.items() if _is_due(entry, self.given)}
        found = {key: entry for key, entry in kept.items() if entry}
        options = (self.given, self.worker_count, self.limits, self.on_document)
        found.update((entry.key, entry) for entry in _parse(self.workspace, due, *options))
        self.parsed += len(due)
        return {key: found[key] for key in jobs}

    def put(self, key: str, record: Record) -> Entry:
        """Keep a record that took no parsing."""
        write_atomically(record_path(self.workspace, key), encode(record))
        return Entry(key, record.summary)


def _attach(run: _Run, now: Survey, entries: dict[str, Entry]) -> None:
    """Let pages tell of what they link (see `pipelines.catalogue.attachments`): the entries of such documents get other records.

    A document is parsed again only where it did not say who and when.
    """
    told: dict[str, tuple[str, DocumentJob]] = {}
    for key, hints in _linked(now, entries).told():
        job = replace(now.jobs[key], hints=hints)
        told[key] = key_of(job), job
        if entries[key].summary.code is None and not record_path(run.workspace, key_of(job)).is_file():
            _put_attached(run, key, job)
    changed = run.entries(dict(told.values()))
    entries.update((key, changed[new]) for key, (new, _) in told.items())
    for key, sentence in _linked(now, entries).elsewhere():
        job, format = now.jobs[key], entries[key].summary.format
        message = "the page holds no report of its own"
        record = quarantine_record(
            job.sha256, job.hints, stage="parse", code="report_attached", message=message, hint=sentence, format=format
        )
        entries[key] = run.put(f"{key}-{fingerprint([sentence])}", record)


def _put_attached(run: _Run, key: str, job: DocumentJob) -> None:
    """The record of a document that is parsed already, with the page that links it."""
    try:
        record = load_record(run.workspace, key)
    except RecordError:  # then it is parsed again
        return
    documents = tuple(row._replace(attached_to=job.hints.attached_to) for row in record.tables.documents)
    run.put(key_of(job), replace(record, tables=replace(record.tables, documents=documents)))


def _linked(now: Survey, entries: Mapping[str, Entry]) -> attachments.SourceDocuments:
    hints = {key: job.hints for key, job in now.jobs.items()}
    return attachments.SourceDocuments(now.names, hints, {key: entries[key].summary for key in now.jobs})


def _kept(workspace: Workspace, key: str, known: dict[str, Entry], retry: bool) -> Entry | None:
    """The entry of a document that was parsed before, else None."""
    if not record_path(workspace, key).is_file():
        return None
    try:
        entry = known.get(key) or Entry(key, load_record(workspace, key).summary)
    except RecordError:
        return None
    return None if retry and entry.summary.code in PASSING else entry


def _is_due(entry: Entry | None, given: frozenset[str]) -> bool:
    """Tell whether a document must be parsed: never was, needed a tool that is there now, or was read by another version of it."""
    return entry is None or examine.needed_tool(entry.summary) in given or _is_outdated(entry.summary, given)


def _is_outdated(summary: Summary, given: frozenset[str]) -> bool:
    """Tell whether a tool that is there has another version than when it read the document."""
    return any(name in given and tools.version_of(name) != version for name, version in summary.read_with)


def _begin(entry: Entry | None, given: frozenset[str]) -> str:
    """The pass that a document begins with: that of the tool which it is known to need."""
    if entry is None:
        return ""
    known = (examine.needed_tool(entry.summary), *(name for name, _ in reversed(entry.summary.read_with)))
    return next((tool for tool in known if tool in given), "")


def _parse(
    workspace: Workspace,
    waiting: dict[str, tuple[str, DocumentJob]],
    given: frozenset[str],
    worker_count: int | None,
    limits: pool.Limits | None,
    on_document: OnDocument | None,
) -> Iterator[Entry]:
    """Parse documents in worker processes, keep each record as soon as it is there."""
    keys = {job.sha256: key for key, (_, job) in waiting.items()}
    if not waiting:
        return
    versions = tuple((tool, tools.version_of(tool)) for tool in passes.PASSES if tool in given)
    ready = [(begin, replace(job, tool_versions=versions)) for begin, job in waiting.values()]
    jobs = {tool: [job for begin, job in ready if begin == tool] for tool in passes.PASSES}
    done = 0
    for outcome in passes.run(
        examine.take,
        jobs,
        lambda taken: examine.needed_tool(taken[0]),
        given=given,
        worker_count=worker_count,
        limits=limits,
    ):
        job, result = outcome.job, outcome.result
        summary, data = _failed(job, result) if isinstance(result, pool.JobFailure) else result
        write_atomically(record_path(workspace, keys[job.sha256]), data)
        done += outcome.final
        if on_document and outcome.final:
            on_document(done, len(waiting), summary)
        yield Entry(keys[job.sha256], summary)


def _failed(job: DocumentJob, failure: pool.JobFailure) -> tuple[Summary, bytes]:
    record = quarantine_record(
        job.sha256, job.hints, stage="read", code=failure.code, message=failure.message, hint=failure.hint
    )
    record = examine.read_with(job, record)
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
    content = read_json(_catalogue(workspace)) or {"version": "", "entries": [], "source": ""}
    try:
        return Catalogue(
            content["version"],
            tuple(Entry(e["key"], Summary.of(e["summary"])) for e in content["entries"]),
            content["source"],
        )
    except (KeyError, TypeError):  # written by another version of the program: everything is found again
        return Catalogue("")


def unparsed(workspace: Workspace, keys: Sequence[str]) -> list[str]:
    """The documents among `keys` that have no record of this program version."""
    return [key for key in keys if not record_path(workspace, key).is_file()]


def waiting(catalogue: Catalogue, given: frozenset[str]) -> list[str]:
    """The documents that one of the tools `given` reads which was not there before, or was of another version."""
    return [entry.key for entry in catalogue.entries if _is_due(entry, given)]


def _catalogue(workspace: Workspace) -> Path:
    return workspace.root / "catalogue.json"


def record_path(workspace: Workspace, key: str) -> Path:
    """Tell where the record of a document lies that this program version made."""
    return workspace.parsed / program_version() / key[:2] / f"{key}.json.gz"
