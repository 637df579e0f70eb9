"""The benchmark runs, and what it measures is what it generated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parents[1] / "benchmarks" / "html_parsing.py"


def test_html_parsing_measures_pages_that_are_read_exactly() -> None:
    command = [sys.executable, str(BENCHMARK), "--reports", "12", "--rounds", "1", "--json"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    results = json.loads(done.stdout)
    for result in results.values():
        assert result["not_exact"] == {}
        assert result["reports"] == 12
        assert result["times_bare"] > 1
        assert result["peak_rss_mb"] >= result["imports_rss_mb"] > 0
