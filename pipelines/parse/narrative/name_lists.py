"""Lists of owners' names: 龙岗、光明和南山; the last one ends where what is said of them begins (南山回复率).

A short name of a county (龙岗) is known only in a list: most of its names must be names of organs or places.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.bodies.divisions import divisions
from pipelines.parse.narrative import owners

_MARK = re.compile(r"[，；：。（）\n]")
_AND = re.compile(r"以及|和|与|及")
#: What the list is announced with: 排名前三的是甲局、乙局.
_ANNOUNCED = re.compile(r"^[^、]{0,30}?(?:[是为有]|分别|来看|其中)(?=[^、])")
#: So far back a list may stand before its 分别.
_CLAUSES = 3
#: A short name of which the tree knows none.
_SHORT = 2
_LONGEST_SHORT = 5
_LONGEST_NAME = 20
_END = re.compile(owners.END)
#: 南京、苏州、无锡三市.
_SEVERAL = re.compile(r"(?<=..)(?:[两三四五六七八九十]|\d{1,2})个?(?:[省市县区地州局家镇]|部门|单位|街道)")
_COUNTY = re.compile("(?:自治县|市|县|区|旗)$")


def last_names(text: str, size: int) -> list[str] | None:
    """The names of a list of so many that a text ends with or its last clauses hold; None where there is none."""
    for clause in [c for c in _MARK.split(text) if c][: -_CLAUSES - 1 : -1]:
        found = _named(clause, size)
        if found:
            return found
    return None


def leading_names(text: str, size: int) -> list[str] | None:
    """The names of a list of so many that a text begins with."""
    return _named(_MARK.split(text, maxsplit=1)[0], size)


def listed(words: str) -> str:
    """A list of owners as printed (民政局、供电公司、张羌街道), most of whose items are names; "" where it is none."""
    words = owners.bare(words)
    parts = words.split("、")
    known = sum(_is_name(one) for one in parts)
    fits = known * 3 >= len(parts) * 2 and all(2 <= len(one) <= _LONGEST_NAME for one in parts)
    return words if fits and known else ""


def together(clause: str) -> str:
    """The list of short names that a clause begins with, as printed (福田、罗湖回复率均为); "" where it begins with none."""
    size = clause.count("、") + 1
    found = (_named(clause, size + 1) or _named(clause, size)) if size > 1 else _named(clause, size + 1)
    if not found:
        return ""
    start = clause.find(found[0])
    return clause[start : clause.rfind(found[-1]) + len(found[-1])]


def _named(clause: str, size: int) -> list[str] | None:
    """The names of a clause that holds a list of so many; None where its items are not names."""
    if size < _SHORT:
        return None
    parts = clause.split("、")
    if len(parts) == size - 1:
        *before, last = parts
        pair = _divided(last)
        parts = [*before, *pair] if pair else parts
    if len(parts) != size:
        return None
    parts[0] = _first(parts[0])
    known = sum(_is_name(one) for one in parts[:-1])
    last = _cut(parts[-1], sure=known == size - 1)
    names = [*parts[:-1], last]
    known += _is_name(last)
    short = all(2 <= len(one) <= _LONGEST_SHORT or _is_name(one) for one in names)
    return names if short and known * 3 >= size * 2 and (size > _SHORT or known == size) else None


def _divided(part: str) -> list[str]:
    """Two names with 和 between them; an 和 can belong to a name (人力资源和社会保障局)."""
    for mark in _AND.finditer(part):
        pair = [part[: mark.start()], part[mark.end() :]]
        if _is_name(_first(pair[0])) and _cut(pair[1], sure=False):
            return pair
    return []


def _first(part: str) -> str:
    """The first name without what announces it."""
    if _is_name(part):
        return part
    announced = _ANNOUNCED.match(part)
    return part[announced.end() :] if announced else part


def _cut(part: str, sure: bool) -> str:
    """The name that a list's last part begins with; two characters where the others are names and it is unknown."""
    several = _SEVERAL.search(part)
    part = part[: several.start()] if several else part
    for end in sorted((m.end() for m in _END.finditer(part)), reverse=True):
        if _is_name(part[:end]):
            return part[:end]
    short = next((part[:length] for length in (4, 3, 2) if part[:length] in short_names()), "")
    return short or (part[:_SHORT] if sure else "")


def _is_name(words: str) -> bool:
    return words in short_names() or (owners.are_owners(words) and bool(owners.checked(words)))


@cache
def short_names() -> frozenset[str]:
    """Names of divisions without their kind, of two characters at least: 龙岗 for 龙岗区."""
    short = {_COUNTY.sub("", d.name) for d in divisions().values() if d.level == "county"}
    return owners.place_names() | {name for name in short if len(name) >= _SHORT}
