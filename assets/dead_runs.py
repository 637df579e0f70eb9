"""Runs whose process died without a word: a killed build, a machine that lost power.

Dagster's own launcher does not look after the runs that begin within a process, as ours do. Such a run would be in progress
for good, and since one run goes at a time, none would begin any more. Belongs here: telling these and ending them. Does not
belong here: when that is done (`assets.schedules`).
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

import dagster as dg

#: The tag of a run with the process that it is in: host, number and when it began, since numbers come again.
TAG = "gongkai/process"
_IN_PROGRESS = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def this_process() -> str:
    """This process, as `TAG` says it."""
    return f"{socket.gethostname()} {os.getpid()} {_began(os.getpid())}"


def end(instance: dg.DagsterInstance) -> list[str]:
    """Mark runs as failed whose process on this machine is no more, so that they hold up no others; their ids.

    What Dagster's daemon does with a failed run follows: where its tags say so, it begins again.
    """
    found = instance.get_runs(filters=dg.RunsFilter(statuses=_IN_PROGRESS))
    dead = [run for run in found if is_gone(run.tags.get(TAG, ""))]
    for run in dead:
        instance.report_run_failed(run, "The process that this run was in died: it was killed, or the machine stopped.")
    return [run.run_id for run in dead]


def is_gone(tag: str) -> bool:
    """Tell whether a process of this machine is no more; False where nobody here can know."""
    host, _, rest = tag.partition(" ")
    number, _, began = rest.partition(" ")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    return _began(int(number)) != began


def _began(number: int) -> str:
    """Tell when a process began, in ticks since the machine did; `?` where the system does not say, empty where there is none."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return ""
    except OSError:  # it is another user's
        pass
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "?"
