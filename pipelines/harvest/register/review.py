"""Tells what the register of sources says as a whole: doubles, names that mean nobody, bodies without a list.

Belongs here: findings over several rows, or about what a row means. Does not belong here: what makes one row wrong
(`pipelines.harvest.register.sources`), or how findings look (`pipelines.cli.show_sources`).
"""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.bodies.body import Body
from pipelines.bodies.divisions import divisions, short_name
from pipelines.harvest.register.calendar import body_of_source, expected
from pipelines.harvest.register.sources import LEVELS, Source

#: The `province` of organs of the state.
STATE = "国务院"
_GOVERNMENTAL = re.compile(r"(?:^|\.)gov\.cn$")


@dataclass(frozen=True, slots=True)
class RegisterFinding:
    """Holds what one check found. An `is_error` is to be mended; anything else is to be known. `lines` are for a reader."""

    check: str
    is_error: bool
    says: str
    lines: tuple[str, ...]


def review(sources: Sequence[Source], year: int) -> list[RegisterFinding]:
    """All that was found, errors first; a check that found nothing is left out.

    `year` is the newest report year: the bodies that there were then are those of which a list is wanted.
    """
    found = [
        RegisterFinding(name, is_error, says, tuple(look(sources, year))) for name, is_error, says, look in _CHECKS
    ]
    return [finding for finding in found if finding.lines]


@cache
def provinces() -> tuple[str, ...]:
    """Tell how the register writes provinces, 内蒙古 for 内蒙古自治区, and 国务院 for the state."""
    return (*(short_name(d.name) for d in divisions().values() if d.level == "province"), STATE)


def place_of(body: Body) -> tuple[str | None, str | None]:
    """The province and the level that the register gives to a body; None for what its name does not tell."""
    if body.level == "state":
        return STATE, "ministry"
    province = short_name(body.province_name) if body.province_name else None
    level = "department" if body.kind in ("department", "government_office") else body.level
    return province, level if level in LEVELS else None


def without_list(sources: Sequence[Source], year: int) -> list[str]:
    """The names of the bodies of which a report is expected and no list is known: how to find that report is not known."""
    listed = {body_of_source(s.body_name, s.province, year).body_id for s in sources if s.is_walked}
    return [b.body_name for b in expected(sources, year) if b.body_id not in listed and b.ended_in is None]


def _shared(sources: Iterable[Source], year: int, kind: str) -> Iterator[str]:
    """The addresses of one kind that stand for several bodies."""
    named: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for source in sources:
        if source.kind == kind:
            body = body_of_source(source.body_name, source.province, source.report_year or year)
            named[source.url].setdefault(body.body_id, source.body_name)
    for url, bodies in sorted(named.items()):
        if len(bodies) > 1:
            yield f"{url}: {', '.join(sorted(bodies.values()))}"


def _shared_reports(sources: Iterable[Source], year: int) -> Iterator[str]:
    return _shared(sources, year, "report")


def _shared_lists(sources: Iterable[Source], year: int) -> Iterator[str]:
    return _shared(sources, year, "list")


def _both_schemes(sources: Iterable[Source], year: int) -> Iterator[str]:
    schemes: defaultdict[tuple[str, str, str, int], set[str]] = defaultdict(set)
    for source in sources:
        scheme, _, rest = source.url.partition("://")
        schemes[source.body_name, source.kind, rest, source.report_year or 0].add(scheme)
    for (name, kind, rest, _), found in sorted(schemes.items()):
        if len(found) > 1:
            yield f"{name}: {kind} //{rest}"


def _unknown_provinces(sources: Iterable[Source], year: int) -> Iterator[str]:
    for source in sources:
        if source.province not in provinces():
            yield f"{source.body_name}: {source.province}"


def _unresolved(sources: Iterable[Source], year: int) -> Iterator[str]:
    told: dict[tuple[str, str], str] = {}
    for source in sources:
        body = body_of_source(source.body_name, source.province, source.report_year or year)
        if body.government_code is None and body.level != "state":
            told.setdefault((source.province, source.body_name), body.note or "unresolved")
    for (province, name), note in sorted(told.items()):
        yield f"{name} ({province}): {note.removeprefix('unresolved: ')}"


def _foreign_hosts(sources: Iterable[Source], year: int) -> Iterator[str]:
    for source in sources:
        if not _GOVERNMENTAL.search(source.host):
            known = f" ({source.note})" if source.note else ""
            yield f"{source.host}{_of_what_kind(source.host)}: {source.body_name}, {source.url}{known}"


def _of_what_kind(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    return ", a number instead of a name" if address.is_global else ", a private address that is never fetched"


_Check = tuple[str, bool, str, Callable[[Sequence[Source], int], Iterable[str]]]
_CHECKS: tuple[_Check, ...] = (
    ("one report of two bodies", True, "remove the row that is wrong", _shared_reports),
    ("http and https", True, "one address, written in both ways; keep the one that answers", _both_schemes),
    ("unknown province", True, "write it short, as 浙江, or 国务院 for the state", _unknown_provinces),
    ("one list of several bodies", False, "one row that covers `territory` asks for it once", _shared_lists),
    ("name not resolved", False, "the body has no code; a longer name, with its county, helps", _unresolved),
    ("host not a government's", False, "not under gov.cn; look whether the page is the body's own", _foreign_hosts),
    ("no list", False, "the next report will not be found; `gongkai sources add BODY URL`", without_list),
)
