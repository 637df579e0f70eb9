"""A function over many jobs in worker processes that can be killed, so that no document can harm the run.

A job that crashes its process, hangs or eats the memory yields a `JobFailure`; the worker is replaced and the other jobs
go on. A worker serves many jobs, imports nothing but the function's own module, and dies with its parent.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

#: Seconds that a new worker may take to import what it needs.
START_SECONDS = 120.0
#: A worker whose parent is gone ends itself this much after its job's limit, even if it hangs in foreign code.
GRACE_SECONDS = 5.0
#: A worker looks for cycles of objects that nobody needs after so many new ones: after some documents.
NEW_OBJECTS = 50_000

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """Holds what one job may take: wall-clock seconds, and megabytes of address space of its worker."""

    seconds: float = 60.0
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class JobFailure:
    """Says why a job has no result. `code` is `crashed`, `timed_out` or `out_of_memory`."""

    code: str
    message: str
    hint: str | None = None


class WorkerStartError(RuntimeError):
    """A worker ended before its first job: the fault is the program's, not a document's."""


def run(
    function: Callable[[J], R], jobs: Iterable[J], *, workers: int | None = None, limits: Limits | None = None
) -> Iterator[tuple[J, R | JobFailure]]:
    """Yield each job with its result or its `JobFailure`, in the order in which they finish.

    `function` must be a module's function, and jobs and results picklable. `jobs` is consumed as workers get free.
    Closing the generator, an error or Ctrl-C ends the workers at once.
    """
    pool = _Pool(function, iter(jobs), limits or Limits(), workers or processors())
    try:
        yield from pool.results()
    finally:
        pool.close()


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- the parent's side


class _Pool(Generic[J, R]):
    """As many workers as are needed at the moment, at most `size`."""

    def __init__(self, function: Callable[[J], R], jobs: Iterator[J], limits: Limits, size: int) -> None:
        self._function, self._jobs, self._limits, self._size = pickle.dumps(function), jobs, limits, size
        self._workers: list[_Worker[J, R]] = []

    def results(self) -> Iterator[tuple[J, R | JobFailure]]:
        while True:
            self._hire()
            if not self._workers:
                return
            for worker in self._due():
                if (result := worker.answer()) is not None:
                    yield result

    def _hire(self) -> None:
        """Give each idle worker a job, start workers for further jobs, and let go who has none left."""
        self._workers = [w for w in self._workers if w.alive]
        for worker in self._workers:
            if worker.idle and not self._next_job(worker):
                worker.end()
        self._workers = [w for w in self._workers if w.alive]
        while len(self._workers) < self._size:
            new: _Worker[J, R] = _Worker(self._function, self._limits)
            if not self._next_job(new):
                return
            new.start()
            self._workers.append(new)

    def _next_job(self, worker: _Worker[J, R]) -> bool:
        for job in self._jobs:
            worker.take(job)
            return True
        return False

    def _due(self) -> list[_Worker[J, R]]:
        """The workers that answered, ended or are over their time; waits until there is one."""
        first = min(worker.deadline for worker in self._workers)
        ready = wait([w.connection for w in self._workers], timeout=max(0.0, first - time.monotonic()))
        now = time.monotonic()
        return [w for w in self._workers if w.connection in ready or w.deadline <= now]

    def close(self) -> None:
        for worker in self._workers:
            worker.end()


class _Worker(Generic[J, R]):
    """One worker process and the job that it has."""

    def __init__(self, function: bytes, limits: Limits) -> None:
        self._limits = limits
        context = multiprocessing.get_context("spawn")
        self.connection, self._theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(function, self._theirs, limits), daemon=True)
        self._job: list[J] = []
        self._ready = False
        self.alive = True
        self.deadline = time.monotonic() + START_SECONDS

    @property
    def idle(self) -> bool:
        return self._ready and not self._job

    def start(self) -> None:
        with _bare_main():
            self._process.start()
        self._theirs.close()

    def take(self, job: J) -> None:
        self._job = [job]
        if self._ready:
            self._send()

    def _send(self) -> None:
        self.deadline = time.monotonic() + self._limits.seconds
        with suppress(OSError):  # a worker that just died is noticed when its answer is read
            self.connection.send(self._job[0])

    def answer(self) -> tuple[J, R | JobFailure] | None:
        """Tell what the worker has to say about its job; None when it only says that it is ready."""
        try:
            message = self.connection.recv() if self.connection.poll() else self._over_time()
        except (EOFError, OSError):
            message = self._died()
        if not self._ready:
            self._begin(message)
            return None
        job = self._job.pop()
        if isinstance(message, JobFailure) and message.code == "out_of_memory":
            self.end()
        return job, message

    def _begin(self, message: object) -> None:
        if isinstance(message, JobFailure):
            self.end()
            raise WorkerStartError(message.message)
        self._ready = True
        self._send()

    def _over_time(self) -> JobFailure:
        self.end()
        return _timed_out(self._limits)

    def _died(self) -> JobFailure:
        self._process.join(START_SECONDS)
        code = self._process.exitcode or 0
        self.end()
        return (
            _timed_out(self._limits) if code == -signal.SIGALRM else JobFailure("crashed", _last_words(code), _CRASHED)
        )

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.alive = False
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
        self.connection.close()
        self._theirs.close()


_CRASHED = "the bytes are archived; if it is a real report, report the fault: it should be readable"
_AGAIN = "if it is a real report, save it anew, or try again while the machine is less busy: gongkai build --retry"


def _timed_out(limits: Limits) -> JobFailure:
    return JobFailure("timed_out", f"took longer than {limits.seconds:g} s", _AGAIN)


def _last_words(code: int) -> str:
    if code < 0:
        return f"the process that read it was ended by {signal.Signals(-code).name}"
    return f"the process that read it ended with exit code {code}"


@contextmanager
def _bare_main() -> Iterator[None]:
    """Keep a new worker from importing the program that starts it: Dagster's would cost it seconds and 150 MB."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


# --- the worker's side


def _serve(function: bytes, connection: Connection[Any, Any], limits: Limits) -> None:
    """Answer each job that comes in until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _end_with_parent()
    _limit_memory(limits)
    try:
        call = pickle.loads(function)
    except BaseException as error:
        connection.send(JobFailure("crashed", f"a worker could not import the program: {error!r}"))
        return
    connection.send("ready")
    with suppress(EOFError, KeyboardInterrupt):
        _answer(call, connection, limits)
        # The first job loads registers and tables that stay. The collector must not walk them again with every document.
        # Documents leave few cycles behind: the usual 700 new objects would have it run ten times in each.
        gc.collect()
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)
        while True:
            _answer(call, connection, limits)


def _answer(call: Callable[[Any], Any], connection: Connection[Any, Any], limits: Limits) -> None:
    job = connection.recv()
    _alarm(limits.seconds + GRACE_SECONDS)
    result = _attempt(call, job, limits)
    _alarm(0)
    connection.send(result)


def _attempt(call: Callable[[Any], Any], job: object, limits: Limits) -> object:
    try:
        return call(job)
    except MemoryError:
        return JobFailure(
            "out_of_memory",
            f"needed more than {limits.memory_mb} MB",
            _AGAIN,
        )
    except Exception as error:
        return JobFailure("crashed", f"{type(error).__name__}: {error} ({_where(error)})", _CRASHED)


def _where(error: Exception) -> str:
    """The innermost place of a traceback, without the folders of this machine."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(place.filename).name} line {place.lineno}"


def _alarm(seconds: float) -> None:
    """Have the system end this process after a time, which works even when foreign code never returns; 0 to stop."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(limits: Limits) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has or allows it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb << 20, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """End this process when the parent is gone, even one that was killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
