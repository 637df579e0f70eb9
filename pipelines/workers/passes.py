"""Jobs in worker processes, each in as many passes as it needs: first with no tool, then with the tool it asks for.

Most documents need none, so the strict usual limits hold for them; what needs a tool gets that tool's own. Belongs
here: the order of passes, limits and numbers of workers. Does not belong here: what a job is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pipelines.workers import machine, pool
from pipelines.workers.pool import JobFailure, Limits

J = TypeVar("J")
R = TypeVar("R")

#: The passes by the tool they are for, in order: a Word document that LibreOffice opens may hold scans.
PASSES = ("", "libreoffice", "ocr")


@dataclass(frozen=True, slots=True)
class Needs:
    """Holds what a pass takes: one document's limits, one worker's memory in megabytes, and how many workers are of use."""

    limits: Limits
    worker_mb: int
    most_workers: int | None = None


#: LibreOffice has its own time limit below this one. OCR takes seconds a page and maps much address space.
NEEDS = {
    "": Needs(Limits(), 300),
    "libreoffice": Needs(Limits(seconds=120.0, memory_mb=2048), 500),
    "ocr": Needs(Limits(seconds=600.0, memory_mb=4096), 1000, most_workers=2),
}


@dataclass(frozen=True, slots=True)
class JobOutcome(Generic[J, R]):
    """A job's result, or its failure. One that is not `final` comes again, from a pass with the tool that it needs."""

    job: J
    result: R | JobFailure
    final: bool


def run(
    function: Callable[[J], R],
    jobs: Mapping[str, Sequence[J]],
    needed: Callable[[R], str | None],
    *,
    given: frozenset[str],
    worker_count: int | None = None,
    limits: Limits | None = None,
) -> Iterator[JobOutcome[J, R]]:
    """Yield each job's outcomes as they come; the last one of each is final.

    `jobs` are dataclasses with a field `tools`, by the pass they begin with ("" for most); `needed` names the tool that
    a result asks for; `given` are the tools that there are. `limits` are those of the first pass. See `pipelines.workers.pool.run` for the rest.
    """
    waiting = {tool: list(jobs.get(tool, ())) for tool in PASSES}
    for number, tool in enumerate(PASSES):
        own, later = given & set(PASSES[: number + 1]), given & set(PASSES[number + 1 :])
        if not waiting[tool]:
            continue
        results = pool.run(
            function,
            [_with(job, own) for job in waiting[tool]],
            workers=min(worker_limit(tool, worker_count), len(waiting[tool])),
            limits=(limits if tool == "" else None) or NEEDS[tool].limits,
        )
        for job, result in results:
            wanted = None if isinstance(result, JobFailure) else needed(result)
            again = wanted if wanted in later else None
            if again is not None:
                waiting[again].append(job)
            yield JobOutcome(job, result, final=again is None)


def worker_limit(tool: str, asked: int | None = None) -> int:
    """Tell how many workers a pass may have: as asked or one a core, but no more than are of use and than fit in memory."""
    needs, free = NEEDS[tool], machine.free_memory_mb()
    bounds = (asked or pool.processors(), needs.most_workers, free and free // needs.worker_mb)
    return max(1, min(bound for bound in bounds if bound is not None))


def _with(job: J, tools: frozenset[str]) -> J:
    changed: Any = job
    return replace(changed, tools=tools)  # type: ignore[no-any-return]
