"""What came of each list of the register in each refresh: whether it was read, what it held, what stayed unseen.

Belongs here: the record, and its way into and out of the ledger's table. Does not belong here: making it
(`pipelines.harvest.walk.tally`), what follows for a body (`pipelines.harvest.ledger.coverage`).
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

#: `read`: reports were found on it or below it. All others were not read: drawn by a `script`, a `general` column,
#: `empty` to our eyes, a `challenge`, a site that `wants_cookie` or whose robots.txt has `forbidden` it, `dead`.
LIST_STATES = ("read", "empty", "script", "general", "challenge", "wants_cookie", "forbidden", "dead")

_PLAIN = frozenset({"run_id", "url", "body_name", "province", "read_at", "state", "code", "message", "requests"})
_YEAR = re.compile(r"\d{4}")

SCHEMA = """
create table if not exists readings (
    run_id text not null, url text not null, body_name text not null, province text not null, read_at text not null,
    state text not null, code text not null, message text not null, years text not null, gaps text not null,
    requests integer not null, primary key (run_id, url, body_name, province)
) without rowid;
create index if not exists readings_by_body on readings (body_name, province, run_id);
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a list that was read may hold unseen: reports of the years `first` to `last`, None where that end is open."""

    url: str
    why: str
    first: int | None = None
    last: int | None = None

    def may_hold(self, year: int) -> bool:
        """Tell whether a report of a year may stand there."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Reading:
    """One list, for one body, in one refresh. `state` is one of `LIST_STATES`; `code` is that of the answer where it is
    `dead`; `years` are those of the body's own reports that the list holds or led to.
    """

    run_id: str
    url: str
    body_name: str
    province: str
    read_at: str
    state: str
    code: str = ""
    message: str = ""
    years: tuple[int, ...] = ()
    gaps: tuple[Gap, ...] = ()
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """All refreshes together, for one body: the `last` readings of its lists, the years of its reports that any list ever
    held, and the days (of China) on which one was read.
    """

    last: list[Reading]
    years: frozenset[int]
    read_on: frozenset[date]


def put(rows: sqlite3.Connection, reading: Reading) -> None:
    """Write a reading down; a second one of the same list, body and refresh replaces the first."""
    values = (
        *(reading.run_id, reading.url, reading.body_name, reading.province, reading.read_at),
        *(reading.state, reading.code, reading.message, json.dumps(reading.years)),
        json.dumps([[gap.url, gap.why, gap.first, gap.last] for gap in reading.gaps], ensure_ascii=False),
        reading.requests,
    )
    rows.execute(f"insert or replace into readings values ({', '.join('?' * len(values))})", values)


def read(rows: sqlite3.Connection, run_id: str) -> Iterator[Reading]:
    """The readings of a refresh, by address."""
    yield from _made(rows, "select * from readings where run_id = ? order by url, body_name", (run_id,))


def same(rows: sqlite3.Connection, run_id: str, like: Reading) -> Reading | None:
    """The reading of the same list for the same body in another refresh."""
    query = "select * from readings where run_id = ? and url = ? and body_name = ? and province = ?"
    return next(_made(rows, query, (run_id, like.url, like.body_name, like.province)), None)


def last_of_each(rows: sqlite3.Connection) -> list[Reading]:
    """The last reading of each list for each body, by state and address."""
    # SQLite takes the other columns from the row with the maximum.
    query = "select *, max(run_id) from readings group by url, body_name, province"
    return sorted(_made(rows, query), key=lambda each: (LIST_STATES.index(each.state), each.url, each.body_name))


def fruitless(rows: sqlite3.Connection, since: str) -> frozenset[str]:
    """The lists that were fetched since a time (UTC, ISO form) and gave nothing, each time."""
    nothing = f"state in {('empty', 'script', 'general')}"
    query = f"select url from readings where read_at >= ? group by url having min({nothing}) = 1"
    return frozenset(row[0] for row in rows.execute(query, (since,)))


def looks(rows: sqlite3.Connection) -> Iterator[Look]:
    """What all refreshes saw of the lists of each body, by its name and province."""
    last: dict[tuple[str, str], list[Reading]] = {}
    query = """
        select r.* from (select body_name, province, max(run_id) as run_id from readings group by body_name, province) as l
        cross join readings as r indexed by readings_by_body
        on r.body_name = l.body_name and r.province = l.province and r.run_id = l.run_id order by r.url"""
    for reading in _made(rows, query):
        last.setdefault((reading.body_name, reading.province), []).append(reading)
    query = """
        select body_name, province, group_concat(distinct years),
            group_concat(distinct case when state = 'read' then date(read_at, '+8 hours') end)
        from readings group by body_name, province"""
    for name, province, years, days in rows.execute(query):
        read_on = frozenset(date.fromisoformat(day) for day in (days or "").split(",") if day)
        yield Look(last[name, province], frozenset(map(int, _YEAR.findall(years))), read_on)


def _made(rows: sqlite3.Connection, query: str, values: tuple[str, ...] = ()) -> Iterator[Reading]:
    for row in rows.execute(query, values):
        same = {name: row[name] for name in row.keys() if name in _PLAIN}  # noqa: SIM118 - a sqlite3.Row
        gaps = tuple(Gap(*gap) for gap in json.loads(row["gaps"]))
        yield Reading(**same, years=tuple(json.loads(row["years"])), gaps=gaps)


CSV_COLUMNS = ("url", "body_name", "province", "state", "code", "message", "newest_year", "requests", "read_at")


def write_csv(path: Path, readings: Sequence[Reading]) -> None:
    """Write readings as a table: one line a list and body. Raises `OSError`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        for each in readings:
            values = {name: getattr(each, name, None) for name in CSV_COLUMNS} | {
                "newest_year": max(each.years, default="")
            }
            writer.writerow([values[name] for name in CSV_COLUMNS])
