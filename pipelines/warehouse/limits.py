"""How much memory DuckDB may take while a warehouse is made, and where it puts what does not fit.

`$GONGKAI_MEMORY_LIMIT` is a size as DuckDB writes it (`750MB`, `4GB`), `$GONGKAI_SPILL` a folder on a disk with room.
"""

from __future__ import annotations

import os
from pathlib import Path

from expectations.duckdb_sql import CONFIG

MEMORY, SPILL = "GONGKAI_MEMORY_LIMIT", "GONGKAI_SPILL"
#: Python and its libraries take some 300 MB beside it, so that a build stays below 1.5 GB.
DEFAULT_MEMORY = "1GB"


def config(spill: Path) -> dict[str, str | bool | int | float | list[str]]:
    """The settings to open DuckDB with; it spills to `spill` where the environment names no other folder."""
    return {
        **CONFIG,
        "memory_limit": os.environ.get(MEMORY) or DEFAULT_MEMORY,
        "temp_directory": os.environ.get(SPILL) or str(spill),
    }
