"""`datapackage.json` (Data Package v2), generated from the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.columns import Table, about
from expectations.generate import table_schema
from expectations.tables import TABLES
from pipelines.publish import dataset
from pipelines.publish.known_hashes import hash_of
from pipelines.publish.versions import day_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(
    folder: Path, version: str, files: Mapping[str, Sequence[Path]], csv: Mapping[str, Sequence[Path]]
) -> dict[str, Any]:
    """The Data Package of a folder: a resource for each table, with the files of `files`, and one for the database.

    Every Parquet file stands in its resource's `files` with size and hash. The standard's own `bytes` and `hash` are for
    one file alone, and frictionless cannot measure them of Parquet. The database has neither: its bytes are others in
    every build (`SHA256SUMS` has its hash), and this file must be the same.
    """
    return {
        "$schema": PROFILE,
        "name": dataset.NAME,
        "title": dataset.TITLE,
        "description": dataset.DESCRIPTION,
        "version": version,
        "created": f"{day_of(version).isoformat()}T00:00:00+08:00",
        "keywords": list(dataset.KEYWORDS),
        "contributors": [{"title": dataset.CREATOR, "roles": ["creator"]}],
        "licenses": [{"name": dataset.LICENSE_ID, "path": dataset.LICENSE_URL, "title": dataset.LICENSE_TITLE}],
        "resources": [
            *(_table_resource(folder, TABLES[name], files[name]) for name in files),
            *(_csv_resource(folder, TABLES[name], csv[name]) for name in csv),
            {
                "name": "database",
                "title": "All tables in one DuckDB file",
                "description": "Opens with DuckDB 1.4 and later. Every table and every column has a comment.",
                "path": dataset.DATABASE,
                "format": "duckdb",
                "mediatype": "application/vnd.duckdb",
            },
        ],
    }


def _table_resource(folder: Path, model: type[Table], files: Sequence[Path]) -> dict[str, Any]:
    facts = about(model)
    return {
        "name": facts.name,
        "title": facts.zh,
        "description": f"{facts.description} Grain: {facts.grain}.",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_files(folder, files),
        "schema": table_schema(model),
    }


def _csv_resource(folder: Path, model: type[Table], files: Sequence[Path]) -> dict[str, Any]:
    """The CSV of a comparison table."""
    facts = about(model)
    alone = _file(folder, files[0]) if len(files) == 1 else {}
    return {
        "name": f"{facts.name}_csv",
        "title": f"{facts.zh} CSV",
        "description": f"{facts.name} for spreadsheets. A text that begins like a formula has an apostrophe before it.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        **_files(folder, files),
        **{name: alone[name] for name in ("bytes", "hash") if alone},
        "schema": _csv_schema(model),
    }


def _csv_schema(model: type[Table]) -> dict[str, Any]:
    """An empty cell is a null, but in a column of texts that is never null, where it is an empty text."""
    schema = table_schema(model)
    for field in schema["fields"]:
        if field["type"] == "string" and field["constraints"]["required"]:
            field["missingValues"] = []
    return {**schema, "missingValues": [""]}


def _files(folder: Path, files: Sequence[Path]) -> dict[str, Any]:
    paths = [path.as_posix() for path in files]
    return {"path": paths[0] if len(paths) == 1 else paths, "files": [_file(folder, path) for path in files]}


def _file(folder: Path, path: Path) -> dict[str, Any]:
    size = (folder / path).stat().st_size
    return {"path": path.as_posix(), "bytes": size, "hash": f"sha256:{hash_of(folder / path)}"}
