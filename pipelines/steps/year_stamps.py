"""The parsed tables of a report year on the disk: where they lie, and the stamp that says of what they were made.

`pipelines.tabulate.years` makes them. What comes after knows the tables and their stamps, not the maker.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import read_json, write_json
from pipelines.steps.digest import Digest
from pipelines.steps.shards import ALL, Shard, on_disk, shard_path
from pipelines.steps.stamps import stamp_path
from pipelines.workspace import Workspace


@dataclass(frozen=True, slots=True)
class YearStamp:
    """Holds what is known of a year's Parquet: fingerprint of its inputs, SHA-256 by table, and what the tables hold."""

    made_of: str
    files: dict[str, str]
    digest: Digest


def table_path(workspace: Workspace, table: str, year: str) -> Path:
    """Tell where a parsed table of a year lies."""
    return shard_path(workspace.tables, table, Shard(year, ALL))


def years_on_disk(workspace: Workspace) -> list[str]:
    """The years that have Parquet, whole or not."""
    return sorted({shard.year for shard in on_disk(workspace.tables)})


def stamp_of(workspace: Workspace, year: str) -> YearStamp | None:
    """The stamp of a year; None where it has none, or one of another program."""
    content = read_json(year_stamp_path(workspace, year)) or {}
    try:
        return YearStamp(content["made_of"], content["files"], Digest(**content["digest"]))
    except (KeyError, TypeError):
        return None


def write_stamp(workspace: Workspace, year: str, stamp: YearStamp) -> None:
    """Write the stamp of a year whose gate was not asked yet."""
    write_json(year_stamp_path(workspace, year), asdict(stamp))


def year_stamp_path(workspace: Workspace, year: str) -> Path:
    """Tell where the stamp of a year is."""
    return stamp_path(workspace, f"years/{year}")
