"""Tells which year a report's title is about. A title can name others: of publication, of a document's number.

Belongs here: years and dates in titles. Does not belong here: dates beside links (`dates`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2004
LAST_YEAR = 2049
#: Reports are due in January (organs) and March (governments); by the end of June all that will come have come.
LAST_MONTH = 6

_PERIOD = re.compile(r"(20\d\d)年0?1月0?1日?[-—–~至到]+(?:20\d\d年)?12月31日?")
_RANGE = re.compile(r"(?<!\d)(20\d\d)(?:年度?)?[-—–~至到]+(20\d\d)(?!\d)(?=年|\)|$|政府|度)")
_DATE = re.compile(r"(?<!\d)(20\d\d)(?:年(\d{1,2})月(?:(\d{1,2})日)?|([-./])(\d{1,2})\4(\d{1,2})(?!\d))")
#: Years that are not the report's: a document's number, and when it was published.
_OTHER = re.compile(
    r"[〔\[(【]20\d\d[〕\])】](?:第)?\d+号?|20\d\d年度?(?:公布|发布|印发|制发|公开发布|编制|上报|更新|修订)(?!的?20\d\d年[^度]*$)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SHORT = re.compile(r"(?<!\d)([0-4]\d)(?=年(?:度|政|信|工|报|$)|年度)")
#: What stands for a character of a year or a date that is out of the way.
BLANK = "□"


@dataclass(frozen=True, slots=True)
class Year:
    """The year, None where nothing tells it, and how it is known."""

    year: int | None
    reason: str


def blanked(title: str) -> str:
    """The title with every year and date as □, each character at its place."""
    rest, _ = _without_dates(title)
    return _YEAR.sub(_fill, _SHORT.sub(_fill, rest))


def year_in(title: str, end: int | None, published_on: date | None = None) -> Year:
    """The year that a title (without spaces, digits western) is about; 年度报告 ends at `end`.

    The last year before `end` counts, else the first behind it, else what the date of publication tells.
    """
    if (period := _PERIOD.search(title)) is not None:
        return Year(int(period[1]), "the title says the period")
    rest, dated = _without_dates(title)
    years = _years(rest)
    if years:
        before = [year for at, year in years if end is None or at < end]
        return Year(before[-1] if before else years[0][1], "the title says the year")
    return _by_date(published_on or dated)


def _without_dates(title: str) -> tuple[str, date | None]:
    """The title with dates and numbers of documents out of the way, ranges as their last year; the last date named."""
    rest = _PERIOD.sub(_fill, title)
    dates = [_day(match) for match in _DATE.finditer(rest)]
    for pattern in (_DATE, _OTHER):
        rest = pattern.sub(_fill, rest)
    rest = _RANGE.sub(lambda m: _fill(m)[:-4] + m[2], rest)
    return rest, next((day for day in reversed(dates) if day), None)


def _years(text: str) -> list[tuple[int, int]]:
    """Tell where a plausible year stands, and which."""
    found = [(m.start(), int(m[1])) for m in _YEAR.finditer(text)]
    found = found or [(m.start(), 2000 + int(m[1])) for m in _SHORT.finditer(text)]
    return [(at, year) for at, year in found if FIRST_YEAR <= year <= LAST_YEAR]


def _by_date(published_on: date | None) -> Year:
    if published_on is None:
        return Year(None, "nothing tells the year")
    if published_on.year <= FIRST_YEAR:
        return Year(None, f"{published_on} is no date of publication")
    if published_on.month > LAST_MONTH:
        return Year(None, f"published on {published_on}, too late in a year to tell which it is about")
    return Year(published_on.year - 1, f"the year before it was published, {published_on}")


def _day(match: re.Match[str]) -> date | None:
    year, month, day = match[1], match[2] or match[5], match[3] or match[6] or "1"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _fill(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
