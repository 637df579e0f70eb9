"""Lists of parts against their whole, level by level.

A list says that it is complete (分别为, 分为) or that it is not (等, 主要有, 前三); else it is likely to be where all its
parts are of one kind (其中 and three channels). Parts that do not add up fail the first, and are flagged in the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from expectations.identities import Number
from pipelines.parse.narrative.findings import Finding, are_exact, name, place
from pipelines.parse.narrative.trees import alike, below
from pipelines.parse.report import Check, Figure

#: A list has so many parts.
_FEWEST = 2
_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
#: Says that what follows is all there is.
_COMPLETE = re.compile(
    r"分别(?:是|为|有)|(?:具体)?(?:分|构成)为|具体(?:是|为|如下)|由[^，。；]{0,6}(?:组成|构成)|全部(?:是|为)|按[^，。；]{1,12}(?:分|统计)[，：:]"
)
#: Says that it is not.
_OPEN = re.compile(
    r"主要|重点|例如|比如|(?<![^，。；：])如|尤其|特别|(?:位居|排名|居|列)?前[一二三四五六七八九十两\d]|[最较]多|以上的?|部分|不含|除|TOP",
    re.IGNORECASE,
)
_AND_MORE = re.compile(r"[^，。；：\d]{0,8}等(?!待|次|级)|[^。；]{0,3}[，；](?:其余|其他|剩余|另|还有|此外)")
#: A second list of the same whole begins.
_AGAIN = re.compile(r"[；;。\n]|其中|分别|分为|包括|包含|按|从[^，。；]{1,10}[看分]")
_OPENS = re.compile(r"其中|包括|包含|含|[：:（(]")
#: A total behind its parts: 网站10条、微信20条，合计30条.
_TOTAL = re.compile(r"[，,；;]?(?:以上|上述|两项|三项|各类|各项)?(?:合计|总计|共计)(?:为|达|是|[：:])?")
_ITEM = re.compile(r"[、，,；;和及][^，。；;、\d]{1,14}")


def lists(figures: Sequence[Figure]) -> Iterator[Finding]:
    """The checks of a report's lists: by owner, and of kinds where the dictionary knows no sum of them."""
    for index, parts in _by_whole(figures).items():
        for of_owners in (True, False):
            group = [part for part in parts if bool(part.owner and part.owner != figures[index].owner) == of_owners]
            if not of_owners:
                group = [part for part in group if part.object_class != "request"]
            if len(group) >= _FEWEST:
                yield from _checked(figures[index], index, group, of_owners)
    yield from _totals(figures)


def _by_whole(figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    """The parts of each whole that are counted as it is."""
    found: dict[int, list[Figure]] = {}
    for part in figures:
        if part.part_of is None or part.aspect != "amount":
            continue
        whole = figures[part.part_of]
        if whole.aspect == "amount" and alike(whole.unit, part.unit):
            found.setdefault(part.part_of, []).append(part)
    return found


def _checked(whole: Figure, index: int, parts: Sequence[Figure], of_owners: bool) -> Iterator[Finding]:
    """One check of all parts where they add up, else one of each list that they make."""
    said = _divided(whole, parts)
    if len(said) == 1 or _total(parts) == whole.value:
        yield _finding(whole, index, parts, of_owners, "")
        return
    for k, run in enumerate(said):
        if len(run) >= _FEWEST:
            yield _finding(whole, index, run, of_owners, f"list{k + 1}")


def _divided(whole: Figure, parts: Sequence[Figure]) -> list[list[Figure]]:
    """The lists that parts make: a new one begins at 其中, 按…分 or a full stop, or where an owner comes again."""
    runs = [[parts[0]]]
    for one, other in pairwise(parts):
        between = _between(one, other)
        again = bool(other.owner) and any(part.owner == other.owner for part in runs[-1])
        if again or (not other.owner and _AGAIN.search(_BRACKETS.sub("", between))):
            runs.append([])
        runs[-1].append(other)
    return runs


def _finding(whole: Figure, index: int, parts: Sequence[Figure], of_owners: bool, which: str) -> Finding:
    total = _total(parts)
    says = f"{name(whole)} {whole.value}; its {len(parts)} parts add up to {total}"
    outcome = "holds" if total == whole.value else _outcome(whole, parts, total, of_owners)
    outcome = outcome if are_exact((whole, *parts)) else "not_testable"
    code = "figures.owners" if of_owners else "figures.list"
    where = place(index, whole) + (f"/{which}" if which else "")
    return Finding(Check("prose", code, where, outcome, says, whole.value, total), (whole, *parts))


def _outcome(whole: Figure, parts: Sequence[Figure], total: Number, of_owners: bool) -> str:
    """What parts that do not add up tell, by what the list says of itself."""
    opener = _BRACKETS.sub("", _between(whole, parts[0]))
    more = total > whole.value
    if of_owners and more:
        return "fails"
    if _OPEN.search(opener) or _AND_MORE.match(_behind(parts[-1])):
        return "not_testable"
    if _COMPLETE.search(opener) and (of_owners or _is_one_kind(parts)):
        return "fails"
    likely = _OPENS.search(opener) is not None and (of_owners or _is_one_kind(parts))
    return "flagged" if likely and len(parts) > _FEWEST - (more or of_owners) else "not_testable"


def _is_one_kind(parts: Sequence[Figure]) -> bool:
    """Tell whether parts are all channels, all categories, or all unknown to the dictionary: no two kinds in one sum."""
    kinds = {_kind(part.indicator) for part in parts}
    return len(kinds) == 1


@cache
def _kind(code: str | None) -> str:
    if code is None:
        return "unmapped"
    if code in _CHANNELS:
        return "channel"
    return "category" if code in below("items_disclosed") else code


#: Where items are disclosed; the rest of what they can be is what they are about.
_CHANNELS = frozenset(
    {
        "portal_items",
        "new_media_items",
        "wechat_items",
        "weibo_items",
        "short_videos",
        "app_items",
        "graphic_posts",
        "other_channel_items",
        "open_platform_items",
    }
)


def _between(one: Figure, other: Figure) -> str:
    """The text between two numbers, without white space; over a full stop that which begins the second's sentence."""
    start = one.number.end - one.sentence.start
    if one.sentence == other.sentence:
        return _SPACE.sub("", one.sentence_text[start : other.number.start - one.sentence.start])
    behind = other.sentence_text[: other.number.start - other.sentence.start]
    return _SPACE.sub("", one.sentence_text[start:] + behind)


def _behind(part: Figure) -> str:
    """The text behind a number in its sentence."""
    return _SPACE.sub("", part.sentence_text[part.number.end - part.sentence.start :])


def _total(parts: Sequence[Figure]) -> Number:
    return sum((part.value for part in parts), Decimal(0))


def _totals(figures: Sequence[Figure]) -> Iterator[Finding]:
    """A total behind its parts (网站10条、微信20条，合计30条) is said of all of them."""
    for index, whole in enumerate(figures):
        if index < _FEWEST or whole.aspect != "amount" or whole.part_of is not None:
            continue
        if not _TOTAL.fullmatch(_between(figures[index - 1], whole)):
            continue
        parts = _parts_before(figures, index)
        if len(parts) >= _FEWEST and are_exact((whole, *parts)):
            total = _total(parts)
            says = f"{name(whole)} {whole.value}; the {len(parts)} parts before it add up to {total}"
            outcome = "holds" if total == whole.value else "fails"
            check = Check("prose", "figures.list", place(index, whole), outcome, says, whole.value, total)
            yield Finding(check, (whole, *parts))


def _parts_before(figures: Sequence[Figure], index: int) -> list[Figure]:
    """The items of the list right before a total."""
    found: list[Figure] = []
    for k in range(index - 1, -1, -1):
        part = figures[k]
        same = part.aspect == "amount" and alike(part.unit, figures[index].unit)
        if not same or part.sentence != figures[index].sentence:
            break
        found.append(part)
        if not k or not _ITEM.fullmatch(_between(figures[k - 1], part)):
            break
    return found[::-1]
