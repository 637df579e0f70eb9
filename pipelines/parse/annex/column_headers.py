"""Headers of the annex's columns of numbers → codes. Which column is this year's whole body, the header alone decides.

Sums cannot: they hold in every column of a right annex, in 累计 as in 统计数.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

#: What a header may be made of; a text with anything else in it names a part (a department, 各区县) and is no whole.
_WORDS = re.compile(
    r"(?P<change>同比|增长率?|增减|增幅|变化|比上年|比去年|较上年)"
    r"|(?P<this_cumulative>(?:本年度?|当年|年度|全年|20\d\d年度?)累计)"
    r"|(?P<cumulative>历年累计|至本期累计|以来累计|累计|历年)"
    r"|(?P<previous>上年度?|上一年度?|去年|上期|同期)"
    r"|(?P<current>本期|当期|本年度?|当年|年度|全年)"
    r"|(?P<year>20\d\d)年?度?"
    r"|(?P<whole>合计|总计|总数|共计|汇总|总和|全[省市区县州盟旗])"
    r"|(?P<own>[省市区县州盟旗]?本级)"
    r"|(?P<neutral>统计|数量|数值|数据|指标值|填报|上报|结果|情况|件数|数|量|值|政府信息公开|表|单位|[件条次个人篇万元/]+(?=$|[)]))"
)
#: A header's text that says nothing of its column: who filled the table in, and when.
_ASIDE = re.compile(r"填[报表]|制表|盖章|日期|单位[:：]|表号|批准|有效期")
_CAPTION = re.compile(r"20\d\d年度?|[省市区县州盟旗]本级")
_SIGNS = re.compile(r"[()（）\[\]【】:：、,，.。·\-—_\s]+")
UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Holds what a header says of its column. `kind` is a code, "" for a candidate for `value`, or unmapped."""

    kind: str
    whole: bool = False
    current: bool = False


def decide(headers: Sequence[tuple[str, ...]], year: int | None, first: int = 1) -> tuple[list[str], str | None]:
    """The code of each column of numbers by the texts above it, outermost first; and why none is `value`, if none is.

    Codes: `value` (this year, the whole body), `cumulative`, `previous_year`, `own_level`, else `unmapped.<n>` with n
    counted over all columns from `first`. A column alone is `value` unless its header says that it is something else.
    """
    meanings = [_meaning(texts, year) for texts in headers]
    codes = [m.kind if m.kind != UNMAPPED else "" for m in meanings]
    counts = Counter(codes)
    codes = [code if code and counts[code] == 1 else f"{UNMAPPED}.{n}" for n, code in enumerate(codes, first)]
    value, why = _value(headers, meanings)
    if value is not None:
        codes[value] = "value"
    return codes, why


def _value(headers: Sequence[tuple[str, ...]], meanings: Sequence[_Meaning]) -> tuple[int | None, str | None]:
    """The column that is `value`, or why there is none."""
    candidates = [k for k, m in enumerate(meanings) if not m.kind]
    if len(meanings) == 1 and meanings[0].kind in ("", UNMAPPED):
        return 0, None
    named = ", ".join(repr(shown(texts)) for texts in headers)
    if not candidates or (len(candidates) == 1 and not headers[candidates[0]]):
        return None, f"no header says which column is this year's whole body: {named}"
    if len(candidates) == 1:
        return candidates[0], None
    chosen = _only(candidates, meanings)
    return chosen, None if chosen is not None else f"several columns may be this year's whole body: {named}"


def _only(candidates: Sequence[int], meanings: Sequence[_Meaning]) -> int | None:
    """Of several columns the one that names the whole or this year, or both, where no other does."""
    wholes = {k for k in candidates if meanings[k].whole}
    currents = {k for k in candidates if meanings[k].current}
    best = wholes & currents or wholes | currents
    return best.pop() if len(best) == 1 else None


def of_caption(text: str) -> tuple[str, ...]:
    """Tell what a caption says of all columns below it, as headers would: the year, and that it is the level's own organs."""
    return tuple(_CAPTION.findall(_folded(text)))


def _folded(text: str) -> str:
    """Compatibility forms resolved, white space dropped."""
    return "".join(normalize("NFKC", text).split())


def shown(texts: tuple[str, ...]) -> str:
    """The header of a column as one text."""
    return " / ".join(texts)


def is_known_header(texts: tuple[str, ...]) -> bool:
    """Tell whether a header is made of words that headers of the whole body are made of."""
    return not texts or all(_parts(text) is not None for text in texts if not _ASIDE.search(text))


def _parts(text: str) -> tuple[set[str], set[int]] | None:
    """The kinds of words that a text is made of, and the years that it names; None where it has other words."""
    left = _SIGNS.sub("", _folded(text))
    kinds: set[str] = set()
    years: set[int] = set()
    while left:
        match = _WORDS.match(left)
        if match is None or match.lastgroup is None:
            return None
        kinds.add(match.lastgroup)
        years.update([int(match["year"])] if match["year"] else [])
        left = left[match.end() :]
    return kinds, years


def _meaning(texts: tuple[str, ...], year: int | None) -> _Meaning:
    kinds: set[str] = set()
    years: set[int] = set()
    for text in texts:
        if _ASIDE.search(text):
            continue
        parts = _parts(text)
        if parts is None:
            return _Meaning(UNMAPPED)
        kinds |= parts[0]
        years |= parts[1]
    if "change" in kinds or len(years) > 1:
        return _Meaning(UNMAPPED)
    named = years.pop() if years else None
    previous = "previous" in kinds or (named is not None and year is not None and named == year - 1)
    if named is not None and named != year and not previous:
        return _Meaning(UNMAPPED)
    periods = [code for code, there in (("cumulative", "cumulative" in kinds), ("previous_year", previous)) if there]
    if "own" in kinds:
        return _Meaning(UNMAPPED if periods else "own_level")
    if periods:
        return _Meaning(periods[0] if len(periods) == 1 else UNMAPPED)
    current = bool(kinds & {"current", "this_cumulative"}) or named is not None
    return _Meaning("", "whole" in kinds, current)
