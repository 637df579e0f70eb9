"""The raw gate: is the archive what it should be, and is the source still what it was?

It says what can be said of bytes and files, and stops nothing: what is wrong with single documents is in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.unmet import Unmet
from pipelines.archive import by_hash
from pipelines.catalogue import documents
from pipelines.catalogue.catalogue import Refreshed
from pipelines.catalogue.survey import Survey
from pipelines.files import read_json, write_json
from pipelines.progress import named
from pipelines.steps import state
from pipelines.steps.registered import registered
from pipelines.steps.stamps import keep_verdict, stamp_path
from pipelines.steps.verdicts import Verdict
from pipelines.workspace import Workspace

#: A source that has lost more than this share of its documents has probably lost them by accident.
LARGEST_LOSS = 0.2
#: The share of the documents that is proved at a time, each run going on where the last one ended. `gongkai archive
#: verify` proves all.
SHARE = 0.1
#: Bytes that are proved at a time in any case, and at most.
LEAST_BYTES, MOST_BYTES = 64 << 20, 2 << 30
_NAMED = 5
#: What the state calls the hash of the document that was proved last.
_PROVED_TO = "archive proved to"


def gate(workspace: Workspace, refreshed: Refreshed) -> Verdict:
    """Say what a person should look at. The stamp of the source keeps it, and how many documents had to be parsed."""
    damaged = _damaged(workspace)
    looked_at = [_archive_is_whole(damaged), _documents_stay(refreshed), *_files(refreshed.survey)]
    looked_at.append(_corrections_find_their_document(workspace, refreshed))
    write_json(stamp_path(workspace, "source"), {"parsed": refreshed.parsed})
    unmet = tuple(found for found in looked_at if found.row_count)
    return keep_verdict(workspace, Verdict("raw_gate", len(looked_at), unmet))


def parsed_count(workspace: Workspace) -> int:
    """Tell how many documents the last refresh had to parse, as the stamp of the source has it; 0 where there is none."""
    return int((read_json(stamp_path(workspace, "source")) or {}).get("parsed", 0))


def _archive_is_whole(damaged: list[str]) -> Unmet:
    message = f"archived documents that hold other bytes than they should: {named(damaged, _NAMED)}"
    return Unmet("archive", None, "archive_is_whole", len(damaged), message)


def _documents_stay(refreshed: Refreshed) -> Unmet:
    now, before = refreshed.catalogue.count, refreshed.previous_count
    lost = before - now if now < before * (1 - LARGEST_LOSS) else 0
    message = f"the source has {now} documents, {lost} less than at the last build"
    return Unmet("source", None, "documents_stay", lost, message)


def _corrections_find_their_document(workspace: Workspace, refreshed: Refreshed) -> Unmet:
    lines = registered(workspace)
    with state.opened(workspace) as rows:
        there = {line.document_sha256 for line in lines if documents.is_listed(rows, line.document_sha256)}
    lost = ["/".join(line.place) for line in lines if line.document_sha256 not in there]
    message = f"corrections whose document changed or is gone, not applied: {named(lost, _NAMED)}"
    return Unmet("corrections", None, "corrections_find_their_document", len(lost), message)


def _files(survey: Survey) -> Iterator[Unmet]:
    """Tell what is expected of the files of a source. One that is met has no row."""
    kinds = ", ".join(f"{count} {suffix}" for suffix, count in survey.ignored.items())
    found = {
        "files_open": (
            len(survey.unopened),
            f"files that could not be opened or lead out of the source: {named(survey.unopened, _NAMED)}",
        ),
        "kinds_are_known": (
            sum(survey.ignored.values()),
            f"files of kinds that no report has were left alone: {kinds}",
        ),
        "listed_files_are_there": (
            len(survey.missing),
            f"sources.csv speaks of files that are not there: {named(survey.missing, _NAMED)}",
        ),
    }
    for check, (count, message) in found.items():
        yield Unmet("source", None, check, count, message)


def _damaged(workspace: Workspace) -> list[str]:
    """The documents of the catalogue that the archive cannot give back, of those whose turn it is to be proved."""
    damaged: list[str] = []
    proved = 0
    with state.opened(workspace) as rows:
        turn = documents.archived(rows, state.said(rows, _PROVED_TO))
        for number, sha256 in enumerate(turn, 1):
            try:
                proved += len(by_hash.load(workspace.archive, sha256))
            except by_hash.ArchiveError:
                damaged.append(sha256)
            if proved > MOST_BYTES or (proved > LEAST_BYTES and number > SHARE * len(turn)):
                break
        if turn:
            state.say(rows, _PROVED_TO, sha256)
    return sorted(damaged)
