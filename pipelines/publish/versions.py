"""Versions of releases: the day in China on which one is made, `.2` and so on for further ones of the same day.

Belongs here: names, their order, and which release `latest` names. Does not belong here: what is in a release.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

LATEST = "latest"
#: What every whole release has, written last.
SUMS = "SHA256SUMS"
#: Asia/Shanghai has had this offset all the year round since 1991; a table of time zones is not on every machine.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.([2-9]|[1-9]\d+))?")


def day(environment: Mapping[str, str] | None = None) -> date:
    """The day in China: today, or that of `SOURCE_DATE_EPOCH` where it is set, so that a build can be repeated.

    Raises `ValueError` for an epoch that is no number.
    """
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH")
    moment = datetime.now(UTC) if not epoch else datetime.fromtimestamp(int(epoch), UTC)
    return moment.astimezone(CHINA).date()


def order_key(version: str) -> tuple[int, ...] | None:
    """Tell what versions are ordered by; None for a name that is no version."""
    found = _VERSION.fullmatch(version)
    return None if found is None else tuple(int(part or 1) for part in found.groups())


def day_of(version: str) -> date:
    """The day that a version names."""
    parts = order_key(version)
    if parts is None:
        raise ValueError(f"{version!r} is no version of a release; one is written like 2025.03.31 or 2025.03.31.2")
    return date(*parts[:3])


def versions(releases: Path) -> list[str]:
    """The releases that are there, the oldest first."""
    there = releases.iterdir() if releases.is_dir() else ()
    found = {f.name: order_key(f.name) for f in there if not f.is_symlink() and (f / SUMS).is_file()}
    return sorted((name for name, order in found.items() if order), key=lambda name: found[name] or ())


def following(releases: Path, today: date) -> str:
    """The version of a release that is made on a day: the first of that day that no folder has."""
    first = today.strftime("%Y.%m.%d")
    number = 1
    while (releases / (version := first if number == 1 else f"{first}.{number}")).exists():
        number += 1
    return version


def current(releases: Path) -> Path | None:
    """The folder that `latest` names; None where nothing was released."""
    latest = releases / LATEST
    return latest.resolve() if (latest / SUMS).is_file() else None


def point(releases: Path, version: str) -> None:
    """Make `latest` name a version, in one step."""
    temporary = releases / f".{LATEST}.{os.getpid()}.tmp"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(version, target_is_directory=True)
    temporary.replace(releases / LATEST)
