"""What the test run itself must not break."""

from __future__ import annotations

import logging.config
import sys

import pytest


def test_setting_logging_up_anew_leaves_the_captured_streams_open(capsys: pytest.CaptureFixture[str]) -> None:
    absl = pytest.importorskip("absl.logging", reason="absl comes with mlcroissant, of the extra gongkai[dev]")
    stream = absl.get_absl_handler().python_handler.stream
    assert stream is sys.__stderr__
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    assert not stream.closed
    print("still here")
    assert capsys.readouterr().out == "still here\n"
