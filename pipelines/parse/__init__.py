"""`Document` → `Report`: what a document says, with the evidence for each number and how far it can be trusted.

Belongs here: sections, statutory tables, identification, checks, the figures of the narrative, the problems and
commitments of section 5. Does not belong here: file formats (`pipelines.read`), tables over many reports
(`pipelines.tabulate.frames`), comparisons (`dbt_like_sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from expectations.forms import form_for
from pipelines.parse import (
    checks,
    earlier_sections,
    identification,
    narrative,
    one_line,
    scope,
    sections,
    shortcomings,
    statutory,
    traditional,
)
from pipelines.parse.report import Check, Hints, Report, Section
from pipelines.read.document import Document

__all__ = ["Hints", "Report", "Unparseable", "parse"]


class Unparseable(Exception):
    """A document that was read but is no report that can be filed. `hint` says what would help."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def parse(document: Document, hints: Hints) -> Report:
    """Parse a document: a pure function of the document and the hints.

    Raises `Unparseable` with the code `not_a_report`, `year_unknown` or `body_unknown`.
    """
    document = replace(document, blocks=tuple(one_line.unfolded(document.blocks)))
    if not traditional.is_traditional(document):
        return _parse(document, hints)
    simplified, printed = traditional.folded(document)
    name = hints.body_name and traditional.fold(hints.body_name)
    return traditional.as_printed(_parse(simplified, replace(hints, body_name=name)), printed)


def _parse(document: Document, hints: Hints) -> Report:
    rounds = sections.rounds(document.blocks)
    blocks = document.blocks if len(rounds) == 1 else document.blocks[: rounds[1][0].block]
    starts = sections.in_order(rounds[0])
    texts = sections.sections(blocks, starts)
    who = identification.identify(document, texts, hints)
    required: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    if who.year is not None and who.year < earlier_sections.UNTIL:
        older = earlier_sections.sections(blocks)
        if older is not None and earlier_sections.says_more(older, texts):
            texts, required = older, earlier_sections.REQUIRED
            who = identification.identify(document, texts, hints)
    tables = statutory.read(blocks, starts, who.year)
    if not identification.is_report(who, document, len(starts), len(tables.readings)):
        raise Unparseable("not_a_report", "no title, section or table of an annual report was found", _NO_REPORT)
    if who.year is None:
        raise Unparseable(
            "year_unknown", "neither title nor text says which year the report is about", _HINT.format("report_year")
        )
    if who.body is None:
        raise Unparseable("body_unknown", "no body is named in title, fields or signature", _HINT.format("body_name"))
    said = scope.scope_of("\n".join(s.text for s in texts), who.body, scope.totals(tables.facts))
    figures = narrative.figures([s for s in texts if s.number != earlier_sections.ANNEX])
    narrative.resolve(figures, who.body)
    found = [
        *who.checks,
        _sections_check(texts, required),
        _one_report_check(len(rounds)),
        checks.form_checks(tables.form, who.year, form_for(who.year)) if tables.readings else None,
        *checks.grade(tables),
        *narrative.check(figures, tables.facts, said.code),
    ]
    problems, promises = shortcomings.read(texts)
    return Report(
        body=who.body,
        report_year=who.year,
        form=tables.form.name if tables.readings else _form_name(who.year),
        scope=said.code,
        scope_from=said.told_by,
        scope_sentence=said.sentence,
        published_on=who.published_on,
        title=who.title,
        index_number=who.index_number,
        sections=tuple(texts),
        facts=tuple(tables.facts),
        checks=tuple(c for c in found if c),
        unused_tables=tables.unused_tables,
        figures=tuple(figures),
        problems=problems,
        commitments=promises,
        body_from=who.body_from or "source",
        year_from=who.year_from or "source",
    )


_COUNTS = {5: "five", 6: "six"}
_NO_REPORT = "check that it is an annual report (年度报告) and no list, notice or error page; of a page with a report attached, give the attachment, too"
_HINT = "give it as `{}` in a sources.csv beside the file"


def _form_name(year: int) -> str:
    """The form in force, for a report whose tables are missing."""
    form = form_for(year)
    return form.name if form else "none"


def _sections_check(texts: Sequence[Section], required: Sequence[int]) -> Check:
    missing = [n for n in required if n not in {s.number for s in texts}]
    if missing:
        return Check(
            "structure", "sections_complete", "", "fails", f"sections not found: {', '.join(map(str, missing))}"
        )
    return Check("structure", "sections_complete", "", "holds", f"all {_COUNTS[len(required)]} sections were found")


def _one_report_check(count: int) -> Check:
    """Pages can hold several reports (years in tabs, a bundle): the first is read, and the others are not lost unseen."""
    if count > 1:
        message = f"the document holds {count} reports; the first was read, give the others as documents of their own"
        return Check("structure", "one_report", "", "fails", message)
    return Check("structure", "one_report", "", "holds", "the document holds one report")
