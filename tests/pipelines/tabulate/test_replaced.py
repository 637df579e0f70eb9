"""A document that its own address has replaced: it stays in the history and makes nothing conflicting."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import permutations
from typing import Any

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from pipelines.catalogue.record import Record, record
from pipelines.parse import Hints, Report, parse
from pipelines.read import Document, read
from pipelines.tabulate.frames import frames
from tests.made.corpus import report as page

PAGE, PDF = "http://www.hangzhou.gov.cn/art/1.html", "http://www.hangzhou.gov.cn/1.pdf"
JANUARY, MARCH, MAY = (f"2024-0{month}-20T03:00:00.123Z" for month in (1, 3, 5))


@pytest.fixture(scope="module")
def parsed() -> tuple[Document, Report]:
    document = read(page("杭州市人民政府", 2023).encode())
    return document, parse(document, Hints("a.html"))


def held(
    parsed: tuple[Document, Report],
    sha: str,
    granted: float,
    at: str | None,
    *,
    url: str | None = PAGE,
    published: str | None = None,
    share: float = 1,
    ocr: bool = False,
    container: str | None = None,
) -> Record:
    """A document that an address held from a time on, with this number in one cell and a share of all cells."""
    facts = [
        replace(fact, value=granted, confidence=0.9 if ocr else fact.confidence)
        if (fact.table, fact.row, fact.column) == ("requests", "granted", "total")
        else fact
        for fact in parsed[1].facts
    ]
    facts.sort(key=lambda fact: (fact.table, fact.row) != ("requests", "granted"))
    on = datetime.date.fromisoformat(published) if published else None
    return record(
        replace(parsed[0], sha256=sha * 64),
        replace(parsed[1], facts=tuple(facts[: max(1, round(share * len(facts)))]), published_on=on),
        Hints(f"{sha}.html", source_url=url, fetched_at=at, container_sha256=container),
        "v1",
    )


def outcome(*records: Record) -> tuple[str, set[str], dict[str, str], list[str]]:
    """The document that stands, the cells in conflict, the rule for each document, and the outcomes of the check; the
    same whatever the order of the documents."""
    found = [_outcome(list(order)) for order in permutations(records)]
    assert all(each == found[0] for each in found)
    return found[0]


def _outcome(records: list[Record]) -> tuple[str, set[str], dict[str, str], list[str]]:
    tables = frames(records)
    for name in ("revisions", "facts", "checks", "documents"):
        assert failures(model_of(name), tables[name]) == []
    rows = tables["revisions"].to_dicts()
    (standing,) = [row["file_name"] for row in rows if row["stands"]]
    conflicts = tables["facts"].filter(pl.col("grade") == "conflicting")
    cells = {f"{row['form_table']}/{row['form_row']}/{row['form_column']}" for row in conflicts.to_dicts()}
    checks: list[Any] = tables["checks"].filter(pl.col("check_code") == "documents_agree")["outcome"].to_list()
    return standing, cells, {row["file_name"]: row["decided_by"] for row in rows}, checks


GRANTED = {"requests/granted/total"}


def test_what_an_address_holds_now_stands_and_the_one_before_conflicts_with_nothing(parsed: Any) -> None:
    before, now = held(parsed, "a", 41, JANUARY), held(parsed, "b", 42, MARCH)
    assert outcome(before, now) == ("b.html", set(), {"a.html": "fetched_last", "b.html": "fetched_last"}, [])
    tables = frames([before, now])
    first, second = tables["revisions"].sort("ordinal").to_dicts()
    assert (first["fetched_at"], second["fetched_at"]) == (JANUARY, MARCH)
    assert first["differing_facts"] == "requests/granted/total: 41 → 42"
    assert first["reason"] == "b.html stands before it: its address has held another document since"
    assert second["reason"] == "It stands: it is what its address holds now"
    assert sorted(tables["documents"]["document_sha256"]) == ["a" * 64, "b" * 64]


def test_the_time_goes_before_the_date_that_is_printed(parsed: Any) -> None:
    """A page that was changed keeps the date of its first publication, or a wrong one."""
    before = held(parsed, "a", 41, JANUARY, published="2024-03-30")
    now = held(parsed, "b", 42, MARCH, published="2024-01-20")
    assert outcome(before, now)[:2] == ("b.html", set())


def test_three_revisions(parsed: Any) -> None:
    held_by_turns = [held(parsed, *each) for each in (("c", 41, JANUARY), ("b", 42, MARCH), ("a", 43, MAY))]
    assert outcome(*held_by_turns)[:2] == ("a.html", set())


def test_an_address_that_came_back_to_what_it_held(parsed: Any) -> None:
    """As `pipelines.catalogue.harvested` tells it: the time of the first is that of its return."""
    assert outcome(held(parsed, "a", 41, MAY), held(parsed, "b", 42, MARCH))[:2] == ("a.html", set())


def test_two_addresses_that_differ_are_in_conflict(parsed: Any) -> None:
    one, other = held(parsed, "a", 41, JANUARY), held(parsed, "b", 42, MARCH, url=PDF)
    standing, cells, rules, checks = outcome(one, other)
    assert (cells, checks) == (GRANTED, ["fails"])
    assert set(rules.values()) == {"smallest_hash"}
    assert standing == "a.html"


def test_a_pdf_is_compared_with_what_the_page_says_now(parsed: Any) -> None:
    before, now = held(parsed, "a", 41, JANUARY), held(parsed, "b", 42, MARCH)
    agrees, differs = held(parsed, "c", 42, MARCH, url=PDF), held(parsed, "c", 41, MARCH, url=PDF)
    assert outcome(before, now, agrees)[1::2] == (set(), ["holds"])
    assert outcome(before, now, differs)[1::2] == (GRANTED, ["fails"])


@pytest.mark.parametrize(("first", "second"), [(None, MARCH), (JANUARY, None), (None, None), (MARCH, MARCH)])
def test_where_nobody_knows_which_came_later_the_difference_is_told(
    parsed: Any, first: str | None, second: str | None
) -> None:
    assert outcome(held(parsed, "a", 41, first), held(parsed, "b", 42, second))[1::2] == (GRANTED, ["fails"])


def test_documents_without_an_address_do_not_replace_each_other(parsed: Any) -> None:
    documents = [held(parsed, "a", 41, JANUARY, url=None), held(parsed, "b", 42, MARCH, url=None)]
    assert outcome(*documents)[1] == GRANTED


def test_files_of_one_archive_do_not_replace_each_other(parsed: Any) -> None:
    inner = [held(parsed, sha, n, at, container="f" * 64) for sha, n, at in (("a", 41, JANUARY), ("b", 42, MARCH))]
    assert outcome(*inner)[1] == GRANTED


def test_a_page_with_few_of_the_cells_replaces_nothing(parsed: Any) -> None:
    """What came later is a page about the report, or half of it."""
    whole, part = held(parsed, "a", 41, JANUARY), held(parsed, "b", 42, MARCH, share=0.2)
    standing, cells, rules, checks = outcome(whole, part)
    assert (standing, rules["a.html"]) == ("a.html", "most_cells")
    assert (cells, checks) == (GRANTED, ["fails"])


def test_a_part_that_the_whole_replaced_is_history(parsed: Any) -> None:
    assert outcome(held(parsed, "a", 41, JANUARY, share=0.2), held(parsed, "b", 42, MARCH))[:2] == ("b.html", set())


def test_text_stands_before_a_scan_that_came_later_and_their_difference_is_told(parsed: Any) -> None:
    text, scan = held(parsed, "a", 41, JANUARY), held(parsed, "b", 42, MARCH, ocr=True)
    standing, cells, rules, _ = outcome(text, scan)
    assert (standing, rules["b.html"], cells) == ("a.html", "text_before_ocr", GRANTED)
