"""The raw gate: is the archive what it should be, and is the source still what it was?

It says what can be said of bytes and files, and stops nothing: what is wrong with single documents is in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.unmet import Unmet
from pipelines.archive import by_hash
from pipelines.catalogue.catalogue import Refreshed, Survey
from pipelines.files import read_json, write_json
from pipelines.progress import named
from pipelines.steps.registered import registered
from pipelines.steps.stamps import keep_verdict, stamp_path
from pipelines.steps.verdicts import Verdict
from pipelines.workspace import Workspace

#: A source that has lost more than this share of its documents has probably lost them by accident.
LARGEST_LOSS = 0.2
#: Bytes that are proved at a time; a larger archive is verified as a whole by other means.
MOST_BYTES = 2 << 30
_NAMED = 5


def gate(workspace: Workspace, refreshed: Refreshed) -> Verdict:
    """Say what a person should look at. The stamp of the source keeps it, and how many documents had to be parsed."""
    damaged = _damaged(workspace, refreshed)
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
    now, before = len(refreshed.catalogue.entries), refreshed.previous_count
    lost = before - now if now < before * (1 - LARGEST_LOSS) else 0
    message = f"the source has {now} documents, {lost} less than at the last build"
    return Unmet("source", None, "documents_stay", lost, message)


def _corrections_find_their_document(workspace: Workspace, refreshed: Refreshed) -> Unmet:
    there = {entry.summary.document_sha256 for entry in refreshed.catalogue.entries}
    lost = ["/".join(line.place) for line in registered(workspace) if line.document_sha256 not in there]
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


def _damaged(workspace: Workspace, refreshed: Refreshed) -> list[str]:
    """The documents of the catalogue that the archive cannot give back, as far as `MOST_BYTES` go."""
    damaged, proved = [], 0
    for sha256 in sorted(job.sha256 for job in refreshed.survey.jobs.values()):
        if proved > MOST_BYTES:
            break
        try:
            proved += len(by_hash.load(workspace.archive, sha256))
        except by_hash.ArchiveError:
            damaged.append(sha256)
    return damaged
