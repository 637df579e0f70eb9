"""The engine of many machines: tasks on a Dask cluster (`pip install 'gongkai[cluster]'`).

A cluster is a scheduler and workers that somebody started (`deploy/`), or, without an address, one on this machine for
as long as the build takes. A worker that is lost costs nothing but time: its tasks are done again elsewhere. A task that
takes its worker with it twice comes back in parts, and a part that cannot be divided as a `JobFailure`.

Belongs here: what is Dask's. Does not belong here: what a task is, or what becomes of its result.
"""

from __future__ import annotations

import atexit
import time
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from pipelines.steps.fingerprints import program_version
from pipelines.workers.pool import JobFailure, processors

T = TypeVar("T")
R = TypeVar("R")

#: Tasks that wait on the cluster for each of its threads: enough that none is idle, few enough to need no memory.
AHEAD = 3
#: Workers that one task may take with it before it is given up, beyond the first. A scheduler that somebody else started
#: has its own number: `DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES`.
_MORE_DEATHS = 1
#: Seconds until a scheduler that does not answer counts as not there, and until a cluster without workers is given up.
_SCHEDULER_SECONDS = 10
_WORKER_SECONDS = 60
#: Seconds between two looks at whether there are still workers.
_LOOK_SECONDS = 2
_INSTALL = "the engine dask needs: pip install 'gongkai[cluster]'"
_LETHAL = "took several workers of the cluster with it"
_AGAIN = "run the same command again: what was done stays done"


@runtime_checkable
class Divisible(Protocol):
    """A task that can be done in parts."""

    def parts(self) -> Sequence[Any]:
        """Smaller tasks that do the same; none where it cannot be divided."""


class EngineError(Exception):
    """A cluster that cannot be used or is gone, with what to do about it."""


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Runs tasks on the cluster at `address` (`tcp://scheduler:8786`), or on one of its own with so many `workers`."""

    address: str = ""
    workers: int | None = None
    #: Large enough that the start of a process to read them counts for little, small enough to be shared out evenly.
    task_size: int | None = 100
    #: A cluster has a worker for each core.
    task_processes: int | None = 1

    def run(self, function: Callable[[T], Iterator[R]], tasks: Iterable[T]) -> Iterator[tuple[T, R | JobFailure]]:
        """Yield each task with each of its results, in the order in which tasks finish.

        `function` must be a module's function that the workers can import, tasks and results small and picklable: they
        travel over the network. Raises `EngineError` where the cluster cannot be used or is lost, and whatever
        `function` raises.
        """
        client = _client(self.address, self.workers or processors())
        running = _Running(client, function)
        try:
            yield from running.results(iter(tasks))
        except (running.gone, CancelledError) as error:
            raise EngineError(f"the Dask scheduler is gone; start it and {_AGAIN}") from error
        finally:
            running.end()


#: The connections of this process: a build has many steps, and a cluster of its own takes seconds to start.
_connected: dict[tuple[str, int], Any] = {}
_open = ExitStack()
atexit.register(_open.close)


def _client(address: str, workers: int) -> Any:
    """The connection to a cluster, which stays for the steps that follow."""
    client = _connected.get((address, workers))
    if client is None or client.status != "running":
        client = _connected[address, workers] = _open.enter_context(_connection(address, workers))
    _check(client, address or "this machine")
    return client


@contextmanager
def _connection(address: str, workers: int) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise EngineError(_INSTALL) from error
    # A daemon must not have children, and each worker has processes of its own that read documents.
    own = {"distributed.worker.daemon": False, "distributed.scheduler.allowed-failures": _MORE_DEATHS}
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(own))
        place: Any = address
        if not address:
            place = stack.enter_context(
                LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50)
            )
        try:
            client = stack.enter_context(Client(place, timeout=_SCHEDULER_SECONDS))
        except (OSError, TimeoutError) as error:
            raise EngineError(f"no Dask scheduler answers at {address}; start it and {_AGAIN}") from error
        yield client


def _check(client: Any, address: str) -> None:
    """Raise `EngineError` where the cluster has no worker, or one that would read documents in another way."""
    try:
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    except TimeoutError as error:
        raise EngineError(f"the cluster at {address} has no workers; start some: dask worker {address}") from error
    for worker, said in client.run(worker_version).items():
        if said != program_version():
            raise EngineError(
                f"the Dask worker {worker} has another version of gongkai ({said}, here {program_version()}); "
                "install the same everywhere"
            )


def worker_version() -> str:
    """The version of the program where this runs, or why a worker there cannot have processes of its own."""
    import multiprocessing

    if multiprocessing.current_process().daemon:
        return "none that can start processes: set DASK_DISTRIBUTED__WORKER__DAEMON=False where it is started"
    return program_version()


class _Running(Generic[T, R]):
    """The tasks that are on the cluster, a few for each of its threads."""

    def __init__(self, client: Any, function: Callable[[T], Iterator[R]]) -> None:
        from distributed.comm import CommClosedError

        self._client, self._function = client, function
        self.gone = CommClosedError
        self._tasks: dict[Any, T] = {}

    def results(self, tasks: Iterator[T]) -> Iterator[tuple[T, R | JobFailure]]:
        self._fill(tasks)
        while self._tasks:
            for future in self._finished():
                task = self._tasks.pop(future)
                found = self._results(future)
                divided = list(_parts(task)) if found is None else []
                for part in divided:
                    self._submit(part)
                for result in found or ():
                    yield task, result
                if found is None and not divided:
                    yield task, JobFailure("crashed", _LETHAL, "read it on one machine alone: --engine local")
            self._fill(tasks)

    def end(self) -> None:
        """Give up what is still waited for."""
        with suppress(Exception):  # the cluster may be gone, and why is being told
            self._client.cancel(list(self._tasks))

    def _fill(self, tasks: Iterator[T]) -> None:
        room = AHEAD * max(1, sum(self._client.nthreads().values()))
        for task in islice(tasks, max(0, room - len(self._tasks))):
            self._submit(task)

    def _submit(self, task: T) -> None:
        self._tasks[self._client.submit(_all, self._function, task, pure=False)] = task

    def _finished(self) -> list[Any]:
        """The futures that are done; waits until there is one. Raises `EngineError` where nobody is left to do any."""
        from distributed import wait

        alone_since = None
        while True:
            try:
                return list(wait(list(self._tasks), timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                alone_since = None if self._client.nthreads() else alone_since or time.monotonic()
            if alone_since and time.monotonic() - alone_since > _WORKER_SECONDS:
                raise EngineError(f"the cluster has lost all its workers; start some, and {_AGAIN}")

    def _results(self, future: Any) -> list[R] | None:
        """The results of a task; None where it took its workers with it."""
        from distributed import KilledWorker

        try:
            found: list[R] = future.result()
        except KilledWorker:
            return None
        return found


def _all(function: Callable[[T], Iterator[R]], task: T) -> list[R]:
    """All results of a task (on a worker)."""
    return list(function(task))


def _parts(task: object) -> Iterable[Any]:
    """The parts of a task that can be divided."""
    return task.parts() if isinstance(task, Divisible) else ()
