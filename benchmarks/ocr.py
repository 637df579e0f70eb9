"""How well and how fast scanned reports are read: reports drawn as pictures of pages, clean and degraded, against their cells.

    python -m benchmarks.ocr                                  # every report of data/sample, clean and degraded
    python -m benchmarks.ocr --real ../shared                 # the PDFs of reports/ against gold/cells, in many ways
    python -m benchmarks.ocr --real ../shared --ways clean sideways --only hzq2024

Needs the extra `ocr`. Each way runs in a process of its own, which tells its peak memory. Exit code 1 if a wrong cell is
graded verified, a clean picture has a wrong or missing cell, or a degraded one more than 0.5 % of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from pipelines.evaluate import cells as scoring
from pipelines.parse import Hints, parse
from pipelines.read import pdf
from pipelines.workspace import PROJECT
from tests.made.renderers import image
from tests.made.renderers.content import REPORTS, SAMPLE, content
from tests.made.renderers.pdf import render

#: The part of all cells of degraded pictures that must be right.
LEAST_RIGHT = 0.995
Way = tuple[int, Callable[[Image.Image], Image.Image], int]


def _turned(degrees: float) -> Callable[[Image.Image], Image.Image]:
    return lambda page: page.rotate(degrees, expand=True)


def _bad(skew: float = 0.8, jpeg: int = 60) -> Callable[[Image.Image], Image.Image]:
    return lambda page: image.degraded(page, skew=skew, jpeg_quality=jpeg)


#: Dots an inch, what is done to each page, and the JPEG quality of the PDF's pictures.
WAYS: dict[str, Way] = {
    "clean": (200, lambda page: page, 95),
    "degraded": (200, _bad(), 60),
    "clean-150": (150, lambda page: page, 95),
    "clean-300": (300, lambda page: page, 95),
    "degraded-150": (150, _bad(), 60),
    "degraded-300": (300, _bad(), 60),
    "askew-against": (200, _bad(-0.8), 60),
    "askew-2": (200, _bad(2.0), 60),
    "askew-against-2": (200, _bad(-2.0), 60),
    "jpeg-40": (200, _bad(0.8, 40), 40),
    "sideways": (200, _turned(90), 95),
    "sideways-other": (200, _turned(270), 95),
    "upside-down": (200, _turned(180), 95),
    "pale-rules": (200, image.pale_rules, 95),
    "photographed": (200, image.photographed, 75),
    "photographed-150": (150, image.photographed, 75),
    "stamped": (200, lambda page: image.stamped(page, 0.65, 0.8), 75),
}


def main() -> int:
    options = _options()
    if options.child:
        sys.stdout.write(json.dumps(_child(options)))
        return 0
    failed = False
    print(
        f"{'way':16} {'cells':>6} {'right':>6} {'wrong':>5} {'lost':>5} {'made':>5} {'wrong ver.':>10} {'s/page':>7} {'MB':>5}"
    )
    for way in options.ways or (WAYS if options.real else ("clean", "degraded")):
        result = _run(way, options)
        score = result["score"]
        cells = score["right"] + score["wrong"] + score["missing"]
        print(
            f"{way:16} {cells:6} {score['right']:6} {score['wrong']:5} {score['missing']:5} {score['invented']:5}"
            f" {score['wrong_verified']:10} {result['seconds'] / max(result['pages'], 1):7.2f} {result['peak_mb']:5.0f}",
            flush=True,
        )
        for line in result["differences"]:
            print("   ", line)
        least = 1.0 if way.startswith("clean") else LEAST_RIGHT
        failed |= score["wrong_verified"] > 0 or score["right"] < least * cells
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", type=Path, help="a folder with reports/*.pdf and gold/cells/*.csv")
    parser.add_argument("--ways", nargs="*", choices=WAYS, help="ways of drawing; all that apply by default")
    parser.add_argument("--only", nargs="*", help="names of reports, without ending")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(way: str, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ocr", "--child", way]
    command += ["--real", str(options.real.resolve())] if options.real else []
    command += ["--only", *options.only] if options.only else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=PROJECT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# ---------------------------------------------------------------- in the child process


def _child(options: argparse.Namespace) -> dict[str, Any]:
    dpi, change, quality = WAYS[options.child]
    total = scoring.Score("total", "")
    seconds, pages = 0.0, 0
    differences: list[str] = []
    for name, data, gold in _reports(options.real):
        if options.only and name not in options.only:
            continue
        scan = image.image_pdf([change(page) for page in image.pages(data, dpi)], dpi, quality)
        start = time.perf_counter()
        document = pdf.read(scan, frozenset({"ocr"}))
        facts = parse(document, Hints(name, report_year=2024, body_name="某市人民政府")).facts
        seconds += time.perf_counter() - start
        pages += document.page_count or 0
        for score in scoring.score(name, gold, facts):
            total.add(score)
        differences += _differences(name, gold, facts)
    counts = {key: getattr(total, key) for key in ("right", "wrong", "missing", "invented", "wrong_verified")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"score": counts, "seconds": seconds, "pages": pages, "peak_mb": peak, "differences": differences}


def _reports(real: Path | None) -> Iterator[tuple[str, bytes, dict[scoring.Key, Any]]]:
    """Name, PDF and cells of each report."""
    if real:
        for path in sorted((real / "reports").glob("*.pdf")):
            gold = real / "gold" / "cells" / f"{path.stem}.csv"
            if gold.exists():
                yield path.stem, path.read_bytes(), scoring.read_gold(gold)
        return
    for path in REPORTS:
        gold = SAMPLE / "expected" / f"{path.stem}.csv"
        if gold.exists():
            yield path.stem, render(content(path)), scoring.read_gold(gold)


def _differences(name: str, gold: dict[scoring.Key, Any], facts: Any) -> list[str]:
    found = {(f.table, f.row, f.column): f for f in facts if not f.is_unmapped}
    lines = []
    for key in dict.fromkeys([*gold, *found]):
        fact = found.get(key)
        if fact is None or key not in gold or fact.value != gold[key]:
            said = f"{fact.raw!r} {fact.grade} {fact.confidence}" if fact else "no such cell"
            lines.append(f"{name} {'/'.join(key)}: {gold.get(key, 'no such cell')} read as {said}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
