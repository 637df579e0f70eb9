"""Labels that look alike and say something else: 不予公开 is not 予以公开, 上年新收 is not 本年新收.

Likeness of letters never overrides a negation, another time, a part, or another unit of counting. These few words decide; a
label that differs in one of them from a spelling of the form is no spelling of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NEGATIONS = re.compile(r"[不未非无没否勿免]|拒绝|除外|以外|之外")
#: 没有 and 无 are one negation; 尚未 and 未 as well. These words hold a letter of a negation and negate nothing.
_NO_NEGATION = re.compile(r"非税|非法|无线|未来|不动产|无人机|免疫|非遗|否则")
#: Words that turn what is counted into another quantity. Any word of a line counts as the line.
_TURNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"上一?年|去年|前年|往年|上年度|上一年度|上期",
        r"下一?年|明年|次年|来年",
        r"累计|历年|历史|以来|至今|截至",
        r"部分",
        r"[Ee]-?mail|电子邮件",
        r"比重|比例|占比|百分比|增长率|增幅|同比|环比",
        r"已(?=[审办受收结])",
        r"其中",
        r"规范性",
        r"传真",
        r"信函|信件",
    )
)
_OTHER_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年?")


@lru_cache(maxsize=65536)
def says_another(printed: str, spelling: str) -> bool:
    """Tell whether a printed label differs from a spelling in a word that changes what is counted.

    Of a label that is cut short, or that goes on with a remark, only what both have is compared.
    """
    length = min(len(printed), len(spelling))
    if length >= 6 and printed[:length] == spelling[:length]:
        return False
    if _negations(printed) != _negations(spelling):
        return True
    if _OTHER_YEAR.search(printed) and not _OTHER_YEAR.search(spelling):
        return True
    return any(bool(turn.search(printed)) != bool(turn.search(spelling)) for turn in _TURNS)


def _negations(text: str) -> int:
    return len(_NEGATIONS.findall(_NO_NEGATION.sub("", text)))
