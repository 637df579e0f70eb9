"""Records and frames: what is parsed becomes exactly the contract's tables, and several documents one statement."""

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from expectations.columns import about, polars_schema
from expectations.tables import PARSED
from pipelines.catalogue import segments
from pipelines.catalogue.record import Record, columns_of, quarantine_record, record
from pipelines.parse import Hints, Report, parse
from pipelines.parse.report import Fact
from pipelines.read import Document, read
from pipelines.tabulate.frames import frames, of_arrow
from tests.made.corpus import report as page


@pytest.fixture(scope="module")
def parsed() -> tuple[Document, Report]:
    document = read(page("杭州市人民政府", 2023).encode())
    return document, parse(document, Hints("a.html"))


def make(
    parsed: tuple[Document, Report], *, sha: str = "a", published: str | None = None, **cells: float | None
) -> Record:
    """A record of the report as another document states it: published then, with other values in some facts."""
    document, report = parsed
    facts = tuple(_changed(fact, cells) for fact in report.facts)
    on = datetime.date.fromisoformat(published) if published else None
    return record(
        replace(document, sha256=sha * 64),
        replace(report, facts=facts if "no_facts" not in cells else (), published_on=on),
        Hints(f"{sha}.html", report_year=2023),
        "v1",
    )


def _changed(fact: Fact, cells: dict[str, float | None]) -> Fact:
    place = f"{fact.row}_{fact.column}"
    return replace(fact, value=cells[place], raw=str(cells[place])) if place in cells else replace(fact)


def cell(tables: dict[str, pl.DataFrame], row: str, column: str) -> dict[str, object]:
    return tables["facts"].row(by_predicate=(pl.col("form_row") == row) & (pl.col("form_column") == column), named=True)


def test_frames_are_exactly_what_the_contract_declares(parsed: tuple[Document, Report]) -> None:
    tables = frames([make(parsed, published="2024-01-20")])
    for model in PARSED:
        frame = tables[about(model).name]
        assert frame.schema == polars_schema(model)
        assert frame.equals(frame.sort(about(model).key))
    assert tables["reports"]["published_on"].to_list() == [datetime.date(2024, 1, 20)]
    assert tables["reports"]["fact_count"].to_list() == [tables["facts"].height]


def test_no_records_give_empty_tables_of_the_right_types() -> None:
    tables = frames([])
    assert {name: frame.height for name, frame in tables.items()} == {about(model).name: 0 for model in PARSED}


def test_models_accept_the_frames(parsed: tuple[Document, Report]) -> None:
    turned_away = quarantine_record(
        "c" * 64, Hints("c.pdf"), stage="read", code="encrypted", message="needs a password"
    )
    for name, frame in frames([make(parsed), turned_away]).items():
        next(model for model in PARSED if about(model).name == name).validate(frame, lazy=True)


def test_records_that_are_arrow_give_the_frames_of_their_rows(parsed: tuple[Document, Report], tmp_path: Path) -> None:
    kept = [
        make(parsed, published="2024-01-20"),
        quarantine_record("f" * 64, Hints("b"), stage="read", code="no_text", message="m"),
    ]
    path = tmp_path / "a.parquet"
    segments.write(path, [(str(n), each.summary, columns_of(each)) for n, each in enumerate(kept)])
    for name, frame in of_arrow(segments.read(path)).items():
        assert frame.equals(frames(kept)[name]), name


def test_decimals_become_numbers_and_what_a_double_cannot_hold_stays_literal_only(
    parsed: tuple[Document, Report],
) -> None:
    fact = Fact("requests", "granted", "total", Decimal("1.5"), "1.5", None, "", "", "table 1")
    huge = replace(fact, row="denied", value=10**400, raw="1" + "0" * 400)
    taken = record(parsed[0], replace(parsed[1], facts=(fact, huge)), Hints("a"), "v1")
    assert [row.value for row in taken.tables.facts] == [1.5, None]
    assert taken.tables.facts[1].raw.startswith("100")


def test_rows_that_no_form_knows_are_kept(parsed: tuple[Document, Report]) -> None:
    fact = Fact("requests", "unmapped.1", "total", 3, "3", None, "其他情形", "", "table 1")
    taken = record(parsed[0], replace(parsed[1], facts=(fact,)), Hints("a"), "v1")
    assert [row.fact_id for row in taken.tables.facts] == [f"{parsed[1].report_id}/requests/unmapped.1/total"]


def test_the_newest_document_stands_and_all_are_listed(parsed: tuple[Document, Report]) -> None:
    old, new = make(parsed, sha="a", published="2024-01-20"), make(parsed, sha="b", published="2024-03-01")
    for order in ([old, new], [new, old]):
        tables = frames(order)
        assert dict(tables["documents"].select("document_sha256", "stands").iter_rows()) == {
            "a" * 64: False,
            "b" * 64: True,
        }
        assert tables["reports"]["document_sha256"].to_list() == ["b" * 64]
        assert set(tables["facts"]["document_sha256"]) == {"b" * 64}


def test_a_newer_page_without_tables_does_not_stand(parsed: tuple[Document, Report]) -> None:
    full, empty = (
        make(parsed, sha="a", published="2024-01-20"),
        make(parsed, sha="b", published="2024-03-01", no_facts=0),
    )
    assert frames([full, empty])["reports"]["document_sha256"].to_list() == ["a" * 64]


def test_equal_documents_are_told_apart_by_hash(parsed: tuple[Document, Report]) -> None:
    assert frames([make(parsed, sha="b"), make(parsed, sha="a")])["reports"]["document_sha256"].to_list() == ["a" * 64]


def test_a_number_that_differs_between_documents_is_conflicting_and_a_check_names_it(
    parsed: tuple[Document, Report],
) -> None:
    first, second = make(parsed, sha="a"), make(parsed, sha="b", granted_total=987654)
    tables = frames([first, second])
    assert cell(tables, "granted", "total")["grade"] == "conflicting"
    assert cell(tables, "received_new", "total")["grade"] == "verified"
    check = tables["checks"].row(by_predicate=pl.col("check_code") == "documents_agree", named=True)
    assert (check["kind"], check["outcome"], check["difference"]) == ("documents", "fails", 1)
    assert (
        check["message"] == f"1 of {int(check['left_value'])} cells differ from those of b.html: requests/granted/total"
    )
    assert tables["reports"]["failed_check_count"].to_list() == [parsed_failures(parsed) + 1]


def parsed_failures(parsed: tuple[Document, Report]) -> int:
    return sum(check.outcome == "fails" for check in parsed[1].checks)


def test_documents_that_agree_are_said_to(parsed: tuple[Document, Report]) -> None:
    tables = frames([make(parsed, sha="a"), make(parsed, sha="b", granted_total=None)])
    check = tables["checks"].row(by_predicate=pl.col("check_code") == "documents_agree", named=True)
    assert check["outcome"] == "holds"
    assert "conflicting" not in set(tables["facts"]["grade"])


def test_documents_without_a_cell_in_common_are_not_said_to_agree(parsed: tuple[Document, Report]) -> None:
    tables = frames([make(parsed, sha="a"), make(parsed, sha="b", no_facts=0)])
    check = tables["checks"].row(by_predicate=pl.col("check_code") == "documents_agree", named=True)
    assert check["outcome"] == "not_testable"


# --- text and pictures


def scanned(
    parsed: tuple[Document, Report], *, sha: str, grade: str | None = None, published: str | None = None, **cells: float
) -> Record:
    """The report as OCR reads it, with other values in some facts, and another grade there."""
    document, report = parsed
    facts = [replace(_changed(fact, dict(cells)), confidence=0.9) for fact in report.facts]
    for fact in facts:
        if grade and f"{fact.row}_{fact.column}" in cells:
            fact.grade = grade
    on = datetime.date.fromisoformat(published) if published else None
    return record(
        replace(document, sha256=sha * 64, page_count=3, ocr_page_count=3),
        replace(report, facts=tuple(facts), published_on=on),
        Hints(f"{sha}.pdf", container_sha256="c" * 64, attached_to="page.html"),
        "v1",
    )


def test_text_stands_before_a_newer_scan_with_the_same_cells(parsed: tuple[Document, Report]) -> None:
    text, scan = make(parsed, sha="b", published="2024-01-20"), scanned(parsed, sha="a", published="2024-03-01")
    assert frames([scan, text])["reports"]["document_sha256"].to_list() == ["b" * 64]


def test_a_scan_stands_before_a_newer_page_with_a_few_of_the_cells(parsed: tuple[Document, Report]) -> None:
    document, report = parsed
    few = replace(report, facts=report.facts[:9], published_on=datetime.date(2024, 3, 1))
    text, scan = record(document, few, Hints("few.html"), "v1"), scanned(parsed, sha="b")
    tables = frames([text, scan])
    assert tables["reports"]["document_sha256"].to_list() == ["b" * 64]
    assert set(tables["facts"]["read_by"]) == {"ocr"}


def test_what_ocr_misread_against_the_arithmetic_does_not_make_text_conflicting(
    parsed: tuple[Document, Report],
) -> None:
    scan = scanned(parsed, sha="a", grade="contradicted", granted_total=987654)
    tables = frames([make(parsed, sha="b"), scan])
    assert cell(tables, "granted", "total")["grade"] == "verified"
    check = tables["checks"].row(by_predicate=pl.col("check_code") == "documents_agree", named=True)
    assert (check["outcome"], check["difference"]) == ("holds", 0)
    assert "1 that OCR misread there left aside" in str(check["message"])


def test_a_scan_that_the_arithmetic_bears_out_conflicts_with_text(parsed: tuple[Document, Report]) -> None:
    scan = scanned(parsed, sha="a", grade="verified", granted_total=987654)
    assert cell(frames([make(parsed, sha="b"), scan]), "granted", "total")["grade"] == "conflicting"


def test_documents_say_pages_archive_and_page_that_links_them(parsed: tuple[Document, Report]) -> None:
    row = frames([scanned(parsed, sha="a")])["documents"].row(0, named=True)
    assert (row["page_count"], row["ocr_page_count"]) == (3, 3)
    assert (row["container_sha256"], row["attached_to"]) == ("c" * 64, "page.html")
