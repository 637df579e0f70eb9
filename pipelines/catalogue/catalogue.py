"""The catalogue: which documents the dataset is made of now, and a parse record for each of them.

Work follows change. A document is parsed when this version of the program has not parsed these bytes with these hints,
and never otherwise; a file that is gone from the source leaves the catalogue, its bytes stay archived. The documents
stand in the workspace's state, which is queried and never loaded whole. Belongs here: what is current and what must be
parsed. Does not belong here: the tables made of it (`pipelines.tabulate.years`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.catalogue import documents, examine, keeping
from pipelines.catalogue import survey as surveys
from pipelines.catalogue.documents import Entry
from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.keeping import RecordError
from pipelines.catalogue.linked import Linked
from pipelines.catalogue.parsing import Due, ParseTask, Segment, parse
from pipelines.catalogue.record import Record, Summary, quarantine_record
from pipelines.catalogue.survey import Survey, key_of
from pipelines.files import fingerprint
from pipelines.steps import state
from pipelines.steps.fingerprints import program_version
from pipelines.steps.shards import Shard
from pipelines.workers import pool, tools
from pipelines.workers.engine import Engine, Local
from pipelines.workspace import Workspace

__all__ = ["Catalogue", "Entry", "RecordError", "Refreshed", "load", "load_record", "refresh", "unparsed", "waiting"]

#: Reasons that may lie in this machine and not in the document, so `retry` tries such documents again.
PASSING = frozenset({"crashed", "timed_out", "out_of_memory", "conversion_failed"})

#: Called after each parsed document with how many are done, how many there are, and the document's summary.
OnDocument = Callable[[int, int, Summary], None]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The current documents as the state of a workspace has them: counted here, read where they are asked for."""

    workspace: Workspace
    version: str
    #: `Survey.fingerprint` of the source that it was made of.
    source: str
    count: int
    quarantined: int
    #: The shards that have documents, each with what tells apart one set of documents from another.
    shards: Mapping[Shard, str]

    @property
    def years(self) -> list[str]:
        """The years that have documents, in order; `unknown` last."""
        return sorted({shard.year for shard in self.shards})

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All documents, those of one report together. There may be millions: for tests and for small ones."""
        with state.opened(self.workspace) as rows:
            return tuple(documents.entries(rows))

    def of(self, year: str) -> list[Entry]:
        """The documents of one year."""
        with state.opened(self.workspace) as rows:
            return list(documents.entries(rows, "listed = 1 and year = ?", year))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Holds what a refresh did: documents now and before, and how many had to be parsed."""

    catalogue: Catalogue
    parsed: int
    previous_count: int
    survey: Survey = field(repr=False)


def survey(source: Path, workspace: Workspace) -> Survey:
    """Look through a source and archive what is new. Raises `pipelines.catalogue.folder.FolderError`."""
    with state.opened(workspace) as rows:
        return surveys.survey(source, workspace, rows)


def refresh(
    source: Path,
    workspace: Workspace,
    *,
    worker_count: int | None = None,
    limits: pool.Limits | None = None,
    retry: bool = False,
    given: frozenset[str] | None = None,
    on_document: OnDocument | None = None,
    engine: Engine | None = None,
) -> Refreshed:
    """Bring the catalogue up to the source: archive what is new, parse what this version has not parsed.

    A document that fails, however it fails, gets a record that says why. Killed at any moment, the next refresh goes
    on with what is missing. `retry` parses again what crashed or took too much. What needs a tool (see `pipelines.workers.tools`)
    is read with it, also when it was parsed before the tool was there; `given` are the tools to use, all by default.
    """
    version, given = program_version(), tools.available() if given is None else given
    with state.opened(workspace) as rows:
        before = _load(rows, workspace)
        keeping.take_over(rows, workspace, version)
        now = surveys.survey(source, workspace, rows)
        run = _Run(rows, workspace, version, given, retry, worker_count, limits, on_document, engine or Local())
        documents.wanted(rows, now.keys)
        run.bring(now.jobs)
        run.put_missing(now.refused)
        documents.told(rows, _attach(run, now))
        documents.list_wanted(rows, version, now.fingerprint)
        keeping.sort(rows, run.folder)
        keeping.remove_old(workspace, version)
        return Refreshed(_load(rows, workspace), run.parsed, before.count, now)


@dataclass(slots=True)
class _Run:
    """One refresh: the state, how it parses, and how many documents it had to parse."""

    rows: sqlite3.Connection
    workspace: Workspace
    version: str
    given: frozenset[str]
    retry: bool
    worker_count: int | None
    limits: pool.Limits | None
    on_document: OnDocument | None
    engine: Engine
    parsed: int = 0

    @property
    def folder(self) -> Path:
        """Tell where this version's records lie."""
        return keeping.folder_of(self.workspace, self.version)

    def bring(self, jobs: Mapping[str, DocumentJob]) -> None:
        """Have a record of each of some documents, which are wanted: parse those that have none or must be read anew."""
        due = {key: "" for key in documents.due(self.rows, self.version, PASSING if self.retry else ()) if key in jobs}
        for entry in documents.with_tools(self.rows, "key in (select listed_key from temp.wanted)"):
            if entry.key in jobs and (entry.key in due or is_due(entry.summary, self.given)):
                due[entry.key] = _begin(entry.summary, self.given) if not self._is_passing(entry) else ""
        self._parse([Due(key, begin, jobs[key]) for key, begin in due.items()])
        self.parsed += len(due)

    def _is_passing(self, entry: Entry) -> bool:
        return self.retry and entry.summary.code in PASSING

    def _parse(self, due: list[Due]) -> None:
        """Parse documents, note each segment of records as soon as it is there."""
        size, done = self.engine.task_size or len(due), 0
        options = (self.folder, self.given, self.engine.task_processes or self.worker_count, self.limits)
        tasks = (ParseTask(tuple(due[at : at + size]), *options) for at in range(0, len(due), size or 1))
        for task, result in self.engine.run(parse, tasks):
            if isinstance(result, pool.JobFailure):
                self.put_missing({each.key: _lost(each.job, result) for each in task.documents})
            elif isinstance(result, Segment):
                with state.together(self.rows):
                    documents.note(self.rows, self.version, result.file, result.summaries)
            else:
                done += 1
                if self.on_document:
                    self.on_document(done, len(due), result)

    def put_missing(self, records: Mapping[str, Record]) -> None:
        """Keep records that took no parsing, where there are none under their keys."""
        missing = ((key, record) for key, record in records.items() if not self.has(key))
        keeping.put(self.rows, self.folder, self.version, missing)

    def has(self, key: str) -> bool:
        """Tell whether this version has a record under a key."""
        return bool(documents.file_of(self.rows, self.version, key))


def _lost(job: DocumentJob, failure: pool.JobFailure) -> Record:
    return quarantine_record(
        job.sha256, job.hints, stage="read", code=failure.code, message=failure.message, hint=failure.hint
    )


def _attach(run: _Run, now: Survey) -> dict[str, str]:
    """Let pages tell of what they link (see `pipelines.catalogue.attachments`): other keys for such documents, by key.

    A document is parsed again only where it did not say who and when.
    """
    linked = Linked(run.rows, now.jobs)
    if not linked.pages:
        return {}
    told = {key: replace(now.jobs[key], hints=hints) for key, hints in linked.documents(now.names).told()}
    keys = {key: key_of(job) for key, job in told.items()}
    parsed = {key: told[key] for key in told if linked[key].code is None and not run.has(keys[key])}
    run.put_missing(dict(_attached(run, parsed, keys)))
    documents.told(run.rows, keys)
    run.bring({keys[key]: job for key, job in told.items()})
    linked.are_told(keys)
    for key, sentence in linked.documents(now.names).elsewhere():
        keys[key] = f"{key}-{fingerprint([sentence])}"
        run.put_missing({keys[key]: _elsewhere(now.jobs[key], sentence, linked[key].format)})
    return keys


def _attached(run: _Run, jobs: Mapping[str, DocumentJob], keys: Mapping[str, str]) -> Iterator[tuple[str, Record]]:
    """The records of documents that are parsed already, with the pages that link them, under their other keys."""
    try:
        for key, record in keeping.load(run.rows, run.folder, jobs):
            to = jobs[key].hints.attached_to
            rows = tuple(row._replace(attached_to=to) for row in record.tables.documents)
            yield keys[key], replace(record, tables=replace(record.tables, documents=rows))
    except RecordError:  # then they are parsed again
        return


def _elsewhere(job: DocumentJob, sentence: str, format: str) -> Record:
    message = "the page holds no report of its own"
    return quarantine_record(
        job.sha256, job.hints, stage="parse", code="report_attached", message=message, hint=sentence, format=format
    )


# --- what is due


def is_due(summary: Summary, given: frozenset[str]) -> bool:
    """Tell whether a document needed a tool that is there now, or was read by another version of one."""
    return examine.needed_tool(summary) in given or _is_outdated(summary, given)


def _is_outdated(summary: Summary, given: frozenset[str]) -> bool:
    """Tell whether a tool that is there has another version than when it read the document."""
    return any(name in given and tools.version_of(name) != version for name, version in summary.read_with)


def _begin(summary: Summary, given: frozenset[str]) -> str:
    """The pass that a document begins with: that of the tool which it is known to need."""
    known = (examine.needed_tool(summary), *(name for name, _ in reversed(summary.read_with)))
    return next((tool for tool in known if tool in given), "")


def unparsed(workspace: Workspace, keys: Iterable[str]) -> list[str]:
    """The documents among `keys` that have no record of this program version."""
    version = program_version()
    with state.opened(workspace) as rows:
        folder = keeping.folder_of(workspace, version)
        lost = {file for file in documents.all_files(rows, version) if not (folder / file).is_file()}
        documents.wanted(rows, keys)
        found = set(documents.due(rows, version))
        for file in lost:
            found.update(str(key) for (key,) in rows.execute("select key from documents where file = ?", (file,)))
        return [str(key) for (key,) in rows.execute("select key from temp.wanted") if key in found] if found else []


def waiting(workspace: Workspace, given: frozenset[str]) -> list[str]:
    """The listed documents that one of the tools `given` reads which was not there before, or was of another version."""
    with state.opened(workspace) as rows:
        return [each.key for each in documents.with_tools(rows, "listed = 1") if is_due(each.summary, given)]


def listed_keys(workspace: Workspace) -> list[str]:
    """The keys of the current documents."""
    with state.opened(workspace) as rows:
        return [str(key) for (key,) in rows.execute("select key from documents where listed = 1")]


# --- what there is


def load_record(workspace: Workspace, key: str) -> Record:
    """A document's record. Raises `RecordError`."""
    with state.opened(workspace) as rows:
        (found,) = keeping.load(rows, keeping.folder_of(workspace, program_version()), [key])
        return found[1]


def load(workspace: Workspace) -> Catalogue:
    """The catalogue as it was last written; empty where there is none."""
    with state.opened(workspace) as rows:
        return _load(rows, workspace)


def _load(rows: sqlite3.Connection, workspace: Workspace) -> Catalogue:
    query = "select count(*), count(code) from documents where listed = 1"
    count, quarantined = rows.execute(query).fetchone()
    version, source = state.said(rows, "version"), state.said(rows, "source")
    return Catalogue(workspace, version, source, count, quarantined, documents.shards(rows))
