"""Tells which function of government an organ has, by its name: 国土资源局 and 自然资源和规划局 have one.

Belongs here: taking a printed name apart. Does not belong here: which names there are (`data/functions.yaml`).
"""

from __future__ import annotations

import re
from functools import cache

from expectations.functions import Era, Function, by_name, functions

#: What stands before the organ's own name: the government or zone that it is of, or the state.
_BEFORE = re.compile(r"^(?:人民政府|政府|行政公署|行署|管理委员会|管委会|中华人民共和国|国家|中国)+")
_ZONE_BEFORE = re.compile(r"^[^局委厅办]{0,14}?(?:开发区|高新区|经开区|新区|示范区|园区)(?=.{3,})")
#: Endings of organs, and words before them that add no task.
_ENDINGS = re.compile(
    r"(?:管理|监督管理|工作|事务|服务)?(?:委员会|总局|局|厅|署|部|委|办公室|办|中心|室|院)(?:机关|本级|本部)?$"
)
_ORGAN = re.compile(r"(?:委员会|总局|局|厅|署|部|委|办公室|办|中心|室)(?:机关|本级|本部)?$")
#: A branch, and the organ that it is of.
_BRANCH = re.compile(r"^(.{2,}?局)(?!$)[^局]{1,10}(?:分局|管理局)$")
#: What follows the name of the state's organ in that of a local one: a place and what is there.
_LOCAL = re.compile(r"(?!办公|机关|综合)[一-鿿]{2,}(?:局|队|行|部|办|办公室|办事处)")
#: Characters that the longest place before 海关 has: 中华人民共和国 goes first.
_LONGEST_PLACE = 8
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]?$")


def function_of(organ: str) -> str | None:
    """The code of the function of an organ, named without its division; None where no function has the name.

    The whole name must be known, but for the ending: 教育局 and 教育委员会 are 教育; 教育考试院 is not.
    """
    known = _known(organ)
    return known[0].code if known else None


def era_of(organ: str) -> Era | None:
    """The era of its function that an organ's name belongs to; None where no function has the name."""
    known = _known(organ)
    return known[1] if known else None


def accountability_of(organ: str, level: str) -> str | None:
    """Whom an organ answers to, one of `ACCOUNTABILITIES`; None where its name is not known.

    A branch (生态环境局洪泽分局) answers as the organ that it is of. An organ of the state itself answers to nobody below it;
    its local organs (国家税务总局杭州市税务局) do.
    """
    bare = _BRACKETS.sub("", "".join(organ.split()))
    branch = _BRANCH.match(bare)
    known = _known(bare) or (_known(branch[1]) if branch else None)
    if known is None or (level == "state" and known != _of_system(bare, _BEFORE.sub("", bare))):
        return None
    return known[1].accountability


def _known(organ: str) -> tuple[Function, Era] | None:
    """The function and era of an organ's name."""
    organ = _BRACKETS.sub("", "".join(organ.split()))
    plain = _BEFORE.sub("", organ)
    return _named(organ, plain) or _of_system(organ, plain)


def _named(organ: str, plain: str) -> tuple[Function, Era] | None:
    """By one of the names of a function; 国家税务局 as it is printed goes before 税务局."""
    for name in dict.fromkeys((organ, plain, _ZONE_BEFORE.sub("", plain))):
        for ending in (None, _ORGAN, _ENDINGS):
            known = by_name().get(ending.sub("", name) if ending else name)
            if known and (ending is None or ending.search(name)):
                return known
    return None


def _of_system(organ: str, plain: str) -> tuple[Function, Era] | None:
    """The function of a local organ that bears the name of the state's organ, or a place: 拱北海关; and the era."""
    for function in _systems():
        for parent in function.parents:
            if organ.startswith(parent) and _LOCAL.fullmatch(organ.removeprefix(parent)):
                above = _named(parent, _BEFORE.sub("", parent))
                return above if above and above[0] == function else (function, function.eras[0])
        if any(_has_place(plain, tail) for tail in function.tails):
            return function, function.eras[0]
    return None


def _has_place(plain: str, tail: str) -> bool:
    return plain.endswith(tail) and 2 <= len(plain) - len(tail) <= _LONGEST_PLACE


@cache
def _systems() -> tuple[Function, ...]:
    return tuple(f for f in functions().values() if f.parents or f.tails)
