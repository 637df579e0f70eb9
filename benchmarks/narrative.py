"""What the narrative costs: figures, their checks, problems and commitments, beside the whole of parsing.

    .venv/bin/python benchmarks/narrative.py [FILES] [--rounds 30] [--json]

Without files the embedded sample and, where it is there, ../shared/reports. Processor time, best of the rounds, each
step by itself; per report and per 6,000 characters of narrative.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.parse import Hints, narrative, parse, shortcomings
from pipelines.parse.report import Report
from pipelines.read import read
from pipelines.workspace import PROJECT

ROOT = PROJECT
AIM_MS = 5.0
CHARACTERS = 6000


def main() -> None:
    options = _options()
    rows = [_measure(path, options.rounds) for path in options.files or _found()]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    print(
        f"{'report':32} {'characters':>10} {'figures':>7} {'figures ms':>10} {'problems ms':>11} {'per 6,000':>9} {'of parsing':>10}"
    )
    for row in rows:
        print(
            f"{row['report']:32} {row['characters']:10} {row['figures']:7} {row['figures_ms']:10.2f} "
            f"{row['problems_ms']:11.2f} {row['ms_per_6000']:9.2f} {row['share_of_parsing']:10.0%}"
        )
    whole = sum(row["characters"] for row in rows)
    cost = sum(row["figures_ms"] + row["problems_ms"] for row in rows)
    print(f"all: {cost / whole * CHARACTERS:.2f} ms per 6,000 characters (aim: no more than {AIM_MS:g})")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _found() -> list[Path]:
    sample = [p for p in (ROOT / "data" / "sample").iterdir() if p.is_file() and p.name != "README.md"]
    real = (ROOT.parent / "shared" / "reports").glob("*.*")
    return sorted([*sample, *real])


def _measure(path: Path, rounds: int) -> dict[str, float | int | str]:
    document = read(path.read_bytes(), path.name)
    report = parse(document, Hints(path.name))
    characters = sum(len(section.text) for section in report.sections if section.number)
    figures_ms = _best(lambda: _figures(report), rounds)
    problems_ms = _best(lambda: shortcomings.read(report.sections), rounds)
    whole_ms = _best(lambda: parse(document, Hints(path.name)), rounds)
    return {
        "report": path.name,
        "characters": characters,
        "figures": len(report.figures),
        "figures_ms": figures_ms,
        "problems_ms": problems_ms,
        "ms_per_6000": (figures_ms + problems_ms) / characters * CHARACTERS,
        "share_of_parsing": (figures_ms + problems_ms) / whole_ms,
    }


def _figures(report: Report) -> None:
    narrative.check(narrative.figures(report.sections), report.facts, report.scope)


def _best(step: Callable[[], object], rounds: int) -> float:
    """The best processor time of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    sys.exit(main())
