"""Passes: what needs a tool comes again with the tool, and with the tool's own limits."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import pytest

from pipelines.workers import machine, passes, pool
from pipelines.workers.passes import NEEDS, JobOutcome, Needs, run, worker_limit
from pipelines.workers.pool import JobFailure, Limits

BOTH = frozenset({"libreoffice", "ocr"})


@dataclass(frozen=True)
class Job:
    """A pretended document, and the tools that it needs one after the other."""

    name: str
    wants: tuple[str, ...] = ()
    tools: frozenset[str] = frozenset()


def read(job: Job) -> str:
    if job.name == "exit":
        os._exit(3)
    if job.name == "slow" and "ocr" in job.tools:
        time.sleep(1.0)
    return next((f"needs {tool}" for tool in job.wants if tool not in job.tools), f"read with {sorted(job.tools)}")


def needed(said: str) -> str | None:
    return said.removeprefix("needs ") if said.startswith("needs ") else None


def outcomes(jobs: list[Job], given: frozenset[str] = BOTH, **options: object) -> list[JobOutcome[Job, str]]:
    return list(run(read, {"": jobs}, needed, given=given, worker_count=1, **options))  # type: ignore[arg-type]


def said(found: list[JobOutcome[Job, str]]) -> dict[str, list[tuple[object, bool]]]:
    result: dict[str, list[tuple[object, bool]]] = {}
    for outcome in found:
        result.setdefault(outcome.job.name, []).append((outcome.result, outcome.final))
    return result


def test_each_job_gets_the_tools_it_asks_for_and_no_others() -> None:
    jobs = [Job("page"), Job("scan", ("ocr",)), Job("old", ("libreoffice",)), Job("both", ("libreoffice", "ocr"))]
    assert said(outcomes(jobs)) == {
        "page": [("read with []", True)],
        "scan": [("needs ocr", False), ("read with ['libreoffice', 'ocr']", True)],
        "old": [("needs libreoffice", False), ("read with ['libreoffice']", True)],
        "both": [
            ("needs libreoffice", False),
            ("needs ocr", False),
            ("read with ['libreoffice', 'ocr']", True),
        ],
    }


def test_what_needs_a_tool_that_is_not_there_is_final() -> None:
    jobs = [Job("scan", ("ocr",)), Job("both", ("libreoffice", "ocr")), Job("odd", ("abacus",))]
    assert said(outcomes(jobs, frozenset({"libreoffice"}))) == {
        "scan": [("needs ocr", True)],
        "both": [("needs libreoffice", False), ("needs ocr", True)],
        "odd": [("needs abacus", True)],
    }


def test_a_job_may_begin_with_its_tool() -> None:
    (outcome,) = run(read, {"ocr": [Job("scan", ("ocr",))]}, needed, given=frozenset({"ocr"}), worker_count=1)
    assert (outcome.result, outcome.final) == ("read with ['ocr']", True)


def test_a_job_that_asks_again_for_what_it_has_is_final() -> None:
    (first, second) = run(lambda_free, {"": [Job("x")]}, needed, given=BOTH, worker_count=1)
    assert (first.final, second.final, second.result) == (False, True, "needs ocr")


def lambda_free(_: Job) -> str:
    return "needs ocr"


def test_a_failure_is_final() -> None:
    (outcome,) = outcomes([Job("exit")])
    assert outcome.final
    assert isinstance(outcome.result, JobFailure)


def test_a_tool_has_limits_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDS, "ocr", Needs(Limits(seconds=0.2), 1))
    found = said(outcomes([Job("slow", ("ocr",))], limits=Limits(seconds=30)))
    (_, first), (failure, last) = found["slow"]
    assert (first, last) == (False, True)
    assert isinstance(failure, JobFailure)
    assert failure.code == "timed_out"


def test_workers_fit_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "processors", lambda: 16)
    monkeypatch.setattr(machine, "free_memory_mb", lambda: 100_000)
    assert (worker_limit(""), worker_limit("ocr"), worker_limit("", 3)) == (16, NEEDS["ocr"].most_workers, 3)
    monkeypatch.setattr(machine, "free_memory_mb", lambda: 1_900)
    assert (worker_limit("libreoffice"), worker_limit("ocr")) == (3, 1)
    monkeypatch.setattr(machine, "free_memory_mb", lambda: 0)
    assert worker_limit("ocr") == 1
    monkeypatch.setattr(machine, "free_memory_mb", lambda: None)
    assert worker_limit("") == 16


def test_every_tool_has_a_pass() -> None:
    assert set(NEEDS) == set(passes.PASSES)
