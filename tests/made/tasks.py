"""Tasks for engines: plain ones, one that fails, one that kills its worker, one that starts processes of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.workers import pool


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbers to add up. A number of `poison` kills the worker; a file at `gate` is waited for; one is left at `mark`."""

    numbers: tuple[int, ...]
    poison: int = -1
    gate: str = ""
    mark: str = ""

    def parts(self) -> list[Batch]:
        """A batch for each number; none where there is only one."""
        if len(self.numbers) == 1:
            return []
        return [Batch((number,), self.poison, self.gate, self.mark) for number in self.numbers]


def total(batch: Batch) -> Iterator[int]:
    """The sum."""
    if batch.poison in batch.numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    if batch.mark:
        Path(batch.mark, f"{os.getpid()}-{batch.numbers[0]}").touch()
    while batch.gate and not Path(batch.gate).exists():
        time.sleep(0.01)
    yield sum(batch.numbers)


def broken(batch: Batch) -> Iterator[int]:
    """Raises after its first result."""
    yield 0
    raise ValueError(f"nothing adds up: {batch.numbers}")


def square(number: int) -> int:
    """What one process of a pool does."""
    return number * number


def squares(batch: Batch) -> Iterator[int]:
    """The squares, each from a process that can be killed."""
    yield from (result for _, result in pool.run(square, batch.numbers, workers=1) if isinstance(result, int))
