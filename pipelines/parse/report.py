"""Tells what parsing yields: a `Report`, the statement of one document about one body and one year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from expectations.identities import Number
from expectations.vocabulary import IDENTITY_FROM
from pipelines.bodies.body import Body


@dataclass(frozen=True, slots=True)
class Hints:
    """Holds what is known about a document from outside its bytes. Parsing is a pure function of the bytes and these.

    `report_year` and `body_name` come from the register of sources, or from the page that links the document; they serve
    only where the document is silent. `container_sha256` is the archive that it was taken out of, `attached_to` the
    file name of the page that links it, `fetched_at` when its address first held these bytes (UTC, ISO form).
    """

    file_name: str
    source_url: str | None = None
    report_year: int | None = None
    body_name: str | None = None
    container_sha256: str | None = None
    attached_to: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section's text, tables left out. Number 0 is what stands before section 1."""

    number: int
    title: str | None
    text: str


@dataclass(slots=True)
class Fact:
    """One cell of a statutory table: value as printed, literal text, and where it stands. Mutable until graded.

    `prose` is what the narrative says of the same number: `holds`, `fails`, or None where it does not say it.
    `verified_by` are the codes of the form's identities that bear a verified number out, `untested` of those that the
    cell takes part in and that could not be tested.
    """

    table: str
    row: str
    column: str
    value: Number | None
    raw: str
    unit: str | None
    row_label: str
    column_label: str
    locator: str
    grid_row: int | None = None
    grid_column: int | None = None
    grade: str = "unverified"
    confidence: float | None = None
    prose: str | None = None
    verified_by: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()

    @property
    def read_by(self) -> str:
        """`text` or `ocr`: only what OCR read has a confidence."""
        return "text" if self.confidence is None else "ocr"

    @property
    def is_unmapped(self) -> bool:
        """Tell whether no form knows the row or column: kept and reported, but no cell of the form."""
        return self.row.startswith("unmapped.") or self.column.startswith("unmapped.")


@dataclass(frozen=True, slots=True)
class Check:
    """One check at one place: an identity, or a rule about structure, prose or identification."""

    kind: str
    code: str
    place: str
    outcome: str
    message: str
    left: Number | None = None
    right: Number | None = None

    @property
    def difference(self) -> Number | None:
        """Left minus right; None where a side is missing."""
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a stored section text: section number, first character and the one behind the last."""

    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """Holds what a change figure says: `kind` is increase or decrease, `base` what it is measured against."""

    kind: str
    base: str


@dataclass(slots=True)
class Figure:
    """One quantitative statement of the narrative. Mutable until graded.

    `value` is the plain number in the printed measure word (67.45万条 is 674500 in 条; 八成 is 80 in %), `value_to` the
    upper end of a range. `normalised_value` is the same quantity in the indicator's own unit. `indicator` is a code of
    `data/indicators.yaml` or None where the dictionary does not know the statement; `aspect` tells the quantity itself
    (`amount`) from a `share` of a whole, a `change` against an earlier time, and a `rank`. `part_of` is the index in
    `Report.figures` of the whole that it is a part of, or that a share or change speaks of. `sentence` and `number`
    are spans of the stored section text; `raw` is the literal number with its unit.

    The parts, "" where the sentence does not say: `object` the head noun as printed and `object_class` its class, `action`,
    `channel`, `time` and `modifier` classes of `data/narrative_words.yaml`, `owner` of whom within the report it speaks, as
    printed; `owner_code` and `owner_body` are the government and the body that this is, where it can be told. `rival` is
    the indicator that fits best where none fits well enough.
    """

    indicator: str | None
    aspect: str
    value: Number
    value_to: Number | None
    unit: str
    normalised_value: Number | None
    qualifier: str
    change: Change | None
    part_of: int | None
    scope: str
    subject: str
    raw: str
    sentence_text: str
    sentence: Span
    number: Span
    confidence: float
    grade: str = "unverified"
    object: str = ""
    object_class: str = ""
    action: str = ""
    channel: str = ""
    owner: str = ""
    time: str = ""
    modifier: str = ""
    owner_code: str | None = None
    owner_body: str | None = None
    rival: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One enumerated shortcoming of section 5. `commitment` is the index in `Report.commitments` of its answer.

    `second_theme` is another matter that it names besides, None where it names one.
    """

    theme: str
    text: str
    span: Span
    commitment: int | None = None
    second_theme: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One improvement that section 5 promises."""

    theme: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One document's statement: who, which year, what the tables and sections say, and how far it can be trusted.

    `body_from` and `year_from` say what told the body and the year (`expectations.vocabulary.IDENTITY_FROM`).
    """

    body: Body
    report_year: int
    form: str
    scope: str
    scope_from: str
    scope_sentence: str | None
    published_on: datetime.date | None
    title: str | None
    index_number: str | None
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    unused_tables: int
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    body_from: str = "title"
    year_from: str = "title"

    @property
    def report_id(self) -> str:
        """`<body_id>-<report_year>`."""
        return f"{self.body.body_id}-{self.report_year}"

    @property
    def identity_from(self) -> str:
        """The less certain of what told the body and what told the year."""
        return max(self.body_from, self.year_from, key=IDENTITY_FROM.index)
