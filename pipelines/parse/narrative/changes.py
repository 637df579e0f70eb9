"""Tells what a number says besides a quantity: a change against an earlier time, or a share of a whole."""

from __future__ import annotations

import re

from pipelines.parse.narrative.context import Window
from pipelines.parse.narrative.numerals import Numeral
from pipelines.parse.report import Change

_UP = "增长|增加|多出|多了|净增|反增|激增|猛增|剧增|递增|上升|提高|提升|上涨|增幅|攀升|扩大|涨幅|增速|升"
_DOWN = "减少|压减|减幅|锐减|骤减|净减|递减|少了|缩水|瘦身|下降|降低|回落|下滑|降幅|下跌|缩减|压缩|缩短|降"
#: The word of a change right before the number; 增至 and 提升到 give the quantity itself.
_CHANGED = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|约|率|幅度|比例)?(?:为|是|达到?|共|近|约|超过?)?$")
#: A character of every word of change.
_MAY_CHANGE = re.compile("[增多升高涨扩攀减少缩瘦降落滑压]")
_BASES = (
    ("previous_period", re.compile(r"环比|上季度|上半年|上月")),
    ("previous_year", re.compile(r"同比|上一?年度?|去年|前一?年|上年同期")),
    ("other_year", re.compile(r"[比较](?:19|20)\d\d年?")),
)
#: 升为 and 降为 give the quantity itself, 上升为 does not.
_BECAME = re.compile(r"(?<![上下提])[升降]为$")
#: What a multiple is of: 是上年的, 是2013年信息发布总量的.
_TIMES = re.compile(r"(?:是|为|达到?|相当于)(?:上一?年度?|去年|前一?年|(?:19|20)\d\d年)[^，。；]{0,14}的$")
#: How far before its clause a change may say against what it is.
_NEAR = 14
_RELATIVE = frozenset({"%", "倍", "个百分点", "百分点", "位"})
_SHARE = re.compile(
    r"占(?:比|[^，。；：]{0,18})?(?:达到?|为|约|近|超过?)?$|(?:比例|比重|占比|比率)(?:达到?|为|约|近|超过?)*$"
)

#: What an amount ends with whose share follows in brackets: 8820件（41.0%）.
_MEASURED = frozenset("条件个次场期篇项家人名份起宗")


def change(plain: str, numeral: Numeral, window: Window) -> Change | None:
    """The change that the number measures; None where it is a quantity itself.

    增长29% and 提高4位 are changes as they stand; 增加15件 only where the clause says against what (比上年).
    """
    said = plain[_start(window) : window.led]
    match = _CHANGED.search(said) if _MAY_CHANGE.search(said) else None
    if match and _BECAME.search(plain, match.start(), window.led):
        match = None
    if match is None:
        return _multiple(plain, numeral, window)
    base = _base(plain[window.clause : window.led]) or _base(
        plain[max(window.sentence, window.clause - _NEAR) : window.clause]
    )
    if not (numeral.unit in _RELATIVE or base):
        return None
    return Change("increase" if match["up"] else "decrease", base or "not_stated")


def _multiple(plain: str, numeral: Numeral, window: Window) -> Change | None:
    """The change that a multiple of an earlier time's number says: 是上年的1.8倍."""
    said = _TIMES.search(plain, _start(window), window.led) if numeral.unit == "倍" else None
    if said is None:
        return None
    return Change("increase" if numeral.value >= 1 else "decrease", _base(said[0]) or "other_year")


def _start(window: Window) -> int:
    """Tell where the words before a number begin; for the later ones of a list those before its first number count."""
    return window.left if window.left <= window.led else max(window.sentence, window.led - _NEAR)


def _base(clause: str) -> str | None:
    return next((name for name, pattern in _BASES if pattern.search(clause)), None)


def share_words(plain: str, numeral: Numeral, window: Window) -> int | None:
    """Tell where the words of a share begin (占…33.9%); None where the number is no share."""
    if numeral.unit != "%":
        return None
    if plain[numeral.begin - 1 : numeral.begin] == "（" and plain[numeral.begin - 2 : numeral.begin - 1] in _MEASURED:
        return numeral.begin
    match = _SHARE.search(plain, _start(window), window.led)
    return match.start() if match else None
