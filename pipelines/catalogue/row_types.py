"""The rows of the parsed tables as types: a column a field, in the contract's order, in the contract's type.

A test holds them against `expectations`. They stand here again because workers import this module: the contract needs
pandera, which takes seconds. A named tuple is as fast to make as a dict, and a table of them turns into columns at once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, get_args, get_type_hints


class DocumentRow(NamedTuple):
    """One row a document that was read."""

    document_sha256: str
    report_id: str
    report_year: int
    file_name: str
    source_url: str | None
    fetched_at: str | None
    container_sha256: str | None
    attached_to: str | None
    format: str
    encoding: str | None
    size_bytes: int
    page_count: int | None
    ocr_page_count: int
    block_count: int
    table_count: int
    unused_table_count: int
    replacement_character_count: int
    stands: bool
    parser_version: str


class ReportRow(NamedTuple):
    """One row a report: what one body says of one year."""

    report_id: str
    document_sha256: str
    report_year: int
    body_id: str
    body_name: str
    body_kind: str
    body_function: str | None
    accountability: str | None
    government_code: str | None
    government_name: str | None
    government_successor_code: str | None
    government_note: str | None
    level: str
    province_code: str | None
    province_name: str | None
    form: str
    scope: str
    scope_from: str
    scope_sentence: str | None
    published_on: datetime.date | None
    title: str | None
    body_from: str
    year_from: str
    identity_from: str
    index_number: str | None
    fact_count: int
    failed_check_count: int


class SectionRow(NamedTuple):
    """One row a section of a report, the preamble being section 0."""

    report_id: str
    report_year: int
    section: int
    title: str | None
    text: str
    character_count: int


class FactRow(NamedTuple):
    """One row a cell of a statutory table."""

    fact_id: str
    report_id: str
    report_year: int
    form: str
    form_table: str
    form_row: str
    form_column: str
    value: float | None
    printed_value: float | None
    unit: str | None
    raw: str
    row_label: str
    column_label: str
    grade: str
    verified_by: str | None
    untested_identities: str | None
    prose_outcome: str | None
    read_by: str
    confidence: float | None
    document_sha256: str
    locator: str
    grid_row: int | None
    grid_column: int | None


class CheckRow(NamedTuple):
    """One row a check of a report."""

    check_id: str
    report_id: str
    report_year: int
    form: str
    kind: str
    check_code: str
    place: str
    left_value: float | None
    right_value: float | None
    difference: float | None
    outcome: str
    message: str


class FigureRow(NamedTuple):
    """One row a quantitative statement of the narrative."""

    figure_id: str
    report_id: str
    report_year: int
    ordinal: int
    indicator: str
    indicator_group: str | None
    aspect: str
    value: float | None
    printed_value: float | None
    value_to: float | None
    unit: str
    normalised_value: float | None
    normalised_unit: str | None
    qualifier: str | None
    change_kind: str | None
    change_base: str | None
    part_of_figure_id: str | None
    scope: str
    object: str | None
    object_class: str | None
    action: str | None
    channel: str | None
    owner: str | None
    owner_code: str | None
    owner_body_id: str | None
    time: str | None
    modifier: str | None
    rival_indicator: str | None
    section: int
    subject: str
    raw: str
    sentence: str
    sentence_start: int
    sentence_end: int
    number_start: int
    number_end: int
    confidence: float
    grade: str
    document_sha256: str


class ProblemRow(NamedTuple):
    """One row a shortcoming that section 5 names."""

    problem_id: str
    report_id: str
    report_year: int
    ordinal: int
    theme: str
    second_theme: str | None
    text: str
    section: int
    text_start: int
    text_end: int
    commitment_id: str | None
    document_sha256: str


class CommitmentRow(NamedTuple):
    """One row an improvement that section 5 promises."""

    commitment_id: str
    report_id: str
    report_year: int
    ordinal: int
    theme: str
    text: str
    section: int
    text_start: int
    text_end: int
    document_sha256: str


class RevisionRow(NamedTuple):
    """One row a document of a report that has several."""

    report_id: str
    report_year: int
    document_sha256: str
    ordinal: int
    file_name: str
    published_on: datetime.date | None
    fetched_at: str | None
    stands: bool
    decided_by: str
    reason: str
    fact_count: int
    compared_fact_count: int
    differing_fact_count: int
    differing_facts: str | None
    only_here_fact_count: int
    only_standing_fact_count: int


class QuarantineRow(NamedTuple):
    """One row a document that was turned away, with the reason."""

    document_sha256: str
    container_sha256: str | None
    file_name: str
    report_year: int | None
    stage: str
    code: str
    message: str
    hint: str | None


@dataclass(frozen=True, slots=True)
class Tables:
    """The parsed tables of one document, or of one report that several documents state, by the names of the contract."""

    documents: tuple[DocumentRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    problems: tuple[ProblemRow, ...] = ()
    commitments: tuple[CommitmentRow, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    quarantine: tuple[QuarantineRow, ...] = ()

    def by_name(self) -> dict[str, tuple[Any, ...]]:
        """The rows of every table by its name, in the contract's order; no rows where it has none."""
        return {table.name: getattr(self, table.name) for table in fields(self)}


#: The type of each table's rows.
ROW_TYPES: dict[str, Any] = {name: get_args(rows)[0] for name, rows in get_type_hints(Tables).items()}
