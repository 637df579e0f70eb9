"""What came of each list of the register in each refresh: whether it was read, what it held, what stayed unseen.

Belongs here: the record, and its way into and out of the ledger's table. Does not belong here: making it
(`pipelines.harvest.walk.tally`), what follows for a body (`pipelines.harvest.ledger.coverage`).
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: `read`: reports were found on it or below it. All others were not read: drawn by a `script`, a `general` column,
#: `empty` to our eyes, a `challenge`, a site that `wants_cookie` or whose robots.txt has `forbidden` it, `dead`.
LIST_STATES = ("read", "empty", "script", "general", "challenge", "wants_cookie", "forbidden", "dead")

SCHEMA = """
create table if not exists readings (
    run_id text not null, url text not null, body_name text not null, province text not null, read_at text not null,
    state text not null, code text not null, message text not null, years text not null, gaps text not null,
    requests integer not null, primary key (run_id, url, body_name, province)
) without rowid;
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


def put(rows: sqlite3.Connection, reading: Reading) -> None:
    """Write a reading down; a second one of the same list, body and refresh replaces the first."""
    values = (
        *(reading.run_id, reading.url, reading.body_name, reading.province, reading.read_at),
        *(reading.state, reading.code, reading.message, json.dumps(reading.years)),
        json.dumps([[gap.url, gap.why, gap.first, gap.last] for gap in reading.gaps], ensure_ascii=False),
        reading.requests,
    )
    rows.execute(f"insert or replace into readings values ({', '.join('?' * len(values))})", values)


def read(rows: sqlite3.Connection, run_id: str | None = None) -> Iterator[Reading]:
    """The readings of a refresh or of all, oldest refresh first, then by address."""
    query = "select * from readings where ? is null or run_id = ? order by run_id, url, body_name"
    for row in rows.execute(query, (run_id, run_id)):
        values = {name: row[name] for name in row.keys() if name not in ("years", "gaps")}  # noqa: SIM118 - a sqlite3.Row
        gaps = tuple(Gap(*gap) for gap in json.loads(row["gaps"]))
        yield Reading(**values, years=tuple(json.loads(row["years"])), gaps=gaps)


def last_of_each(readings: Iterable[Reading]) -> list[Reading]:
    """The last reading of each list for each body, by state and address; `readings` are the oldest first."""
    last = {(reading.url, reading.body_name, reading.province): reading for reading in readings}
    return sorted(last.values(), key=lambda each: (LIST_STATES.index(each.state), each.url, each.body_name))


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
