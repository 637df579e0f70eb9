"""What a parsed report says, as rows of the contract's tables: plain values that JSON can hold.

Belongs here: which column says what. Does not belong here: how rows are kept (`pipelines.catalogue.record`). Workers import this
module: nothing heavy.
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as words
from expectations.identities import Number
from expectations.indicators import Indicator, indicators
from pipelines.parse.report import Check, Commitment, Fact, Figure, Hints, Problem, Report, Section
from pipelines.read.document import Document

Row = dict[str, Any]

#: Beyond this a double cannot hold every whole number: such a reading is kept in `raw` only.
_LARGEST_EXACT = 2**53


def rows_of(document: Document, report: Report, hints: Hints, version: str) -> dict[str, list[Row]]:
    """The rows of every table that a parsed document has a part in, in the report's order."""
    return {
        "documents": [_document_row(document, report, hints, version)],
        "reports": [_report_row(document, report)],
        "sections": [_section_row(report, section) for section in report.sections],
        "facts": [_fact_row(document, report, fact) for fact in report.facts],
        "checks": [_check_row(report, check) for check in report.checks],
        "figures": [_figure_row(document, report, index) for index in range(len(report.figures))],
        "problems": [_problem_row(document, report, index) for index in range(len(report.problems))],
        "commitments": [_commitment_row(document, report, index) for index in range(len(report.commitments))],
    }


def _document_row(document: Document, report: Report, hints: Hints, version: str) -> Row:
    return {
        "document_sha256": document.sha256,
        "report_id": report.report_id,
        "report_year": report.report_year,
        "file_name": hints.file_name,
        "source_url": hints.source_url,
        "fetched_at": hints.fetched_at,
        "container_sha256": hints.container_sha256,
        "attached_to": hints.attached_to,
        "format": document.format,
        "encoding": document.encoding,
        "size_bytes": document.size_bytes,
        "page_count": document.page_count,
        "ocr_page_count": document.ocr_page_count,
        "block_count": len(document.blocks),
        "table_count": len(document.tables),
        "unused_table_count": report.unused_tables,
        "replacement_character_count": document.replacement_characters,
        "stands": True,
        "parser_version": version,
    }


def _report_row(document: Document, report: Report) -> Row:
    return {
        "report_id": report.report_id,
        "document_sha256": document.sha256,
        "report_year": report.report_year,
        "body_id": report.body.body_id,
        "body_name": report.body.name,
        "body_kind": report.body.kind,
        "body_function": report.body.function,
        "government_code": report.body.government_code,
        "government_name": report.body.government_name,
        "government_successor_code": report.body.successor_code,
        "government_note": report.body.note,
        "level": report.body.level,
        "province_code": report.body.province_code,
        "province_name": report.body.province_name,
        "form": report.form,
        "scope": report.scope,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "title": report.title,
        "index_number": report.index_number,
        "fact_count": len(report.facts),
        "failed_check_count": sum(check.outcome == "fails" for check in report.checks),
    }


def _section_row(report: Report, section: Section) -> Row:
    return {
        "report_id": report.report_id,
        "report_year": report.report_year,
        "section": section.number,
        "title": section.title,
        "text": section.text,
        "character_count": len(section.text),
    }


def _fact_row(document: Document, report: Report, fact: Fact) -> Row:
    return {
        "fact_id": f"{report.report_id}/{fact.table}/{fact.row}/{fact.column}",
        "report_id": report.report_id,
        "report_year": report.report_year,
        "form": report.form,
        "form_table": fact.table,
        "form_row": fact.row,
        "form_column": fact.column,
        "value": _number(fact.value),
        "unit": fact.unit,
        "raw": fact.raw,
        "row_label": fact.row_label,
        "column_label": fact.column_label,
        "grade": fact.grade,
        "prose_outcome": fact.prose,
        "read_by": fact.read_by,
        "confidence": fact.confidence,
        "document_sha256": document.sha256,
        "locator": fact.locator,
        "grid_row": fact.grid_row,
        "grid_column": fact.grid_column,
    }


def _check_row(report: Report, check: Check) -> Row:
    return {
        "check_id": f"{report.report_id}/{check.code}/{check.place}",
        "report_id": report.report_id,
        "report_year": report.report_year,
        "form": report.form,
        "kind": check.kind,
        "check_code": check.code,
        "place": check.place,
        "left_value": _number(check.left),
        "right_value": _number(check.right),
        "difference": _number(check.difference),
        "outcome": check.outcome,
        "message": check.message,
    }


def _figure_row(document: Document, report: Report, index: int) -> Row:
    figure = report.figures[index]
    known = indicators()[figure.indicator] if figure.indicator else None
    return {
        "figure_id": _id(report, "figures", index),
        "report_id": report.report_id,
        "report_year": report.report_year,
        "ordinal": index + 1,
        "indicator": known.code if known else words.UNMAPPED,
        "indicator_group": known.group if known else None,
        "aspect": figure.aspect,
        "value": _number(figure.value),
        "value_to": _number(figure.value_to),
        "unit": figure.unit,
        **_normalised(figure, known),
        "qualifier": figure.qualifier or None,
        "change_kind": figure.change.kind if figure.change else None,
        "change_base": figure.change.base if figure.change else None,
        "part_of_figure_id": None if figure.part_of is None else _id(report, "figures", figure.part_of),
        "scope": figure.scope,
        "section": figure.number.section,
        "subject": figure.subject,
        "raw": figure.raw,
        "sentence": figure.sentence_text,
        "sentence_start": figure.sentence.start,
        "sentence_end": figure.sentence.end,
        "number_start": figure.number.start,
        "number_end": figure.number.end,
        "confidence": figure.confidence,
        "grade": figure.grade,
        "document_sha256": document.sha256,
    }


def _normalised(figure: Figure, known: Indicator | None) -> Row:
    """Value and unit for comparison; only an amount has the indicator's own unit, a share is a share whatever of."""
    value = _number(figure.normalised_value) if known else None
    if known is None or value is None:
        return {"normalised_value": None, "normalised_unit": None}
    return {"normalised_value": value, "normalised_unit": known.unit if figure.aspect == "amount" else figure.unit}


def _problem_row(document: Document, report: Report, index: int) -> Row:
    problem = report.problems[index]
    answer = problem.commitment
    return {
        "problem_id": _id(report, "problems", index),
        **_statement(document, report, index, problem),
        "commitment_id": None if answer is None else _id(report, "commitments", answer),
    }


def _commitment_row(document: Document, report: Report, index: int) -> Row:
    stated = _statement(document, report, index, report.commitments[index])
    return {"commitment_id": _id(report, "commitments", index), **stated}


def _statement(document: Document, report: Report, index: int, said: Problem | Commitment) -> Row:
    return {
        "report_id": report.report_id,
        "report_year": report.report_year,
        "ordinal": index + 1,
        "theme": said.theme,
        "text": said.text,
        "section": said.span.section,
        "text_start": said.span.start,
        "text_end": said.span.end,
        "document_sha256": document.sha256,
    }


def _id(report: Report, table: str, index: int) -> str:
    return f"{report.report_id}/{table}/{index + 1}"


def _number(value: Number | None) -> int | float | None:
    """A printed number as JSON and doubles hold it; None beyond what a double holds exactly."""
    if value is None or not -_LARGEST_EXACT <= value <= _LARGEST_EXACT:
        return None
    return value if isinstance(value, int) else float(value)
