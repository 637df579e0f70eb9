"""`gongkai doctor` and the command without its script."""

from __future__ import annotations

import runpy
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from pipelines.cli.doctor import NAMED


def test_every_package_that_is_named_is_one_that_the_program_asks_for() -> None:
    asked = {Requirement(text).name for text in metadata.requires("gongkai") or []}
    assert set(NAMED) <= asked


@pytest.mark.parametrize(
    ("module", "commands"), [("pipelines.cli", {"parse", "query"}), ("assets", {"build", "parse", "ui"})]
)
def test_a_package_runs_as_the_command(
    module: str, commands: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [module, "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__")
    words = set(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert commands | {"gongkai"} <= words
