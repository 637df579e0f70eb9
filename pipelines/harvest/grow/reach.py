"""How far the register reaches: for each province, level and kind of body, how many have a portal, a list, a report of the year.

Governments are those of the division tree. Departments, townships and zones are those that the register, a list of
several bodies or a report names: how many there are in the country nobody has counted here. Belongs here: counting.
Does not belong here: the terminal and the page (`pipelines.cli.show_reach`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from expectations.register_words import LIST_STATES
from pipelines.bodies.body import Body
from pipelines.bodies.divisions import divisions, is_holder, short_name
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.names import province_of
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe, list_state, probe_of
from pipelines.harvest.register.sources import Source

COUNTRY = "全国"
_LEVELS = ("state", "province", "prefecture", "county", "township", "unresolved")
_GOVERNS = ("government", "government_office")


@dataclass(frozen=True, slots=True)
class Reach:
    """One row of `expectations.register.RegisterCoverage`."""

    province: str
    level: str
    body_kind: str
    bodies: int
    with_portal: int
    with_list: int
    list_unprobed: int
    list_probed: int
    list_confirmed: int
    with_report: int
    report_year: int


@dataclass(slots=True)
class _Known:
    """One body: its place, and the surest state of a list that has its reports."""

    province: str
    level: str
    kind: str
    has_portal: bool = False
    has_report: bool = False
    list_state: str | None = None

    def listed(self, state: str) -> None:
        """Take a list's state where it is surer than what is known."""
        if self.list_state is None or LIST_STATES.index(state) > LIST_STATES.index(self.list_state):
            self.list_state = state


def reach(
    sources: Sequence[Source],
    portals: Iterable[Portal],
    probes: Mapping[str, Probe],
    reported: Iterable[tuple[str, str]],
    year: int,
) -> list[Reach]:
    """The rows for each province, and for the whole country under `COUNTRY`, in order.

    `reported` are the bodies (province, name) of which a refresh found a report of the year.
    """
    known = _governments(portals)
    for source in sources:
        body = _of(known, source.body_name, source.province, year)
        if source.is_walked:
            body.listed(list_state(source, probes))
        body.has_report |= source.kind == "report" and source.report_year == year
        _listed_on(known, source, probes, year)
    for province, name in reported:
        _of(known, name, province, year).has_report = True
    return _counted(known.values(), year)


def reported_in(ledger: Ledger, sources: Iterable[Source], year: int) -> list[tuple[str, str]]:
    """The bodies (province, name) of which the ledger has a report of a year; no province where the register has none."""
    province = {source.body_name: source.province for source in sources}
    names = {fetch.body_name for fetch in ledger.changes() if fetch.report_year == year and fetch.body_name}
    return [(province.get(name, ""), name) for name in sorted(names)]


def _governments(portals: Iterable[Portal]) -> dict[str, _Known]:
    found = {
        each.code: _Known(province_of(each), each.level, "government")
        for each in divisions().values()
        if not is_holder(each)
    }
    for portal in portals:
        found[portal.code].has_portal = True
    return found


def _of(known: dict[str, _Known], name: str, province: str, year: int) -> _Known:
    """The body of a name; a government and its office are one here, since the office publishes the government's report."""
    body = body_of_source(name, province, year)
    code = body.government_code
    if body.kind in _GOVERNS and code is not None:
        # One that a reform ended is counted nowhere.
        return known.get(code) or _Known(province, body.level, body.kind)
    return known.setdefault(body.body_id, _Known(_province(body, province), body.level, body.kind))


def _province(body: Body, province: str) -> str:
    return short_name(body.province_name) if body.province_name else province or "国务院"


def _listed_on(known: dict[str, _Known], source: Source, probes: Mapping[str, Probe], year: int) -> None:
    """Take the bodies that a list of several names."""
    seen = probe_of(source, probes) if source.is_walked and source.covers == "territory" else None
    for name in (seen.bodies or "").split("；") if seen else ():
        if name:
            _of(known, name, source.province, year).listed(list_state(source, probes))


def _counted(bodies: Iterable[_Known], year: int) -> list[Reach]:
    groups: defaultdict[tuple[str, str, str], list[_Known]] = defaultdict(list)
    for body in bodies:
        groups[body.province, body.level, body.kind].append(body)
        groups[COUNTRY, body.level, body.kind].append(body)
    return [_row(*key, groups[key], year) for key in sorted(groups, key=_order)]


def _order(key: tuple[str, str, str]) -> tuple[bool, str, int, str]:
    return key[0] != COUNTRY, key[0], _LEVELS.index(key[1]), key[2]


def _row(province: str, level: str, kind: str, bodies: Sequence[_Known], year: int) -> Reach:
    states = Counter(body.list_state for body in bodies)
    return Reach(
        province,
        level,
        kind,
        bodies=len(bodies),
        with_portal=sum(body.has_portal for body in bodies),
        with_list=len(bodies) - states[None],
        list_unprobed=states["unprobed"],
        list_probed=states["probed"],
        list_confirmed=states["confirmed"],
        with_report=sum(body.has_report for body in bodies),
        report_year=year,
    )
