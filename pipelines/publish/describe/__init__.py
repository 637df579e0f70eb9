"""What describes a release, for people and for catalogues of data, all generated from the contract and `dataset`.

Belongs here: formats. Does not belong here: any statement about a table or column (`expectations`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.files import write_atomically
from pipelines.publish.describe.datapackage import descriptor
from pipelines.publish.describe.readme import readme


def describe(folder: Path, version: str, files: Mapping[str, Sequence[Path]]) -> None:
    """Write all descriptions of a release whose other files are there. `files` are its Parquet files by table."""
    _text(folder / "README.txt", readme(version))
    _json(folder / "datapackage.json", descriptor(folder, version, files))


def _json(path: Path, content: Mapping[str, Any]) -> None:
    _text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _text(path: Path, content: str) -> None:
    write_atomically(path, content.encode(), durable=True)
