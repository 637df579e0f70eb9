"""`datapackage.json` (Data Package v2) and the short README of a publication, generated from the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.columns import Table, about
from expectations.generate import table_schema
from pipelines.files import sha256_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLE = "gongkai: annual reports on open government information of Chinese public bodies (政府信息公开工作年度报告)"
LICENSE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
DATABASE = "gongkai.duckdb"


def descriptor(
    folder: Path, version: str, models: Sequence[type[Table]], files: Mapping[str, Sequence[Path]]
) -> dict[str, Any]:
    """The Data Package of a folder: a resource for each table, with the files of `files`, and one for the database.

    Every file stands in its resource's `files` with size and hash; `bytes` is their sum, and `hash` is there where the
    resource is one file, because Data Package has one hash a resource.
    """
    return {
        "$schema": PROFILE,
        "name": "gongkai",
        "title": TITLE,
        "version": version,
        "licenses": [LICENSE],
        "resources": [
            *(_table_resource(folder, model, files[about(model).name]) for model in models),
            {
                "name": "database",
                "title": "All tables in one DuckDB file",
                "description": "Opens with DuckDB 1.4 and later. Every table and every column has a comment.",
                "format": "duckdb",
                "mediatype": "application/vnd.duckdb",
                **_files(folder, [Path(DATABASE)]),
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


def _files(folder: Path, files: Sequence[Path]) -> dict[str, Any]:
    listed = [_file(folder, path) for path in files]
    paths = [file["path"] for file in listed]
    alone = {"hash": listed[0]["hash"]} if len(listed) == 1 else {}
    total = sum(file["bytes"] for file in listed)
    return {"path": paths[0] if len(paths) == 1 else paths, "bytes": total, **alone, "files": listed}


def _file(folder: Path, path: Path) -> dict[str, Any]:
    size = (folder / path).stat().st_size
    return {"path": path.as_posix(), "bytes": size, "hash": f"sha256:{sha256_of(folder / path)}"}


def readme(version: str, models: Sequence[type[Table]]) -> str:
    """A page of plain text for someone who has nothing but the folder."""
    tables = "\n".join(f"  {about(m).name:<20} {about(m).zh} - {about(m).grain}" for m in models)
    return f"""{TITLE}

Version {version}. Licence: {LICENSE["title"]} ({LICENSE["path"]}).

Tables, and what one row of each is:
{tables}

{DATABASE} holds them all (DuckDB 1.4 or later); each is there as Parquet too, by report year where it has years.
datapackage.json describes every column (Data Package v2) and has the SHA-256 of every data file.
gates.html, where it is present, shows what was checked before this was published.

  duckdb {DATABASE} "select body_name, granted_share from comparison_by_year where report_year = 2024"
  duckdb -c "select * from 'comparison_by_year/*.parquet'"

Numbers stand as the documents print them. A null is not a zero, a contradicted number is marked and not repaired, and
reports of different scope (column scope) must not be compared.
"""
