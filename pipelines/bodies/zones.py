"""Development zones (开发区, 高新区, 新区 …): which names are zones, and whose they are. Most have no GB/T 2260 code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from expectations.governments import is_zone_code, zones
from pipelines.bodies.divisions import Division, county_in_short, divisions

_PLAIN = "开发区|经开区|高新区|高新技术产业园区|新区|园区|示范区|保税区|度假区|风景区|风景名胜区|自贸区|自由贸易试验区|合作区|综合实验区|综合试验区"
#: Names that are zones only where a committee administers them.
_ADMINISTERED = (
    "产业园|工业园|科技园|产业区|商务区|试验区|片区|管理区|实验区|集聚区|聚集区|功能区|新城|科学城|港区|景区"
)
_COMMITTEE = "(?:管理委员会|管委会)"
_ZONE = re.compile(
    rf"(?:(?:{_PLAIN}){_COMMITTEE}?|(?:{_ADMINISTERED}){_COMMITTEE})(?:办公室|党政办公室|综合办公室|办公厅)?$"
)
#: A zone, and behind it an organ of the zone.
_ORGAN_OF_ZONE = re.compile(
    rf"^(?!开发区|新区|园区)[^局厅办乡镇]{{0,14}}?(?:{_PLAIN})(?={_COMMITTEE}?[^管委员会].{{2,}})"
)
_FREE_TRADE = re.compile(r"^中国[（(]([一-鿿]{2,5})[）)](?=自由贸易试验区)")
_FREE_TRADE_AREA = re.compile(r"^自由贸易试验区(?=[一-鿿]{2,}片区)")
_TAIL = re.compile(rf"{_COMMITTEE}?(?:办公室|党政办公室|综合办公室|办公厅)?$")


@dataclass(frozen=True, slots=True)
class Home:
    """Whose a zone is: the division, and the rest of the name that names the zone."""

    division: Division
    rest: str


def is_zone(rest: str) -> bool:
    """Tell whether a name without its division is a zone or the committee that administers one."""
    return bool(_ZONE.search(rest))


def is_of_zone(rest: str) -> bool:
    """Tell whether a name without its division is an organ of a zone: 高新区应急管理局."""
    return bool(_ORGAN_OF_ZONE.search(rest))


def is_coded_zone(division: Division) -> bool:
    """Tell whether a node of the tree is a zone with a statistical code of its own, not a government."""
    return is_zone_code(division.code)


def is_committee(organ: str) -> bool:
    """Tell whether a name behind a zone's name is the committee that administers it, or its office, or nothing."""
    return bool(_TAIL.fullmatch(organ))


def plain_name(rest: str) -> str:
    """A zone's name without its committee and its office, which is the same zone: the seed of its id."""
    return _TAIL.sub("", rest) or rest


def written_out(name: str) -> str:
    """The name of a free-trade zone as a path: 中国(福建)自由贸易试验区福州片区… begins with 福建福州片区."""
    match = _FREE_TRADE.match(name)
    return match[1] + _FREE_TRADE_AREA.sub("", name[match.end() :]) if match else name


def home(rest: str, above: Division | None) -> Home | None:
    """The government whose zone the rest of a name is, where `data/zones.csv` knows it and it fits below `above`."""
    for zone in sorted(zones().values(), key=lambda z: -len(z.name)):
        parent = divisions()[zone.parent_code]
        if rest.startswith(zone.name) and _fits(parent, above):
            return Home(parent if above is None or above.code in parent.above else above, rest)
    return None


def doubt(rest: str, above: Division) -> str | None:
    """Tell why the printed division need not be the one that a zone is of; None where nothing speaks against it.

    广东从化经济开发区 is named after a county of the province: it may be the county's, its prefecture's (as the zone
    井冈山 is 吉安's) or the province's.
    """
    if above.level != "province" or not is_zone(rest):
        return None
    county = county_in_short(rest, above)
    return f"the zone is named after {county.name}, and the name does not say whose it is" if county else None


def _fits(parent: Division, above: Division | None) -> bool:
    """Tell whether a zone of `parent` can be named behind `above`: the same government, or one above or below it."""
    return above is None or above.code == parent.code or above.code in parent.above or parent.code in above.above
