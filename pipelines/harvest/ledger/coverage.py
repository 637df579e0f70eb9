"""Tells who has published: the reports that are expected of a year, against what the ledger has found.

Belongs here: putting register and ledger together. Does not belong here: dates (`pipelines.harvest.register.calendar`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.register.calendar import TIME_ZONE, Standing, body_of_source, expected, standing
from pipelines.harvest.register.sources import Source


def coverage(sources: Sequence[Source], ledger: Ledger, year: int, today: date) -> list[Standing]:
    """Tell how each report that is expected of a year stands on a day of `TIME_ZONE`."""
    province = {source.body_name: source.province for source in sources}
    return standing(expected(sources, year), _found(ledger, province, year), _unreachable(ledger, sources, year), today)


def _found(ledger: Ledger, province: dict[str, str], year: int) -> dict[str, date]:
    """The day on which a report of each body was first seen."""
    found: dict[str, date] = {}
    for fetch in ledger.changes():
        if fetch.report_year == year and fetch.body_name:
            body = body_of_source(fetch.body_name, province.get(fetch.body_name, ""), year).body_id
            found[body] = min(found.get(body, date.max), china_day(fetch.requested_at))
    return found


def _unreachable(ledger: Ledger, sources: Iterable[Source], year: int) -> set[str]:
    """Bodies none of whose lists could be had when they were last asked for."""
    reached: dict[str, bool] = {}
    last = {fetch.url: fetch for fetch in ledger.last_of_each(("list",))}
    for source in sources:
        fetch = last.get(canonical(source.url) or source.url) if source.kind == "list" else None
        if fetch is not None and fetch.location is not None:  # reached, if what it leads to was
            fetch = last.get(fetch.location, fetch)
        if fetch is not None:
            body = body_of_source(source.body_name, source.province, year).body_id
            reached[body] = reached.get(body, False) or fetch.is_good or fetch.outcome == "redirected"
    return {body for body, was in reached.items() if not was}


def today() -> date:
    """The day in China, where reports are due."""
    return datetime.now(ZoneInfo(TIME_ZONE)).date()


def china_day(time: str) -> date:
    """The day in China of a time in UTC (ISO form)."""
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZoneInfo(TIME_ZONE)).date()
