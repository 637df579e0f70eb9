"""Engines: what runs tasks, here or on other machines, behind one small protocol.

A task is small and picklable, its function a module's. A task yields results as they come: what is small of what it did.
What is large it writes where all machines see it. Belongs here: the protocol and the embedded engine. Does not belong
here: what a task is (`pipelines.catalogue.parsing`, `pipelines.tabulate.shard_tables`), or the processes that are
killed with a document (`pipelines.workers.pool`), which a task starts where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from pipelines.workers.pool import JobFailure

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs tasks."""

    @property
    def task_size(self) -> int | None:
        """Tell how many documents a task should have; None where one task should have all of them."""

    @property
    def task_processes(self) -> int | None:
        """Tell how many processes a task may start; None where it may have all of a machine."""

    def run(self, function: Callable[[T], Iterator[R]], tasks: Iterable[T]) -> Iterator[tuple[T, R | JobFailure]]:
        """Yield each task with each of its results, in whatever order they come.

        A task whose machine is lost yields a `JobFailure` where it cannot be done elsewhere. What a task raises is
        raised here. Closing the generator ends what runs.
        """


class Local:
    """The embedded engine: one task after the other in this process."""

    task_size: int | None = None
    task_processes: int | None = None

    def run(self, function: Callable[[T], Iterator[R]], tasks: Iterable[T]) -> Iterator[tuple[T, R | JobFailure]]:
        """Yield each task with each of its results as soon as it is there."""
        for task in tasks:
            for result in function(task):
                yield task, result
