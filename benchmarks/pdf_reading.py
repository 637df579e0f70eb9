"""How fast PDF reports are read and parsed, side by side with bare text extraction and with pdfplumber.

    python benchmarks/pdf_reading.py [FOLDER | FILE.pdf ...] [--rounds 7] [--json]

Without arguments: the PDFs in ../shared/reports. Each way of reading runs in a process of its own, on one core; the
ways take turns, and the best round of each document counts. pdfplumber is a development dependency.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.workspace import PROJECT

REPORTS = PROJECT.parent / "shared" / "reports"
#: Aims of the project: documents a second and core, times the bare extraction, times faster than pdfplumber, megabytes.
LEAST_PER_SECOND = 20
MOST_TIMES_BARE = 3
LEAST_TIMES_FASTER = 8
MOST_MB = 300
WAYS = ("bare", "ours", "pdfplumber")


def main() -> int:
    options = _options()
    if options.child:
        sys.stdout.write(json.dumps(_child(options.child, [Path(name) for name in options.files])))
        return 0
    files = _files([Path(name) for name in options.files] or [REPORTS])
    if not files:
        sys.exit(f"no PDF found; name files or folders (looked in {REPORTS})")
    rounds = [{way: _run(way, files) for way in WAYS} for _ in range(options.rounds)]
    results = {
        file.name: {way: min(r[way]["seconds"][k] for r in rounds) for way in WAYS} for k, file in enumerate(files)
    }
    peaks = {way: max(r[way]["peak_mb"] for r in rounds) for way in WAYS}
    if options.json:
        sys.stdout.write(json.dumps({"seconds": results, "peak_mb": peaks}, indent=1) + "\n")
    else:
        _print(results, peaks)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", help="PDFs, or folders of PDFs")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of which the best counts")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _files(places: list[Path]) -> list[Path]:
    return [file for place in places for file in (sorted(place.glob("*.pdf")) if place.is_dir() else [place])]


def _run(way: str, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", way, *map(str, files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# ---------------------------------------------------------------- in the child process


def _child(way: str, files: list[Path]) -> dict[str, Any]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work = {"bare": _bare, "ours": _ours, "pdfplumber": _pdfplumber}[way]()
    work(files[0])  # forms, labels and libraries are loaded before the clock starts
    seconds = []
    for file in files:
        start = time.perf_counter()
        work(file)
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "peak_mb": round(peak / (1_000_000 if sys.platform == "darwin" else 1_000), 1)}


def _bare() -> Callable[[Path], object]:
    """The text of every page by the library that we read with: what no reader of PDFs can do without."""
    import pypdfium2 as pdfium

    def work(path: Path) -> object:
        pdf = pdfium.PdfDocument(path.read_bytes())
        return [page.get_textpage().get_text_bounded() for page in pdf]

    return work


def _ours() -> Callable[[Path], object]:
    """Bytes to a report: text and tables, sections, facts, checks, identity."""
    from pipelines.parse import Hints, Unparseable, parse
    from pipelines.read import Unreadable, read

    def work(path: Path) -> object:
        try:
            return parse(read(path.read_bytes(), path.name), Hints(path.name))
        except (Unreadable, Unparseable) as problem:
            return problem.code

    return work


def _pdfplumber() -> Callable[[Path], object]:
    """The tables of every page, without parsing them."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # a line for each font

    def work(path: Path) -> object:
        with pdfplumber.open(path) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    return work


# ---------------------------------------------------------------- the screen


def _print(results: dict[str, dict[str, float]], peaks: dict[str, float]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Reading and parsing PDF reports, one core")
    table.add_column("document")
    for heading in ("bare ms", "ours ms", "pdfplumber ms", "documents/s", "times bare", "times faster"):
        table.add_column(heading, justify="right")
    for name, r in results.items():
        table.add_row(
            name,
            *(f"{r[way] * 1000:.1f}" for way in WAYS),
            f"{1 / r['ours']:.1f}",
            f"{r['ours'] / r['bare']:.2f}",
            f"{r['pdfplumber'] / r['ours']:.1f}",
        )
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    console.print("peak MB: " + ", ".join(f"{way} {peak}" for way, peak in peaks.items()))
    console.print(
        f"aims: at least {LEAST_PER_SECOND} documents/s, no more than {MOST_TIMES_BARE} times bare, at least "
        f"{LEAST_TIMES_FASTER} times faster than pdfplumber, under {MOST_MB} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
