"""Tells how a release appears: built whole beside the others, gated, put in its place, and named by `latest` last.

A kill at any moment leaves the release before readable and complete: a candidate is built under a hidden name and
renamed, and `latest` is a symbolic link that is replaced by another. A release that is there is never changed: people
cite it. Belongs here: that order. Does not belong here: what is in the files (`content`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.files import read_json
from pipelines.publish import versions
from pipelines.publish.contents import Contents
from pipelines.publish.sums import NoSumsError, verify

#: Releases that stay, the newest included. Generous on purpose: what is cited must be found again. The oldest go only so
#: that a schedule which releases every night does not fill the disk in a year; copy elsewhere what must stay for ever.
KEPT = 100
#: What a release says of itself: version, fingerprint, the release before, why a closed gate was passed.
ABOUT = "release.json"
_CANDIDATE = ".candidate"


class ReleaseError(Exception):
    """A release cannot be put in place, or cannot be read."""


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """Says where a candidate is to be built: an empty folder, the version it is to have, and the release before, if any."""

    folder: Path
    version: str
    before: Path | None


def about(folder: Path) -> Mapping[str, Any]:
    """Tell what a release says of itself. Raises `ReleaseError` for a folder that is none."""
    said = read_json(folder / ABOUT)
    if said is None or not isinstance(said.get("version"), str):
        raise ReleaseError(f"{folder} is no release: it has no {ABOUT} that can be read")
    return said


def begin(releases: Path) -> CandidatePlace:
    """An empty hidden folder for the next candidate. Raises `ValueError` as `versions.day` does."""
    releases.mkdir(parents=True, exist_ok=True)
    _sweep(releases)
    folder = releases / f"{_CANDIDATE}.{os.getpid()}.tmp"
    folder.mkdir()
    return CandidatePlace(folder, versions.following(releases, versions.day()), versions.current(releases))


def finish(place: CandidatePlace) -> Path:
    """Let a candidate that was built whole be the candidate; its folder."""
    candidate: Path = place.folder.with_name(_CANDIDATE)
    if candidate.exists():
        _discard(candidate)
    place.folder.replace(candidate)
    return candidate


def give_up(place: CandidatePlace) -> None:
    """Remove a candidate that could not be built."""
    shutil.rmtree(place.folder, ignore_errors=True)


def unnamed(releases: Path, made_of: str) -> Path | None:
    """A release of these contents behind the one that `latest` names, which a killed program had put in place.

    None where there is none, or where it is not whole.
    """
    now = versions.current(releases)
    for version in versions.versions(releases):
        folder = releases / version
        said = read_json(folder / ABOUT) or {}
        follows = said.get("previous") == (now.name if now else None)
        if folder != now and follows and said.get("made_of") == made_of and _is_whole(folder):
            return folder
    return None


def _is_whole(folder: Path) -> bool:
    try:
        return verify(folder).whole
    except NoSumsError:
        return False


def promote(releases: Path, candidate: Path) -> Path:
    """Put a candidate in its place and let `latest` name it; the folder of the release.

    Raises `ReleaseError` where another release has come since the candidate was built.
    """
    said = about(candidate)
    folder, now = releases / str(said["version"]), versions.current(releases)
    if said["previous"] != (now.name if now else None):
        raise ReleaseError(
            f"the candidate follows {said['previous']}, but now there is {now and now.name}; build it again"
        )
    if candidate != folder:
        if folder.exists():
            raise ReleaseError(f"{folder} is there already; build the candidate again")
        candidate.replace(folder)
    versions.point(releases, folder.name)
    _prune(releases)
    return folder


def _prune(releases: Path) -> None:
    """Delete the oldest releases beyond `KEPT`, never the one that `latest` names, and contents that none has any more."""
    now = versions.current(releases)
    for version in versions.versions(releases)[:-KEPT]:
        if releases / version != now:
            _discard(releases / version)
    Contents(releases).prune()


def _discard(folder: Path) -> None:
    """Delete a folder; it leaves its place first, so that half of it is never taken for the whole."""
    away = folder.with_name(f".{folder.name.lstrip('.')}.{os.getpid()}.old.tmp")
    folder.replace(away)
    shutil.rmtree(away, ignore_errors=True)


def _sweep(releases: Path) -> None:
    """Remove what a killed program left: hidden folders and hidden links, all with names that end in `.tmp`."""
    for left in releases.glob(".*.tmp"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
