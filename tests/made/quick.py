"""Builds without the parts that cost most, for tests that look at something else.

The warehouse gate is not asked (great-expectations costs ten seconds), and releases have neither site nor sheets, and of
their descriptions that which the next release is compared with. All of them are tested where they live, and on the
sample by each test that asks for `built`.

`python -m tests.made.quick build …` is the real command in a process of its own, but for these parts.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from pipelines.publish.describe import Files
from pipelines.publish.describe.datapackage import descriptor
from pipelines.workspace import PROJECT

#: Where this is set, the gate never answers: whoever is to be killed at the gate is found there.
STUCK = "GONGKAI_TEST_GATE_IS_STUCK"


def patched(patch: pytest.MonkeyPatch, gate_opens: bool = True) -> None:
    """Leave these parts out of the builds of this process."""
    from pipelines.publish import content
    from pipelines.warehouse import warehouse_gate

    patch.setattr(warehouse_gate, "run", lambda *_, **__: _answers(gate_opens))
    patch.setattr(content.site, "build", lambda *_, **__: None)
    patch.setattr(content, "write_sheets", lambda *_: {})
    patch.setattr(content, "describe", _describe)


def _describe(folder: Path, version: str, files: Files, csv: Files) -> None:
    (folder / "datapackage.json").write_text(json.dumps(descriptor(folder, version, files, csv)))


def command(*arguments: object) -> list[str]:
    """The command line of `gongkai` without these parts, to be started in `PROJECT`."""
    return [sys.executable, "-m", "tests.made.quick", *map(str, arguments)]


def gongkai(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, cwd=PROJECT)


def _answers(success: bool) -> pl.DataFrame:
    """What the gate says: one expectation, which holds or does not."""
    if os.environ.get(STUCK):
        signal.pause()
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


def _main() -> None:
    from assets.command import app

    patched(pytest.MonkeyPatch())
    app(prog_name="gongkai")


if __name__ == "__main__":
    _main()
