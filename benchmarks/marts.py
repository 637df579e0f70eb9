"""Benchmark: a made country of 31 provinces and 300 cities over 2008–2025, its warehouse, and the errors planted in it.

Run it as `python -m benchmarks.marts`; `--help` lists the switches. Exit code 1 where a planted error that a rule can
see is missed, where a clean report is contradicted, or where the warehouse takes more than the time it may.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.warehouse.runner import ModelRun, build
from tests.made.country import Found, country, found, frames, plant, write

LIMIT_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the country, build its warehouse, print seconds for each model, recall and false alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--provinces", type=int, default=31)
    parser.add_argument("--cities", type=int, default=300)
    parser.add_argument("--errors", type=int, default=20, help="errors of each kind")
    parser.add_argument("--keep", type=Path, help="a folder to leave Parquet and warehouse in")
    chosen = parser.parse_args(arguments)
    _two_cores()
    with TemporaryDirectory() as temporary:
        return _run(chosen, chosen.keep or Path(temporary))


def _two_cores() -> None:
    """What is measured is measured on two cores, on a machine with more of them too."""
    with suppress(AttributeError, OSError):  # only Linux has it
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def _run(chosen: argparse.Namespace, folder: Path) -> int:
    begun = time.perf_counter()
    made = country(chosen.seed, chosen.provinces, chosen.cities)
    ledger = plant(made, chosen.seed, chosen.errors)
    tables = frames(made)
    made_in = time.perf_counter() - begun
    write(tables, folder / "tables")
    print(f"{len(made.reports):,} reports, {tables['facts'].height:,} facts made in {made_in:.1f} s")
    begun = time.perf_counter()
    runs = build(folder / "tables", folder / "country.duckdb")
    seconds = time.perf_counter() - begun
    _show_models(runs, seconds)
    result = found(folder / "country.duckdb", made, ledger)
    _show_found(result)
    return int(bool(result.missed or result.false_alarms) or seconds > LIMIT_SECONDS)


def _show_models(runs: Sequence[ModelRun], seconds: float) -> None:
    print("\n| model | rows | seconds |\n|---|---|---|")
    for run in sorted(runs, key=lambda run: -run.seconds):
        if run.rows is not None:
            print(f"| {run.name} | {run.rows:,} | {run.seconds:.2f} |")
    print(f"| all, written and swapped in | | {seconds:.1f} |\n")


def _show_found(result: Found) -> None:
    print("| planted | errors | visible to a rule | found of these |\n|---|---|---|---|")
    for kind, count in sorted(result.planted.items()):
        missed = sum(planted.kind == kind for planted in result.missed)
        print(f"| {kind} | {count} | {result.visible[kind]} | {result.visible[kind] - missed} |")
    print(f"\nrecall {result.recall:.3f}, false alarms {len(result.false_alarms)}")
    for alarm in result.false_alarms[:20]:
        print(f"  {alarm}")
    print("\n| check | holds | fails | flagged | not testable |\n|---|---|---|---|---|")
    for table, code in sorted({(table, code) for table, code, _ in result.outcomes}):
        counts = [result.outcomes[table, code, outcome] for outcome in ("holds", "fails", "flagged", "not_testable")]
        print(f"| {code} | {' | '.join(f'{count:,}' for count in counts)} |")


if __name__ == "__main__":
    sys.exit(main())
