"""A scheduler and two workers as processes of their own, on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="the extra gongkai[cluster] is not installed")

from pipelines.workers import dask_engine
from pipelines.workers.dask_engine import DaskEngine, EngineError
from pipelines.workers.pool import JobFailure
from pipelines.workspace import PROJECT
from tests.made.tasks import Batch, broken, squares, total

#: A task may take two workers with it, not four as Dask has it.
_TWICE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}


@dataclass
class Cluster:
    """The processes of a cluster, and the address of its scheduler."""

    address: str
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def add(self, **environment: str) -> subprocess.Popen[str]:
        """Start one more worker."""
        more = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", **environment}
        options = ("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--no-nanny", "--death-timeout", "5")
        self.workers.append(_started("worker", self.address, *options, **more))
        return self.workers[-1]

    def end(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
            assert process.stderr is not None
            process.stderr.close()


def _started(*words: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dask", *words]
    env = {**os.environ, "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env, cwd=PROJECT)


def _line(process: subprocess.Popen[str], holding: str) -> str:
    """The first line of a process's log that holds a word."""
    assert process.stderr is not None
    return next(line for line in process.stderr if holding in line)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A scheduler and two workers."""
    scheduler = _started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", **_TWICE)
    made = Cluster(_line(scheduler, "Scheduler at").split()[-1], scheduler)
    try:
        for process in (made.add(), made.add()):
            _line(process, "Registered to")
        yield made
    finally:
        made.end()


def batches(count: int, **options: Any) -> list[Batch]:
    """Batches of two numbers: 1 and 2, 3 and 4, …"""
    return [Batch((2 * n + 1, 2 * n + 2), **options) for n in range(count)]


def test_every_task_comes_back_with_its_result_and_processes_of_its_own(cluster: Cluster) -> None:
    engine = DaskEngine(cluster.address)
    found = dict(engine.run(total, batches(20)))
    assert found == {batch: sum(batch.numbers) for batch in batches(20)}
    assert sorted(int(str(result)) for _, result in engine.run(squares, batches(2))) == [1, 4, 9, 16]
    with pytest.raises(ValueError, match="nothing adds up"):  # a fault of the program is raised
        list(engine.run(broken, batches(1)))


def test_what_a_lost_worker_had_is_done_elsewhere(cluster: Cluster, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    tasks = batches(8, gate=str(gate), mark=str(tmp_path))
    watching = threading.Thread(target=_end_busy, args=(cluster.workers[0], tmp_path, gate))
    watching.start()
    assert dict(DaskEngine(cluster.address).run(total, tasks)) == {task: sum(task.numbers) for task in tasks}
    watching.join()
    assert cluster.workers[0].returncode == -signal.SIGKILL


def _end_busy(worker: subprocess.Popen[str], marks: Path, gate: Path) -> None:
    """Kill a worker once it has a task in hand, then let the tasks go on."""
    while not any(marks.glob(f"{worker.pid}-*")):
        pass
    worker.kill()
    worker.wait()
    gate.touch()


def test_a_task_that_takes_its_workers_with_it_comes_back_in_parts(cluster: Cluster) -> None:
    for _ in range(4):
        cluster.add()
    found = dict(DaskEngine(cluster.address).run(total, [Batch((1, 2, 3), poison=2), Batch((4, 5))]))
    failed = found.pop(Batch((2,), poison=2))
    assert isinstance(failed, JobFailure)
    assert failed.code == "crashed"
    assert found == {Batch((1,), poison=2): 1, Batch((3,), poison=2): 3, Batch((4, 5)): 9}


def test_a_lost_scheduler_is_one_sentence(cluster: Cluster, tmp_path: Path) -> None:
    running = DaskEngine(cluster.address).run(total, [Batch((1,)), *batches(8, gate=str(tmp_path / "never"))])
    assert next(running) == (Batch((1,)), 1)
    cluster.scheduler.kill()
    with pytest.raises(EngineError, match=r"^the Dask scheduler is gone; start it and run the same command again"):
        list(running)


def test_nobody_at_the_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "_SCHEDULER_SECONDS", 0.5)
    with pytest.raises(EngineError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        list(DaskEngine("tcp://127.0.0.1:9").run(total, batches(1)))


def test_without_an_address_there_is_a_cluster_of_its_own() -> None:
    found = list(DaskEngine(workers=2).run(squares, batches(3)))
    assert sorted(int(str(result)) for _, result in found) == [1, 4, 9, 16, 25, 36]
