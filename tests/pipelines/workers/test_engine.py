"""The embedded engine: every result of every task, as soon as it is there."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.parsing import Due, ParseTask, Segment, parse
from pipelines.parse.report import Hints
from pipelines.steps.shards import Shard
from pipelines.tabulate.shard_tables import ShardTask, tabulate
from pipelines.workers.engine import Local


def test_each_task_comes_with_each_of_its_results() -> None:
    assert list(Local().run(_count, [2, 0, 1])) == [(2, 0), (2, 1), (1, 0)]


def test_results_come_before_a_task_is_done() -> None:
    begun: list[int] = []
    results = Local().run(lambda task: _noted(task, begun), [1, 2])
    assert (next(results), begun) == ((1, 1), [1])


def test_tasks_and_what_they_say_can_travel() -> None:
    job = DocumentJob("archive", "0" * 64, Hints("a"), "v")
    for sent in (
        ParseTask((Due("k", "", job),), Path("parsed"), frozenset()),
        ShardTask(Shard("2024", "all"), Path("parsed"), Path("tables"), {"a.parquet": ("k",)}, {}),
        Segment("a.parquet", []),
    ):
        assert pickle.loads(pickle.dumps(sent)) == sent
    for function in (parse, tabulate):
        assert pickle.loads(pickle.dumps(function)) is function


def _count(task: int) -> Iterator[int]:
    yield from range(task)


def _noted(task: int, begun: list[int]) -> Iterator[int]:
    begun.append(task)
    yield task
