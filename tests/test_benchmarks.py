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


def test_a_season_is_the_real_refresh_with_a_clock_that_is_set_forward() -> None:
    size = ["--lists", "20", "--reports", "60", "--days", "100", "--every", "99"]
    command = [sys.executable, "-m", "benchmarks.season", *size]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    cells = [cell.strip() for cell in done.stdout.splitlines()[-1].strip("|").split("|")]
    assert cells[:4] == ["20", "60", "2", "120"]
    # Twice each list; on 1 January the 40 reports of earlier years, in April these and the 20 new ones; robots.txt of the
    # hosts besides: two platforms with a list each, one portal with fifteen, three lists on sites of their own.
    assert int(cells[4]) == 2 * 20 + 40 + 60 + 2 * 6
