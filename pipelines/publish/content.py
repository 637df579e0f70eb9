"""All files of a release, in the order in which one needs the other; `SHA256SUMS` last.

Belongs here: which files there are. Does not belong here: how each is made (the modules beside this one), or how a
release appears (`release`).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import polars as pl

from expectations.columns import about
from expectations.tables import RESULTS, SCHEMA_VERSION, WAREHOUSE
from pipelines import site
from pipelines.files import json_bytes, write_durably
from pipelines.publish import changes, quality, release, release_gate
from pipelines.publish.contents import Contents
from pipelines.publish.dataset import DATABASE
from pipelines.publish.describe import describe
from pipelines.publish.duckdb_file import tables_beside, write_database
from pipelines.publish.export import export_tables
from pipelines.publish.release import CandidatePlace
from pipelines.publish.release_before import NOW, Before, between, look_back, of_candidate, proved
from pipelines.publish.sheets.datasets import write_sheets
from pipelines.publish.sums import write_sums
from pipelines.steps.fingerprints import program_version
from pipelines.workspace import PROJECT

#: What the gates found, in a release.
GATE_RESULTS = "quality/gate_results.parquet"
#: The folder of the site in a release.
SITE = "site"
_LICENSES = ("LICENSE", "LICENSE-DATA")


@dataclass(frozen=True, slots=True)
class Ordered:
    """Holds what is to be released: a warehouse, the rows of `gate_results` of its gate, the fingerprint of what made it.

    `accepted` is the reason to release it though the release gate finds something. `engine` is what `make web` built for
    the site's SQL page; `has_site` is false where only the data are wanted.
    """

    warehouse: Path
    gate_results: pl.DataFrame
    made_of: str
    accepted: str | None = None
    engine: Path | None = None
    has_site: bool = True


def build(order: Ordered, releases: Path) -> Path:
    """Build the next candidate in a folder of releases; its folder."""
    place = release.begin(releases)
    try:
        _write(order, place)
        return release.finish(place)
    finally:
        release.give_up(place)


def _write(order: Ordered, place: CandidatePlace) -> None:
    folder, contents = place.folder, Contents(place.folder.parent)
    before = look_back(place.before, contents)
    files = export_tables(order.warehouse, list(WAREHOUSE), folder, contents)
    now = of_candidate(folder, place.version, files)
    before = proved(before, now)
    with between(before, now) as connection:
        found = release_gate.findings(connection, before)
        frames = quality.tables(connection, NOW)
        files["changes"] = changes.write(connection, before, place.version, folder)
    results = pl.concat([order.gate_results, found]).sort(about(RESULTS[0]).key)
    csv = write_sheets(order.warehouse, folder, contents)
    write_database(order.warehouse, WAREHOUSE, results, folder / DATABASE, tables_beside(order.warehouse, files))
    files |= quality.write(folder, place.version, order.accepted, frames, results)
    for name in _LICENSES:
        write_durably(folder / name, (PROJECT / name).read_bytes())
    _say(order, place, before)
    describe(folder, place.version, files, csv)
    if order.has_site:
        # The database of the release has what the gates found besides; the pages link every file that is there by now.
        site.build(
            folder / DATABASE,
            folder / SITE,
            version=place.version,
            downloads=_downloads(folder),
            engine=order.engine,
            lender=contents,
        )
    contents.keep(folder, write_sums(folder))


def _downloads(folder: Path) -> dict[str, Path]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _say(order: Ordered, place: CandidatePlace, before: Before) -> None:
    """Tell what the release says of itself. Nothing in it depends on the machine or the hour."""
    said = {
        "version": place.version,
        "schema_version": SCHEMA_VERSION,
        "previous": before.version,
        "accepted": order.accepted,
        "made_of": order.made_of,
        "program": metadata.version("gongkai"),
        "parser_version": program_version(),
    }
    write_durably(place.folder / release.ABOUT, json_bytes(said))
