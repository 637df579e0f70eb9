"""The calendar of reports: when which body's report is due, on what ground, and who has published.

When a report is due, and on what ground, says `expectations.due_dates`. Who is past a date of ours is never called late.

Belongs here: who is expected, how each stands, and the times at which a schedule looks. Does not belong here: looking, or what was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from expectations.due_dates import Due, due
from pipelines.bodies.body import Body
from pipelines.bodies.divisions import DivisionMatch, find
from pipelines.bodies.naming import body_of
from pipelines.bodies.organs import era_of
from pipelines.bodies.zones import is_coded_zone, is_of_zone, written_out
from pipelines.harvest.register.sources import Source

TIME_ZONE = "Asia/Shanghai"
#: Every day while reports are due and late ones come in, 1 January to 30 April; every Monday in the rest of the year.
CRONS = ("0 3 * 1-4 *", "0 3 * 5-12 1")
#: `unread`: a list was had, or is known to stand behind something, and nothing can be said of what it holds.
STATES = ("published", "not_yet_due", "missing", "unread", "unreachable", "ended")
#: Why nothing can be said: the state of the list (`pipelines.harvest.ledger.readings`), or what is lacking beside it.
WHY_UNREAD = (
    "script",
    "general",
    "empty",
    "challenge",
    "wants_cookie",
    "forbidden",
    "dead",
    "no_list",
    "not_asked",
    "never_held",
    "old",
    "in_part",
    "one_year",
    "listed",
    "other_name",
    "year_unknown",
    "spoken_of",
    "not_gone_into",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A body from which a report of some year is expected, with the id of `pipelines.bodies.naming` for that year.

    `ended_in` is the year of the reform that ended the body or its name by then, None where none did.
    """

    body_id: str
    body_name: str
    body_kind: str
    due: Due
    ended_in: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A report that was found: on which day first, and when it was published by its list or page, None where neither says."""

    first_seen: date
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How the lists of a body were looked at: on which days one was read, and why the report of the year may yet be there.

    `why` is one of `WHY_UNREAD`, None where a report of the year would have been seen; `where` is the address of that.
    """

    read_on: tuple[date, ...] = ()
    why: str | None = "no_list"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Says how an expected report stands, one of `STATES`.

    `first_seen` is the day on which it was first found, None where it was not; `published_on` that of its publication by
    its list or page. `is_late` means published after the day that a statute names: by the date of publication, else by
    ours where the body was watched. `why` (of `WHY_UNREAD`) and `where` tell of what could not be read.
    """

    expected: Expected
    state: str
    first_seen: date | None = None
    is_late: bool = False
    published_on: date | None = None
    why: str | None = None
    where: str = ""

    @property
    def is_undated(self) -> bool:
        """Tell whether it was published nobody knows when: no date stands anywhere, and it was first found after its day."""
        found_late = self.first_seen is not None and self.first_seen > self.expected.due.on
        return found_late and self.published_on is None and not self.is_late


def report_year_due(today: date) -> int:
    """The newest year that a report can be about: the one before, from 1 January on."""
    return today.year - 1


@lru_cache(maxsize=8192)
def body_of_source(name: str, province: str, year: int) -> Body:
    """The body that a source's name and province mean for a report of a year."""
    return body_of(name, province, year)


def expected(sources: Iterable[Source], year: int) -> list[Expected]:
    """The bodies of which a report of a year is expected, by due date, name and id; each once, however it is called.

    That is each one that has a list or a report of any year; those that a reform ended by then bear its year. A body
    bears the name of its newest address: that of a list, else of the newest report. An organ that was renamed in a
    reform (环保局, 生态环境局) is two bodies, and the older one is ended.
    """
    called: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        called[body_of_source(source.body_name, source.province, year).body_id].append(source)
    found = [_expected(body_id, max(named, key=_newest), year, called) for body_id, named in called.items()]
    return sorted(found, key=lambda body: (body.due.on, body.body_name, body.body_id))


def _expected(body_id: str, source: Source, year: int, known: Container[str]) -> Expected:
    """The body of a source; `known` are the ids of all bodies of the register."""
    body = body_of_source(source.body_name, source.province, year)
    match = find(written_out(source.body_name), source.province, year)
    when = due(
        body.kind,
        year,
        is_of_zone=is_of_zone(match.rest) or (match.division is not None and is_coded_zone(match.division)),
        is_vertical=body.accountability == "vertical",
        has_own_report=body.government_code in known,
    )
    return Expected(body_id, source.body_name, body.kind, when, _ended_in(body, match, year))


def _newest(source: Source) -> tuple[bool, int, str, str]:
    return source.kind == "list", source.report_year or 0, source.body_name, source.url


def _ended_in(body: Body, match: DivisionMatch, year: int) -> int | None:
    """The year in which a body or its name had ended by the end of the report year; None where it goes on.

    That is: its government was merged or divided, or the organ's name is one of an era of `data/functions.yaml` that is over.
    Localities followed a reform within about two years; an organ that still reported then is found, and so published.
    """
    former = match.former
    if former is not None and not former.goes_on and year >= former.valid_to:
        return former.valid_to
    era = era_of(match.rest) if body.kind == "department" else None
    return era.end if era is not None and era.end is not None and year >= era.end else None


def standing(
    bodies: Iterable[Expected], found: Mapping[str, Seen], looked: Mapping[str, Looked], today: date
) -> list[Standing]:
    """Tell how each report stands on a day, in the order of `bodies`; `found` and `looked` are by `body_id`.

    What was found counts, whatever ended or could not be reached since. On the due day nothing is missing yet. A report
    is missing only where a list was read after that day that would have shown it. Days are those of `TIME_ZONE`.
    """
    return [_standing(body, found.get(body.body_id), looked.get(body.body_id, Looked()), today) for body in bodies]


def _standing(body: Expected, seen: Seen | None, looked: Looked, today: date) -> Standing:
    if seen is not None:
        is_late = body.due.basis == "statute" and _is_late(seen, looked, body.due.on)
        return Standing(body, "published", seen.first_seen, is_late, seen.published_on)
    if body.ended_in is not None:
        return Standing(body, "ended")
    why = looked.why or ("not_asked" if max(looked.read_on, default=date.min) <= body.due.on else None)
    if today <= body.due.on and (why is None or why in _NOT_ITS_LISTS):
        return Standing(body, "not_yet_due")
    if why is None:
        return Standing(body, "missing", where=looked.where)
    return Standing(body, "unreachable" if why == "dead" else "unread", why=why, where=looked.where)


#: Reasons that say nothing of the lists as they are: before its day, a report is simply not yet due.
_NOT_ITS_LISTS = frozenset({"no_list", "not_asked", "never_held", "old", "in_part"})


def _is_late(seen: Seen, looked: Looked, due_on: date) -> bool:
    """Tell whether a report came after its day: by the date of its publication; without one, where a list of the body was
    read on that day or before and again after it, without the report."""
    if seen.first_seen <= due_on:
        return False
    if seen.published_on is not None:
        return seen.published_on > due_on
    was_watched = any(day <= due_on for day in looked.read_on)
    return was_watched and any(due_on < day < seen.first_seen for day in looked.read_on)
