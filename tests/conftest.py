"""What several test modules share, and the order in which modules start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

from pipelines.workers import pool
from tests.made.releases import EPOCH

GONGKAI = Path(sys.executable).with_name("gongkai")
J = TypeVar("J")
R = TypeVar("R")


def pytest_configure() -> None:
    """Processes of pytest-xdist share the processors already: OCR with two threads costs a quarter more in each."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
    _keep_captured_streams_open()


def _keep_captured_streams_open() -> None:
    """Give absl's logging, which mlcroissant loads, a stream that it never closes.

    It closes the stream that it found when it was loaded, as soon as anybody sets logging up anew (Dagster and
    import-linter do): that was the file in which pytest captures what tests print, and every later test broke.
    """
    with suppress(ImportError):
        from absl import logging

        logging.get_absl_handler().python_handler.stream = sys.__stderr__


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the embedded sample built into it by the real command, to look at only.

    It is built once a run: the processes of pytest-xdist share it.
    """
    folder = _of_the_run(tmp_path_factory) / "sample"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _build(folder / "workspace")
    return folder / "workspace"


@pytest.fixture
def no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in this process: a worker takes a second to start. What only it can do is tested with it."""
    monkeypatch.setattr(pool, "run", _one_by_one)


def _one_by_one(function: Callable[[J], R], jobs: Iterable[J], **_: object) -> Iterator[tuple[J, R]]:
    for job in jobs:
        yield job, function(job)


def _build(workspace: Path) -> None:
    command = [str(GONGKAI), "build", "--workspace", str(workspace)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def _of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run; a process of pytest-xdist has one of its own in it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take long start first, so that no process waits for another at the end."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, int]:
    long = item.get_closest_marker("long")
    return item.get_closest_marker("last") is not None, -long.kwargs["seconds"] if long else 0
