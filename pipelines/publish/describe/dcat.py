"""`dcat.jsonld`: the release for catalogues of data, in DCAT 3 and schema.org, with a context of its own.

Addresses are relative to the file: a release can stand anywhere. Nothing has to be fetched to read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.columns import about
from expectations.tables import TABLES
from pipelines.publish import dataset
from pipelines.publish.known_hashes import hash_of
from pipelines.publish.versions import day_of

_IANA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(
    folder: Path, version: str, files: Mapping[str, Sequence[Path]], csv: Mapping[str, Sequence[Path]]
) -> dict[str, Any]:
    """The dataset with a distribution for each table in Parquet, each CSV file, and the database."""
    day = {"@value": day_of(version).isoformat(), "@type": "xsd:date"}
    title = [_said(dataset.TITLE, "en"), _said(dataset.TITLE_ZH, "zh")]
    described = [_said(dataset.DESCRIPTION, "en"), _said(dataset.DESCRIPTION_ZH, "zh")]
    creator = {
        "@type": ["foaf:Agent", "schema:Organization"],
        "foaf:name": dataset.CREATOR,
        "schema:name": dataset.CREATOR,
    }
    return {
        "@context": _CONTEXT,
        "@id": "./",
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:title": title,
        "schema:name": title,
        "dct:description": described,
        "schema:description": described,
        "dct:identifier": f"{dataset.NAME}-{version}",
        "dcat:version": version,
        "schema:version": version,
        "dct:issued": day,
        "schema:datePublished": day,
        "dct:license": {"@id": dataset.LICENSE_URL},
        "schema:license": {"@id": dataset.LICENSE_URL},
        "dct:creator": creator,
        "dct:publisher": creator,
        "schema:creator": creator,
        "dct:language": [
            {"@id": f"http://publications.europa.eu/resource/authority/language/{x}"} for x in ("ZHO", "ENG")
        ],
        "dcat:keyword": list(dataset.KEYWORDS),
        "schema:keywords": list(dataset.KEYWORDS),
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/CHN"},
        "dcat:distribution": [
            *(_parquet(name, paths) for name, paths in files.items()),
            *(_csv(folder, name, path) for name, paths in csv.items() for path in paths),
            _distribution(
                dataset.DATABASE, "All tables in one DuckDB file", "全部数据表（DuckDB）", "application/vnd.duckdb"
            ),
        ],
    }


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _distribution(path: str, en: str, zh: str, media: str) -> dict[str, Any]:
    return {
        "@id": path,
        "@type": ["dcat:Distribution", "schema:DataDownload"],
        "dct:title": [_said(en, "en"), _said(zh, "zh")],
        "dcat:accessURL": {"@id": path},
        "schema:contentUrl": {"@id": path},
        "dcat:mediaType": {"@id": f"{_IANA}{media}"},
        "schema:encodingFormat": media,
        "dct:license": {"@id": dataset.LICENSE_URL},
    }


def _parquet(name: str, paths: Sequence[Path]) -> dict[str, Any]:
    """A table; its files by year stand in one folder."""
    facts = about(TABLES[name])
    place = paths[0].as_posix() if paths[0].stem == name else f"{Path(*paths[0].parts[:2]).as_posix()}/"
    made = _distribution(place, f"{name} (Parquet)", f"{facts.zh}（Parquet）", "application/vnd.apache.parquet")
    return {**made, "dct:description": _said(f"{facts.description} Grain: {facts.grain}.", "en")}


def _csv(folder: Path, name: str, path: Path) -> dict[str, Any]:
    facts = about(TABLES[name])
    made = _distribution(path.as_posix(), f"{path.stem} (CSV)", f"{facts.zh}（CSV）", "text/csv")
    return {
        **made,
        "dcat:downloadURL": {"@id": path.as_posix()},
        "dcat:byteSize": {"@value": str((folder / path).stat().st_size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": hash_of(folder / path), "@type": "xsd:hexBinary"},
        },
    }
