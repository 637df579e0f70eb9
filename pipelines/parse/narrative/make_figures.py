"""Readings → figures: structure first (whole and part, owner, aspect), then the indicator that the structure allows."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.parse.narrative.amounts import amount_figure
from pipelines.parse.narrative.breakdowns import is_over, part_figure, whole_of
from pipelines.parse.narrative.changes import change, share_words
from pipelines.parse.narrative.options import offered
from pipelines.parse.narrative.prose import Prose, prose
from pipelines.parse.narrative.readings import Before, Reading, readings
from pipelines.parse.narrative.relative import RATE, changed_figure, is_cut, ranked_figure, share_figure
from pipelines.parse.narrative.trees import Placed
from pipelines.parse.narrative.whose import Owners
from pipelines.parse.report import Figure, Section


def figures(sections: Sequence[Section]) -> list[Figure]:
    """The quantitative statements of a report, in the order of the text.

    The preamble (section 0) speaks of the report itself; it counts only where no section was found.
    """
    found: list[Figure] = []
    for section in [s for s in sections if s.number > 0] or sections:
        found.extend(_of_section(prose(section), len(found)))
    return found


def _of_section(text: Prose, first: int) -> list[Figure]:
    placed: list[Placed] = []
    before, owned = Before(placed, first), Owners(text, placed, first)
    for reading in readings(text):
        figure = _figure(reading, before)
        if figure:
            numeral = reading.numeral
            placed.append(
                Placed(figure, numeral.begin, numeral.resume, reading.window.sentence, reading.thing, reading.bracket)
            )
            owned.settle()
    owned.in_lists()
    return [one.figure for one in placed]


def _figure(reading: Reading, before: Before) -> Figure | None:
    numeral, plain = reading.numeral, reading.prose.plain
    if numeral.rank:
        return ranked_figure(reading)
    changed = change(plain, numeral, reading.window)
    if changed and not is_cut(reading, changed):
        return changed_figure(reading, before, changed)
    place = share_words(plain, numeral, reading.window)
    whole = None if numeral.unit == "%" else whole_of(reading, before)
    if whole is not None and is_over(reading, before, whole):
        whole = None
    if whole is not None and place is None:
        return part_figure(reading, before, whole)
    options = offered(reading, numeral.unit, before)
    if place is not None and not (options and options[0].score >= RATE):
        return share_figure(reading, before, place)
    return part_figure(reading, before, whole) if whole is not None else amount_figure(reading, options, before)
