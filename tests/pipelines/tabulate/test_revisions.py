"""The history of a report that several documents state: which stands, by which rule, and what the others say otherwise."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from expectations.vocabulary import REVISION_RULES
from pipelines.catalogue.record import Record, record
from pipelines.parse import Hints, Report, parse
from pipelines.read import Document, read
from pipelines.tabulate.frames import frames
from pipelines.tabulate.revisions import SENTENCES
from tests.made.corpus import report as page

PLACES = ("requests/granted/total", "requests/carried_in/total", "requests/carried_out/total")


@pytest.fixture(scope="module")
def parsed() -> tuple[Document, Report]:
    document = read(page("杭州市人民政府", 2023).encode())
    return document, parse(document, Hints("a.html"))


def make(parsed: tuple[Document, Report], sha: str, published: str | None = None, *cells: float | None) -> Record:
    """A record of the report as a document published then states it, with these values in the first of `PLACES`."""
    values = dict(zip(PLACES, cells, strict=False))
    facts = tuple(
        replace(fact, value=values[place]) if (place := f"{fact.table}/{fact.row}/{fact.column}") in values else fact
        for fact in parsed[1].facts
    )
    on = datetime.date.fromisoformat(published) if published else None
    return record(
        replace(parsed[0], sha256=sha * 64),
        replace(parsed[1], facts=facts if cells != (0,) else (), published_on=on),
        Hints(f"{sha}.html"),
        "v1",
    )


def history(*records: Record) -> list[dict[str, Any]]:
    """The rows of `revisions` in the order of publication; they keep the contract."""
    table = frames(list(records))["revisions"]
    assert failures(model_of("revisions"), table) == []
    return table.sort("ordinal").to_dicts()


def test_a_report_of_one_document_has_no_history(parsed: tuple[Document, Report]) -> None:
    assert history(make(parsed, "a", "2024-01-20")) == []


def test_the_document_published_last_stands_and_what_it_changed_is_told(parsed: tuple[Document, Report]) -> None:
    first, second = history(make(parsed, "a", "2024-01-20", 41, 7, 9), make(parsed, "b", "2024-03-01", 42, 7, 8))
    assert (first["file_name"], first["ordinal"], first["stands"]) == ("a.html", 1, False)
    assert (second["file_name"], second["ordinal"], second["stands"]) == ("b.html", 2, True)
    assert first["published_on"] == datetime.date(2024, 1, 20)
    assert first["reason"] == "b.html stands before it: it was published earlier, or does not say when"
    assert second["reason"] == "It stands: it was published last"
    assert {first["decided_by"], second["decided_by"]} == {"published_last"}
    assert first["differing_fact_count"] == 2
    assert first["differing_facts"] == "requests/carried_out/total: 9 → 8\nrequests/granted/total: 41 → 42"
    assert (second["differing_fact_count"], second["differing_facts"]) == (0, None)
    assert first["compared_fact_count"] == second["compared_fact_count"] > 100


def test_numbers_that_only_one_of_them_states_are_counted_apart(parsed: tuple[Document, Report]) -> None:
    first, _ = history(make(parsed, "a", "2024-01-20", None, 7), make(parsed, "b", "2024-03-01", 42, None))
    assert (first["only_here_fact_count"], first["only_standing_fact_count"]) == (1, 1)
    assert first["differing_fact_count"] == 0


def test_a_newer_page_without_tables_does_not_stand(parsed: tuple[Document, Report]) -> None:
    full, empty = history(make(parsed, "a", "2024-01-20"), make(parsed, "b", "2024-03-01", 0))
    assert (full["stands"], full["decided_by"]) == (True, "has_facts")
    assert empty["reason"] == "a.html stands before it: it has none of the tables' cells"
    assert (empty["fact_count"], empty["compared_fact_count"]) == (0, 0)
    assert empty["only_standing_fact_count"] > 100


def test_equal_documents_are_told_apart_by_hash(parsed: tuple[Document, Report]) -> None:
    rows = {row["file_name"]: row for row in history(make(parsed, "b"), make(parsed, "a"))}
    assert (rows["a.html"]["stands"], rows["b.html"]["stands"]) == (True, False)
    assert {row["decided_by"] for row in rows.values()} == {"smallest_hash"}


def test_undated_documents_come_first_and_every_one_is_kept(parsed: tuple[Document, Report]) -> None:
    rows = history(
        make(parsed, "c", "2024-03-01", 43), make(parsed, "a", None, 41), make(parsed, "b", "2024-01-20", 42)
    )
    assert [(row["file_name"], row["stands"]) for row in rows] == [
        ("a.html", False),
        ("b.html", False),
        ("c.html", True),
    ]
    assert [row["differing_facts"] for row in rows] == [
        "requests/granted/total: 41 → 43",
        "requests/granted/total: 42 → 43",
        None,
    ]


def test_exactly_one_document_of_a_report_stands_and_it_is_the_reports_own(parsed: tuple[Document, Report]) -> None:
    tables = frames([make(parsed, "a", "2024-01-20"), make(parsed, "b", None), make(parsed, "c", "2024-01-20", 0)])
    standing = tables["revisions"].filter(pl.col("stands"))
    assert standing["document_sha256"].to_list() == tables["reports"]["document_sha256"].to_list()
    assert set(tables["revisions"]["document_sha256"]) == set(tables["documents"]["document_sha256"])


def test_every_rule_of_the_contract_has_its_sentences_in_the_contracts_order() -> None:
    assert tuple(SENTENCES) == REVISION_RULES
