"""The benchmark runs, and what it measures is what it generated."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pipelines.workspace import PROJECT

pytestmark = pytest.mark.long(seconds=15)

ROOT = PROJECT
BENCHMARK = ROOT / "benchmarks" / "html_parsing.py"


def test_html_parsing_measures_pages_that_are_read_exactly() -> None:
    command = [sys.executable, str(BENCHMARK), "--reports", "12", "--rounds", "1", "--json"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    results = json.loads(done.stdout)
    for result in results.values():
        assert result["not_exact"] == {}
        assert result["reports"] == 12
        assert result["times_bare"] > 1
        assert result["peak_rss_mb"] >= result["imports_rss_mb"] > 0


def test_marts_measures_a_country_in_which_every_visible_error_is_found() -> None:
    size = ["--provinces", "4", "--cities", "12", "--errors", "2"]
    command = [sys.executable, "-m", "benchmarks.marts", *size]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert "| cross_year_checks | " in done.stdout
    assert "recall 1.000, false alarms 0" in done.stdout
