"""The parsed tables of a report year: written shard by shard from its records, stamped with what they were made of.

A shard (`pipelines.steps.shards`) is the unit of rebuilding. Its stamp (`pipelines.steps.year_stamps`) says from which
records and corrections and by which program its Parquet was made, what bytes that gave, what they hold, and what the
parsed gate said. A shard of which the stamp says anything else than what is true now is stale, and so is its year.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from expectations.corrections import Correction
from pipelines.catalogue import documents, keeping
from pipelines.catalogue.catalogue import Catalogue, load
from pipelines.catalogue.keeping import RecordError
from pipelines.catalogue.segments import DamagedSegmentError
from pipelines.files import fingerprint, write_atomically
from pipelines.steps import state, year_stamps
from pipelines.steps.fingerprints import program_version, tables_version
from pipelines.steps.registered import lines_fingerprint, registered
from pipelines.steps.shards import Shard
from pipelines.steps.verdicts import Verdict, together
from pipelines.steps.year_stamps import ShardStamp, YearStamp, stamp_of, years_on_disk
from pipelines.workers.engine import Engine, Local
from pipelines.workers.pool import JobFailure
from pipelines.workspace import Workspace


class OutdatedCatalogueError(Exception):
    """The catalogue speaks of records that this version of the program has not made."""


class LostShardError(Exception):
    """A machine was lost with a shard, and no other could do it."""


def stale(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """The years whose Parquet must be written, or must still pass its gate, in order."""
    return [year for year, (shards, gone) in _due(workspace, catalogue).items() if shards or gone]


def _due(
    workspace: Workspace, catalogue: Catalogue, only: str | None = None
) -> dict[str, tuple[list[Shard], list[Shard]]]:
    """The shards of each year that must be written or gated, and those that have no document any more."""
    with state.opened(workspace) as rows:
        stamps = year_stamps.stamps(rows, only)
        inputs = _inputs(rows, workspace, catalogue)
    found = {}
    for year, of in groupby(catalogue.shards, key=lambda shard: shard.year):
        now = list(of)
        if only in (None, year):
            fresh = [shard for shard in now if _is_fresh(workspace, stamps.get(shard), shard, inputs[shard])]
            gone = [shard for shard in stamps if shard.year == year and shard not in catalogue.shards]
            found[year] = [shard for shard in now if shard not in fresh], gone
    return found


def _is_fresh(workspace: Workspace, stamp: ShardStamp | None, shard: Shard, inputs: str) -> bool:
    """Tell whether a shard's Parquet is what its records and this program would give, byte for byte, and is gated."""
    if stamp is None or stamp.made_of != inputs or stamp.verdict is None or not stamp.verdict.is_open:
        return False
    return stamp.is_on_disk(workspace, shard)


def write_year(workspace: Workspace, year: str, engine: Engine | None = None) -> YearStamp:
    """Write the parsed tables of a year's shards that are not what they should be, or of all where all are.

    They are stamped as not yet gated. Raises `KeyError` where the catalogue has no document of that year,
    `OutdatedCatalogueError` where another version of the program made it, `pipelines.catalogue.keeping.RecordError`
    where records are damaged.
    """
    catalogue = load(workspace)
    if catalogue.version != program_version():
        raise OutdatedCatalogueError("another version of the program made the catalogue; refresh the catalogue first")
    if year not in catalogue.years:
        raise KeyError(f"no document of {year}; there are: {', '.join(catalogue.years) or 'none at all'}")
    due, gone = _due(workspace, catalogue, year)[year]
    if not due and not gone:
        due = [shard for shard in catalogue.shards if shard.year == year]
    with state.opened(workspace) as rows:
        year_stamps.begin(rows, due, gone)
        _remove(workspace, gone)
        _write(rows, workspace, catalogue, due, engine or Local())
    stamp = stamp_of(workspace, year)
    if stamp is None:
        raise LostShardError(f"not all tables of {year} were written; build again")
    return stamp


def _write(
    rows: sqlite3.Connection, workspace: Workspace, catalogue: Catalogue, due: list[Shard], engine: Engine
) -> None:
    from pipelines.tabulate.shard_tables import ShardTask, tabulate

    inputs, lines = _inputs(rows, workspace, catalogue), _lines(rows, workspace)
    folder = keeping.folder_of(workspace, catalogue.version)
    files = ((shard, documents.files(rows, shard.year, shard.bucket)) for shard in due)
    tasks = (ShardTask(shard, folder, workspace.tables, of, lines.get(shard, {})) for shard, of in files)
    try:
        for task, made in engine.run(tabulate, tasks):
            if isinstance(made, JobFailure):
                raise LostShardError(f"the tables of {task.shard.name} could not be written: {made.message}")
            year_stamps.write(rows, task.shard, ShardStamp(inputs[task.shard], made.files, made.digest))
    except DamagedSegmentError as error:
        error.path.unlink(missing_ok=True)
        documents.forget_file(rows, error.path.relative_to(folder).as_posix())
        raise RecordError(f"{error} and are removed; build again") from error


def gate(workspace: Workspace, year: str, engine: Engine | None = None) -> Verdict:
    """Hold the Parquet of a year's shards that were not gated yet against the contract. Where the gate opens, the year is done.

    Raises `KeyError` where the year has not been written.
    """
    from pipelines.tabulate.parsed_gate import expectation_count
    from pipelines.tabulate.shard_tables import GateTask
    from pipelines.tabulate.shard_tables import gate as hold

    if stamp_of(workspace, year) is None:
        raise KeyError(f"the tables of {year} have not been written")
    page, count = page_path(workspace, year), expectation_count()
    with state.opened(workspace) as rows:
        stamps = year_stamps.stamps(rows, year)
        asked = [shard for shard, stamp in stamps.items() if stamp.verdict is None] or list(stamps)
        tasks = (GateTask(shard, workspace.tables, tuple(stamps[shard].files)) for shard in asked)
        for task, unmet in (engine or Local()).run(hold, tasks):
            if isinstance(unmet, JobFailure):
                raise LostShardError(f"the tables of {task.shard.name} could not be gated: {unmet.message}")
            verdict = Verdict("parsed_gate", count, unmet, year, page)
            stamps[task.shard] = replace(stamps[task.shard], verdict=verdict)
            year_stamps.write(rows, task.shard, stamps[task.shard])
    whole = together([stamp.verdict for stamp in stamps.values() if stamp.verdict])
    _show(whole, page)
    return whole


def page_path(workspace: Workspace, year: str) -> Path:
    """Tell where it can be read what keeps the gate of a year closed, as long as it is."""
    return workspace.gates / f"parsed_gate_{year}.html"


def _show(verdict: Verdict, page: Path) -> None:
    if verdict.is_open:
        page.unlink(missing_ok=True)
        return
    import polars as pl

    from expectations.columns import polars_schema
    from expectations.tables import model_of
    from pipelines.steps.gate_page import render

    rows = [
        ("parsed", u.table, f"{u.check}({u.column})" if u.column else u.check, False, None, u.row_count, u.message)
        for u in verdict.unmet
    ]
    results = pl.DataFrame(rows, schema=polars_schema(model_of("gate_results")), orient="row")
    write_atomically(page, render(results, f"Parsed gate of report year {verdict.year}").encode())


def drop_gone(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """Remove the Parquet of the years that have no document any more, and what other versions left; those years."""
    gone = sorted(set(years_on_disk(workspace)) - set(catalogue.years))
    with state.opened(workspace) as rows:
        stamps = year_stamps.stamps(rows)
        year_stamps.begin(rows, (), [shard for shard in stamps if shard.year in gone])
    for year in gone:
        page_path(workspace, year).unlink(missing_ok=True)
        for folder in workspace.tables.glob(f"*/report_year={year}"):
            shutil.rmtree(folder)
    for left in workspace.tables.glob("*/*.parquet"):  # where tables lay before there were shards
        left.unlink()
    return gone


def _remove(workspace: Workspace, gone: Iterable[Shard]) -> None:
    """Remove the Parquet of shards that have no document any more."""
    for shard in gone:
        for folder in workspace.tables.glob(f"*/report_year={shard.year}/bucket={shard.bucket}"):
            shutil.rmtree(folder)


def _inputs(rows: sqlite3.Connection, workspace: Workspace, catalogue: Catalogue) -> dict[Shard, str]:
    """What each shard is made of. A line of the register makes only the shard of its document due."""
    lines = _lines(rows, workspace)
    return {
        shard: fingerprint([catalogue.version, tables_version(), _of(lines.get(shard, {})), made])
        for shard, made in catalogue.shards.items()
    }


def _of(lines: dict[str, list[Correction]]) -> str:
    return lines_fingerprint(line for of in lines.values() for line in of)


def _lines(rows: sqlite3.Connection, workspace: Workspace) -> dict[Shard, dict[str, list[Correction]]]:
    """The lines of the register by shard and document, in their order."""
    found: dict[Shard, dict[str, list[Correction]]] = {}
    for line in registered(workspace):
        for shard in documents.shards_of(rows, line.document_sha256):
            found.setdefault(shard, {}).setdefault(line.document_sha256, []).append(line)
    return found
