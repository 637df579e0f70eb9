"""The whole site from a release's database. Belongs here: which pages there are, and the files that all of them share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipelines.site import charts, compare_data
from pipelines.site.body_pages import body_files, theme, write_bodies
from pipelines.site.dictionary_pages import write_dictionary
from pipelines.site.downloads import link, write_downloads
from pipelines.site.examples import examples
from pipelines.site.findings import FEW, Finding, findings, newest_year
from pipelines.site.lending import Lender, Nothing
from pipelines.site.measures import measures
from pipelines.site.method_pages import write_method
from pipelines.site.packing import json_text
from pipelines.site.pages import Site, environment, put, slug, write
from pipelines.site.quality_data import quality
from pipelines.site.release_data import ReleaseData, Row, opened
from pipelines.site.wording import LANGUAGES, Words, words

_STATIC = Path(__file__).with_name("static")
#: The name under which `downloads` has the DuckDB file that the SQL page opens.
DATABASE = "gongkai.duckdb"
#: What `make web` builds.
ENGINE = ("duckdb.js", "duckdb-eh.wasm", "duckdb-browser-eh.worker.js")
#: A page names the version by this script: a page on which nothing else changed is the same file in every release.
_VERSION = """\
"use strict";
for (const element of document.querySelectorAll("[data-version]")) {
  element.textContent = element.dataset.version.replace("{version}", %s);
}
"""
_TOTALS = """
select count(*) as reports, count(distinct body_id) as bodies, min(report_year) as first, max(report_year) as last
from reports
"""
_LISTED = """
select body_id, body_name, level, province_code, province_name, first_year, last_year from bodies
order by province_code nulls last, array_position(
    ['state', 'province', 'prefecture', 'county', 'township', 'unresolved'], level), government_code nulls last, body_id
"""
_FULLEST = """
select group_code as level from peer_group_comparison where group_kind = 'level' and report_year = $year
group by group_code order by count(value_rank) desc, count(*) desc, group_code limit 1
"""


def build(
    database: Path,
    out: Path,
    *,
    version: str,
    downloads: Mapping[str, Path] | None = None,
    engine: Path | None = None,
    processes: int | None = None,
    lender: Lender | None = None,
) -> Path:
    """Write the site into the empty or missing folder `out`; the path of its first page.

    `database` is read and never changed. `downloads` are files or folders of the release by the name to show, linked
    relative to `out`; the SQL page opens the one named `gongkai.duckdb`. `engine` is the folder that `make web` built;
    without it, or without the file, that page says how to open the database locally. The same input gives the same
    bytes; `lender` has the files of earlier sites, so that those with the same input are not made again. Raises `FileExistsError` where `out` holds anything.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty; the site is written into an empty folder")
    site, offered, lent = Site(out, version), downloads or {}, lender or Nothing()
    _write_shared(site)
    with opened(database) as source:
        listed = source.rows(_LISTED)
        _write_home(site, source)
        _write_lists(site, listed)
        _write_quality(site, source)
        write_method(site, source)
        write_dictionary(site, source)
        compare_data.write_comparison(source, out, lent)
        _write_scripted(site)
        write_downloads(site, offered)
        _write_sql(site, source, offered.get(DATABASE), engine)
        wanted = body_files(site, source, sorted(row["body_id"] for row in listed))
    due = {body: files for body, files in wanted.items() if not lent.lend(files)}
    write_bodies(site, database, list(due), processes or os.cpu_count() or 1)
    for files in due.values():
        lent.made(files)
    return out / "index.html"


def _write_shared(site: Site) -> None:
    assets = site.out / "assets"
    shutil.copytree(_STATIC, assets, copy_function=shutil.copyfile)
    put(assets / "vega.js", charts.library())
    put(assets / "version.js", _VERSION % json_text(site.version))
    put(site.out / "index.html", environment().get_template("root.html").render())


def _write_home(site: Site, source: ReleaseData) -> None:
    year = newest_year(source)
    found = [] if year is None else findings(source, year)
    totals = source.row(_TOTALS)
    count = sum(row["reports"] for row in found[0].rows) if found else 0
    write(
        site,
        "index.html",
        "home",
        "home",
        year=year,
        totals=totals,
        findings=found,
        few=count if count < FEW else None,
        names={measure.code: measure for measure in measures(source)},
        say=say,
        theme=theme,
    )


def say(finding: Finding, t: Words, language: str) -> str:
    """The sentence of a finding."""
    given = dict(finding.values)
    if finding.code == "spread":
        high, low, unit = given["high"], given["low"], given["unit"]
        given |= {"high_body": high["body_name"], "low_body": low["body_name"], "level": t.of("level", given["level"])}
        for name, end in (("high", high), ("low", low)):
            given[name] = "; ".join(part for part in (t.value(end["value"], unit), t.cases(end)) if part)
        given |= {"median": t.value(given["median"], unit)}
    elif finding.code == "rises":
        given["median"] = t.change(given["median"])
    elif finding.code == "themes":
        given["theme"] = theme(given["theme"], language)
    elif finding.code == "grades":
        given |= {name: f"{given[name]:,}" for name in ("facts", "verified", "contradicted")}
    return t(finding.says, **given)


def _write_lists(site: Site, listed: Sequence[Row]) -> None:
    """The page of provinces, and for each the page of its bodies by level."""
    provinces: list[dict[str, Any]] = []
    for code, group in groupby(listed, key=lambda row: row["province_code"]):
        own = list(group)
        province = {"slug": slug(code or "other"), "name": own[0]["province_name"], "count": len(own)}
        levels = {level: list(rows) for level, rows in groupby(own, key=lambda row: row["level"])}
        write(site, f"province/{province['slug']}.html", "province", "bodies", province=province, levels=levels)
        provinces.append(province)
    write(site, "bodies.html", "bodies", "bodies", provinces=provinces)


def _write_quality(site: Site, source: ReleaseData) -> None:
    tables = quality(source)
    years = [row["year"] for row in tables["by_year"]]
    bars = [
        {"year": row["year"], "kind": kind, "count": row[state]}
        for row in tables["by_year"]
        for kind, state in (("sound", "present"), ("contradicted", "contradicted"))
    ]
    drawing = Markup(charts.columns(bars, min(years), max(years))) if years else None
    names = {measure.code: measure for measure in measures(source)}
    write(site, "coverage.html", "coverage", "coverage", drawing=drawing, names=names, **tables)


def _write_scripted(site: Site) -> None:
    """The two pages that a script fills."""
    shared = ("level", "scope", "grade", "state", "unranked", "comparability", "unit", "col")
    for name, own in (
        ("compare", ("compare", "group", "kind", "law")),
        ("evidence", ("evidence", "form", "table", "grade_says", "identity_from", "scope_from")),
    ):
        texts = {language: words(language).group(*shared, *own, "dictionary") for language in LANGUAGES}
        write(site, f"{name}.html", name, "compare" if name == "compare" else "bodies", words=texts)


def _write_sql(site: Site, source: ReleaseData, database: Path | None, engine: Path | None) -> None:
    is_whole = engine is not None and database is not None and all((engine / name).is_file() for name in ENGINE)
    if is_whole and engine is not None:
        (site.out / "assets" / "duckdb").mkdir()
        for name in ENGINE:
            shutil.copyfile(engine / name, site.out / "assets" / "duckdb" / name)
    year = newest_year(source) or 0
    body = source.rows("select body_id from bodies order by report_count desc, body_id limit 1")
    level = source.rows(_FULLEST, year=year)
    write(
        site,
        "sql.html",
        "sql",
        "sql",
        engine=is_whole,
        database=None if database is None else link(site.out, database),
        examples=examples(year, level[0]["level"] if level else "", body[0]["body_id"] if body else ""),
    )
