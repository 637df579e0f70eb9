"""What a country costs: made reports as files, built whole; then one new report, one changed, one gone, nothing changed.

    python -m benchmarks.country --reports 3000            up to the parsed tables
    python -m benchmarks.country --reports 3000 --whole    up to the release

Each step runs in a process of its own. Its figures are processor seconds of it and its workers, seconds on the clock,
and the largest memory of any one process. The reports have different bodies and years; their markup, figures and
narrative are those of `benchmarks.variants`.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import variants

FIRST, LAST = 2008, 2025
#: Years of the samples that have a form; reports before 2019 are left out, their form has other tables.
YEARS = range(2019, LAST + 1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took."""

    processor: float
    clock: float
    memory_mb: int


def write(folder: Path, number: int, seed: int = 1) -> Path:
    """Write the report of a number: the same for the same seed. No two numbers have the same body and year."""
    body, year = _bodies()[number // len(YEARS)], YEARS[number % len(YEARS)]
    sources = [name for name, (_, of, _) in variants.SOURCES.items() if _form(of) == _form(year)]
    dice = random.Random(f"{seed}-{number}")
    page = _page(dice.choice(sources), body, year, dice)
    path = folder / f"{number // 1000:04}" / f"{number:07}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page)
    return path


def _page(name: str, body: str, year: int, dice: random.Random) -> bytes:
    old_body, old_year, encoding = variants.SOURCES[name]
    source = variants._source(name)
    tokens = list(source.tokens)
    for key, text in variants._figures(source, dice).items():
        variants._fill(tokens, source.places[key], text, dice)
    page = "".join(variants._noise(tokens, dice)).replace(old_body, body)
    page = re.sub(str(old_year + 1), "\0", page).replace(str(old_year), str(year)).replace("\0", str(year + 1))
    return variants._lengthen(page, dice).encode(encoding, "xmlcharrefreplace")


def _form(year: int) -> str:
    return "2021" if year >= 2021 else "2019"


@cache
def _bodies() -> tuple[str, ...]:
    with (variants.ROOT / "data" / "governments.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["level"] in ("prefecture", "county")]
    whole = [name for name in dict.fromkeys(names) if name.endswith(("市", "县"))]
    offices = ("人民政府", "教育局", "财政局", "民政局", "司法局", "审计局", "公安局", "统计局", "水利局", "交通运输局")
    return tuple(f"{name}{office}" for office in offices for name in whole)


# --- steps


def run(source: Path, workspace: Path, program: Path, whole: bool) -> Cost:
    """Bring a workspace up to its source in a process of its own, by the program that lies in a folder."""
    code = _WHOLE if whole else _TABLES
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(program)}
    command = [sys.executable, "-c", code, str(source), str(workspace)]
    done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=False)
    clock = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(spent, clock, int(done.stdout.split()[-1]))


_PEAK = """
import resource
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) >> 10)
"""
_TABLES = f"""
import sys
from pathlib import Path
from pipelines import build
from pipelines.catalogue import raw_gate
from pipelines.catalogue.catalogue import load, refresh
from pipelines.tabulate import years
from pipelines.workspace import Workspace
if __name__ == "__main__":
    source, workspace = Path(sys.argv[1]), Workspace(Path(sys.argv[2]))
    plan = build.plan(source, workspace)
    if plan.parse or plan.catalogue or plan.years:
        refreshed = refresh(source, workspace)
        years.drop_gone(workspace, refreshed.catalogue)
        raw_gate.gate(workspace, refreshed)
        for year in years.stale(workspace, refreshed.catalogue):
            years.write_year(workspace, year)
            assert years.gate(workspace, year).is_open, year
{"".join("    " + line + chr(10) for line in _PEAK.strip().splitlines())}"""
_WHOLE = f"""
import sys
from assets.command import app
if __name__ == "__main__":
    source, workspace = sys.argv[1:]
    try:
        app(["build", source, "--workspace", workspace, "--accept-release", "benchmark"], prog_name="gongkai")
    except SystemExit as end:
        if end.code:
            raise
{"".join("    " + line + chr(10) for line in _PEAK.strip().splitlines())}"""


def steps(source: Path, count: int) -> Iterator[str]:
    """Change the source step by step; the name of each step."""
    for number in range(count):
        write(source, number)
    yield f"{count:,} reports, all new"
    yield "nothing changed"
    first = write(source, count)
    yield "one new"
    write(source, count, seed=2)
    yield "one changed"
    first.unlink()
    yield "one gone"
    yield "nothing changed, again"


def main() -> None:
    """Run the steps and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=1000)
    options.add_argument("--folder", type=Path, required=True, help="an empty folder for reports and workspace")
    options.add_argument("--program", type=Path, default=variants.ROOT, help="the checkout that builds")
    options.add_argument("--whole", action="store_true", help="up to the release")
    asked = options.parse_args()
    source, workspace = asked.folder / "reports", asked.folder / "workspace"
    print("| step | processor s | clock s | largest process MB | files | MB |\n|---|---|---|---|---|---|")
    for step in steps(source, asked.reports):
        cost = run(source, workspace, asked.program, asked.whole)
        sizes = [path.lstat().st_size for path in workspace.rglob("*") if path.is_file()]
        held = f"{len(sizes):,} | {sum(sizes) >> 20:,}"
        print(f"| {step} | {cost.processor:.1f} | {cost.clock:.1f} | {cost.memory_mb} | {held} |", flush=True)


if __name__ == "__main__":
    main()
