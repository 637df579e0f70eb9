"""The parsed tables of one report year: written whole from its records, stamped with what they were made of.

A year is the unit of rebuilding. Its stamp says from which records and by which program its Parquet was made, what
bytes that gave, what they hold, and whether they passed the parsed gate; a year of which the stamp says anything else
than what is true now is stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalogue.catalogue import Catalogue, load, load_record
from pipelines.files import fingerprint, read_json, sha256_of, sweep, write_atomically, write_json
from pipelines.steps.fingerprints import program_version, tables_version
from pipelines.tabulate.digest import Digest
from pipelines.workspace import Workspace

if TYPE_CHECKING:  # both cost seconds to import, and an unchanged build needs neither
    import polars as pl

    from expectations.conformance import Failure


class OutdatedError(Exception):
    """The catalogue speaks of records that this version of the program has not made."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of a year's Parquet: inputs, SHA-256 by table, the parsed gate's verdict, and what it holds."""

    inputs: str
    files: dict[str, str]
    gate_passed: bool
    digest: Digest


def stale(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """The years whose Parquet must be written, or must still pass its gate, in order."""
    return [year for year in catalogue.years if not is_fresh(workspace, catalogue, year)]


def is_fresh(workspace: Workspace, catalogue: Catalogue, year: str) -> bool:
    """Whether a year's Parquet is what its records and this program would give, byte for byte, and is gated."""
    stamp = stamp_of(workspace, year)
    if stamp is None or not stamp.gate_passed or stamp.inputs != _inputs(catalogue, year):
        return False
    return {table: _hash(path_of(workspace, table, year)) for table in stamp.files} == stamp.files


def write_year(workspace: Workspace, year: str) -> Stamp:
    """Write all parsed tables of a year from the records of its documents, and stamp them as not yet gated.

    Raises `KeyError` where the catalogue has no document of that year, `OutdatedError` where another version of the
    program made it.
    """
    from pipelines.tabulate.parsed_gate import gated_frames

    catalogue = load(workspace)
    if catalogue.version != program_version():
        raise OutdatedError("another version of the program made the catalogue; refresh the catalogue first")
    entries = catalogue.of(year)
    if not entries:
        raise KeyError(f"no document of {year}; there are: {', '.join(catalogue.years) or 'none at all'}")
    _stamp_path(workspace, year).unlink(missing_ok=True)
    tables = gated_frames(entries, lambda key: load_record(workspace, key))
    stamp = Stamp(_inputs(catalogue, year), _write(workspace, year, tables), False, Digest.of(tables))
    write_json(_stamp_path(workspace, year), asdict(stamp))
    return stamp


def _write(workspace: Workspace, year: str, tables: dict[str, pl.DataFrame]) -> dict[str, str]:
    from expectations.tables import model_of
    from pipelines.parquet import write_parquet

    for table, frame in tables.items():
        path = path_of(workspace, table, year)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        write_parquet(model_of(table), frame, path)
    return {table: sha256_of(path_of(workspace, table, year)) for table in tables}


def gate(workspace: Workspace, year: str) -> list[Failure]:
    """Hold a year's Parquet against the contract. Without failures the year's stamp says so and the year is done.

    Raises `KeyError` where the year has not been written.
    """
    from expectations.tables import model_of
    from pipelines.parquet import read_parquet
    from pipelines.tabulate.parsed_gate import contract_failures

    stamp = stamp_of(workspace, year)
    if stamp is None:
        raise KeyError(f"the tables of {year} have not been written")
    written = {name: read_parquet(model_of(name), [path_of(workspace, name, year)]) for name in stamp.files}
    failures = contract_failures(written)
    _show(page_path(workspace, year), year, failures)
    write_json(_stamp_path(workspace, year), asdict(replace(stamp, gate_passed=not failures)))
    return failures


def page_path(workspace: Workspace, year: str) -> Path:
    """Where the failures of a year's gate can be read, as long as it is closed."""
    return workspace.gates / f"parsed_gate_{year}.html"


def _show(page: Path, year: str, failures: list[Failure]) -> None:
    if not failures:
        page.unlink(missing_ok=True)
        return
    import polars as pl

    from expectations.columns import polars_schema
    from expectations.tables import model_of
    from pipelines.steps.gate_page import render

    rows = [
        ("parsed", f.table, f"{f.check}({f.column})" if f.column else f.check, False, None, f.row_count, f.message)
        for f in failures
    ]
    results = pl.DataFrame(rows, schema=polars_schema(model_of("gate_results")), orient="row")
    write_atomically(page, render(results, f"Parsed gate of report year {year}").encode())


def drop_gone(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """Remove the Parquet of the years that have no document any more; those years."""
    gone = sorted(set(years_on_disk(workspace)) - set(catalogue.years))
    for year in gone:
        _stamp_path(workspace, year).unlink(missing_ok=True)
        page_path(workspace, year).unlink(missing_ok=True)
        for path in workspace.tables.glob(f"*/report_year={year}.parquet"):
            path.unlink()
    return gone


def years_on_disk(workspace: Workspace) -> list[str]:
    """The years that have Parquet, whole or not."""
    paths: Iterable[Path] = workspace.tables.glob("*/report_year=*.parquet")
    return sorted({path.stem.removeprefix("report_year=") for path in paths})


def stamp_of(workspace: Workspace, year: str) -> Stamp | None:
    """The stamp of a year; None where it has none, or one of another program."""
    content = read_json(_stamp_path(workspace, year)) or {}
    try:
        return Stamp(**{**content, "digest": Digest(**content["digest"])})
    except (KeyError, TypeError):
        return None


def path_of(workspace: Workspace, table: str, year: str) -> Path:
    """Where a parsed table of a year lies."""
    return workspace.tables / table / f"report_year={year}.parquet"


def _stamp_path(workspace: Workspace, year: str) -> Path:
    return workspace.root / "state" / "years" / f"{year}.json"


def _inputs(catalogue: Catalogue, year: str) -> str:
    made = sorted(entry.made for entry in catalogue.of(year))
    return fingerprint([catalogue.version, tables_version(), *made])


def _hash(path: Path) -> str | None:
    return sha256_of(path) if path.is_file() else None
