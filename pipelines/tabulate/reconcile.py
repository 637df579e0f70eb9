"""Several documents of one report → one statement: which document stands, and where the others differ from it.

A page and its PDF, or a report and its revision, state the same report. The facts are taken from one of them; nothing
is mixed, and nothing that differs is passed over in silence. Sections, figures, problems and commitments are those of
the standing document too, even where it has none and another has some: a sentence of another document would lead
nowhere in the sections that are published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.catalogue.record import Record, Summary
from pipelines.catalogue.row_types import DocumentRow, FactRow, Tables
from pipelines.catalogue.rows import check_row
from pipelines.parse.report import Check
from pipelines.tabulate import revisions

#: How many differing cells a message names.
_NAMED = 5


def reconcile(records: Sequence[Record]) -> Record:
    """One record for all parsed documents of a report.

    All documents stay in `documents`, and `revisions` says of each why it stands or not and what it says otherwise.
    Where a document that does not stand has another number for a fact, that fact is graded `conflicting`, and the check
    `documents_agree` says how many cells differ and which; but for a document that its own address has replaced by a
    whole one since: there the body itself took its word back.
    """
    ranks = _ranks(records)
    standing = _standing(records, ranks)
    if len(records) == 1:
        return standing
    others = [record for record in records if record is not standing]
    summaries = [record.summary for record in records]
    tables = replace(
        standing.tables,
        documents=_documents(standing, others),
        revisions=revisions.history(standing, others, ranks),
    )
    if beside := [record for record in others if _is_current(record.summary, summaries)]:
        tables = _checked(tables, _compare(tables.facts, beside), beside)
    return Record(standing.summary, tables)


def _standing(records: Sequence[Record], ranks: Mapping[str, revisions.Rank]) -> Record:
    """The document that has facts at all, is what its address holds now, was published last, has most facts, has the
    smallest hash: in this order.

    A document without facts never stands before one with facts, nor one with a few of the cells before one with most:
    a page about the report is often newer than it. One that OCR read never stands before one of text that has as many
    cells of the form.
    """
    best = max(ranks.values())
    hashes = {record.summary.document_sha256: record for record in records}
    return hashes[min(sha256 for sha256, rank in ranks.items() if rank == best)]


def _ranks(records: Sequence[Record]) -> dict[str, revisions.Rank]:
    """The rank of each document by its hash, the best one the largest: an answer to each of `revisions.RULES` in turn."""
    summaries = [record.summary for record in records]
    return {summary.document_sha256: _rank(summary, summaries) for summary in summaries}


def _rank(summary: Summary, among: Sequence[Summary]) -> revisions.Rank:
    most = max(other.cell_count for other in among)
    most_in_text = max((other.cell_count for other in among if not other.by_ocr), default=0)
    outdone = summary.by_ocr and summary.cell_count <= most_in_text
    whole = 2 * summary.cell_count >= most
    dated = summary.published_on or ""
    return summary.fact_count > 0, not outdone, whole, _is_current(summary, among), dated, summary.fact_count


def _is_current(summary: Summary, among: Sequence[Summary]) -> bool:
    """Tell whether a document's address holds no other whole one since: there the body itself took its word back."""
    most = max(other.cell_count for other in among)
    return not any(2 * other.cell_count >= most and _is_replaced(summary, other) for other in among)


def _is_replaced(summary: Summary, by: Summary) -> bool:
    """Tell whether the address of a document is known to have held the other one later: where a time is missing, nobody knows."""
    same = summary.source_url is not None and summary.source_url == by.source_url
    inner = summary.container_sha256 is not None or by.container_sha256 is not None
    if not same or inner or summary.fetched_at is None or by.fetched_at is None:
        return False
    return summary.fetched_at < by.fetched_at


def _documents(standing: Record, others: Sequence[Record]) -> tuple[DocumentRow, ...]:
    further = (row._replace(stands=False) for other in others for row in other.tables.documents)
    return (*standing.tables.documents, *further)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Says how many cells both sides have a number for, the ids of the facts that have another one elsewhere, in order, and
    how many more only seem to, by what OCR misread."""

    count: int
    conflicts: tuple[str, ...]
    misread: int


def _compare(facts: Sequence[FactRow], others: Sequence[Record]) -> _Compared:
    """Compare each other document's numbers with the standing facts. A blank is not a number: it differs from none.

    Of two readings that differ the arithmetic decides first: where it verifies the text and not what OCR read in a
    picture, OCR misread, and nothing conflicts.
    """
    stated = {fact.fact_id: fact for fact in facts if fact.value is not None}
    seen: set[str] = set()
    conflicts: set[str] = set()
    misread: set[str] = set()
    for other in _numbers(others):
        fact = stated.get(other.fact_id)
        if fact is None:
            continue
        seen.add(fact.fact_id)
        if fact.value != other.value:
            (misread if _is_misread(other, fact) else conflicts).add(fact.fact_id)
    aside = len(misread - conflicts)
    ordered = tuple(fact.fact_id for fact in facts if fact.fact_id in conflicts)
    return _Compared(len(seen) - aside, ordered, aside)


def _numbers(records: Sequence[Record]) -> Iterator[FactRow]:
    """The facts of other documents that have a number."""
    return (fact for record in records for fact in record.tables.facts if fact.value is not None)


def _is_misread(other: FactRow, fact: FactRow) -> bool:
    """Tell whether OCR read the other one and no arithmetic bears it out, while it does bear out this one, which is text."""
    return other.read_by == "ocr" and other.grade != "verified" and fact.read_by == "text" and fact.grade == "verified"


def _checked(tables: Tables, compared: _Compared, others: Sequence[Record]) -> Tables:
    """The tables with what the comparison found: the facts that conflict, and the check `documents_agree`."""
    (report,) = tables.reports
    outcome = "not_testable" if not compared.count else "fails" if compared.conflicts else "holds"
    agreeing = compared.count - len(compared.conflicts)
    message = _message(compared, others)
    check = Check("documents", "documents_agree", "", outcome, message, left=compared.count, right=agreeing)
    failed = report.failed_check_count + (outcome == "fails")
    conflicting = frozenset(compared.conflicts)
    return replace(
        tables,
        reports=(report._replace(failed_check_count=failed),),
        facts=tuple(_conflicting(fact) if fact.fact_id in conflicting else fact for fact in tables.facts),
        checks=(*tables.checks, check_row(report, check)),
    )


def _conflicting(fact: FactRow) -> FactRow:
    """The fact as one that another document contradicts. What a person put right stays so; the check says the rest."""
    return fact if fact.grade == "corrected" else fact._replace(grade="conflicting")


def _message(compared: _Compared, others: Sequence[Record]) -> str:
    files = ", ".join(sorted(record.summary.file_name for record in others))
    if not compared.count:
        return f"No cell has a number both here and in {files}"
    aside = f"; {compared.misread} that OCR misread there left aside" if compared.misread else ""
    if not compared.conflicts:
        return f"All {compared.count} cells that both have are the same in {files}{aside}"
    more = ", …" if len(compared.conflicts) > _NAMED else ""
    named = ", ".join(fact_id.partition("/")[2] for fact_id in compared.conflicts[:_NAMED]) + more
    return f"{len(compared.conflicts)} of {compared.count} cells differ from those of {files}: {named}{aside}"
