"""Errors planted in a country, each in a body of its own, and the ledger of what was planted and which checks can see it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from expectations.forms import forms
from tests.made.country.series import Country, Place, Report

SLIP = 10_000
#: A smaller number, divided by 10,000, is next to nothing, as it may well be; the factor of 1,000 beyond which no history
#: excuses a jump is not reached.
SMALLEST_SLIP_DOWN = 5_000


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: its kind, the report and cells it is in, and the checks (`check_id`) that must see it.

    `seen_by` is empty where no rule need see the error: two applicants' columns exchanged whose carried-over numbers are
    the same, or blank; a small number that became next to nothing.
    """

    kind: str
    report_id: str
    cells: tuple[str, ...]
    seen_by: tuple[str, ...]


#: Plants an error in a report, whose body's report of the year before is given too; None where it does not fit in.
Planter = Callable[[Report, Report, random.Random], Planted | None]


def plant(country: Country, seed: int, each: int = 20) -> list[Planted]:
    """Plant `each` errors of every kind, one a body at most; the reports of the country are changed in place."""
    dice = random.Random(f"{seed}-errors")
    waiting = dice.sample(country.bodies, len(country.bodies))
    ledger: list[Planted] = []
    for planter, years in PLANTERS.items():
        found = 0
        while found < each:
            if not waiting:
                raise ValueError(f"{len(country.bodies)} bodies are too few for {each} errors of each kind")
            body = waiting.pop()
            year = dice.choice(years)
            planted = planter(country.of(body, year), country.of(body, year - 1), dice)
            if planted is not None:
                ledger.append(planted)
                found += 1
    return ledger


def wrong_sum(report: Report, _: Report, dice: random.Random) -> Planted | None:
    """A sum that is not that of its parts."""
    name, identity = dice.choice([(t.name, i) for t in forms()[report.form].tables.values() for i in t.identities])
    columns = {"statistics": "value", "requests": "natural_person", "disputes": "total"}
    where = columns[name] if identity.per == "column" else ("granted" if name == "requests" else "reconsideration")
    left = _places(name, identity.cells(where, identity.left))
    right = _places(name, identity.cells(where, identity.right))
    if not _any(report, left) or not _any(report, right):
        return None
    _add(report, left[0], dice.randint(1, 9))
    return Planted(
        "wrong_sum", report.report_id, _names(left[:1]), (f"{report.report_id}/{name}.{identity.code}/{where}",)
    )


def carried_over(report: Report, before: Report, dice: random.Random) -> Planted | None:
    """Requests carried in that the year before did not carry out. Every sum of the report itself holds."""
    out = [before.cells["requests", "carried_out", column] for column in ("natural_person", "total")]
    if None in out:
        return None
    cells = []
    more = dice.randint(1, 30)
    for column in ("natural_person", "total"):
        _add(report, ("requests", "carried_in", column), more)
        _add(report, ("requests", "received_new", column), -more)
        cells += [("requests", "carried_in", column), ("requests", "received_new", column)]
    return Planted(
        "carried_over",
        report.report_id,
        _names(cells),
        tuple(f"{report.report_id}/years.carried_over/{column}" for column in ("natural_person", "total")),
    )


def in_force(report: Report, before: Report, dice: random.Random) -> Planted | None:
    """Documents in force that those of the year before, issued and repealed do not lead to."""
    place = ("proactive", "normative_documents", "in_force")
    if before.cells[place] is None:
        return None
    _add(report, place, dice.randint(1, 50))
    return Planted(
        "in_force", report.report_id, _names([place]), (f"{report.report_id}/years.in_force/normative_documents",)
    )


def swapped_applicants(report: Report, before: Report, _: random.Random) -> Planted | None:
    """Two applicants' columns exchanged: every sum holds; only what was carried over can tell."""
    columns = ("natural_person", "commercial_enterprise")
    swapped = _swap(report, *columns)
    ids = []
    for column in columns:
        now, then = report.cells["requests", "carried_in", column], before.cells["requests", "carried_out", column]
        if now is not None and then is not None and now != then:
            ids.append(f"{report.report_id}/years.carried_over/{column}")
    return Planted("swapped_applicants", report.report_id, swapped, tuple(ids))


def swapped_total(report: Report, _: Report, dice: random.Random) -> Planted | None:
    """An applicant's column and the total exchanged: the total of new requests is not the sum of the others."""
    swapped = _swap(report, "natural_person", "total")
    return Planted(
        "swapped_total", report.report_id, swapped, (f"{report.report_id}/requests.applicant_sum/received_new",)
    )


def repeated(report: Report, before: Report, _: random.Random) -> Planted | None:
    """The whole tables of the year before printed again."""
    if report.form != before.form:
        return None
    report.cells = dict(before.cells)
    return Planted("repeated", report.report_id, ("*",), (f"{report.report_id}/years.repeated/",))


def unit_slip(report: Report, _: Report, dice: random.Random) -> Planted | None:
    """A number 10,000 times too large or too small: in 元 where 万元 is printed, in 万件 where 件 is."""
    places = {
        "2014": [("statistics", "organisation.budget_10k_yuan", "value"), ("statistics", "proactive.total", "value")],
        "2019": [("proactive", "licensing", "decisions"), ("proactive", "penalty", "decisions")],
        "2021": [("proactive", "fees", "amount_10k_yuan"), ("proactive", "coercion", "decisions")],
    }
    place = dice.choice(places[report.form])
    value = report.cells[place]
    if not value:
        return None
    down = dice.random() < 0.5
    report.cells[place] = Decimal(value) / SLIP if down else value * SLIP
    seen_by = (f"{report.report_id}/years.jump/{'/'.join(place)}",)
    is_visible = not down or value >= SMALLEST_SLIP_DOWN
    return Planted("unit_slip", report.report_id, _names([place]), seen_by if is_visible else ())


#: Every kind of error, and the years whose reports can have it.
PLANTERS: dict[Planter, range] = {
    wrong_sum: range(2014, 2026),
    carried_over: range(2020, 2026),
    in_force: range(2022, 2026),
    swapped_applicants: range(2020, 2026),
    swapped_total: range(2019, 2026),
    repeated: range(2015, 2026),
    unit_slip: range(2014, 2026),
}


def _places(table: str, cells: list[tuple[str, str]]) -> list[Place]:
    return [(table, row, column) for row, column in cells]


def _any(report: Report, places: list[Place]) -> bool:
    return any(report.cells.get(place) is not None for place in places)


def _add(report: Report, place: Place, more: int) -> None:
    report.cells[place] = (report.cells[place] or 0) + more


def _swap(report: Report, one: str, other: str) -> tuple[str, ...]:
    rows = [row for table, row, column in report.cells if (table, column) == ("requests", one)]
    for row in rows:
        here, there = ("requests", row, one), ("requests", row, other)
        report.cells[here], report.cells[there] = report.cells[there], report.cells[here]
    return _names(("requests", row, column) for row in rows for column in (one, other))


def _names(places: list[Place] | Iterator[Place]) -> tuple[str, ...]:
    return tuple("/".join(place) for place in places)
