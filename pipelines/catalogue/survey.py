"""The source as it is now: which documents it holds, archived, each under the key that names its record.

A file is read and hashed where its size, its times or its inode are others than when it was hashed last. What a refresh
fetched is known by its hash already. Belongs here: documents, names and keys. Does not belong here: finding files
(`pipelines.catalogue.folder`), or what is parsed of them (`pipelines.catalogue.catalogue`).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from pipelines.archive import by_hash, containers
from pipelines.archive.containers import Refusal
from pipelines.catalogue import inbox, seen_files
from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.folder import FoundDocument
from pipelines.catalogue.record import Record, quarantine_record
from pipelines.files import fingerprint, sha256_of
from pipelines.parse.report import Hints
from pipelines.steps.fingerprints import program_version
from pipelines.workspace import Workspace

#: A larger file is no report; it is turned away unread.
LARGEST_BYTES = 200 << 20
_HINTS = tuple(each.name for each in fields(Hints))


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


def survey(source: Path, workspace: Workspace, rows: sqlite3.Connection) -> Survey:
    """Look through a source and archive what is new. The same bytes under several names are one document.

    `rows` is the workspace's state (`pipelines.steps.state`), which knows the files that were hashed before. What an archive of reports holds is entered after the files that lie open, so their names come first. Raises
    `pipelines.catalogue.folder.FolderError`.
    """
    scanned = inbox.scan(source, workspace)
    result = Survey(unopened=scanned.unopened)
    ignored = Counter(scanned.ignored)
    archives: list[tuple[str, Hints]] = []
    for found in scanned.found:
        sha256, is_archive, refusal = _keep(found, workspace, rows)
        if is_archive:
            archives.append((sha256, found.hints))
        else:
            _enter(result, DocumentJob(workspace.archive, sha256, found.hints, program_version()), refusal)
    for sha256, hints in archives:
        ignored.update(_enter_members(result, workspace, sha256, hints, scanned.known))
    result.ignored = dict(sorted(ignored.items()))
    result.missing = [name for name in scanned.missing if name not in result.names]
    return result


def _keep(found: FoundDocument, workspace: Workspace, rows: sqlite3.Connection) -> tuple[str, bool, Refusal | None]:
    """Archive a file; its hash, whether it is an archive of reports, and why it is turned away, if it is."""
    if found.path is None:
        return found.sha256 or "", found.holds_files, None
    known, looked = seen_files.known(rows, found.path)
    if found.size > LARGEST_BYTES:
        sha256 = known.sha256 if known else sha256_of(found.path)
        seen_files.remember(rows, found.path, looked, sha256, holds_files=False)
        message = f"{found.size:,} bytes, more than {LARGEST_BYTES >> 20} MB; left where it is"
        return sha256, False, Refusal("", "too_large", message, "give the reports in it one by one")
    refusal = None if found.size else Refusal("", "empty", "the file holds no bytes", "fetch it again")
    if known and by_hash.has(workspace.archive, known.sha256, found.size):
        return known.sha256, known.holds_files, refusal
    data = found.path.read_bytes()
    sha256, holds_files = by_hash.keep(workspace.archive, data), containers.is_container(data)
    seen_files.remember(rows, found.path, looked, sha256, holds_files=holds_files)
    return sha256, holds_files, refusal


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
    hints = [getattr(job.hints, name) for name in _HINTS]
    return f"{job.sha256}-{fingerprint([json.dumps(hints, ensure_ascii=False)])}"


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
