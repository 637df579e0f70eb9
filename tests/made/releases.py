"""Releases of small warehouses for the tests of `pipelines.publish`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from expectations.tables import RESULTS, WAREHOUSE
from pipelines.publish import content, release
from pipelines.publish.content import Ordered
from pipelines.publish.contents import Contents
from pipelines.publish.export import export_tables
from pipelines.publish.release_before import Before, between, of_candidate, proved
from tests.made.parsed import Parsed
from tests.made.rows import frame, valid_row

#: An interpreter with DuckDB 1.4 and nothing else of ours, where there is one.
DUCKDB_1_4 = os.environ.get("GONGKAI_PYTHON_DUCKDB_1_4")
CELLS = {"requests/received_new/total": 5, "requests/granted/total": 3}
#: 31 March 2025, six in the evening in London: the first of April in China.
EPOCH = "1743442200"
HOSTILE = ("<script>alert(1)</script>", "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'a"b,c', "http://x.example/")


def small() -> Parsed:
    """Two reports of one body, with a figure of each kind, a problem, and a document that was turned away."""
    parsed = Parsed().report("a-2023", CELLS).report("a-2024", CELLS)
    parsed.add("quarantine", report_year=None, file_name="x.bin")
    parsed.figure("a-2024", "requests_received", 5)
    parsed.figure("a-2023", "unmapped", 5)
    parsed.problem("a-2024", "other", "x")
    return parsed


def results() -> pl.DataFrame:
    """One result of a warehouse gate."""
    return frame(RESULTS[0], [{**valid_row(RESULTS[0]), "layer": "warehouse"}])


def candidate(warehouse: Path, releases: Path, made_of: str = "m", accepted: str | None = None) -> Path:
    """Build a candidate, without asking its gate."""
    return content.build(Ordered(warehouse, results(), made_of, accepted, has_site=False), releases)


def released(warehouse: Path, releases: Path, made_of: str = "m") -> Path:
    """Release a warehouse, without asking the gate."""
    return release.promote(releases, candidate(warehouse, releases, made_of))


@contextmanager
def beside(warehouse: Path, before: Before) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a warehouse as the next release would have them, beside those of the release before."""
    with TemporaryDirectory() as folder:
        files = export_tables(warehouse, list(WAREHOUSE), Path(folder), Contents())
        now = of_candidate(Path(folder), "2025.04.01.2", files)
        with between(proved(before, now), now) as connection:
            yield connection


_FIRST: dict[str, TemporaryDirectory[str]] = {}


def first(parsed: Parsed, releases: Path) -> Path:
    """The first release of these rows in a folder of releases: made once a process and day, and copied."""
    key = f"{os.environ['SOURCE_DATE_EPOCH']} {parsed.key}"
    if key not in _FIRST:
        kept = TemporaryDirectory()
        released(parsed.build(Path(kept.name)).path, Path(kept.name) / "releases")
        _FIRST[key] = kept
    # Without the modes: a test may write into these files, which are nobody's links.
    shutil.copytree(Path(_FIRST[key].name) / "releases", releases, symlinks=True, copy_function=shutil.copyfile)
    return (releases / "latest").resolve()
