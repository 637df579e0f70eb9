"""One document's record: a parsed report as the contract's tables, or why it was turned away.

`encode` and `columns_of` alone know how a record comes out of a worker, `pipelines.catalogue.segments` how it is kept,
and `pipelines.tabulate.frames` how records become frames. Everything between works on typed rows
(`pipelines.catalogue.row_types`). Workers import this module: nothing heavy.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import Any

from pipelines.catalogue.row_types import ROW_TYPES, QuarantineRow, Tables
from pipelines.catalogue.rows import rows_of
from pipelines.parse.report import Hints, Report
from pipelines.read.document import Document


@dataclass(frozen=True, slots=True)
class Summary:
    """Holds what must be known of a record without opening its rows. `stage` and `code` are None where it was parsed.

    `cell_count` is how many of the facts are cells that the form knows; `by_ocr` whether OCR read any. `links` are the
    documents that a page links, as (address, text). `source_url` and `fetched_at` are those of the hints. `read_with`
    are the optional tools that read it, as (name, version), in the order of their passes.
    """

    document_sha256: str
    file_name: str
    report_year: int | None
    report_id: str | None = None
    published_on: str | None = None
    fact_count: int = 0
    format: str = "unknown"
    stage: str | None = None
    code: str | None = None
    body_name: str | None = None
    cell_count: int = 0
    by_ocr: bool = False
    container_sha256: str | None = None
    source_url: str | None = None
    fetched_at: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    read_with: tuple[tuple[str, str], ...] = ()
    body_id: str | None = None

    @property
    def year(self) -> str:
        """The partition that the document belongs to: its report year, or `unknown`."""
        return "unknown" if self.report_year is None else str(self.report_year)


@dataclass(frozen=True, slots=True)
class Record:
    """A summary, and the rows of the document's tables."""

    summary: Summary
    tables: Tables = field(default_factory=Tables)


def record(document: Document, report: Report, hints: Hints, version: str) -> Record:
    """The record of a parsed document. `version` is the program's (`pipelines.steps.fingerprints.program_version`)."""
    summary = Summary(
        document_sha256=document.sha256,
        file_name=hints.file_name,
        report_year=report.report_year,
        report_id=report.report_id,
        published_on=report.published_on.isoformat() if report.published_on else None,
        fact_count=len(report.facts),
        format=document.format,
        body_name=report.body.name,
        cell_count=sum(not fact.is_unmapped for fact in report.facts),
        by_ocr=any(fact.confidence is not None for fact in report.facts),
        container_sha256=hints.container_sha256,
        source_url=hints.source_url,
        fetched_at=hints.fetched_at,
        links=_links(document),
        body_id=report.body.body_id,
    )
    return Record(summary, rows_of(document, report, hints, version))


def quarantine_record(
    sha256: str,
    hints: Hints,
    *,
    stage: str,
    code: str,
    message: str,
    hint: str | None = None,
    format: str = "unknown",
    document: Document | None = None,
) -> Record:
    """The record of a document that was turned away. Its year is the one that the source knows, if any.

    `document` is what was read of it, where it could be read.
    """
    summary = Summary(
        sha256,
        hints.file_name,
        hints.report_year,
        format=document.format if document else format,
        stage=stage,
        code=code,
        container_sha256=hints.container_sha256,
        source_url=hints.source_url,
        fetched_at=hints.fetched_at,
        links=_links(document) if document else (),
    )
    row = QuarantineRow(
        document_sha256=sha256,
        container_sha256=hints.container_sha256,
        file_name=hints.file_name,
        report_year=hints.report_year,
        stage=stage,
        code=code,
        message=message,
        hint=hint,
    )
    return Record(summary, Tables(quarantine=(row,)))


def _links(document: Document) -> tuple[tuple[str, str], ...]:
    return tuple((link.href, link.text) for link in document.links)


# --- how a record comes out of a worker

#: The tables of a document by name, each column by column in the order of its row type.
Columns = dict[str, tuple[tuple[Any, ...], ...]]


def encode(record: Record) -> bytes:
    """The tables of a record as bytes for the process that asked for it.

    Columns are a third of the size of rows, and what keeps a record takes them as they are.
    """
    return pickle.dumps(columns_of(record), protocol=5)


def decode(data: bytes) -> Columns:
    """What `encode` made, from a worker of this program only."""
    columns: Columns = pickle.loads(data)
    return columns


def columns_of(record: Record) -> Columns:
    """The tables of a record, column by column. A table without rows is left out."""
    return {name: tuple(zip(*rows, strict=True)) for name, rows in record.tables.by_name().items() if rows}


def record_of(summary: Summary, columns: Columns) -> Record:
    """The record that has these columns."""
    tables = {name: tuple(map(ROW_TYPES[name]._make, zip(*of, strict=True))) for name, of in columns.items()}
    return Record(summary, Tables(**tables))
