"""`croissant.json`: the release for people who train and evaluate models (MLCommons Croissant 1.0).

Every table is a record set over its Parquet files. The DuckDB file is left out: Croissant asks for a hash, and that one
is another in every build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.columns import about, columns
from expectations.tables import TABLES
from pipelines.publish import dataset
from pipelines.publish.known_hashes import hash_of
from pipelines.publish.versions import day_of

_PARQUET = "application/x-parquet"
_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
#: The context that Croissant 1.0 prescribes.
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(folder: Path, version: str, files: Mapping[str, Sequence[Path]]) -> dict[str, Any]:
    """The description of a folder of tables."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.NAME,
        "alternateName": [dataset.TITLE, dataset.TITLE_ZH],
        "description": dataset.DESCRIPTION,
        "version": _semantic(version),
        "datePublished": day_of(version).isoformat(),
        "license": dataset.LICENSE_URL,
        "url": "./",
        "creator": {"@type": "sc:Organization", "name": dataset.CREATOR},
        "keywords": list(dataset.KEYWORDS),
        "inLanguage": ["zh", "en"],
        "citeAs": f"{dataset.CREATOR}: {dataset.TITLE}, version {version}, {dataset.LICENSE_ID}",
        "isLiveDataset": False,
        "distribution": [entry for name, paths in files.items() for entry in _files(folder, name, paths)],
        "recordSet": [_records(name, paths) for name, paths in files.items()],
    }


def _semantic(version: str) -> str:
    """A version as Croissant wants it: 2025.04.01.2 → 2025.4.1+2."""
    year, month, number, *further = version.split(".")
    return ".".join(str(int(part)) for part in (year, month, number)) + (f"+{further[0]}" if further else "")


def _files(folder: Path, name: str, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The files of a table, and where it has several the set of them."""
    for path in paths:
        yield {
            "@type": "cr:FileObject",
            "@id": path.as_posix(),
            "name": path.name,
            "contentUrl": path.as_posix(),
            "contentSize": f"{(folder / path).stat().st_size} B",
            "encodingFormat": _PARQUET,
            "sha256": hash_of(folder / path),
        }
    if len(paths) > 1:
        yield {
            "@type": "cr:FileSet",
            "@id": f"{name}-files",
            "name": f"{name} by report year",
            "encodingFormat": _PARQUET,
            "includes": _pattern(paths),
        }


def _pattern(paths: Sequence[Path]) -> str:
    """All files of a table: those of `data/<table>`, where a long year is a folder of its own."""
    folder = Path(*paths[0].parts[:2]).as_posix()
    return f"{folder}/**/*.parquet" if any(len(path.parts) > 3 for path in paths) else f"{folder}/*.parquet"


def _records(name: str, paths: Sequence[Path]) -> dict[str, Any]:
    facts = about(TABLES[name])
    place = {"fileSet": {"@id": f"{name}-files"}} if len(paths) > 1 else {"fileObject": {"@id": paths[0].as_posix()}}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{facts.zh}: {facts.description} Grain: {facts.grain}.",
        "key": [{"@id": f"{name}/{column}"} for column in facts.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column.name}",
                "name": column.name,
                "description": column.comment,
                "dataType": _TYPES[column.datapackage],
                "source": {**place, "extract": {"column": column.name}},
            }
            for column in columns(TABLES[name])
        ],
    }
