"""Several documents of one report → one statement: which document stands, and where the others differ from it.

A page and its PDF, or a report and its revision, state the same report. The facts are taken from one of them; nothing
is mixed, and nothing that differs is passed over in silence. Sections, figures, problems and commitments are those of
the standing document too, even where it has none and another has some: a sentence of another document would lead
nowhere in the sections that are published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.catalogue.record import Columns, Record, Summary
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
    tables = {name: _copy(columns) for name, columns in standing.tables.items()}
    tables["documents"] = _documents(standing, others)
    summaries = [record.summary for record in records]
    if beside := [record for record in others if _is_current(record.summary, summaries)]:
        compared = _compare(tables.get("facts", {}), beside)
        for index in compared.conflicts:
            tables["facts"]["grade"][index] = "conflicting"
        _append_check(tables, compared, beside)
    tables["revisions"] = revisions.history(standing, others, ranks)
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
    """Whether a document's address holds no other whole one since: there the body itself took its word back."""
    most = max(other.cell_count for other in among)
    return not any(2 * other.cell_count >= most and _is_replaced(summary, other) for other in among)


def _is_replaced(summary: Summary, by: Summary) -> bool:
    """Whether the address of a document is known to have held the other one later: where a time is missing, nobody knows."""
    same = summary.source_url is not None and summary.source_url == by.source_url
    inner = summary.container_sha256 is not None or by.container_sha256 is not None
    if not same or inner or summary.fetched_at is None or by.fetched_at is None:
        return False
    return summary.fetched_at < by.fetched_at


def _copy(columns: Columns) -> Columns:
    return {name: list(values) for name, values in columns.items()}


def _documents(standing: Record, others: Sequence[Record]) -> Columns:
    merged = _copy(standing.tables["documents"])
    for other in others:
        for name, values in other.tables["documents"].items():
            merged[name] += [False] if name == "stands" else values
    return merged


@dataclass(frozen=True, slots=True)
class _Compared:
    """How many cells both sides have a number for, which facts (by index) have another one elsewhere, and how many
    more only seem to, by what OCR misread."""

    count: int
    conflicts: tuple[int, ...]
    names: tuple[str, ...]
    misread: int


def _compare(facts: Columns, others: Sequence[Record]) -> _Compared:
    """Compare each other document's numbers with the standing facts. A blank is not a number: it differs from none.

    Of two readings that differ the arithmetic decides first: where it verifies the text and not what OCR read in a
    picture, OCR misread, and nothing conflicts.
    """
    stated = {fact_id: index for index, fact_id in enumerate(facts.get("fact_id", ()))}
    seen: set[int] = set()
    conflicts: dict[int, str] = {}
    misread: set[int] = set()
    for fact_id, value, doubtful in _numbers(others):
        index = stated.get(fact_id)
        if index is None or facts["value"][index] is None:
            continue
        seen.add(index)
        if facts["value"][index] == value:
            continue
        if doubtful and facts["read_by"][index] == "text" and facts["grade"][index] == "verified":
            misread.add(index)
        else:
            conflicts[index] = fact_id.partition("/")[2]
    order = sorted(conflicts)
    aside = len(misread - conflicts.keys())
    return _Compared(len(seen) - aside, tuple(order), tuple(conflicts[index] for index in order), aside)


def _numbers(records: Sequence[Record]) -> Iterator[tuple[str, float, bool]]:
    """The facts that have a number: which, the number, and whether OCR read it and no arithmetic bears it out."""
    for record in records:
        facts = record.tables.get("facts", {})
        columns = (facts.get(name, ()) for name in ("fact_id", "value", "read_by", "grade"))
        for fact_id, value, read_by, grade in zip(*columns, strict=True):
            if value is not None:
                yield fact_id, value, read_by == "ocr" and grade != "verified"


def _append_check(tables: dict[str, Columns], compared: _Compared, others: Sequence[Record]) -> None:
    report = {name: values[0] for name, values in tables["reports"].items()}
    agreeing = compared.count - len(compared.conflicts)
    row: dict[str, Any] = {
        "check_id": f"{report['report_id']}/documents_agree/",
        "report_id": report["report_id"],
        "report_year": report["report_year"],
        "form": report["form"],
        "kind": "documents",
        "check_code": "documents_agree",
        "place": "",
        "left_value": compared.count,
        "right_value": agreeing,
        "difference": compared.count - agreeing,
        "outcome": "not_testable" if not compared.count else "fails" if compared.conflicts else "holds",
        "message": _message(compared, others),
    }
    checks = tables.setdefault("checks", {name: [] for name in row})
    for name, value in row.items():
        checks[name].append(value)
    if row["outcome"] == "fails":
        tables["reports"]["failed_check_count"][0] += 1


def _message(compared: _Compared, others: Sequence[Record]) -> str:
    files = ", ".join(sorted(record.summary.file_name for record in others))
    if not compared.count:
        return f"No cell has a number both here and in {files}"
    aside = f"; {compared.misread} that OCR misread there left aside" if compared.misread else ""
    if not compared.conflicts:
        return f"All {compared.count} cells that both have are the same in {files}{aside}"
    more = ", …" if len(compared.names) > _NAMED else ""
    named = ", ".join(compared.names[:_NAMED]) + more
    return f"{len(compared.conflicts)} of {compared.count} cells differ from those of {files}: {named}{aside}"
