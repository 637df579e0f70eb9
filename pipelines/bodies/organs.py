"""Tells which function of government an organ has, by its name: 国土资源局 and 自然资源和规划局 have one.

Belongs here: taking a printed name apart. Does not belong here: which names there are (`data/functions.yaml`).
"""

from __future__ import annotations

import re

from expectations.functions import Era, Function, by_name

#: What stands before the organ's own name: the government or zone that it is of, or the state.
_BEFORE = re.compile(r"^(?:人民政府|政府|行政公署|行署|管理委员会|管委会|中华人民共和国|国家|中国)+")
_ZONE_BEFORE = re.compile(r"^[^局委厅办]{0,14}?(?:开发区|高新区|经开区|新区|示范区|园区)(?=.{3,})")
#: Endings of organs, and words before them that add no task.
_ENDINGS = re.compile(
    r"(?:管理|监督管理|工作|事务|服务)?(?:委员会|总局|局|厅|署|部|委|办公室|办|中心|室|院)(?:机关|本级|本部)?$"
)
_ORGAN = re.compile(r"(?:委员会|总局|局|厅|署|部|委|办公室|办|中心|室)(?:机关|本级|本部)?$")
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


def _known(organ: str) -> tuple[Function, Era] | None:
    """The function and era of an organ's name; 国家税务局 as it is printed goes before 税务局."""
    organ = _BRACKETS.sub("", "".join(organ.split()))
    plain = _BEFORE.sub("", organ)
    for name in dict.fromkeys((organ, plain, _ZONE_BEFORE.sub("", plain))):
        for ending in (None, _ORGAN, _ENDINGS):
            known = by_name().get(ending.sub("", name) if ending else name)
            if known and (ending is None or ending.search(name)):
                return known
    return None
