"""Read a document and hold what is read against the truth about its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from expectations.identities import Number
from pipelines.parse import Hints, Report, Unparseable, parse
from pipelines.read import Unreadable, read
from tests.trials.formats import RENDERERS
from tests.trials.page import Key, Page, said, sources

Cells = dict[Key, tuple[Number | None, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a trial: `outcome` is `read`, or the code of why not. The others are sentences, a place each."""

    outcome: str
    wrong: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Tell whether a wrong number is verified, a reading was lost for nothing, or a doubt is not said."""
        return bool(self.wrong or self.lost or self.unmarked)


def report_of(data: bytes) -> Report | str:
    """The report in a document, or the code of why there is none."""
    try:
        return parse(read(data, "trial"), Hints("trial"))
    except (Unreadable, Unparseable) as problem:
        return problem.code


@cache
def undamaged(name: str, format: str) -> Report:
    """A source in a format as it is read before anything happens to it."""
    report = report_of(RENDERERS[format](sources()[name].content()))
    assert isinstance(report, Report), f"{name} as {format}: {report}"
    return report


def judged(page: Page, format: str, data: bytes, *, harmless: bool = False) -> Verdict:
    """Hold what is read from a document against its page. `harmless`: figures must not be lost either."""
    report, before = report_of(data), undamaged(page.name, format)
    if isinstance(report, str):
        return Verdict(report, lost=(f"not read: {report}",) if harmless else ())
    lost = [*_lost(report, before, page), *(_figures_lost(report, before) if harmless else ())]
    return Verdict("read", tuple(wrong(report, page)), tuple(lost), tuple(_unmarked(report, before, page)))


def wrong(report: Report, page: Page) -> Iterable[str]:
    """Facts and figures that are verified, and that the page does not say."""
    for fact in report.facts:
        key = (fact.table, fact.row, fact.column)
        if fact.grade != "verified" or fact.is_unmapped or fact.value is None:
            continue
        if key not in page.truth or page.truth[key] != fact.value:
            yield f"{'/'.join(key)}: {fact.value}, the page says {page.truth.get(key, 'nothing')}"
        elif key in page.units and fact.unit != page.units[key]:
            yield f"{'/'.join(key)}: {fact.value} {fact.unit}, the page says {page.units[key]}"
    for figure in report.figures:
        says = (figure.indicator, figure.aspect, figure.value, figure.value_to)
        if figure.grade == "verified" and says not in page.said:
            yield f"figure {figure.indicator} {figure.aspect} {figure.value}: {figure.sentence_text[:40]}"


def cells(report: Report) -> Cells:
    """Values and grades by cell."""
    return {(f.table, f.row, f.column): (f.value, f.grade) for f in report.facts}


def verified(report: Report) -> frozenset[tuple[object, ...]]:
    """The verified facts and figures with their values."""
    facts = (
        (f.table, f.row, f.column, f.value)
        for f in report.facts
        if f.grade == "verified" and f.value is not None and not f.is_unmapped
    )
    figures = ((f.indicator, f.aspect, f.value, f.value_to) for f in report.figures if f.grade == "verified")
    return frozenset([*facts, *figures])


def _lost(report: Report, before: Report, page: Page) -> Iterable[str]:
    """Cells that the operator leaves alone and that were read rightly before."""
    now = cells(report)
    for key, (value, grade) in cells(before).items():
        if key in page.open or key not in page.truth or page.truth[key] != value:
            continue
        if now.get(key, (None, "absent")) != (value, grade):
            yield f"{'/'.join(key)}: {value} {grade} is now {now.get(key)}"


def _figures_lost(report: Report, before: Report) -> Iterable[str]:
    found = said(report)
    return (f"figure {what}" for what in sorted(said(before) - found, key=str))


def _unmarked(report: Report, before: Report, page: Page) -> Iterable[str]:
    """Cells that must not pass in silence: a value that looks right beside checks that all hold."""
    if failing(report) - failing(before):
        return
    now = cells(report)
    for key in page.marked:
        if now.get(key, (None, ""))[0] is not None:
            yield f"{'/'.join(key)}: {now[key]} and no check fails"


def failing(report: Report) -> frozenset[tuple[str, str]]:
    """The checks that fail, by code and place."""
    return frozenset((c.code, c.place) for c in report.checks if c.outcome == "fails")
