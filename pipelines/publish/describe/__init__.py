"""Tells what describes a release, for people and for catalogues of data, all generated from the contract and `dataset`.

Belongs here: formats. Does not belong here: any statement about a table or column (`expectations`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.files import write_durably
from pipelines.publish.describe.citation import citation
from pipelines.publish.describe.croissant import croissant
from pipelines.publish.describe.datapackage import descriptor
from pipelines.publish.describe.dcat import catalogue
from pipelines.publish.describe.dictionary import dictionary, dictionary_csv
from pipelines.publish.describe.readme import readme

Files = Mapping[str, Sequence[Path]]


def describe(folder: Path, version: str, files: Files, csv: Files) -> None:
    """Write all descriptions of a release whose other files are there: its Parquet `files` and its CSV, by table."""
    explained = dictionary(version)
    _json(folder / "dictionary.json", explained)
    # Excel needs the byte order mark.
    _text(folder / "dictionary.csv", "\ufeff" + dictionary_csv(explained))
    _text(folder / "README.txt", readme(version))
    _text(folder / "CITATION.cff", citation(version))
    _json(folder / "datapackage.json", descriptor(folder, version, files, csv))
    _json(folder / "dcat.jsonld", catalogue(folder, version, files, csv))
    _json(folder / "croissant.json", croissant(folder, version, files))


def _json(path: Path, content: Mapping[str, Any]) -> None:
    _text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _text(path: Path, content: str) -> None:
    write_durably(path, content.encode())
