"""The numbers of every body over the years: continuous, and right in every sum, by construction.

A city's territory is its own; a province's is its own level and its cities, cell by cell. What is linear (sums, what is
carried over, what is in force) stays right in such a sum.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from expectations.forms import form_for, forms
from expectations.identities import Number
from tests.made.country.bodies import Body, bodies
from tests.made.figures import APPLICANTS, RESULTS

YEARS = range(2008, 2026)
#: A cell of a statutory table.
Place = tuple[str, str, str]
#: None where the cell is printed blank.
Cells = dict[Place, Number | None]
Numbers = dict[Place, int]
OTHERS = ("other.clarification_overdue", "other.fee_overdue", "other.other")
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
#: What the years without tables say in their narrative: indicators of the dictionary.
NARRATED = ("requests_received", "items_disclosed")


@dataclass(slots=True)
class Report:
    """What one body reports of one year. `own_received` is what the narrative says of the own level (provinces)."""

    body: Body
    year: int
    form: str
    cells: Cells
    narrated: dict[str, int] = field(default_factory=dict)
    own_received: int | None = None

    @property
    def report_id(self) -> str:
        """`<body_id>-<year>`."""
        return f"{self.body.body_id}-{self.year}"


@dataclass(frozen=True, slots=True)
class Country:
    """All reports by id, in the order of bodies and years."""

    bodies: list[Body]
    reports: dict[str, Report]

    def of(self, body: Body, year: int) -> Report:
        """The report of a body and year."""
        return self.reports[f"{body.body_id}-{year}"]


def country(seed: int, province_count: int = 31, city_count: int = 300, years: range = YEARS) -> Country:
    """The reports of a whole country, without errors."""
    everyone = bodies(seed, province_count, city_count)
    own = {body.code: dict(_series(body, random.Random(f"{seed}-{body.code}"), years)) for body in everyone}
    reports = {}
    for body in everyone:
        cities = [b for b in everyone if b.level == "prefecture" and b.province_code == body.code]
        for year in years:
            parts = [own[body.code][year], *(own[city.code][year] for city in cities)]
            report = _report(body, year, parts, bool(cities))
            reports[report.report_id] = report
    return Country(everyone, reports)


def reports_alone(body: Body, seed: int, years: range = YEARS) -> dict[int, Report]:
    """The reports by year of one body that has nobody below it."""
    own = _series(body, random.Random(f"{seed}-{body.body_id}"), years)
    return {year: _report(body, year, [numbers], False) for year, numbers in own}


def _report(body: Body, year: int, parts: list[Numbers], has_cities: bool) -> Report:
    form = form_for(year)
    total = {place: sum(part[place] for part in parts) for place in parts[0]}
    if form is None:
        return Report(body, year, "none", {}, {row: value for (_, row, _), value in total.items()})
    received = parts[0].get(("requests", "received_new", "total"))
    cells: Cells = {place: None if body.blank_zeros and not value else value for place, value in total.items()}
    return Report(body, year, form.name, cells, own_received=received if has_cities else None)


def _series(body: Body, dice: random.Random, years: range) -> Iterator[tuple[int, Numbers]]:
    state = _State(body.size, dice)
    for year in years:
        state.size *= dice.uniform(0.8, 1.27)
        form = form_for(year)
        if form is None:
            yield year, {("narrative", name, ""): state.count(800) for name in NARRATED}
        elif form.name == "2014":
            yield year, _annex(state)
        else:
            yield year, {**_proactive(state, form.name), **_requests(state, form.name), **_disputes(state)}


class _State:
    """What a body takes from one year into the next."""

    def __init__(self, size: float, dice: random.Random) -> None:
        self.size, self.dice = size, dice
        self.carried = {column: dice.randint(0, 6) for column in APPLICANTS}
        self.stock = {"regulations": dice.randint(15, 60), "normative_documents": dice.randint(150, 900)}
        self.items: dict[str, int] = {}
        self.usual: dict[str, float] = {}

    def count(self, usual: float) -> int:
        """About `usual` for a body of middle size."""
        return int(usual * self.size * self.dice.uniform(0.75, 1.3))

    def habit(self, name: str, low: float, high: float) -> int:
        """About what this body has under a name every year; the middle body's is between `low` and `high`."""
        if name not in self.usual:
            self.usual[name] = self.dice.uniform(low, high)
        return self.count(self.usual[name])


def _annex(state: _State) -> Numbers:
    table = forms()["2014"].tables["statistics"]
    made = {row.code: state.habit(row.code, 3, 60) for row in table.rows if row.code in table.expected_rows([])}
    made["proactive.total"] = state.habit("disclosed", 3000, 9000)
    made["fees.collected_10k_yuan"] = state.habit("copies", 3, 9)
    # A whole can be a part of another: as many rounds as there are sums settle all of them, in whatever order they come.
    for _ in table.identities:
        for identity in table.identities:
            whole, *others = identity.left
            parts = [part for part in identity.right if part in made]  # rows of local annexes are not made
            made[whole] = sum(made[part] for part in parts) - sum(made[part] for part in others)
    return {("statistics", row, "value"): value for row, value in made.items()}


def _proactive(state: _State, form: str) -> Numbers:
    cells: Numbers = {}
    for block in forms()[form].tables["proactive"].blocks:
        for row in block.rows:
            for column in block.columns:
                cells["proactive", row.code, column.code] = _proactive_cell(state, row.code, column.code)
    for row_code in ("regulations", "normative_documents"):
        if form == "2021":
            _take_stock(state, cells, row_code)
    return cells


def _proactive_cell(state: _State, row: str, column: str) -> int:
    if column == "items_previous_year":
        state.items[row] = state.items.get(row, state.dice.randint(30, 400))
        return state.items[row]
    if column == "items_change":
        change = state.dice.randint(-5, 9)
        state.items[row] += change
        return change
    usual = {"decisions": (4000, 30000), "amount_10k_yuan": (500, 9000), "amount_yuan": (10**6, 10**8)}
    low, high = usual.get(column, (5, 60))
    return state.habit(f"{row}.{column}", low, high)


def _take_stock(state: _State, cells: Numbers, row: str) -> None:
    issued = cells["proactive", row, "issued"]
    # Nobody repeals most of what is in force in one year.
    repealed = min(cells["proactive", row, "repealed"], (state.stock[row] + issued) // 5)
    state.stock[row] += issued - repealed
    cells["proactive", row, "repealed"] = repealed
    cells["proactive", row, "in_force"] = state.stock[row]


@cache
def _outcomes(form: str) -> tuple[str, ...]:
    rows = [row.code for row in forms()[form].tables["requests"].rows]
    left_out = {"received_new", "carried_in", "total_processed", "carried_out", "granted"}
    left_out |= {"other"} if form == "2021" else set(OTHERS)
    return tuple(code for code in rows if code not in left_out)


def _requests(state: _State, form: str) -> Numbers:
    cells: Numbers = {}
    for column in APPLICANTS:
        received = state.habit(f"received.{column}", *((200, 900) if column == "natural_person" else (2, 40)))
        carried_in = state.carried[column]
        carried_out = state.dice.randint(0, min(received + carried_in, 9 + received // 20))
        processed = received + carried_in - carried_out
        outcomes = _divided(processed, form, state.dice)
        balance = {
            "received_new": received,
            "carried_in": carried_in,
            "total_processed": processed,
            "carried_out": carried_out,
        }
        state.carried[column] = carried_out
        cells |= {("requests", row, column): value for row, value in (balance | outcomes).items()}
    for row in dict.fromkeys(row for _, row, _ in cells):
        cells["requests", row, "total"] = sum(cells["requests", row, column] for column in APPLICANTS)
    return cells


def _divided(processed: int, form: str, dice: random.Random) -> dict[str, int]:
    """The processed requests by outcome; what no other outcome takes was granted."""
    outcomes, left = {}, processed
    for row in _outcomes(form):
        taken = int(left * dice.choice((0, 0, 0.02, 0.08)) * dice.uniform(0.5, 1.5))
        outcomes[row], left = taken, left - taken
    return outcomes | {"granted": left}


def _disputes(state: _State) -> Numbers:
    cells: Numbers = {}
    for row in DISPUTES:
        parts = {column: state.habit(f"{row}.{column}", 1, 25) for column in RESULTS}
        cells |= {("disputes", row, column): value for column, value in parts.items()}
        cells["disputes", row, "total"] = sum(parts.values())
    return cells
