"""The reporting organ: what kind it is, whose, and a stable id, from its printed name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from expectations.governments import Former, governments
from pipelines.bodies import zones
from pipelines.bodies.body import Body
from pipelines.bodies.divisions import Division, DivisionMatch, divisions, find
from pipelines.bodies.organs import accountability_of, function_of

_OFFICE = re.compile(r"^(?:人民)?政府(?:办公厅|办公室|办)$")
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?:机关)?$|^$|^行政公署$|^行署$|^革命委员会$")
_TOWNSHIP = re.compile(
    r"(?:镇|乡|街道|苏木|街道办事处|地区办事处|街道办|镇政府|乡政府|[镇乡]人民政府)(?:办公室|党政办|党政办公室)?$"
)
_STATE = re.compile(
    r"^(?:国务院|国家|中国(?![（(]))|^[一-鿿]{2,10}部$|^[一-鿿]{2,12}总局$|^审计署$|^海关总署$|^中国人民银行$"
)
_STRANGE_DIVISION = re.compile(r"^[一-鿿]{1,8}[区县市旗州盟](?:人民政府.*)?$")
_ORGAN = re.compile(r"[局委厅办院署队所站馆会心]$|部门$|部$|海关$|[支分]行$")
#: Another organ that is named beside the first: 人民政府(市人民政府办公厅), 人民政府 开发区管委会.
_BESIDE = re.compile(r"(?<=.)(?:\s+[一-鿿].*|[（(][^（）()]*[）)])$")
#: The four cities under the state: what is below them is a county.
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
_UNKNOWN = "the name begins with no division that is known"
_UNTOLD = {"township": "the name does not say whose township it is"}
_UNCODED = "a zone without a code of its own: the government is the one that it belongs to"
_BELOW = {"province": "prefecture", "prefecture": "county", "county": "township"}


def body_of(name: str, context: str = "", year: int | None = None) -> Body:
    """Tell the body. An unknown or ambiguous division leaves the government empty and `note` says why.

    `context` is what else names a place (title, site, publisher), `year` the one that the report is about: names changed
    hands. The level is `unresolved` without a government, but for townships and organs of the state.
    """
    found = find(zones.written_out(name), context, year)
    division, rest = found.division, found.rest
    if (division is None or rest) and (home := zones.home(_BESIDE.sub("", rest), division)):
        division, rest = home.division, home.rest
        found = DivisionMatch(division, rest)
    elif division and _STRANGE_DIVISION.match(rest) and not zones.is_zone(rest):
        # 上海市卢弯区: a division that the tree does not know (misspelt, too old) is not an organ of the one above it.
        division, rest = None, name
    elif division and (doubt := zones.doubt(_BESIDE.sub("", rest), division)):
        found = replace(found, doubt=doubt)
        division, rest = None, name
    organ = _BESIDE.sub("", rest if division else name)
    kind = _kind(organ, division)
    level = _level(kind, name, organ, division)
    former = found.former if division else None
    return Body(
        body_id=_body_id(name, kind, rest, organ, found if division else DivisionMatch(None, name)),
        name=name,
        kind=kind,
        level=level,
        government_code=division.code if division else None,
        government_name=division.name if division else None,
        province_code=division.province_code if division else None,
        province_name=divisions()[division.province_code].name if division else None,
        function=function_of(organ) if kind == "department" else None,
        accountability=accountability_of(organ, level) if kind == "department" else None,
        successor_code=former.successor_code if former and not former.goes_on else None,
        note=_note(found, division, kind, level),
    )


def _kind(organ: str, division: Division | None) -> str:
    if division and zones.is_coded_zone(division) and zones.is_committee(organ):
        return "development_zone"
    for pattern, kind in ((_OFFICE, "government_office"), (_TOWNSHIP, "township")):
        if pattern.search(organ):
            return kind
    if zones.is_zone(organ):
        return "development_zone"
    if _GOVERNMENT.search(organ):
        return "government" if division else "unresolved"
    if division is None and re.search(r"(?:人民政府|[省市县区州盟旗])$", organ):
        return "government"
    return "department" if _ORGAN.search(organ) or division or _STATE.search(organ) else "unresolved"


def _level(kind: str, name: str, organ: str, division: Division | None) -> str:
    """The level of the body's government; of a zone without a code and its organs, that next below its government."""
    if kind == "township":
        return "township"
    if division is None:
        return "state" if _STATE.search(name) else "unresolved"
    coded = zones.is_coded_zone(division)
    if not coded and (kind == "development_zone" or zones.is_of_zone(organ)):
        return "county" if division.code in _MUNICIPALITIES else _BELOW[division.level]
    return division.level


def _body_id(name: str, kind: str, rest: str, organ: str, found: DivisionMatch) -> str:
    """The government's code for a government; with a short hash of the organ's name for any other body.

    A government that ended has its last year too, since its code can be another's today. A zone has the hash of its own
    name, without its committee: with a code of its own that is enough.
    """
    division = found.division
    if division is None:
        return f"x-{_digest(name)}"
    ended = found.former is not None and not found.former.goes_on
    code = f"{division.code}-to{found.former.valid_to}" if ended and found.former else division.code
    if kind == "government":
        return code
    if kind == "development_zone":
        return code if zones.is_coded_zone(division) else f"{code}-{_digest(zones.plain_name(organ))}"
    return f"{code}-{_digest(rest)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _note(found: DivisionMatch, division: Division | None, kind: str, level: str) -> str | None:
    """Tell why the government is not told, or what must be known of it; None where there is nothing to say."""
    if division is None:
        return None if level == "state" else f"unresolved: {found.doubt or _UNTOLD.get(kind, _UNKNOWN)}"
    if found.former is not None:
        return _what_became(found.former, division)
    return _UNCODED if kind == "development_zone" and not zones.is_coded_zone(division) else None


def _what_became(former: Former, division: Division) -> str:
    if former.change == "renamed":
        return f"{former.name} until {former.valid_to}, since then {division.name}"
    if former.change == "moved":
        return f"under another government until {former.valid_to}"
    if former.successor_code is None:
        return f"divided among several governments in {former.valid_to}"
    return f"merged into {governments()[former.successor_code].name} in {former.valid_to}"
