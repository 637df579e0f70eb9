"""The register of sources, `data/sources.csv`: addresses of reports, and of the lists in which new ones appear.

Belongs here: the rows, what makes one wrong, adding one, choosing some. Does not belong here: whose a name is
(`pipelines.bodies.naming`), what several rows say together (`pipelines.harvest.register.review`), or whether an address may be
requested: hosts that are private are refused where requests are made, whoever named them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from expectations.data_files import DATA, DataFileError, read_csv
from pipelines.files import write_atomically

SOURCES_FILE = DATA / "sources.csv"
COLUMNS = ("body_name", "province", "level", "kind", "covers", "report_year", "url", "origin", "note")
#: As the first collection has them: what a body is, as far as whoever adds an address can tell.
LEVELS = ("province", "prefecture", "county", "township", "department", "ministry")
#: `report`: the address of one report. `list`: that of a column 政府信息公开年报, where the next ones will be linked.
KINDS = ("report", "list")
#: Whose reports of a list count: only this body's, or those of its departments and lower governments too.
COVERS = ("body", "territory")
#: `collected`: by hand. `derived`: made from a report's address by the pattern of its CMS, and not yet looked
#: at. `added`: by `gongkai sources add`. `reviewed`: proposed by `gongkai sources discover` and accepted in a review.
#: `suspect`: derived and wrong on sight, as the note says; no refresh asks for it until somebody says otherwise.
ORIGINS = ("collected", "derived", "added", "reviewed", "suspect")
#: The 政府信息公开条例 of 2007 is the first; a report for this year or one before it cannot be.
FIRST_YEAR = 2007
_YEAR = re.compile(r"[0-9]{4}")
#: In an app the fragment names the column; the page tells how its data are asked for (`discovery.families.gkmlpt`).
_APP_COLUMN = re.compile(r"^[^#]*/gkmlpt(?:/[^#]*)?#\d{1,9}$")
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f]")


class SourcesError(DataFileError):
    """A register of sources, or one source, that cannot be used; with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One row. `covers` is None for a report, `report_year` None for a list; `province` is 国务院 for the state's organs."""

    body_name: str
    province: str
    level: str
    kind: str
    covers: str | None
    report_year: int | None
    url: str
    origin: str
    note: str = ""

    @property
    def host(self) -> str:
        """The address's host in lower case, without port; empty where the address has none."""
        return host_name_of(self.url)

    @property
    def is_walked(self) -> bool:
        """Tell whether it is a list that a refresh asks for."""
        return self.kind == "list" and self.origin != "suspect"

    @property
    def body(self) -> tuple[str, str]:
        """Whose it is: province and name, since names recur."""
        return self.province, self.body_name

    @property
    def key(self) -> tuple[str, str, str, int | None, str]:
        """Tell what two rows cannot have in common."""
        return self.province, self.body_name, self.kind, self.report_year, self.url


def host_name_of(url: str) -> str:
    """The host of an address in lower case, without port; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def load(path: Path = SOURCES_FILE) -> list[Source]:
    """All sources in the file's order. Raises `SourcesError` with every problem of the file, by line."""
    problems: list[str] = []
    sources: list[Source] = []
    first: dict[object, int] = {}
    for line in read_csv(path, COLUMNS, SourcesError):
        found = [line.fault] if line.fault else list(_problems(line.values))
        source = None if found else _source(line.values)
        if source and source.key in first:
            found.append(f"{source.body_name} has this address already on line {first[source.key]}; remove one of them")
        if source and not found:
            first[source.key] = line.number
            sources.append(source)
        problems += [f"line {line.number}: {told}" for told in found]
    if problems:
        raise SourcesError(str(path), problems)
    return sources


def add(path: Path, source: Source) -> bool:
    """Add a source, or what is new about one that is there; whether the file changed. Raises `SourcesError`.

    The file is written whole and in order, with `LF` and without a byte order mark, and not at all where there is
    nothing new. A row that was `derived` or `suspect` is no longer that; any other keeps its origin, and its note where none is given.
    """
    row = {name: value.strip() for name, value in _row(source).items()}
    if wrong := list(_problems(row)):
        raise SourcesError(row["body_name"] or "the source", wrong)
    source = _source(row)
    known = {known.key: known for known in load(path)} if path.exists() else {}
    before = known.get(source.key)
    if before is not None:
        origin = source.origin if before.origin in ("derived", "suspect") else before.origin
        source = replace(source, origin=origin, note=source.note or before.note)
    if source == before:
        return False
    write_atomically(path, as_csv([*(known | {source.key: source}).values()]))
    return True


def replace_all(path: Path, added: Iterable[Source], gone: Iterable[Source] = ()) -> None:
    """Write the register with rows added, or put in the place of those with the same key, and others taken out.

    Raises `SourcesError` with all that is wrong with the rows that are added.
    """
    rows = list(added)
    if wrong := [f"{row.body_name}: {told}" for row in rows for told in _problems(_row(row))]:
        raise SourcesError(str(path), wrong)
    known = {known.key: known for known in load(path)} if path.exists() else {}
    for each in gone:
        known.pop(each.key, None)
    write_atomically(path, as_csv([*(known | {row.key: row for row in rows}).values()]))


def as_csv(sources: Iterable[Source]) -> bytes:
    """The file of these sources: the same ones give the same bytes, in whatever order they come."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(source) for source in sorted(sources, key=_order))
    return text.getvalue().encode()


def matching(sources: Iterable[Source], pattern: str | None) -> list[Source]:
    """Those whose body's name, province, host or address has the pattern in it or is like it, as `*.gov.cn` is like a host.

    Upper and lower case are the same; without a pattern all match.
    """
    if pattern is None:
        return list(sources)
    wanted = pattern.strip().casefold()
    return [source for source in sources if any(_fits(wanted, value) for value in _named(source))]


def _fits(wanted: str, value: str) -> bool:
    # Both ways: addresses have `?` in them, and are often pasted whole.
    return wanted in value.casefold() or fnmatchcase(value.casefold(), wanted)


def _named(source: Source) -> tuple[str, ...]:
    return source.body_name, source.province, source.host, source.url


def _order(source: Source) -> tuple[str | int, ...]:
    year = source.report_year or 0
    return (
        source.province,
        source.body_name,
        source.kind,
        year,
        source.url,
        source.covers or "",
        source.origin,
        source.note,
    )


def _row(source: Source) -> dict[str, str]:
    values = ((name, getattr(source, name)) for name in COLUMNS)
    return {name: "" if value is None else str(value) for name, value in values}


def _source(row: Mapping[str, str]) -> Source:
    year = int(row["report_year"]) if row["report_year"] else None
    texts = {name: row[name] for name in COLUMNS if name not in ("covers", "report_year")}
    return Source(**texts, covers=row["covers"] or None, report_year=year)


def _problems(row: Mapping[str, str]) -> Iterator[str]:
    """All that is wrong with one row, each with what to do about it."""
    for name in ("body_name", "province", "level", "kind", "url", "origin"):
        if not row[name]:
            yield f"{name} is empty; it must be given"
    for name, words in (("level", LEVELS), ("kind", KINDS), ("covers", COVERS), ("origin", ORIGINS)):
        if row[name] and row[name] not in words:
            yield f"{name} is {row[name]!r}; it is one of {', '.join(words)}"
    yield from _RULES[row["kind"]](row) if row["kind"] in _RULES else ()
    if row["url"] and (fault := fault_of(row["url"])):
        yield f"the address {row['url']!r} {fault}"


def _of_report(row: Mapping[str, str]) -> Iterator[str]:
    newest = date.today().year + 1
    if row["covers"]:
        yield "covers is given for a report; leave it empty, only a list covers others"
    if not row["report_year"]:
        yield "report_year is empty; say which year the report is about, or make it a list"
    elif not _YEAR.fullmatch(row["report_year"]) or not FIRST_YEAR <= int(row["report_year"]) <= newest:
        yield f"report_year is {row['report_year']!r}; it is a year from {FIRST_YEAR} to {newest}"


def _of_list(row: Mapping[str, str]) -> Iterator[str]:
    if not row["covers"]:
        yield f"covers is empty; a list says whose reports count: {' or '.join(COVERS)}"
    if row["report_year"]:
        yield f"report_year is {row['report_year']!r} for a list; leave it empty, or make it a report"


_RULES: Mapping[str, Callable[[Mapping[str, str]], Iterator[str]]] = {"report": _of_report, "list": _of_list}


def fault_of(url: str) -> str | None:
    """Tell why an address cannot be a source's, and what to do; None where nothing is wrong with it."""
    if _NO_ADDRESS.search(url):
        return "has spaces or control characters in it; write %20 for a space"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"is none ({error}); copy it again"
    faults = {
        "does not begin with http:// or https://; only these are fetched": parts.scheme not in ("http", "https"),
        "has no host; copy it again": not host,
        "has a user name or password in it; leave out what stands before the @": "@" in parts.netloc,
        "has a fragment; leave out the # and what follows, no server is ever sent it": "#" in url
        and not _APP_COLUMN.search(url),
    }
    return next((fault for fault, is_there in faults.items() if is_there), None)
