"""Dates of publication as lists print them. A day without its year ([01-20]) is no date."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

_DATE = re.compile(r"(?<!\d)(20[0-4]\d)\s{0,3}[-/.年]\s{0,3}(\d{1,2})\s{0,3}[-/.月]\s{0,3}(\d{1,2})(?!\d)")
_PRINTED = r"(20[0-4]\d)\s{0,3}[-/.年]\s{0,3}(\d{1,2})\s{0,3}[-/.月]\s{0,3}(\d{1,2})(?!\d)日?"
_CLOCK = r"(?:\s{0,3}\d\d:\d\d(?::\d\d)?)?"
_AT_END = re.compile(
    rf"(?<![\d至到~—-])\s{{0,5}}[\[(（【]?\s{{0,3}}(?<![\d至到~—-]){_PRINTED}{_CLOCK}\s{{0,3}}[\])）】]?\s*$"
)
_AT_START = re.compile(rf"^\s*[\[(（【]?\s{{0,3}}{_PRINTED}{_CLOCK}\s{{0,3}}[\])）】]?(?!\s{{0,3}}[至到~—-])\s*")
#: Words before a day that is not that of publication.
_OTHER_DAY = re.compile(r"(?:更新|修改|修订|截止|截至|失效|废止|浏览)(?:日期|时间|于|至)?\s{0,3}[:：]?\s{0,3}$")
_COMPACT = re.compile(r"^(20[0-4]\d)([01]\d)([0-3]\d)(?:\d{6})?$")
#: China's clock, which needs no time zone data.
_CHINA = timedelta(hours=8)
_SECONDS = range(946_684_800, 2_524_608_000)


def date_in(text: str) -> date | None:
    """The first date in a text, unless it is said to be another than that of publication (更新日期); None where it has none."""
    days = (m for m in _DATE.finditer(text) if not _OTHER_DAY.search(text[max(0, m.start() - 12) : m.start()]))
    return next((day for match in days if (day := _day(*match.groups()))), None)


def date_around(title: str) -> tuple[date | None, str]:
    """The date at the beginning or end of a title, and the title without it; dates within it belong to it."""
    for pattern in (_AT_END, _AT_START):
        match = pattern.search(title)
        if match and (day := _day(*match.groups()[:3])) is not None:
            return day, (title[: match.start()] + title[match.end() :]).strip()
    return None, title


def date_of(value: Any) -> date | None:
    """The date that a field of a server's answer holds: text, 20250120, or seconds or milliseconds since 1970."""
    if isinstance(value, str):
        compact = _COMPACT.match(value.strip())
        if compact:
            return _day(*compact.groups())
        return date_of(int(value)) if re.fullmatch(r"\d{10}|\d{13}", value, re.ASCII) else date_in(value[:100])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value):
        return None
    seconds = value / 1000 if value > _SECONDS.stop else value
    if not _SECONDS.start <= seconds < _SECONDS.stop:
        return None
    return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
