"""The parsed tables of one report year: written whole from its records, stamped with what they were made of.

A year is the unit of rebuilding. Its stamp (`pipelines.steps.year_stamps`) says from which records and corrections and by
which program its Parquet was made, what bytes that gave, what they hold, and what the parsed gate said; a year of which the stamp says
anything else than what is true now is stale.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.corrections import Correction
from pipelines.catalogue.catalogue import Catalogue, Entry, load, load_record
from pipelines.catalogue.record import Record
from pipelines.files import fingerprint, sha256_of, sweep, write_atomically
from pipelines.steps.digest import Digest
from pipelines.steps.fingerprints import program_version, tables_version
from pipelines.steps.registered import lines_fingerprint, registered
from pipelines.steps.stamps import is_open, keep_verdict
from pipelines.steps.verdicts import Verdict
from pipelines.steps.year_stamps import YearStamp, stamp_of, table_path, write_stamp, year_stamp_path, years_on_disk
from pipelines.workspace import Workspace

if TYPE_CHECKING:  # it costs seconds to import, and an unchanged build does not need it
    import polars as pl


class OutdatedCatalogueError(Exception):
    """The catalogue speaks of records that this version of the program has not made."""


def stale(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """The years whose Parquet must be written, or must still pass its gate, in order."""
    return [year for year in catalogue.years if not is_fresh(workspace, catalogue, year)]


def is_fresh(workspace: Workspace, catalogue: Catalogue, year: str) -> bool:
    """Tell whether a year's Parquet is what its records and this program would give, byte for byte, and is gated."""
    stamp = stamp_of(workspace, year)
    if (
        stamp is None
        or stamp.made_of != _inputs(workspace, catalogue, year)
        or not is_open(workspace, "parsed_gate", year)
    ):
        return False
    return {table: _hash(table_path(workspace, table, year)) for table in stamp.files} == stamp.files


def write_year(workspace: Workspace, year: str) -> YearStamp:
    """Write all parsed tables of a year from the records of its documents, and stamp them as not yet gated.

    Raises `KeyError` where the catalogue has no document of that year, `OutdatedCatalogueError` where another version of the
    program made it.
    """
    from pipelines.tabulate.parsed_gate import gated_frames

    catalogue = load(workspace)
    if catalogue.version != program_version():
        raise OutdatedCatalogueError("another version of the program made the catalogue; refresh the catalogue first")
    entries = catalogue.of(year)
    if not entries:
        raise KeyError(f"no document of {year}; there are: {', '.join(catalogue.years) or 'none at all'}")
    year_stamp_path(workspace, year).unlink(missing_ok=True)
    lines = _corrections(workspace, entries)
    tables = gated_frames(entries, lambda key: _corrected(load_record(workspace, key), lines))
    stamp = YearStamp(_inputs(workspace, catalogue, year), _write(workspace, year, tables), Digest.of(tables))
    write_stamp(workspace, year, stamp)
    return stamp


def _write(workspace: Workspace, year: str, tables: dict[str, pl.DataFrame]) -> dict[str, str]:
    from expectations.tables import model_of
    from pipelines.parquet import write_parquet

    for table, frame in tables.items():
        path = table_path(workspace, table, year)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        write_parquet(model_of(table), frame, path)
    return {table: sha256_of(table_path(workspace, table, year)) for table in tables}


def gate(workspace: Workspace, year: str) -> Verdict:
    """Hold a year's Parquet against the contract. Where the gate opens, the year is done.

    Raises `KeyError` where the year has not been written.
    """
    from expectations.tables import model_of
    from pipelines.parquet import read_parquet
    from pipelines.tabulate import parsed_gate

    stamp = stamp_of(workspace, year)
    if stamp is None:
        raise KeyError(f"the tables of {year} have not been written")
    written = {name: read_parquet(model_of(name), [table_path(workspace, name, year)]) for name in stamp.files}
    unmet, page = parsed_gate.unmet(written), page_path(workspace, year)
    verdict = Verdict("parsed_gate", parsed_gate.expectation_count(), unmet, year, page)
    _show(verdict, page)
    return keep_verdict(workspace, verdict)


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
    """Remove the Parquet of the years that have no document any more; those years."""
    gone = sorted(set(years_on_disk(workspace)) - set(catalogue.years))
    for year in gone:
        year_stamp_path(workspace, year).unlink(missing_ok=True)
        page_path(workspace, year).unlink(missing_ok=True)
        for folder in workspace.tables.glob(f"*/report_year={year}"):
            shutil.rmtree(folder)
    return gone


def _inputs(workspace: Workspace, catalogue: Catalogue, year: str) -> str:
    """What a year is made of. A line of the register makes only the year of its document due."""
    entries = catalogue.of(year)
    made = sorted(entry.made for entry in entries)
    lines = [line for of in _corrections(workspace, entries).values() for line in of]
    return fingerprint([catalogue.version, tables_version(), lines_fingerprint(lines), *made])


def _corrections(workspace: Workspace, entries: Iterable[Entry]) -> dict[str, list[Correction]]:
    """The lines of the register about some documents, by document."""
    lines: dict[str, list[Correction]] = {}
    hashes = {entry.summary.document_sha256 for entry in entries}
    for line in registered(workspace):
        if line.document_sha256 in hashes:
            lines.setdefault(line.document_sha256, []).append(line)
    return lines


def _corrected(record: Record, lines: Mapping[str, Sequence[Correction]]) -> Record:
    from pipelines.tabulate import corrections

    return corrections.apply(record, lines.get(record.summary.document_sha256, ()))


def _hash(path: Path) -> str | None:
    return sha256_of(path) if path.is_file() else None
