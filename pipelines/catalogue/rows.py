"""Tells what a parsed report says, as rows of the contract's tables. Workers import this module: nothing heavy."""

from __future__ import annotations

from expectations import vocabulary as words
from expectations.identities import Number
from expectations.indicators import Indicator, indicators
from pipelines.catalogue.row_types import (
    CheckRow,
    CommitmentRow,
    DocumentRow,
    FactRow,
    FigureRow,
    ProblemRow,
    ReportRow,
    SectionRow,
    Tables,
)
from pipelines.parse.report import Check, Fact, Figure, Hints, Report, Section
from pipelines.read.document import Document

#: Beyond this a double cannot hold every whole number: such a reading is kept in `raw` only.
_LARGEST_EXACT = 2**53


def rows_of(document: Document, report: Report, hints: Hints, version: str) -> Tables:
    """The rows of every table that a parsed document has a part in, in the report's order."""
    return Tables(
        documents=(_document_row(document, report, hints, version),),
        reports=(_report_row(document, report),),
        sections=tuple(_section_row(report, section) for section in report.sections),
        facts=tuple(_fact_row(document, report, fact) for fact in report.facts),
        checks=tuple(check_row(report, check) for check in report.checks),
        figures=tuple(_figure_row(document, report, index) for index in range(len(report.figures))),
        problems=tuple(_problem_row(document, report, index) for index in range(len(report.problems))),
        commitments=tuple(_commitment_row(document, report, index) for index in range(len(report.commitments))),
    )


def _document_row(document: Document, report: Report, hints: Hints, version: str) -> DocumentRow:
    return DocumentRow(
        document_sha256=document.sha256,
        report_id=report.report_id,
        report_year=report.report_year,
        file_name=hints.file_name,
        source_url=hints.source_url,
        fetched_at=hints.fetched_at,
        container_sha256=hints.container_sha256,
        attached_to=hints.attached_to,
        format=document.format,
        encoding=document.encoding,
        size_bytes=document.size_bytes,
        page_count=document.page_count,
        ocr_page_count=document.ocr_page_count,
        block_count=len(document.blocks),
        table_count=len(document.tables),
        unused_table_count=report.unused_tables,
        replacement_character_count=document.replacement_characters,
        stands=True,
        parser_version=version,
    )


def _report_row(document: Document, report: Report) -> ReportRow:
    return ReportRow(
        report_id=report.report_id,
        document_sha256=document.sha256,
        report_year=report.report_year,
        body_id=report.body.body_id,
        body_name=report.body.name,
        body_kind=report.body.kind,
        body_function=report.body.function,
        accountability=report.body.accountability,
        government_code=report.body.government_code,
        government_name=report.body.government_name,
        government_successor_code=report.body.successor_code,
        government_note=report.body.note,
        level=report.body.level,
        province_code=report.body.province_code,
        province_name=report.body.province_name,
        form=report.form,
        scope=report.scope,
        scope_from=report.scope_from,
        scope_sentence=report.scope_sentence,
        published_on=report.published_on,
        title=report.title,
        body_from=report.body_from,
        year_from=report.year_from,
        identity_from=report.identity_from,
        index_number=report.index_number,
        fact_count=len(report.facts),
        failed_check_count=sum(check.outcome == "fails" for check in report.checks),
    )


def _section_row(report: Report, section: Section) -> SectionRow:
    return SectionRow(
        report_id=report.report_id,
        report_year=report.report_year,
        section=section.number,
        title=section.title,
        text=section.text,
        character_count=len(section.text),
    )


def _fact_row(document: Document, report: Report, fact: Fact) -> FactRow:
    return FactRow(
        fact_id=f"{report.report_id}/{fact.table}/{fact.row}/{fact.column}",
        report_id=report.report_id,
        report_year=report.report_year,
        form=report.form,
        form_table=fact.table,
        form_row=fact.row,
        form_column=fact.column,
        value=_number(fact.value),
        printed_value=_number(fact.value),
        unit=fact.unit,
        raw=fact.raw,
        row_label=fact.row_label,
        column_label=fact.column_label,
        grade=fact.grade,
        verified_by=_codes(fact.verified_by),
        untested_identities=_codes(fact.untested),
        prose_outcome=fact.prose,
        read_by=fact.read_by,
        confidence=fact.confidence,
        document_sha256=document.sha256,
        locator=fact.locator,
        grid_row=fact.grid_row,
        grid_column=fact.grid_column,
    )


def _codes(codes: tuple[str, ...]) -> str | None:
    """Codes as one text with spaces between; None for none."""
    return " ".join(codes) or None


def check_row(report: Report | ReportRow, check: Check) -> CheckRow:
    """The row of a check of a report. Whoever checks one document or several makes a `Check`, and its row here."""
    return CheckRow(
        check_id=f"{report.report_id}/{check.code}/{check.place}",
        report_id=report.report_id,
        report_year=report.report_year,
        form=report.form,
        kind=check.kind,
        check_code=check.code,
        place=check.place,
        left_value=_number(check.left),
        right_value=_number(check.right),
        difference=_number(check.difference),
        outcome=check.outcome,
        message=check.message,
    )


def _figure_row(document: Document, report: Report, index: int) -> FigureRow:
    figure = report.figures[index]
    known = indicators()[figure.indicator] if figure.indicator else None
    normalised, unit = _normalised(figure, known)
    return FigureRow(
        figure_id=_id(report, "figures", index),
        report_id=report.report_id,
        report_year=report.report_year,
        ordinal=index + 1,
        indicator=known.code if known else words.UNMAPPED,
        indicator_group=known.group if known else None,
        aspect=figure.aspect,
        value=_number(figure.value),
        printed_value=_number(figure.value),
        value_to=_number(figure.value_to),
        unit=figure.unit,
        normalised_value=normalised,
        normalised_unit=unit,
        qualifier=figure.qualifier or None,
        change_kind=figure.change.kind if figure.change else None,
        change_base=figure.change.base if figure.change else None,
        part_of_figure_id=None if figure.part_of is None else _id(report, "figures", figure.part_of),
        scope=figure.scope,
        object=figure.object or None,
        object_class=figure.object_class or None,
        action=figure.action or None,
        channel=figure.channel or None,
        owner=figure.owner or None,
        owner_code=figure.owner_code,
        owner_body_id=figure.owner_body,
        time=figure.time or None,
        modifier=figure.modifier or None,
        rival_indicator=figure.rival,
        section=figure.number.section,
        subject=figure.subject,
        raw=figure.raw,
        sentence=figure.sentence_text,
        sentence_start=figure.sentence.start,
        sentence_end=figure.sentence.end,
        number_start=figure.number.start,
        number_end=figure.number.end,
        confidence=figure.confidence,
        grade=figure.grade,
        document_sha256=document.sha256,
    )


def _normalised(figure: Figure, known: Indicator | None) -> tuple[float | None, str | None]:
    """Value and unit for comparison; only an amount has the indicator's own unit, a share is a share whatever of."""
    value = _number(figure.normalised_value) if known else None
    if known is None or value is None:
        return None, None
    return value, known.unit if figure.aspect == "amount" else figure.unit


def _problem_row(document: Document, report: Report, index: int) -> ProblemRow:
    problem = report.problems[index]
    answer = problem.commitment
    return ProblemRow(
        problem_id=_id(report, "problems", index),
        report_id=report.report_id,
        report_year=report.report_year,
        ordinal=index + 1,
        theme=problem.theme,
        second_theme=problem.second_theme,
        text=problem.text,
        section=problem.span.section,
        text_start=problem.span.start,
        text_end=problem.span.end,
        commitment_id=None if answer is None else _id(report, "commitments", answer),
        document_sha256=document.sha256,
    )


def _commitment_row(document: Document, report: Report, index: int) -> CommitmentRow:
    commitment = report.commitments[index]
    return CommitmentRow(
        commitment_id=_id(report, "commitments", index),
        report_id=report.report_id,
        report_year=report.report_year,
        ordinal=index + 1,
        theme=commitment.theme,
        text=commitment.text,
        section=commitment.span.section,
        text_start=commitment.span.start,
        text_end=commitment.span.end,
        document_sha256=document.sha256,
    )


def _id(report: Report, table: str, index: int) -> str:
    return f"{report.report_id}/{table}/{index + 1}"


def _number(value: Number | None) -> int | float | None:
    """A printed number as JSON and doubles hold it; None beyond what a double holds exactly."""
    if value is None or not -_LARGEST_EXACT <= value <= _LARGEST_EXACT:
        return None
    return value if isinstance(value, int) else float(value)
