"""Tells where things are: the project's own folders, and the workspace that holds everything built."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT / "data"
SQL = PROJECT / "dbt_like_sql"
SAMPLE = DATA / "sample"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one workspace. Precious are `archive` and `releases`: the rest can be built again."""

    root: Path
    #: Where the archive is, if not in the workspace: a folder, or an object store that fsspec knows (`s3://bucket/path`).
    archive_location: str = ""
    #: Where its own register of corrections is, if not in the workspace.
    corrections_location: str = ""

    @property
    def archive(self) -> Path | str:
        """Every document and response ever had, by its hash: see `pipelines.archive.by_hash`."""
        return self.archive_location or self.root / "archive"

    @property
    def inbox(self) -> Path:
        """Tell where files can be dropped to be read: with what was harvested, the source where none is named."""
        return self.root / "inbox"

    @property
    def ledger(self) -> Path:
        """Tell what every address answered in every refresh; can be made again from the archive."""
        return self.root / "harvest" / "ledger.sqlite"

    @property
    def proposals(self) -> Path:
        """Addresses that may stand in the register, with their evidence: what refreshes, probes and discoveries found."""
        return self.root / "harvest" / "proposals.csv"

    @property
    def containers(self) -> Path:
        """Tell what each archive of reports held, by its hash: what was unpacked once is not unpacked again."""
        return self.root / "containers"

    @property
    def corrections(self) -> Path:
        """Tell where its own register of corrections is, which is used besides the project's. Kept by hand: precious."""
        return Path(self.corrections_location) if self.corrections_location else self.root / "corrections.csv"

    @property
    def parsed(self) -> Path:
        """Parse records by program version and shard (`pipelines.catalogue.segments`): what was parsed once is not parsed again."""
        return self.root / "parsed"

    @property
    def tables(self) -> Path:
        """Parsed tables: `tables/<table>/report_year=<year>/bucket=<bucket>/rows.parquet` (`pipelines.steps.shards`)."""
        return self.root / "tables"

    @property
    def warehouse(self) -> Path:
        """The DuckDB warehouse. Replaced whole, never written in place."""
        return self.root / "warehouse" / "gongkai.duckdb"

    @property
    def candidate(self) -> Path:
        """The warehouse that is being built and gated before it takes the other's place."""
        return self.root / "warehouse" / "candidate.duckdb"

    @property
    def warehouse_parts(self) -> Path:
        """The Parquet files that warehouse and candidate read in place (`pipelines.warehouse.part_store`)."""
        return self.root / "warehouse" / "parts"

    @property
    def gates(self) -> Path:
        """Tell what the gates found, as Parquet and as pages."""
        return self.root / "gates"

    @property
    def releases(self) -> Path:
        """Released datasets, a folder a version, and `latest`, a link to the newest. What is cited stands here: keep it."""
        return self.root / "releases"

    @property
    def web(self) -> Path:
        """DuckDB for the browser, which `make web` builds for the site's SQL page; not there without it."""
        return self.root / "web"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history."""
        return self.root / "dagster"


def workspace_at(root: Path | None = None) -> Workspace:
    """The workspace: as given, else `$GONGKAI_WORKSPACE`, else `workspace/` where the command runs.

    `$GONGKAI_ARCHIVE` puts its archive elsewhere, `$GONGKAI_CORRECTIONS` its own register of corrections.
    """
    place = (root or Path(os.environ.get("GONGKAI_WORKSPACE", "workspace"))).resolve()
    return Workspace(place, os.environ.get("GONGKAI_ARCHIVE", ""), os.environ.get("GONGKAI_CORRECTIONS", ""))
