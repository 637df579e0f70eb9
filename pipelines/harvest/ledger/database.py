"""The ledger: what every address answered in every refresh, written down as soon as it is known (SQLite).

It decides what is asked again, under which conditions, and what a killed refresh has left to do. It lies in the workspace
and can be made again from the archive (`pipelines.harvest.ledger.index`). Belongs here: rows in and out. Does not belong here:
what follows from them (`pipelines.harvest.walk.visits`, `pipelines.harvest.walk.refresh`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.files import fingerprint
from pipelines.harvest.ledger import readings
from pipelines.harvest.ledger.readings import Look, Reading

#: Outcomes of a fetch that gave the content which its address has now.
GOOD = ("new", "changed", "unchanged")
#: Kinds of addresses that hold reports.
DOCUMENTS = ("report", "attachment")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Says why an address is asked for: its kind (`robots`, `list`, `report`, `attachment`) and what is known beforehand.

    `found_on` is the address of the page that links it, None where it stands in the register; `published_on` is the
    date beside the link (ISO).
    """

    kind: str
    body_name: str | None = None
    report_year: int | None = None
    title: str | None = None
    published_on: str | None = None
    found_on: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address in one refresh. Times are UTC in ISO form; `sha256` is the hash of the body, where there is one.

    `outcome` is `new`, `changed`, `unchanged`, `vanished`, `redirected`, `refused` or `failed`; `code` and `message` say
    why where it is none of the first three.
    """

    run_id: str
    url: str
    kind: str
    requested_at: str
    outcome: str
    body_name: str | None = None
    report_year: int | None = None
    title: str | None = None
    published_on: str | None = None
    found_on: str | None = None
    code: str | None = None
    message: str | None = None
    status: int | None = None
    location: str | None = None
    sha256: str | None = None
    warc_sha256: str | None = None
    size_bytes: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    holds_files: bool = False
    attempts: int = 0
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Tell whether the address has content now, and it is archived."""
        return self.outcome in GOOD and self.sha256 is not None


COLUMNS = tuple(field.name for field in fields(Fetch))
_SCHEMA = f"""
create table if not exists runs (
    run_id text primary key, arguments text not null, started_at text not null, finished_at text
);
create table if not exists fetches (
    {", ".join(f"{name} {kind}" for name, kind in ((f.name, {"int": "integer", "float": "real", "bool": "integer"}.get(str(f.type).split(" ")[0], "text")) for f in fields(Fetch)))},
    primary key (run_id, url)
) without rowid;
create index if not exists fetches_by_url on fetches (url, run_id);
create table if not exists turned_away (
    url text primary key, title text not null, code text not null, found_on text not null, run_id text not null
);
create table if not exists left_alone (host text primary key, until text not null);
{readings.SCHEMA}"""


@dataclass(frozen=True, slots=True)
class Run:
    """One refresh. `run_id` sorts by time; `resumed` says that it goes on with one that was killed."""

    run_id: str
    started_at: str
    resumed: bool


class OutdatedLedgerError(Exception):
    """A ledger with other columns: it is made again from the archive's index (`pipelines.harvest.ledger.opening`)."""


class Ledger:
    """The ledger of a workspace, or one in memory for trying out. Raises `OutdatedLedgerError`. Every row is written when its call returns."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._rows.row_factory = sqlite3.Row
        self._rows.execute("pragma journal_mode = wal")
        self._rows.execute("pragma synchronous = normal")
        self._rows.executescript(_SCHEMA)
        if tuple(row["name"] for row in self._rows.execute("pragma table_info(fetches)")) != COLUMNS:
            self._rows.close()
            raise OutdatedLedgerError(f"{path} was made by another version of the program")

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    # --- runs

    def begin(self, arguments: Iterable[str], now: datetime, *, resumable_hours: float = 24) -> Run:
        """Begin a refresh, or go on with the last one where that was killed, asked for the same and is not too old."""
        asked = fingerprint(arguments)
        last = self._one("select * from runs order by run_id desc limit 1", ())
        if last and not last["finished_at"] and last["arguments"] == asked:
            age = now - datetime.fromisoformat(last["started_at"])
            if age.total_seconds() < resumable_hours * 3600:
                return Run(last["run_id"], last["started_at"], resumed=True)
        run_id = _run_id(now)
        if last and run_id <= last["run_id"]:
            # The clock went back, or one schedule came twice: what is begun later is the later one all the same.
            run_id = _run_id(datetime.strptime(last["run_id"], _RUN_ID).replace(tzinfo=UTC) + timedelta(microseconds=1))
        self._rows.execute("insert into runs values (?, ?, ?, null)", (run_id, asked, now.isoformat()))
        return Run(run_id, now.isoformat(), resumed=False)

    def finish(self, run_id: str, now: datetime) -> None:
        """Note that a refresh did all that it had to do."""
        self._rows.execute("update runs set finished_at = ? where run_id = ?", (now.isoformat(), run_id))

    def last_finished(self, arguments: Iterable[str]) -> str | None:
        """The last whole refresh that asked for the same."""
        row = self._one(
            "select max(run_id) as run_id from runs where finished_at is not null and arguments = ?",
            (fingerprint(arguments),),
        )
        return row["run_id"] if row else None

    def runs(self) -> list[dict[str, Any]]:
        """All refreshes, oldest first: run_id, arguments, started_at, finished_at (null: killed, or still running)."""
        return [dict(row) for row in self._rows.execute("select * from runs order by run_id")]

    # --- fetches

    def add(self, fetch: Fetch) -> None:
        """Write down what came of an address; a second word on it in the same refresh replaces the first."""
        values = asdict(fetch)
        marks = ", ".join("?" * len(COLUMNS))
        self._rows.execute(
            f"insert or replace into fetches ({', '.join(COLUMNS)}) values ({marks})", [values[c] for c in COLUMNS]
        )

    def of(self, run_id: str, url: str) -> Fetch | None:
        """Tell what came of an address in a refresh, if it was asked for."""
        return _fetch(self._one("select * from fetches where run_id = ? and url = ?", (run_id, url)))

    def last_good(self, url: str) -> Fetch | None:
        """The last fetch of an address that gave what it held."""
        return _fetch(
            self._one(f"select * from fetches where url = ? and {_IS_GOOD} order by run_id desc limit 1", (url,))
        )

    def last_asked(self, url: str) -> Fetch | None:
        """The last fetch of an address, whatever came of it."""
        return _fetch(self._one("select * from fetches where url = ? order by run_id desc limit 1", (url,)))

    def in_run(self, run_id: str) -> Iterator[Fetch]:
        """All fetches of a refresh, by address."""
        for row in self._rows.execute("select * from fetches where run_id = ? order by url", (run_id,)):
            yield _made(row)

    def documents(self) -> Iterator[Fetch]:
        """Every good fetch of a report or attachment, by address and then time."""
        query = f"select * from fetches where kind in {DOCUMENTS} and {_IS_GOOD} order by url, run_id"
        for row in self._rows.execute(query):
            yield _made(row)

    def changes(self) -> Iterator[Fetch]:
        """As `documents`, without those that say of their address what the one before said: the same bytes, body, year."""
        said = "sha256 || ' ' || coalesce(body_name, '') || ' ' || coalesce(report_year, '')"
        query = f"""
            select * from (
                select *, {said} as said, lag({said}) over (partition by url order by run_id) as before
                from fetches where kind in {DOCUMENTS} and {_IS_GOOD}
            ) where before is null or said <> before order by url, run_id"""
        for row in self._rows.execute(query):
            yield _made(row)

    def last_of_each(self, kinds: tuple[str, ...] = DOCUMENTS) -> Iterator[Fetch]:
        """The last fetch of every address of some kinds, good or not, by address."""
        marks = ", ".join("?" * len(kinds))
        query = f"""
            select f.* from fetches as f
            join (select url, max(run_id) as run_id from fetches where kind in ({marks}) group by url) using (url, run_id)
            order by url"""
        for row in self._rows.execute(query, kinds):
            yield _made(row)

    def lists_lacked(self, run_id: str, found_on: str) -> list[str]:
        """Tell why lists that a page leads to, its own further pages among them, could not be had in a refresh: the codes."""
        query = (
            "select distinct code from fetches where run_id = ? and kind = 'list' and found_on = ? and code is not null"
        )
        return [row[0] for row in self._rows.execute(query, (run_id, found_on))]

    def moved(self) -> dict[str, str]:
        """Tell where the addresses of documents lead that lead elsewhere now."""
        query = f"""
            select url, location from fetches as f where kind in {DOCUMENTS} and outcome = 'redirected'
            and not exists (select 1 from fetches as later where later.url = f.url and later.run_id > f.run_id)"""
        return {row[0]: row[1] for row in self._rows.execute(query)}

    def first_seen(self) -> dict[str, str]:
        """Tell when each document's address first gave content."""
        query = f"select url, min(requested_at) from fetches where kind in {DOCUMENTS} and {_IS_GOOD} group by url"
        return {row[0]: row[1] for row in self._rows.execute(query)}

    def published(self, year: int) -> list[tuple[str, str, str | None]]:
        """The reports of a year: the body that each names, when it was first had (UTC), and its day of publication."""
        query = f"""
            select body_name, min(requested_at), min(published_on) from fetches
            where kind in {DOCUMENTS} and report_year = ? and body_name is not null and {_IS_GOOD} group by body_name, url"""
        return [tuple(row) for row in self._rows.execute(query, (year,))]

    def held(self) -> dict[str, set[int]]:
        """The years of the reports that lists led to, by the name of the body; good or not."""
        query = f"""
            select distinct body_name, report_year from fetches
            where kind in {DOCUMENTS} and found_on is not null and body_name is not null and report_year is not null"""
        found: dict[str, set[int]] = {}
        for name, year in self._rows.execute(query):
            found.setdefault(name, set()).add(year)
        return found

    def lacking(self, year: int) -> dict[str, str]:
        """The bodies that a report of a year was listed of which could not be had when it was last asked for: where."""
        query = f"""
            select f.body_name, f.url from fetches as f
            join (select url, max(run_id) as run_id from fetches where kind = 'report' group by url) using (url, run_id)
            where f.report_year = ? and f.body_name is not null and f.outcome <> 'redirected' and not ({_IS_GOOD})"""
        return {row[0]: row[1] for row in self._rows.execute(query, (year,))}

    def hashes(self) -> set[str]:
        """The hashes of all bodies that the ledger knows."""
        return {row[0] for row in self._rows.execute("select distinct sha256 from fetches where sha256 is not null")}

    def restore_run(self, run_id: str, fetches: Iterable[Fetch]) -> None:
        """Enter a finished refresh with its rows."""
        with self._together():
            self._rows.execute("insert or ignore into runs values (?, '', ?, ?)", (run_id, run_id, run_id))
            for fetch in fetches:
                self.add(fetch)

    # --- lists

    def add_reading(self, reading: Reading) -> None:
        """Write down what came of a list for a body."""
        readings.put(self._rows, reading)

    def readings(self, run_id: str) -> Iterator[Reading]:
        """What came of lists in a refresh, by address."""
        return readings.read(self._rows, run_id)

    def reading(self, run_id: str, like: Reading) -> Reading | None:
        """What came of the same list for the same body in another refresh; None where it was not looked at."""
        return readings.same(self._rows, run_id, like)

    def last_readings(self) -> list[Reading]:
        """What came of each list for each body when it was last looked at, by state and address."""
        return readings.last_of_each(self._rows)

    def looks(self) -> Iterator[Look]:
        """What all refreshes saw of the lists of each body."""
        return readings.looks(self._rows)

    def fruitless(self, since: datetime) -> frozenset[str]:
        """The lists that were fetched since a time and gave nothing, each time."""
        return readings.fruitless(self._rows, since.astimezone(UTC).isoformat())

    # --- what was not taken

    def turn_away(self, run_id: str, url: str, title: str, code: str, found_on: str) -> None:
        """Note a link that is no report of whom the list belongs to, and why."""
        self._rows.execute(
            "insert or replace into turned_away values (?, ?, ?, ?, ?)", (url, title, code, found_on, run_id)
        )

    def turned_away(self, run_id: str | None = None) -> list[dict[str, Any]]:
        """Links that were not taken, by address: url, title, code, found_on, run_id."""
        query = "select * from turned_away where ? is null or run_id = ? order by url"
        return [dict(row) for row in self._rows.execute(query, (run_id, run_id))]

    def leave_alone(self, hosts: dict[str, datetime]) -> None:
        """Remember until when hosts asked to be left alone."""
        with self._together():
            for host, until in hosts.items():
                self._rows.execute("insert or replace into left_alone values (?, ?)", (host, until.isoformat()))

    def left_alone(self) -> dict[str, datetime]:
        """Until when hosts asked to be left alone."""
        return {row[0]: datetime.fromisoformat(row[1]) for row in self._rows.execute("select * from left_alone")}

    def _one(self, query: str, values: tuple[object, ...]) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._rows.execute(query, values).fetchone()
        return row

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._rows.execute("begin")
        try:
            yield
        except BaseException:
            self._rows.execute("rollback")
            raise
        self._rows.execute("commit")


_RUN_ID = "%Y%m%dT%H%M%S.%fZ"


def _run_id(now: datetime) -> str:
    return now.astimezone(UTC).strftime(_RUN_ID)


_IS_GOOD = f"outcome in {GOOD} and sha256 is not null"


def _made(row: sqlite3.Row) -> Fetch:
    values = {name: row[name] for name in COLUMNS}
    return Fetch(**{**values, "holds_files": bool(values["holds_files"])})


def _fetch(row: sqlite3.Row | None) -> Fetch | None:
    return _made(row) if row else None
