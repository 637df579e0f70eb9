"""What several test modules share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.nodeid import coerce_node_id

from tests.made.releases import EPOCH

GONGKAI = Path(sys.executable).with_name("gongkai")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the embedded sample built into it by the real command."""
    workspace = tmp_path_factory.mktemp("sample") / "workspace"
    command = [str(GONGKAI), "build", "--workspace", str(workspace)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep tests of one `xdist_group` in one process, so that what they share is made once.

    pytest-xdist 3.8 tells its groups by writing a private name that pytest 9.2 no longer reads: groups have no effect.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = coerce_node_id(f"{item.nodeid}@{mark.args[0]}")
