"""A warehouse gate that does not look, for tests of what comes after it: great-expectations costs ten seconds a build.

`python -m tests.made.trusted build …` is the real command in a process of its own, but for that gate. What the gate
finds is tested in `tests.pipelines.warehouse.test_suites`, and on the sample by each test that asks for `built`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl

from pipelines.workspace import PROJECT

#: Where this is set, the gate never answers: whoever is to be killed at the gate is found there.
STUCK = "GONGKAI_TEST_GATE_IS_STUCK"


def answers(success: bool = True) -> pl.DataFrame:
    """What the gate says: one expectation, which holds or does not."""
    row = {
        "layer": "warehouse",
        "table_name": "reports",
        "expectation": "unique(report_id)",
        "success": success,
        "element_count": 1,
        "unexpected_count": 0 if success else 1,
        "message": "no two rows with the same report_id",
    }
    return pl.DataFrame([row])


def command(*arguments: object) -> list[str]:
    """The command line of `gongkai` with this gate, to be started in `PROJECT`."""
    return [sys.executable, "-m", "tests.made.trusted", *map(str, arguments)]


def gongkai(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, cwd=PROJECT)


def _gate(_: Path) -> pl.DataFrame:
    if os.environ.get(STUCK):
        signal.pause()
    return answers()


def _main() -> None:
    from assets.command import app
    from pipelines.warehouse import warehouse_gate

    warehouse_gate.run = _gate  # type: ignore[assignment]
    app(prog_name="gongkai")


if __name__ == "__main__":
    _main()
