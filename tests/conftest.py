"""What several test modules share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GONGKAI = Path(sys.executable).with_name("gongkai")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the embedded sample built into it by the real command."""
    workspace = tmp_path_factory.mktemp("sample") / "workspace"
    done = subprocess.run(
        [str(GONGKAI), "build", "--workspace", str(workspace)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace
