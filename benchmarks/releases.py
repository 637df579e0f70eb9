"""What a release costs on a made country, and what the next one costs after one fact changed: `python -m benchmarks.releases`.

331 governments over 18 years (`tests/made/country`). Prints Markdown: processor seconds, peak memory, bytes of files that
no earlier release has.
"""

from __future__ import annotations

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from pipelines.publish import content, release
from pipelines.publish.content import Ordered
from pipelines.publish.dataset import DATABASE
from pipelines.warehouse.runner import build
from tests.made.country import country, frames, plant, write
from tests.made.releases import results

YEAR = 2020


def main() -> None:
    """Make, release, change one fact, release again, print."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = country(2025)
        plant(made, 2025, 20)
        tables = frames(made)
        print(
            "| release | processor s | peak MB | files | MB | of them new MB | new but for DuckDB |\n|---|---|---|---|---|---|---|"
        )
        for title in ("first", "one fact changed"):
            warehouse = folder / title / "gongkai.duckdb"
            build(write(tables, folder / title / "tables"), warehouse)
            print(_released(title, warehouse, folder / "releases"), flush=True)
            tables["facts"] = _changed(tables["facts"])


def _changed(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with one of them larger by one."""
    large = facts.filter((pl.col("report_year") == YEAR) & (pl.col("value") > 3))
    chosen = pl.col("fact_id") == large["fact_id"][large.height // 2]
    return facts.with_columns(pl.when(chosen).then(pl.col("value") + 1).otherwise(pl.col("value")).alias("value"))


def _released(title: str, warehouse: Path, releases: Path) -> str:
    started = _seconds()
    order = Ordered(warehouse, results(), title)
    folder = release.promote(releases, content.build(order, releases))
    seconds = _seconds() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    files = [path for path in folder.rglob("*") if path.is_file()]
    # A name in the version and one in the store: no other version has it.
    new = {path.name: 0 for path in files}
    for path in files:
        new[path.name] += path.stat().st_size if path.stat().st_nlink <= 2 else 0
    size = sum(path.stat().st_size for path in files)
    alone = sum(new.values())
    cells = (
        title,
        f"{seconds:.0f}",
        f"{peak:.0f}",
        f"{len(files):,}",
        *(f"{n / 1e6:.0f}" for n in (size, alone, alone - new[DATABASE])),
    )
    return f"| {' | '.join(cells)} |"


def _seconds() -> float:
    whole = 0.0
    for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        told = resource.getrusage(whose)
        whole += told.ru_utime + told.ru_stime
    return whole


if __name__ == "__main__":
    main()
