"""Workers: whatever a document does to its process, the run gets an answer and goes on."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.workers import pool
from pipelines.workers.pool import JobFailure, Limits, run


def behave(job: str) -> object:
    """The worst that a reader can do, by name."""
    if job == "exit":
        os._exit(3)
    if job == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job == "hang":
        while True:
            time.sleep(60)
    if job == "memory":
        return len(bytearray(4 << 30))
    if job == "error":
        raise ValueError("a bug")
    if job == "unpicklable":
        return lambda: None
    if job == "pid":
        return os.getpid()
    if job == "modules":
        return sorted(sys.modules)
    if job.startswith("frozen"):
        return gc.get_freeze_count()
    return job.upper()


def answers(jobs: list[str], **options: object) -> dict[str, object]:
    options.setdefault("limits", Limits(seconds=20))
    return dict(run(behave, jobs, **options))  # type: ignore[arg-type]


def test_ordinary_jobs_come_back_with_their_results() -> None:
    assert answers(["a", "b", "c"], workers=2) == {"a": "A", "b": "B", "c": "C"}


def test_no_jobs_need_no_workers() -> None:
    assert answers([]) == {}


@pytest.mark.parametrize(
    ("job", "code", "says"),
    [
        ("exit", "crashed", "exit code 3"),
        ("segfault", "crashed", "SIGSEGV"),
        ("memory", "out_of_memory", "500 MB"),
        ("error", "crashed", "ValueError: a bug (test_pool.py line"),
        ("unpicklable", "crashed", "exit code"),
    ],
)
def test_a_bad_job_is_a_failure_and_the_others_go_on(job: str, code: str, says: str) -> None:
    results = answers(["a", job, "b", "c"], workers=1, limits=Limits(seconds=20, memory_mb=500))
    failure = results.pop(job)
    assert isinstance(failure, JobFailure)
    assert (failure.code, says in failure.message) == (code, True), failure
    assert results == {"a": "A", "b": "B", "c": "C"}


def test_a_hanging_job_is_ended_at_its_limit() -> None:
    results = answers(["a", "hang", "b"], workers=1, limits=Limits(seconds=0.3))
    failure = results["hang"]
    assert isinstance(failure, JobFailure)
    assert (failure.code, failure.message) == ("timed_out", "took longer than 0.3 s")
    assert "gongkai build --retry" in (failure.hint or "")
    assert (results["a"], results["b"]) == ("A", "B")


def test_one_worker_serves_many_jobs_and_imports_nothing_heavy() -> None:
    results = [result for _, result in run(behave, ["pid"] * 5, workers=1)]
    assert len(set(map(str, results))) == 1
    (modules,) = answers(["modules"]).values()
    assert not {"polars", "pandera", "dagster", "typer"} & {name.partition(".")[0] for name in modules}  # type: ignore[attr-defined]


def test_what_the_first_job_loaded_is_not_walked_by_the_collector_again() -> None:
    counts = answers(["frozen 1", "frozen 2", "frozen 3"], workers=1)
    assert counts["frozen 1"] == 0
    assert counts["frozen 2"] == counts["frozen 3"]
    assert isinstance(counts["frozen 2"], int) and counts["frozen 2"] > 1000


def test_the_parsers_own_worker_is_light() -> None:
    code = "import sys, pipelines.catalogue.examine; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"polars", "pandera", "dagster", "great_expectations", "duckdb"} & set(loaded)


def test_an_early_end_of_the_reading_ends_the_workers() -> None:
    results = run(behave, ["pid", "hang"], workers=2)
    _, pid = next(results)
    results.close()  # type: ignore[attr-defined]
    assert not alive(int(str(pid)))


def test_a_killed_parent_leaves_no_orphan() -> None:
    code = "import test_pool as t; [print(r, flush=True) for _, r in t.run(t.behave, ['pid', 'hang'], workers=1)]"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    assert gone(child, within=5)


def test_a_program_that_cannot_start_is_not_blamed_on_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.pickle, "dumps", lambda _: b"cno_such_module\nf\n.")
    with pytest.raises(pool.WorkerStartError, match="no_such_module"):
        answers(["a"])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not alive(pid) or zombie(pid):
            return True
        os.sched_yield()
    return False


def zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
