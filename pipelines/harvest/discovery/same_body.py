"""Tells whether the organ that a title names is the body whose list it stands on, or one of its territory.

Belongs here: two names compared, short or long. Does not belong here: what a body is (`pipelines.bodies.naming`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.bodies.divisions import Division, DivisionMatch, divisions, find
from pipelines.bodies.organs import function_of

_GENERIC = re.compile(
    r"^(?:我|本|全)?(省|市(?!场|政(?!府|务|协|法|策|研|数))|县|区|州|盟|旗|自治区|自治州|自治县)(?=$|人民|政府|府办|本级|[一-鿿]{2,}(?:局|委|厅|办|中心|会|院|室|署|队|所|站|馆|部|社|处|行|校|镇|乡|街道|区))"
)
_GOVERNMENT = re.compile(r"^(?:人民)?(?:政?府|行政公署|行署)?(?:机关|本级)?(?:办公厅|办公室|办)?$")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]$")
_BEFORE = re.compile(r"^(?:人民政府|政府)(?=.{2,})")
_COMMITTEE = re.compile(r"(?:管理委员会|管委会)?(?:党政|综合)?(?:办公室|办公厅)?$")
_TOWNSHIP = re.compile(r"(镇|乡|街道|苏木|地区)(?:人民政府|办事处|办|政府)?(?:党政)?(?:办公室|综合办公室)?$")
_ZONE = re.compile(r"(?:区|园|城)(?:管理委员会|管委会)")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: division, the one-word division of 市教育局, and the organ, "" for the government itself."""

    division: Division | None
    generic: str
    organ: str
    is_doubtful: bool


def is_same(named: str, own: str, year: int | None = None) -> bool:
    """Tell whether both are names of one body. A government and its office are one, since either signs the report."""
    two = _taken_apart(own, "", year)
    one = _taken_apart(named, _context(own, two), year)
    if one.is_doubtful or (one.generic and not _is_called(one.generic, two.division)):
        return False
    if one.division and two.division and one.division.code != two.division.code:
        return False
    if one.division and not two.division:
        return bool(one.organ) and one.organ == two.organ
    if _is_of_state(one) and not _is_of_state(two):
        return False
    return _is_same_organ(one.organ, two.organ)


def is_within(named: str, own: str, year: int | None = None) -> bool:
    """Tell whether a body is of the same division as `own`, or of one below it; what names no division is of its own."""
    two = _taken_apart(own, "", year)
    one = _taken_apart(named, _context(own, two), year)
    if two.division is None:
        return one.division is None or named in own or own in named
    if one.is_doubtful:
        return False
    if one.generic:
        return _is_called(one.generic, two.division) or two.division.level == "province"
    return one.division is None or two.division.code in (one.division.code, *one.division.above)


def with_division(named: str, own: str, year: int | None = None) -> str:
    """A name on the list of `own` with its division before it: 市教育局 of 杭州市 is 杭州市教育局."""
    two = _taken_apart(own, "", year)
    one = _taken_apart(named, _context(own, two), year)
    if one.division or one.is_doubtful or two.division is None:
        return named
    organ = named[_generic_length(named) :]
    return f"{two.division.name}{organ}"


@lru_cache(maxsize=4096)
def _taken_apart(name: str, context: str, year: int | None) -> _Name:
    plain = _BRACKET.sub("", "".join(name.split())) or name
    found = find(plain, context, year)
    if found.doubt and found.division is None:
        found = _below(plain, context, year) or found
    if found.division is not None:
        return _Name(found.division, "", _organ(found.rest), found.doubt is not None)
    generic = _GENERIC.match(plain)
    rest = plain[generic.end() :] if generic else plain
    return _Name(None, generic[1][-1] if generic else "", _organ(rest), found.doubt is not None)


def _below(name: str, context: str, year: int | None) -> DivisionMatch | None:
    """A name that several divisions bear, as a path from the places of the list down: 鼓楼区 of 南京市."""
    places = context.split()
    for start in range(len(places)):
        path = "".join(reversed(places[start:]))
        found = find(path + name, "", year)
        if found.division is not None and found.doubt is None and len(found.rest) < len(name):
            return found
    return None


def _generic_length(name: str) -> int:
    match = _GENERIC.match(name)
    return match.end() if match else 0


def _context(own: str, name: _Name) -> str:
    """The places above a body, by which namesakes are told apart."""
    if name.division is None:
        return own
    tree = divisions()
    return " ".join([name.division.name, *(tree[code].name for code in name.division.above if code in tree)])


def _is_called(generic: str, division: Division | None) -> bool:
    return division is None or division.name.endswith(generic)


def _organ(rest: str) -> str:
    """An organ's name without what adds nothing to it; "" for a government, whatever it is called."""
    if _GOVERNMENT.match(rest):
        return ""
    rest = _TOWNSHIP.sub(r"\1", _BEFORE.sub("", rest))
    return _COMMITTEE.sub("", rest) if _ZONE.search(rest) else rest


def _is_same_organ(one: str, two: str) -> bool:
    if one == two:
        return True
    if not one or not two:
        return False
    function = function_of(one)
    if function is not None or function_of(two) is not None:
        return function == function_of(two) or _is_short_for(one, two) or _is_short_for(two, one)
    return _ends_with(one, two) or _ends_with(two, one) or _is_short_for(one, two) or _is_short_for(two, one)


def _is_of_state(name: _Name) -> bool:
    """Tell whether a name is a ministry's: 商务部, beside which 商务厅 and 商务局 have the same function."""
    return (
        name.division is None and not name.generic and name.organ.endswith("部") and function_of(name.organ) is not None
    )


def _ends_with(name: str, end: str) -> bool:
    return len(end) >= 3 and name.endswith(end)


def _is_short_for(short: str, name: str) -> bool:
    """市监局 for 市场监督管理局: the first and last character, and those between them in their order."""
    if not 2 <= len(short) <= 4 or len(short) >= len(name) or short[0] != name[0] or short[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(char in rest for char in short)
