"""What a worker process of `benchmarks.fuzz` does with one trial."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from pipelines.parse import Report
from tests.trials.judge import report_of, verified
from tests.trials.shrink import shrunk
from tests.trials.trial import parsed


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a trial, to be sent from a worker: `kind` is one of the fuzz table's columns, or "" where there was nothing to change."""

    kinds: tuple[str, ...]
    sentences: tuple[str, ...] = ()


def tried(line: str) -> Result:
    """Make a trial's document, read it, and hold it against the truth."""
    try:
        verdict = parsed(line).run()
    except Exception:
        return Result(("documents", "crashed"), (traceback.format_exc(limit=-4),))
    if verdict is None:
        return Result(())
    kinds = ["documents", *(["not read"] if verdict.outcome != "read" else [])]
    found = {"wrong": verdict.wrong, "lost": verdict.lost, "unmarked": verdict.unmarked}
    kinds += [kind for kind, sentences in found.items() if sentences]
    return Result(tuple(kinds), tuple(f"{kind}: {s}" for kind, ss in found.items() for s in ss[:5]))


def smaller(line: str) -> tuple[str, bytes]:
    """The smallest trial that fails in place of one that does, and its document."""
    trial, data = shrunk(parsed(line))
    return str(trial), data


def beginning(job: tuple[bytes, frozenset[tuple[object, ...]]]) -> Result:
    """Read the beginning of a file: what is verified in it must be so in the whole file."""
    data, whole = job
    try:
        report = report_of(data)
    except Exception:
        return Result(("documents", "crashed"), (traceback.format_exc(limit=-4),))
    if not isinstance(report, Report):
        return Result(("documents", "not read"))
    wrong = [f"{len(data)} bytes: {fact}" for fact in verified(report) - whole]
    return Result(("documents", "wrong") if wrong else ("documents",), tuple(wrong[:3]))
