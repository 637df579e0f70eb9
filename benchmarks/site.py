"""How long the site takes on a made country, and how fast it answers in a browser: `python -m benchmarks.site`.

331 governments over 18 years (`tests/country`). Prints Markdown. Where there is no chromium, the browser's lines are left
out; where `make web` was not run, that of SQL.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pipelines.site import DATABASE, build
from pipelines.site.write_site import ENGINE
from pipelines.warehouse.runner import build as build_warehouse
from pipelines.workspace import workspace_at
from tests.made.country import country, frames, plant, write
from tests.made.sites import FLAGS, chromium, published, served

MEASURES = ("requests_received", "granted_share", "denied_share", "lawsuits", "requests_processed", "items_disclosed")
QUERY = "select body_name, value, rank() over (order by value desc) from trends where report_year = 2025 and measure = 'denied_share'"
#: From the choice to the table, and to the chart, in milliseconds.
CHANGE = """async (code) => {
  const select = document.getElementById("measure"), seen = { measure: code };
  const started = performance.now();
  const until = (name) => new Promise((done) => {
    const look = () => (document.body.dataset[name] || "").startsWith(code + " ") ? done(performance.now() - started) : requestAnimationFrame(look);
    look();
  });
  select.value = code;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  return [await until("drawn"), await until("charted")];
}"""


def main() -> None:
    """Make, build, measure, print."""
    with TemporaryDirectory() as name:
        database = _database(Path(name))
        web = workspace_at().root / "web"
        engine = web if all((web / part).is_file() for part in ENGINE) else None
        started = time.perf_counter()
        build(database, database.parent / "site", version="0", downloads={DATABASE: database}, engine=engine)
        seconds = time.perf_counter() - started
        files = [path.stat().st_size for path in (database.parent / "site").rglob("*") if path.is_file()]
        print("| what | |\n|---|---|")
        print(f"| site built | {seconds:.0f} s |")
        print(f"| files, size | {len(files):,}, {sum(files) / 1e6:.0f} MB |")
        for what, value in _browsed(database.parent, engine is not None):
            print(f"| {what} | {value} |")


def _database(folder: Path) -> Path:
    made = country(7)
    plant(made, 7, 40)
    build_warehouse(write(frames(made), folder / "tables"), folder / "warehouse.duckdb")
    return published(folder / "warehouse.duckdb", folder / "release")


def _browsed(folder: Path, has_engine: bool) -> Iterator[tuple[str, str]]:
    if chromium() is None:
        return
    from playwright.sync_api import sync_playwright

    with served(folder) as address, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}site/en/compare.html")
        page.locator("body[data-charted]").wait_for()
        times = [page.evaluate(CHANGE, code) for code in MEASURES]
        yield "change of measure to table, median and worst", _both([table for table, _ in times])
        yield "change of measure to chart, median and worst", _both([chart for _, chart in times])
        if has_engine:
            started = time.perf_counter()
            page.goto(f"{address}site/en/sql.html")
            page.locator("#run:enabled").wait_for()
            yield "SQL page ready", f"{time.perf_counter() - started:.1f} s"
            page.fill("#query", QUERY)
            page.click("#run")
            page.locator("#save:enabled").wait_for()
            yield "a ranking query, first time", page.inner_text("#status")
        browser.close()


def _both(times: list[float]) -> str:
    return f"{median(times):.0f} ms, {max(times):.0f} ms"


if __name__ == "__main__":
    main()
