"""Whose lists come first: those whose report is due and was not seen yet, then those that are due later, then the others.

Belongs here: the order of a refresh. Does not belong here: what is due at all (`pipelines.harvest.walk.plan`), or what is asked
at once (`pipelines.harvest.fetch.host_order`), which keeps this order within a host.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, timedelta

from expectations.due_dates import due
from pipelines.harvest.register.calendar import body_of_source, report_year_due
from pipelines.harvest.register.sources import Source

#: Reports come in from so many days before their last day on.
_BEFORE = timedelta(days=14)


def by_need(sources: Iterable[Source], seen: Container[str], today: date) -> list[Source]:
    """The sources in the order in which a refresh asks for them; those of one rank stay as they stand.

    `seen` are the names of bodies of which a report of the newest year was had.
    """
    year = report_year_due(today)
    rows = [*sources]
    ranks = {source.body: _rank(source, seen, year, today) for source in rows}
    return sorted(rows, key=lambda source: ranks[source.body])


def _rank(source: Source, seen: Container[str], year: int, today: date) -> int:
    if source.body_name in seen:
        return 2
    body = body_of_source(source.body_name, source.province, year)
    return 0 if due(body.kind, year).on <= today + _BEFORE else 1
