"""Where things are: the project's own folders, and the workspace that holds everything built."""

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
    """The folders of one workspace. Nothing in it is precious but `archive`: the rest can be built again."""

    root: Path

    @property
    def archive(self) -> Path:
        """Content-addressed copies of every document ever given: `archive/ab/<sha256>`."""
        return self.root / "archive"

    @property
    def containers(self) -> Path:
        """What each archive of reports held, by its hash: what was unpacked once is not unpacked again."""
        return self.root / "containers"

    @property
    def parsed(self) -> Path:
        """Parse records by program version and document: what was parsed once is not parsed again."""
        return self.root / "parsed"

    @property
    def tables(self) -> Path:
        """Parsed tables: `tables/<table>/report_year=<year>.parquet`."""
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
    def gates(self) -> Path:
        """What the gates found, as Parquet and as pages."""
        return self.root / "gates"

    @property
    def publication(self) -> Path:
        """Published datasets, a folder each, and `latest`, a link to the newest."""
        return self.root / "publication"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history."""
        return self.root / "dagster"


def workspace(root: Path | None = None) -> Workspace:
    """The workspace: as given, else `$GONGKAI_WORKSPACE`, else `workspace/` where the command runs."""
    return Workspace((root or Path(os.environ.get("GONGKAI_WORKSPACE", "workspace"))).resolve())
