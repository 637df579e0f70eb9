"""The portals of governments that are known, `data/portals.csv`: a division's code, the address of its home page, the evidence.

Belongs here: the rows, and whose a host is. Does not belong here: finding portals (`pipelines.harvest.grow.portals`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from expectations.data_files import DATA
from expectations.register_words import PORTAL_ORIGINS
from pipelines.bodies.divisions import divisions
from pipelines.files import write_atomically
from pipelines.harvest.register import kept_rows
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.sources import Source, fault_of, host_name_of

PORTALS_FILE = DATA / "portals.csv"
_GOV = re.compile(r"(?:^|\.)([a-z0-9-]+\.gov\.cn)$")
#: Hosts on which reports of anybody are printed again.
_NOBODYS = frozenset({"www.gov.cn"})
_OWNERS = 2


@dataclass(frozen=True, slots=True)
class Portal:
    """One row: a division of the tree, its home page, how that is known (`PORTAL_ORIGINS`), the page that shows it."""

    code: str
    name: str
    url: str
    known_by: str
    evidence_url: str
    note: str


def load(path: Path = PORTALS_FILE) -> list[Portal]:
    """All portals, none where there is no file. Raises `DataFileError` with every mistake."""
    return kept_rows.load(path, Portal, _faults)


def add(path: Path, portal: Portal) -> bool:
    """Add a portal, or replace that of its division; whether the file changed. Raises `DataFileError`."""
    known = {each.code: each for each in load(path)}
    if known.get(portal.code) == portal:
        return False
    known[portal.code] = portal
    write_atomically(path, kept_rows.as_csv(Portal, (known[code] for code in sorted(known))))
    return True


def domain_of(host: str) -> str:
    """The name under gov.cn that a host belongs to (`hangzhou.gov.cn`), the host itself where there is none."""
    found = _GOV.search(host)
    return found[1] if found else host


def owners(portals: Iterable[Portal], sources: Iterable[Source], year: int) -> dict[str, str]:
    """The codes of the divisions that hosts, and whole domains under gov.cn, belong to.

    A portal owns its host, and its domain where it stands at the top of it. Another domain is that of the lowest
    government that all bodies which report there belong to; with fewer than two of them it is nobody's that we know.
    """
    found = _shared(sources, year)
    for portal in portals:
        host = host_name_of(portal.url)
        found[host] = portal.code
        if host.removeprefix("www.") == domain_of(host):
            found[domain_of(host)] = portal.code
    return found


def _shared(sources: Iterable[Source], year: int) -> dict[str, str]:
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    paths: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for source in sources:
        body = body_of_source(source.body_name, source.province, source.report_year or year)
        domain = domain_of(source.host)
        if body.government_code in divisions() and _GOV.search(source.host) and source.host not in _NOBODYS:
            code = str(body.government_code)
            bodies[domain].add(body.body_id)
            paths[domain].append((code, *divisions()[code].above))
    common = {domain: _common(paths[domain]) for domain, named in bodies.items() if len(named) >= _OWNERS}
    return {domain: code for domain, code in common.items() if code}


def _common(paths: list[tuple[str, ...]]) -> str | None:
    """The lowest division that all paths lead through."""
    return next((code for code in paths[0] if all(code in path for path in paths)), None)


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    division = divisions().get(row["code"])
    if division is None or division.name != row["name"]:
        yield f"{row['code']} is not {row['name']}; in the tree it is {division.name if division else 'nothing'}"
    yield from kept_rows.told_words(row, {"known_by": PORTAL_ORIGINS})
    for name in ("url", "evidence_url"):
        if fault := fault_of(row[name]):
            yield f"{name} {row[name]!r} {fault}"
