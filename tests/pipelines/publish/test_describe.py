"""What describes a release: each file is valid by its own standard, and the dictionary holds what the contract says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import mlcroissant
import pytest
import yaml
from rdflib import DCAT, DCTERMS, RDF, SDO, Graph, Literal, URIRef

from expectations.columns import columns
from expectations.crosswalk import crosswalk, measures
from expectations.tables import TABLES
from tests.made.releases import EPOCH, candidate, small


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return candidate(small().build(folder).path, folder / "releases")


@pytest.fixture(scope="module")
def said(made: Path) -> dict[str, Any]:
    return dict(json.loads((made / "dictionary.json").read_text()))


def test_croissant_is_valid_and_its_records_can_be_read(made: Path) -> None:
    described = mlcroissant.Dataset(jsonld=made / "croissant.json")
    issues = described.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    assert {r.name for r in described.metadata.record_sets} == set(TABLES)
    rows = list(described.records(record_set="check_testability"))
    assert rows == [] or "check_testability/check_code" in rows[0]
    facts = list(described.records(record_set="facts"))
    assert sorted(row["facts/value"] for row in facts) == [3.0, 3.0, 5.0, 5.0]


def test_dcat_is_a_dataset_with_distributions_that_are_there(made: Path) -> None:
    base = "http://release.example/"
    graph = Graph().parse(made / "dcat.jsonld", format="json-ld", publicID=base)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert (dataset, SDO.Dataset) in {(s, o) for s, o in graph.subject_objects(RDF.type)}
    for needed in (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        DCTERMS.publisher,
        DCTERMS.issued,
        DCAT.keyword,
    ):
        assert (dataset, needed, None) in graph, needed
    assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == {"en", "zh"}
    assert graph.value(dataset, DCAT.version) == Literal("2025.04.01")
    places = [str(graph.value(d, DCAT.accessURL)) for d in graph.objects(dataset, DCAT.distribution)]
    assert len(places) > len(TABLES) and f"{base}gongkai.duckdb" in places
    assert [p for p in places if not (made / p.removeprefix(base)).exists()] == []
    for distribution in graph.objects(dataset, DCAT.distribution):
        assert (distribution, DCAT.mediaType, None) in graph
        assert isinstance(graph.value(distribution, DCTERMS.license), URIRef)


def test_the_citation_has_what_its_schema_requires(made: Path) -> None:
    """cffconvert does not install beside the libraries used here; the schema's required keys and kinds by hand."""
    cited = yaml.safe_load((made / "CITATION.cff").read_text())
    assert {"authors", "cff-version", "message", "title"} <= set(cited)
    assert set(cited) <= {
        *("abstract", "authors", "cff-version", "date-released", "keywords", "license", "message", "title", "type"),
        "version",
    }
    assert (cited["cff-version"], cited["type"], cited["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert (cited["version"], str(cited["date-released"])) == ("2025.04.01", "2025-04-01")
    assert cited["authors"] == [{"name": "gongkai contributors"}]
    assert all(isinstance(word, str) for word in cited["keywords"])


def test_the_dictionary_has_every_table_and_column(said: dict[str, Any]) -> None:
    assert {t["name"]: [c["name"] for c in t["columns"]] for t in said["tables"]} == {
        name: [c.name for c in columns(model)] for name, model in TABLES.items()
    }
    for table in said["tables"]:
        assert table["zh"] and table["description"] and table["grain"] and table["group_zh"]
        assert all(c["zh"] and c["description"] and c["type"] for c in table["columns"])
    facts = {c["name"]: c for t in said["tables"] if t["name"] == "facts" for c in t["columns"]}
    assert facts["grade"]["codes"][0] == {
        "code": "verified",
        "zh": "可验证且成立",
        "en": "Every identity that it takes part in holds",
    }
    measured = {c["name"]: c for t in said["tables"] if t["name"] == "trends" for c in t["columns"]}
    assert (measured["measure"]["codes_of"], measured["measure"]["codes"]) == ("measures", [])


def test_the_dictionary_has_measures_with_formulas_indicators_and_forms(said: dict[str, Any]) -> None:
    assert [m["code"] for m in said["measures"]] == list(measures())
    assert sum(len(m["forms"]) for m in said["measures"]) == len(crosswalk())
    received = next(m for m in said["measures"] if m["code"] == "requests_received")
    form = next(f for f in received["forms"] if f["form"] == "2019")
    assert (form["formula"], form["comparability"], form["years"]) == (
        "requests/received_new/total",
        "exact",
        [2019, 2020],
    )
    assert {i["code"] for i in said["indicators"]} > {"requests_received", "items_disclosed"}
    assert [f["form"] for f in said["forms"]] == ["2014", "2019", "2021"]
    assert any(row["zh"] == "（一）予以公开" for f in said["forms"] for t in f["tables"] for row in t["rows"])


def test_every_example_query_runs(made: Path, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    with duckdb.connect("gongkai.duckdb", read_only=True) as connection:
        for table in said["tables"]:
            names = [column[0] for column in connection.execute(table["query"]).description or ()]
            assert names[: len(table["key"])] == table["key"]


def test_the_dictionary_as_csv_has_a_line_for_each(made: Path, said: dict[str, Any]) -> None:
    with (made / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    count = {kind: sum(line["kind"] == kind for line in found) for kind in ("table", "column", "measure", "indicator")}
    assert count["table"] == len(TABLES)
    assert count["column"] == sum(len(columns(model)) for model in TABLES.values())
    derived = sum(measure.derived for measure in measures().values())
    assert (count["measure"], count["indicator"]) == (len(crosswalk()) + derived, len(said["indicators"]))


def test_the_readme_names_every_table_and_what_is_not_reproducible(made: Path) -> None:
    text = (made / "README.txt").read_text()
    assert all(f"  {name} " in text for name in TABLES)
    for words in ("2025.04.01", "A null is not a zero", "SOURCE_DATE_EPOCH", "apostrophe", "gongkai release verify"):
        assert words in text
