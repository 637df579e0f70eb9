"""One document's record: a parsed report as the contract's tables, or why it was turned away.

`encode` and `decode` alone know how a record is kept; `pipelines.tabulate.frames.frames` alone turns records into
frames. Everything between works on typed rows (`pipelines.catalogue.row_types`). Workers import this module: nothing
heavy.
"""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, get_type_hints

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

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Summary:
        """The summary that was kept as JSON. Raises `KeyError` or `TypeError` where another version kept it."""
        pairs = {name: tuple((first, second) for first, second in content[name]) for name in ("links", "read_with")}
        return cls(**{**content, **pairs})


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


# --- how a record is kept


def encode(record: Record) -> bytes:
    """A record as compressed JSON; the same bytes for the same record. A table without rows is left out.

    A table stands there column by column: half the size of a list of rows, and several times as fast to load.
    """
    tables = {name: _columns(rows) for name, rows in record.tables.by_name().items() if rows}
    content = {"summary": asdict(record.summary), "tables": tables}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=datetime.date.isoformat)
    return gzip.compress(text.encode(), mtime=0)


def decode(data: bytes) -> Record:
    """The record that `encode` wrote.

    Raises `ValueError`, `KeyError`, `TypeError`, `OSError` or `EOFError` where the bytes are damaged or of another
    program.
    """
    content = json.loads(gzip.decompress(data))
    tables = {name: _rows(name, columns) for name, columns in content["tables"].items()}
    return Record(Summary.of(content["summary"]), Tables(**tables))


def _columns(rows: tuple[Any, ...]) -> dict[str, tuple[Any, ...]]:
    return dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))


def _rows(table: str, columns: dict[str, list[Any]]) -> tuple[Any, ...]:
    row_type = ROW_TYPES[table]
    if tuple(columns) != row_type._fields:
        raise ValueError(f"the columns of {table} are those of another program")
    for name in _dates(table):
        columns[name] = [value and datetime.date.fromisoformat(value) for value in columns[name]]
    return tuple(map(row_type._make, zip(*columns.values(), strict=True)))


@cache
def _dates(table: str) -> tuple[str, ...]:
    """The columns of a table that hold dates, which JSON does not know."""
    return tuple(name for name, kind in get_type_hints(ROW_TYPES[table]).items() if kind == datetime.date | None)
