"""The raw gate: is the archive what it should be, and is the source still what it was?

Belongs here: what can be said of bytes and files. Does not belong here: what documents say.
"""

from __future__ import annotations

from pipelines.archive import by_hash
from pipelines.catalogue.catalogue import Refreshed
from pipelines.progress import named
from pipelines.workspace import Workspace

#: A source that has lost more than this share of its documents has probably lost them by accident.
LARGEST_LOSS = 0.2
#: Bytes that are proved at a time; a larger archive is verified as a whole by other means.
MOST_BYTES = 2 << 30
_NAMED = 5


def findings(workspace: Workspace, refreshed: Refreshed) -> list[str]:
    """What a person should look at, in sentences; empty where all is well. Nothing here stops a build."""
    now, before = len(refreshed.catalogue.entries), refreshed.previous_count
    survey = refreshed.survey
    found = []
    if damaged := _damaged(workspace, refreshed):
        found.append(f"archived documents that hold other bytes than they should: {named(damaged, _NAMED)}")
    if now < before * (1 - LARGEST_LOSS):
        found.append(f"the source has {now} documents, {before - now} less than at the last build")
    if survey.unopened:
        found.append(f"files that could not be opened or lead out of the source: {named(survey.unopened, _NAMED)}")
    if survey.ignored:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in survey.ignored.items())
        found.append(f"files of kinds that no report has were left alone: {kinds}")
    if survey.missing:
        found.append(f"sources.csv speaks of files that are not there: {named(survey.missing, _NAMED)}")
    return found


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
