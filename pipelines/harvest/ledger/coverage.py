"""Tells who has published: the reports that are expected of a year, against what the ledger has found.

Belongs here: putting register and ledger together. Does not belong here: dates (`pipelines.harvest.register.calendar`),
how a list was read (`pipelines.harvest.walk.tally`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.ledger.readings import Look, Reading
from pipelines.harvest.register.calendar import (
    TIME_ZONE,
    Looked,
    Seen,
    Standing,
    body_of_source,
    expected,
    standing,
)
from pipelines.harvest.register.sources import Source

#: A list that holds a report of one of so many years before is one in which the next would stand.
_YEARS_BEFORE = 2
#: A list that was read longer ago says nothing of today: who is said to be missing may have published since.
_LATELY = timedelta(days=45)
#: An address that holds no list says nothing; all else that was not read may hold the report.
_GONE = frozenset({"http_403", "http_404", "http_410", "soft_404"})
#: Which reason is told where a body's lists were not read for several.
_FIRST_TOLD = ("challenge", "wants_cookie", "forbidden", "script", "empty", "general", "dead")


def coverage(sources: Sequence[Source], ledger: Ledger, year: int, today: date) -> list[Standing]:
    """Tell how each report that is expected of a year stands on a day of `TIME_ZONE`."""
    province = {source.body_name: source.province for source in sources}
    seen = _seen(ledger, province, year)
    return standing(expected(sources, year), seen, _looked(sources, ledger, province, year, today), today)


def _seen(ledger: Ledger, province: Mapping[str, str], year: int) -> dict[str, Seen]:
    """When a report of each body was first seen, and published: of several addresses, the earliest of each."""
    days: defaultdict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for name, first, published in ledger.published(year):
        body = body_of_source(name, province.get(name, ""), year).body_id
        days[body].append((china_day(first), _publication(published, year)))
    return {
        body: Seen(min(first for first, _ in found), min((day for _, day in found if day), default=None))
        for body, found in days.items()
    }


def _publication(text: str | None, year: int) -> date | None:
    """The day beside a report; None where it cannot be that of its publication, since the year was not over."""
    day = date.fromisoformat(text) if text else None
    return day if day and day.year > year else None


# --- how the lists were looked at


def _looked(
    sources: Iterable[Source], ledger: Ledger, province: Mapping[str, str], year: int, today: date
) -> dict[str, Looked]:
    """How the lists of each body that has one were looked at."""

    def body(name: str, place: str | None = None) -> str:
        return body_of_source(name, province.get(name, "") if place is None else place, year).body_id

    looks: defaultdict[str, list[Look]] = defaultdict(list)
    for look in ledger.looks():
        looks[body(look.last[0].body_name, look.last[0].province)].append(look)
    held: defaultdict[str, set[int]] = defaultdict(set)
    for name, years in ledger.held().items():
        held[body(name)] |= years
    lacking = {body(name): url for name, url in ledger.lacking(year).items()}
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for source in sources:
        if source.kind == "list":
            lists[body(source.body_name, source.province)].append(canonical(source.url) or source.url)
    found = {each: _of_lists(_together(looks[each]), held[each], year, today, urls) for each, urls in lists.items()}
    return found | {each: Looked(_days(_together(looks[each])), "listed", url) for each, url in lacking.items()}


def _together(looks: Sequence[Look]) -> Look:
    """What was seen of one body under all its names; its last refresh is the newest of theirs."""
    newest = max((look.last[0].run_id for look in looks), default="")
    last = [reading for look in looks if look.last[0].run_id == newest for reading in look.last]
    years = (look.years for look in looks)
    return Look(last, frozenset().union(*years), frozenset().union(*(look.read_on for look in looks)))


def _days(look: Look) -> tuple[date, ...]:
    return tuple(sorted(look.read_on))


def _of_lists(look: Look, held: set[int], year: int, today: date, urls: Sequence[str]) -> Looked:
    """How the lists of one body, by their addresses in the register, were looked at."""
    last, days = look.last, _days(look)
    if not last:
        return Looked(why="not_asked", where=urls[0])
    if any(reading.state == "read" and reading.url not in urls for reading in last):
        # A list was found that stands for one that is dead, or that is of an old year.
        last = [reading for reading in last if reading.url not in urls or not _is_replaced(reading)]
    why, where = _why_unread(last, held | look.years, year)
    if why is None and today - days[-1] > _LATELY:
        why = "not_asked"
    return Looked(days, why, where)


def _is_replaced(reading: Reading) -> bool:
    return reading.state == "dead" or any(gap.why == "one_year" for gap in reading.gaps)


def _why_unread(last: Sequence[Reading], held: set[int], year: int) -> tuple[str | None, str]:
    """Tell why the lists, as they were last looked at, may hold a report of a year unseen, and where; None where not."""
    whole = [reading for reading in last if reading.state == "read"]
    unread = [reading for reading in last if reading.state != "read" and not (whole and reading.code in _GONE)]
    if unread:
        first = min(unread, key=lambda reading: _FIRST_TOLD.index(reading.state))
        return first.state, first.url
    if listed := next((reading.url for reading in whole if year in reading.years), ""):
        return "listed", listed
    gap = next((gap for reading in whole for gap in reading.gaps if gap.may_hold(year)), None)
    if gap is not None:
        return gap.why, gap.url
    if not held:
        return "never_held", whole[0].url
    is_current = any(year - _YEARS_BEFORE <= each < year for each in held)
    return (None if is_current else "old"), whole[0].url


def today() -> date:
    """The day in China, where reports are due."""
    return datetime.now(ZoneInfo(TIME_ZONE)).date()


def china_day(time: str) -> date:
    """The day in China of a time in UTC (ISO form)."""
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZoneInfo(TIME_ZONE)).date()
