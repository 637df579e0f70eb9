"""How fast HTML reports are read and parsed: reports per second on one core, against the bare HTML parse, and memory.

    python benchmarks/html_parsing.py [--reports 1000] [--seed 2024] [--rounds 3] [--json]

Each round runs in a process of its own, on one core, over files on disk; the best round counts. Exit code 1 if a
report was not read exactly as it was generated.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variants import variants

if TYPE_CHECKING:  # importing it is part of what is measured
    from pipelines.parse import Report

#: What is measured: name of the corpus → whether a site's page and a long narrative stand around the tables.
CORPORA = {"pages of a site": True, "sample markup alone": False}
#: Aims of the project: reports per second and core; times the bare parse at most.
LEAST_PER_SECOND = 200
MOST_TIMES_BARE = 8
#: Documents that each round reads before the clock starts, so that forms and label tables are loaded.
WARM_UP = 24


def main() -> int:
    options = _options()
    if options.child:
        sys.stdout.write(json.dumps(_child(options.child, Path(options.folder))))
        return 0
    results = {name: _corpus(chrome, options) for name, chrome in CORPORA.items()}
    if options.json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    else:
        _print(results)
    return int(any(result["not_exact"] for result in results.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000, help="variants to generate")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--child", choices=("idle", "bare", "full", "check"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


def _corpus(chrome: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Generate the variants, then measure them in processes of their own."""
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmark-") as name:
        folder = Path(name)
        sizes = _write(folder, chrome, options)
        rounds = [(_run("bare", folder), _run("full", folder)) for _ in range(options.rounds)]
        bare = min((bare for bare, _ in rounds), key=lambda r: float(r["seconds"]))
        full = min((full for _, full in rounds), key=lambda r: float(r["seconds"]))
        check = _run("check", folder)
        idle = _run("idle", folder)
    return {
        "reports": options.reports,
        "median_kb": round(statistics.median(sizes) / 1000, 1),
        "reports_per_second": round(options.reports / full["seconds"], 1),
        "bare_per_second": round(options.reports / bare["seconds"], 1),
        "times_bare": round(full["seconds"] / bare["seconds"], 2),
        "slowest_ms": round(full["slowest"] * 1000, 1),
        "peak_rss_mb": full["peak_mb"],
        "bare_peak_rss_mb": bare["peak_mb"],
        "imports_rss_mb": idle["peak_mb"],
        "not_exact": check["not_exact"],
    }


def _write(folder: Path, chrome: bool, options: argparse.Namespace) -> list[int]:
    sizes = []
    for variant in variants(options.reports, options.seed, chrome):
        (folder / variant.name).write_bytes(variant.data)
        about = {"encoding": variant.encoding, "cells": [[*key, text] for key, text in variant.cells.items()]}
        (folder / f"{variant.name}.json").write_text(json.dumps(about), encoding="utf-8")
        sizes.append(len(variant.data))
    return sizes


def _run(mode: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", mode, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# ---------------------------------------------------------------- in the child process


def _child(mode: str, folder: Path) -> dict[str, Any]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    files = sorted(folder.glob("*.html"))
    if mode == "check":
        return {"not_exact": _differences(files)}
    work = {"idle": _nothing, "bare": _bare, "full": _full}[mode]()
    for path in files[:WARM_UP]:
        work(path)
    seconds = []
    for path in files:
        start = time.perf_counter()
        work(path)
        seconds.append(time.perf_counter() - start)
    return {"seconds": sum(seconds), "slowest": max(seconds), "peak_mb": _peak_mb()}


def _nothing() -> Callable[[Path], object]:
    """The imports alone, for their memory."""
    _full()
    return lambda path: None


def _bare() -> Callable[[Path], object]:
    """Decoding with the right encoding, known beforehand, and the tree: what no reader of HTML can do without."""
    from selectolax.lexbor import LexborHTMLParser

    def work(path: Path) -> object:
        encoding = "gb18030" if "huaian" in path.name else "utf-8"
        return LexborHTMLParser(path.read_bytes().decode(encoding))

    return work


def _full() -> Callable[[Path], Report | str]:
    """Bytes to a report (encoding, tree, blocks, sections, facts, checks, identity), or why there is none."""
    from pipelines.parse import Hints, Unparseable, parse
    from pipelines.read import Unreadable, read

    def work(path: Path) -> Report | str:
        try:
            return parse(read(path.read_bytes(), path.name), Hints(path.name))
        except (Unreadable, Unparseable) as problem:
            return problem.code

    return work


def _differences(files: Sequence[Path]) -> dict[str, str]:
    """The pages whose facts are not the cells that were generated, to the letter, and what is wrong with them."""
    work, found = _full(), {}
    for path in files:
        about = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        wanted = {(table, row, column): text for table, row, column, text in about["cells"]}
        report = work(path)
        if isinstance(report, str):
            found[path.name] = report
            continue
        facts = {(fact.table, fact.row, fact.column): fact.raw for fact in report.facts}
        wrong = sum(facts.get(key) != wanted.get(key) for key in wanted | facts)
        if wrong:
            found[path.name] = f"{wrong} of {len(wanted)} cells"
    return found


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1_000_000 if sys.platform == "darwin" else 1_000), 1)


# ---------------------------------------------------------------- the screen


def _print(results: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Reading and parsing HTML reports, one core")
    for heading in (
        "corpus",
        "reports",
        "median kB",
        "reports/s",
        "bare parse/s",
        "times bare",
        "slowest ms",
        "peak MB",
    ):
        table.add_column(heading, justify="left" if heading == "corpus" else "right")
    for name, r in results.items():
        columns = ("reports", "median_kb", "reports_per_second", "bare_per_second", "times_bare", "slowest_ms")
        peak = f"{r['peak_rss_mb']} (imports {r['imports_rss_mb']})"
        table.add_row(name, *(str(r[column]) for column in columns), peak)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    for name, r in results.items():
        fast, lean = r["reports_per_second"] >= LEAST_PER_SECOND, r["times_bare"] <= MOST_TIMES_BARE
        aims = f"at least {LEAST_PER_SECOND}/s: {_met(fast)}; at most {MOST_TIMES_BARE} times bare: {_met(lean)}"
        console.print(f"{name}: {aims}; read exactly: {r['reports'] - len(r['not_exact'])} of {r['reports']}")
        if r["not_exact"]:
            shown = [f"{page} ({why})" for page, why in list(r["not_exact"].items())[:8]]
            console.print(f"  not exact: {', '.join(shown)}{' …' if len(r['not_exact']) > len(shown) else ''}")


def _met(aim: bool) -> str:
    return "met" if aim else "missed"


if __name__ == "__main__":
    raise SystemExit(main())
