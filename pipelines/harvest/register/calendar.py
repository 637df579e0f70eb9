"""The statutory calendar: when which body's report is due, and who has published.

What is law: since the 政府信息公开条例 as revised in 2019 (国务院令第711号, in force since 2019-05-15), article 49,
departments of governments from the county up publish by 31 January and these governments by 31 March of the year after
the one that the report is about (what a report contains is article 50). Before, article 31 of the Regulation of 2007
(国务院令第492号) gave every organ until 31 March: so for reports for 2018 and earlier, since those were due in
March 2019.

What is our reading: article 49 does not name townships and 街道, zones and the office of a government (办公厅, 办公室).
They report to the government that they belong to as its departments do, so their date is 31 January. An organ whose kind
is not known has the later date: who is not known to be late is not called so.

Belongs here: dates, and the times at which a schedule looks. Does not belong here: looking, or what was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from expectations.vocabulary import BODY_KINDS
from pipelines.bodies.body import Body
from pipelines.bodies.divisions import find
from pipelines.bodies.naming import body_of
from pipelines.bodies.zones import written_out
from pipelines.harvest.register.sources import Source

#: The first report year under the revised Regulation.
REVISED = 2019
#: Kinds of body that have until 31 March: governments by law, unknown ones since nothing is known of them.
_LATER = ("government", "unresolved")
TIME_ZONE = "Asia/Shanghai"
#: Every day while reports are due and late ones come in, 1 January to 30 April; every Monday in the rest of the year.
CRONS = ("0 3 * 1-4 *", "0 3 * 5-12 1")
STATES = ("published", "not_yet_due", "missing", "unreachable")


@dataclass(frozen=True, slots=True)
class Expected:
    """A body from which a report of some year is expected, with the id of `pipelines.bodies.naming` for that year."""

    body_id: str
    body_name: str
    body_kind: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Says how an expected report stands, one of `STATES`.

    `first_seen` is the day on which it was first found, None where it was not: it was published then or before.
    `is_late` means first seen after it was due.
    """

    expected: Expected
    state: str
    first_seen: date | None = None
    is_late: bool = False


def due_on(body_kind: str, report_year: int) -> date:
    """The last day for a report, by a kind of `BODY_KINDS`. Raises `ValueError` for another kind."""
    if body_kind not in BODY_KINDS:
        raise ValueError(f"{body_kind!r} is no kind of body; there are {', '.join(BODY_KINDS)}")
    if report_year < REVISED or body_kind in _LATER:
        return date(report_year + 1, 3, 31)
    return date(report_year + 1, 1, 31)


def report_year_due(today: date) -> int:
    """The newest year that a report can be about: the one before, from 1 January on."""
    return today.year - 1


@lru_cache(maxsize=8192)
def body_of_source(name: str, province: str, year: int) -> Body:
    """The body that a source's name and province mean for a report of a year."""
    return body_of(name, province, year)


def expected(sources: Iterable[Source], year: int) -> list[Expected]:
    """The bodies of which a report of a year is expected, by due date, name and id; each once, however it is called.

    That is each one that has a list or a report of any year, but for those of governments that had ended by then. A body
    bears the name of its newest address: that of a list, else of the newest report. An organ that was renamed in a
    reform (环保局, 生态环境局) is two bodies, and the older one stays expected as long as its address stands.
    """
    called: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if not _has_ended(source.body_name, source.province, year):
            called[body_of_source(source.body_name, source.province, year).body_id].append(source)
    found = [_expected(body_id, max(named, key=_newest), year) for body_id, named in called.items()]
    return sorted(found, key=lambda body: (body.due_on, body.body_name, body.body_id))


def _expected(body_id: str, source: Source, year: int) -> Expected:
    kind = body_of_source(source.body_name, source.province, year).kind
    return Expected(body_id, source.body_name, kind, due_on(kind, year))


def _newest(source: Source) -> tuple[bool, int, str, str]:
    return source.kind == "list", source.report_year or 0, source.body_name, source.url


def _has_ended(name: str, province: str, year: int) -> bool:
    """Tell whether the government that a name begins with was merged or divided by the end of the year."""
    former = find(written_out(name), province, year).former
    return former is not None and not former.goes_on and year >= former.valid_to


def standing(
    bodies: Iterable[Expected], found: Mapping[str, date], unreachable: Container[str], today: date
) -> list[Standing]:
    """Tell how each report stands on a day, in the order of `bodies`.

    `found` has the day on which a body's report was first seen, `unreachable` those whose addresses could not be looked
    at; both by `body_id`. What was found counts, whatever could not be reached since. On the due day nothing is missing
    yet. Days are those of `TIME_ZONE`.
    """
    return [_standing(body, found.get(body.body_id), body.body_id in unreachable, today) for body in bodies]


def _standing(body: Expected, seen: date | None, is_unreachable: bool, today: date) -> Standing:
    if seen is not None:
        return Standing(body, "published", seen, seen > body.due_on)
    if is_unreachable:
        return Standing(body, "unreachable")
    return Standing(body, "not_yet_due" if today <= body.due_on else "missing")
