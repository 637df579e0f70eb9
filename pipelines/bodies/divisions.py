"""The division tree (GB/T 2260), today's and former, and which of its nodes a printed name begins with.

Never a guess: one node or none. Names are read from the left, the longest that fits first; what several divisions are or
were called is settled by the path before it, by the year, or by a prefecture or province that the context names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from expectations.governments import Former, aliases, former_divisions, governments

#: Endings that prose leaves off: 江苏, 广西, 内蒙古.
_SUFFIX = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$")
_COUNTY_SUFFIX = re.compile(r"[市区县旗]$")
_HOW_MANY_NAMED = 4


@dataclass(frozen=True, slots=True)
class Division:
    """A node of the tree: its six-digit code, full name, level, and the nodes above it, nearest first."""

    code: str
    name: str
    level: str
    above: tuple[str, ...]

    @property
    def province_code(self) -> str:
        """The code of its province."""
        return self.code[:2] + "0000"


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """Holds what a name begins with: the division, the rest of the name, and what must be known of it.

    `former` is the row of the division's history where the name is a former one. `doubt` says why the name, or its
    next part, was not resolved though it is known.
    """

    division: Division | None
    rest: str
    former: Former | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One division that a name can mean. `under` are the codes that a path to it can lead through.

    `since` and `until` are the years of the changes that gave it the name and took it, None where none is known.
    """

    division: Division
    under: frozenset[str]
    since: int | None = None
    until: int | None = None
    former: Former | None = None
    is_short: bool = False

    def bears_the_name(self, year: int) -> bool:
        """Tell whether it is called so when the report of a year is published, early in the year after."""
        return (self.since is None or year >= self.since) and (self.until is None or year < self.until)


def short_name(name: str) -> str:
    """A province's or prefecture's name as prose has it: 浙江 for 浙江省, 内蒙古 for 内蒙古自治区."""
    return _SUFFIX.sub("", name)


@cache
def divisions() -> Mapping[str, Division]:
    """All divisions of today by code."""
    rows = governments()

    def above(code: str) -> tuple[str, ...]:
        parent = rows[code].parent_code
        return (parent, *above(parent)) if parent else ()

    return {code: Division(code, row.name, row.level, above(code)) for code, row in rows.items()}


def is_holder(division: Division) -> bool:
    """Tell whether a county only holds the code of a prefecture without counties (嘉峪关市 in 嘉峪关市): no government."""
    return division.level == "county" and divisions()[division.above[0]].name == division.name


@cache
def _by_name() -> Mapping[str, tuple[_Meaning, ...]]:
    """Divisions by full name, former name and alias; provinces and prefectures also by their short name."""
    found: dict[str, list[_Meaning]] = {}
    for division in divisions().values():
        if is_holder(division):
            continue
        meaning = _Meaning(division, frozenset(division.above), since=_since().get(division.code))
        found.setdefault(division.name, []).append(meaning)
        short = short_name(division.name)
        if division.level != "county" and len(short) >= 2 and short != division.name:
            found.setdefault(short, []).append(replace(meaning, is_short=True))
    for name, codes in aliases().items():
        found.setdefault(name, []).extend(
            _Meaning(divisions()[c], frozenset(divisions()[c].above), since=_since().get(c)) for c in codes
        )
    for former in former_divisions():
        found.setdefault(former.name, []).append(_formerly(former))
    return {name: tuple(meanings) for name, meanings in found.items()}


@cache
def _since() -> Mapping[str, int]:
    """The year in which a division of today got its name from a former one."""
    return {f.successor_code: f.valid_to for f in former_divisions() if f.change == "renamed" and f.successor_code}


def _formerly(former: Former) -> _Meaning:
    """A former division: that which goes on in its place, or a node of its own where it ended."""
    above = _once_above(former)
    if former.goes_on and former.successor_code:
        division = divisions()[former.successor_code]
        above = (*above, *division.above)
    else:
        division = Division(former.code, former.name, former.level, tuple(c for c in above if c in divisions()))
    return _Meaning(division, frozenset(above), until=former.valid_to, former=former)


def _once_above(former: Former) -> tuple[str, ...]:
    """The codes above a former division at its time, and what goes on in the place of those that changed."""
    parent = next((f for f in former_divisions() if f.code == former.parent_code), None)
    if parent is None:
        return (former.parent_code, *divisions()[former.parent_code].above)
    goes_on = (parent.successor_code,) if parent.goes_on and parent.successor_code else ()
    return (former.parent_code, *goes_on, *_once_above(parent))


@cache
def _longest() -> int:
    return max(map(len, _by_name()))


def resolve(name: str, context: str = "", year: int | None = None) -> tuple[Division | None, str]:
    """The division that a body's name begins with, and the rest of the name."""
    found = find(name, context, year)
    return found.division, found.rest


def find(name: str, context: str = "", year: int | None = None) -> DivisionMatch:
    """The division that a body's name begins with.

    `江苏省淮安市洪泽区人民政府` goes down the tree; a bare `洪泽区` is taken where only one division has or had the name,
    only one bears it when the report of `year` is published, or only one of several has a province or prefecture that
    `context` (title, site, publisher) names.
    """
    here = DivisionMatch(None, name)
    while here.rest:
        step = _step(here, context, year)
        if step is None:
            break
        here = step
        if here.doubt:
            break
    return here


def _step(here: DivisionMatch, context: str, year: int | None) -> DivisionMatch | None:
    """The longest name at the beginning that fits below `here`; with a doubt where several do."""
    names, rest = _by_name(), here.rest
    for length in range(min(len(rest), _longest()), 1, -1):
        name = rest[:length]
        meanings = _distinct(m for m in names.get(name, ()) if here.division is None or _is_below(m, here.division))
        if not meanings:
            continue
        chosen = _chosen(meanings, context, year)
        if chosen is None:
            return replace(here, doubt=_doubt(name, meanings))
        if chosen.is_short and not _may_be_short(rest[length:]):
            continue
        return DivisionMatch(chosen.division, rest[length:], chosen.former)
    return None


def _is_below(meaning: _Meaning, division: Division) -> bool:
    return division.code in meaning.under and division.code != meaning.division.code


def _distinct(meanings: Iterable[_Meaning]) -> Sequence[_Meaning]:
    """One meaning for each division, that of today where there is one."""
    kept: dict[tuple[str, str], _Meaning] = {}
    for meaning in meanings:
        kept.setdefault((meaning.division.code, meaning.division.name), meaning)
    return tuple(kept.values())


def _chosen(meanings: Sequence[_Meaning], context: str, year: int | None) -> _Meaning | None:
    if len(meanings) > 1 and year is not None:
        meanings = [m for m in meanings if m.bears_the_name(year)] or meanings
    return meanings[0] if len(meanings) == 1 else _named_in(meanings, context)


def _named_in(meanings: Iterable[_Meaning], context: str) -> _Meaning | None:
    """The one of several namesakes whose prefecture or province the context names."""
    fitting = [m for m in meanings if any(short in context for short in _shorts_above(m))]
    return fitting[0] if len(fitting) == 1 else None


def _shorts_above(meaning: _Meaning) -> Iterable[str]:
    tree = divisions()
    return (short_name(tree[code].name) for code in meaning.under if code in tree)


def _doubt(name: str, meanings: Sequence[_Meaning]) -> str:
    tree = divisions()
    places = ["".join(tree[c].name for c in reversed(m.division.above) if c in tree) for m in meanings]
    shown = ", ".join(places[:_HOW_MANY_NAMED]) + (", …" if len(places) > _HOW_MANY_NAMED else "")
    return f"{name} is the name of {len(meanings)} divisions ({shown})"


def _may_be_short(after: str) -> bool:
    """A short name counts only where a division or an organ of government follows, not inside a longer name."""
    return after[:1] not in ("省", "市", "县", "区", "镇", "乡", "路", "街") or after[:3] in ("市人民", "省人民")


def county_in_short(rest: str, above: Division) -> Division | None:
    """The county below `above` whose name, without its ending, begins the rest of a name: 从化 in 从化经济开发区."""
    for length in (4, 3, 2):
        nodes = [n for n in _counties_by_short().get(rest[:length], ()) if above.code in n.above]
        if nodes:
            return nodes[0]
    return None


@cache
def _counties_by_short() -> Mapping[str, Sequence[Division]]:
    found: dict[str, list[Division]] = {}
    for division in divisions().values():
        short = _COUNTY_SUFFIX.sub("", division.name)
        if division.level == "county" and len(short) >= 2 and short != division.name:
            found.setdefault(short, []).append(division)
    return found
