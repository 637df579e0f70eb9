"""Changes in law that end a series or are to be known beside it: `data/legal_breaks.csv` as typed rows.

A change on the first of January cuts a series before its year. One in the course of a year makes that year mixed, which is
comparable with neither neighbour: the series is cut before it and after it. Belongs here: which measures and years a line
touches. Does not belong here: what a series makes of it (`dbt_like_sql/marts/trends.sql`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.crosswalk import groups, measures
from expectations.data_files import DATA, CsvRow, DataFileError, checked_csv, refuse
from expectations.references import is_open
from expectations.vocabulary import LEGAL_KINDS

LEGAL_BREAKS_FILE = DATA / "legal_breaks.csv"
COLUMNS = ("date", "kind", "measures", "reason_zh", "reason_en", "source", "needs_source")


class LegalBreakError(DataFileError):
    """A file of legal breaks that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class LegalBreak:
    """One change in law: since when, `break` or `note`, the measures that it touches, why, and where that is said.

    `needs_source` tells that a part of the source was not read yet; `source` says which.
    """

    since: datetime.date
    kind: str
    measures: tuple[str, ...]
    reason_zh: str
    reason_en: str
    source: str
    needs_source: bool

    @property
    def years(self) -> tuple[int, ...]:
        """The report years that do not continue the year before: that of the change, and the next after a mixed year."""
        year = self.since.year
        return (year,) if (self.since.month, self.since.day) == (1, 1) else (year, year + 1)


@cache
def legal_breaks(path: Path = LEGAL_BREAKS_FILE) -> tuple[LegalBreak, ...]:
    """The lines in the file's order. Raises `LegalBreakError`."""
    rows = checked_csv(path, COLUMNS, _faults, LegalBreakError)
    refuse(path, _twice(rows), LegalBreakError)
    return tuple(_legal_break(row.values) for row in rows)


def _legal_break(row: Mapping[str, str]) -> LegalBreak:
    codes = tuple(dict.fromkeys(code for term in row["measures"].split() for code in _named(term)))
    since = datetime.date.fromisoformat(row["date"])
    waits = row["needs_source"] == "yes"
    return LegalBreak(since, row["kind"], codes, row["reason_zh"], row["reason_en"], row["source"], waits)


def _named(term: str) -> Iterator[str]:
    """The measures of a term: a code, `group:<group>`, or `counts:<group>`, which leaves out quotients."""
    kind, _, group = term.rpartition(":")
    for measure in measures().values():
        is_of_group = bool(kind) and measure.group == group and (kind == "group" or not measure.derived)
        if is_of_group or measure.code == term:
            yield measure.code


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is empty; it must be given" for name in COLUMNS if not row[name])
    try:
        datetime.date.fromisoformat(row["date"])
    except ValueError:
        yield f"the date is {row['date']!r}; it is written 2024-01-01"
    if row["kind"] not in LEGAL_KINDS:
        yield f"kind is {row['kind']!r}; it is one of {', '.join(LEGAL_KINDS)}"
    if row["needs_source"] not in ("yes", "no"):
        yield f"needs_source is {row['needs_source']!r}; it is yes or no"
    elif (row["needs_source"] == "yes") != is_open(row["source"]):
        yield f"needs_source is {row['needs_source']}, and the source is {row['source']!r}; what it lacks stands in both"
    for term in row["measures"].split():
        kind, _, group = term.rpartition(":")
        if kind and (kind not in ("group", "counts") or group not in groups()):
            yield f"{term!r} names no group of measures; write group:disputes or counts:disputes"
        elif not kind and term not in measures():
            yield f"no measure {term!r}; it is a code of measures.csv"


def _twice(rows: list[CsvRow]) -> Iterator[tuple[int, str]]:
    """Tell of a measure that two lines of one date name: it has one reason."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        for code in dict.fromkeys(code for term in row.values["measures"].split() for code in _named(term)):
            if (row.values["date"], code) in seen:
                yield row.number, f"{code} stands in another line of {row.values['date']}, too"
            seen.add((row.values["date"], code))
