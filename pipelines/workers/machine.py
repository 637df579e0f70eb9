"""Tells what this machine has to work with: memory, room on the disk. Belongs here: asking the system, no policy."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")


def free_memory_mb() -> int | None:
    """Megabytes of memory that could be used without swapping; None where the system does not say."""
    return _meminfo("MemAvailable") or _pages("SC_AVPHYS_PAGES")


def total_memory_mb() -> int | None:
    """Megabytes of memory; None where the system does not say."""
    return _meminfo("MemTotal") or _pages("SC_PHYS_PAGES")


def free_disk_mb(folder: Path) -> int | None:
    """Megabytes free on the disk of a folder, or of its nearest parent that exists; None where the system does not say."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        return shutil.disk_usage(there).free >> 20
    except OSError:
        return None


def _meminfo(name: str) -> int | None:
    try:
        lines = _MEMINFO.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    found = next((line.split() for line in lines if line.startswith(f"{name}:")), [])
    return int(found[1]) >> 10 if len(found) > 1 and found[1].isdigit() else None


def _pages(name: str) -> int | None:
    try:
        return os.sysconf(name) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (AttributeError, ValueError, OSError):  # not on Windows, not every name everywhere
        return None
