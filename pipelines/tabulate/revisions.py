"""The history of a report that several documents state: which stands, by which rule, and what the others say otherwise.

Belongs here: the rows of `revisions`, and the rules in words. Does not belong here: the ranks that decide
(`pipelines.tabulate.reconcile`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.vocabulary import REVISION_RULES
from pipelines.catalogue.record import Record
from pipelines.catalogue.row_types import RevisionRow

#: What a document answers to the rules but the last, in their order: has facts, is not outdone by text, has at least
#: half of the most cells, is what its address holds now, date of publication in ISO form (empty where not printed),
#: number of facts.
Rank = tuple[bool, bool, bool, bool, str, int]
#: What each rule says of the document that stands, and of one that does not.
SENTENCES = {
    "has_facts": ("it has the tables", "it has none of the tables' cells"),
    "text_before_ocr": ("it is text", "OCR read it, and a document of text has as many cells"),
    "most_cells": ("it has most of the cells", "it has less than half of the cells that another has"),
    "fetched_last": ("it is what its address holds now", "its address has held another document since"),
    "published_last": ("it was published last", "it was published earlier, or does not say when"),
    "most_facts": ("it has most facts", "it has fewer facts"),
    "smallest_hash": ("nothing tells them apart but the hash", "nothing tells them apart but the hash"),
}
RULES = REVISION_RULES


def history(standing: Record, others: Sequence[Record], ranks: Mapping[str, Rank]) -> tuple[RevisionRow, ...]:
    """The rows of `revisions` for one report, by date of publication, then of fetching; undated documents first."""
    next_best = max(others, key=lambda record: ranks[record.summary.document_sha256])
    rows = []
    ordered = sorted([standing, *others], key=_when)
    for ordinal, record in enumerate(ordered, 1):
        against = next_best if record is standing else standing
        rule = _decided_by(*(ranks[r.summary.document_sha256] for r in (record, against)))
        rows.append(_row(record, standing, ordinal, rule))
    return tuple(rows)


def _when(record: Record) -> tuple[str, str, str]:
    summary = record.summary
    return summary.published_on or "", summary.fetched_at or "", summary.document_sha256


def _decided_by(rank: Rank, other: Rank) -> str:
    """The first rule that the two answer differently."""
    differing = (rule for rule, mine, its in zip(RULES, rank, other, strict=False) if mine != its)
    return next(differing, RULES[-1])


def _row(record: Record, standing: Record, ordinal: int, rule: str) -> RevisionRow:
    summary, stands = record.summary, record is standing
    (report,), (standing_report,) = record.tables.reports, standing.tables.reports
    here, there = _numbers(record), _numbers(standing)
    both = [fact for fact in here if fact in there]
    differing = [
        f"{fact}: {_plain(here[fact])} → {_plain(there[fact])}" for fact in sorted(both) if here[fact] != there[fact]
    ]
    says = SENTENCES[rule][0 if stands else 1]
    return RevisionRow(
        report_id=standing_report.report_id,
        report_year=standing_report.report_year,
        document_sha256=summary.document_sha256,
        ordinal=ordinal,
        file_name=summary.file_name,
        published_on=report.published_on,
        fetched_at=summary.fetched_at,
        stands=stands,
        decided_by=rule,
        reason=f"It stands: {says}" if stands else f"{standing.summary.file_name} stands before it: {says}",
        fact_count=summary.fact_count,
        compared_fact_count=len(both),
        differing_fact_count=len(differing),
        differing_facts="\n".join(differing) or None,
        only_here_fact_count=len(here.keys() - there.keys()),
        only_standing_fact_count=len(there.keys() - here.keys()),
    )


def _plain(value: float) -> str:
    """A number without a point that says nothing."""
    return str(int(value) if value == int(value) else value)


def _numbers(record: Record) -> dict[str, float]:
    """The numbers that a document states, by `<form_table>/<form_row>/<form_column>`."""
    return {fact.fact_id.partition("/")[2]: fact.value for fact in record.tables.facts if fact.value is not None}
