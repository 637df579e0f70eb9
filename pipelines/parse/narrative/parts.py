"""The parts of a statement, by the structure of its sentence: what is counted, what is done, by which channel, when.

The head noun touches the number (政府信息公开申请5件) or follows it (5件政府信息公开申请). Else it is the last noun before the
verb (政府信息公开申请共受理5件). A noun of another clause is none: a lead-in does not lend its noun.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from expectations.narrative_words import narrative_words
from pipelines.parse.narrative.context import Window
from pipelines.parse.narrative.words import Hit, Tracks

#: Words between a noun and its number that tell nothing.
_FILLERS = (
    "共计|总计|合计|总共|共有|共|为|有|达|达到|是|了|约|近|累计|分别|新增|全年|年内|已|仅|数量|总量|总数|件数|条数|人数|次数|数|量"
    "|：|，共|，共计|“|”|》|等|（|各|也|均|又|另|平均"
)
_FILLING = re.compile(f"(?:{_FILLERS})+$")
#: What a quantity became, between its noun and the number: 粉丝由上年提升到5000人.
_BECAME = re.compile(
    r"(?:[由从][^，。；、]{1,12})?(?:已|也|又)?(?:提升|提高|增加|增长|上升|攀升|扩大|发展|下降|减少|升|降|增)[到至为]$"
)
_FILLERS_END = frozenset(word[-1] for word in _FILLERS.split("|"))
#: Nouns that only close a compound: 在线访谈活动 is about 在线访谈.
_CLOSING = frozenset({"活动", "工作", "专题", "内容", "信息总数"})
_CATEGORY = ("类", "类别", "类型", "方面", "领域", "系列")
#: 比上年, 较上年: what is compared with is not when.
_COMPARED = frozenset("比较同与")
#: A noun phrase behind the measure word ends with a verb.
_FAR = 14


class Thing(NamedTuple):
    """What a number counts: the noun as printed, its class, and how it stands: `touching`, `behind`, `before`, `category`
    (教育类) or `none`. `end` is where the noun ends.
    """

    noun: str
    kind: str
    place: str
    end: int = 0


#: No head noun.
NOTHING = Thing("", "", "none")


class Circumstances(NamedTuple):
    """What is done with the thing, by which channel, when, and what of it is counted; classes, "" where not said."""

    action: str
    channel: str
    time: str
    modifier: str


def thing(plain: str, window: Window, tracks: Tracks) -> Thing:
    """The head noun of a number."""
    left, bare = window.left, window.begin
    if bare > left and plain[bare - 1] in _FILLERS_END:
        filling = _FILLING.search(plain, left, bare)
        bare = filling.start() if filling else bare
    if bare == window.begin > left and plain[bare - 1] in "到至为":
        became = _BECAME.search(plain, left, bare)
        bare = became.start() if became else bare
    if plain.endswith(_CATEGORY, left, bare):
        return Thing("", "", "category")
    is_example = window.examples is not None and window.examples[1] == window.begin
    touching = tracks.objects.longest_at(bare) if bare > window.left and not is_example else None
    if touching is not None:
        return _thing(plain, _opened(tracks, touching), "touching")
    behind = _behind(plain, window, tracks)
    if behind is not None:
        return _thing(plain, behind, "behind")
    before = [h for h in tracks.objects.ending(window.left, bare) if h.start >= window.left]
    if before and not is_example:
        last = before[-1]
        return _thing(plain, tracks.objects.longest_at(last.end) or last, "before")
    return NOTHING


def _opened(tracks: Tracks, hit: Hit) -> Hit:
    """The noun that a closing one belongs to, where there is one right before it."""
    before = tracks.objects.longest_at(hit.start) if hit.word.text in _CLOSING else None
    return before or hit


def _thing(plain: str, hit: Hit, place: str) -> Thing:
    kind = hit.word.object
    return Thing(plain[hit.start : hit.end], "" if kind in narrative_words().neutral else kind, place, hit.end)


def _behind(plain: str, window: Window, tracks: Tracks) -> Hit | None:
    """The head of a noun phrase behind the measure word: the noun behind its last 的, else the last before a verb."""
    end = min(window.right, window.resume + 40)
    found = tracks.objects.within(window.resume, end)
    if not found:
        return None
    head = _head(tracks, found)
    of = plain.rfind("的", window.resume, end)
    if found[0].start == window.resume and (of < 0 or _has_verb(tracks, head.end, of)):
        # 15家政府网站加强涉及民生的信息: the noun phrase ends at its verb.
        return _not_of_next(plain, window, found, head)
    if of > window.resume:
        later = [hit for hit in found if hit.start > of]
        if later:
            return _head(tracks, later)
    if found[0].start - window.resume > _FAR:
        return None
    return _not_of_next(plain, window, found, head)


def _not_of_next(plain: str, window: Window, found: list[Hit], head: Hit) -> Hit:
    """The head noun, or the one before it where the head is of the next number: 41条短视频播放量超2300万."""
    of_next = head.end >= window.right - 1 and head.start >= found[0].end and window.right < window.clause_end
    return found[0] if of_next else head


def _head(tracks: Tracks, found: list[Hit]) -> Hit:
    """The last of nouns that follow each other without a verb between them."""
    head = found[0]
    for hit in found[1:]:
        if hit.start > head.end + 1 or _has_verb(tracks, head.end, hit.start):
            break
        if hit.end >= head.end:
            head = hit
    return _opened(tracks, tracks.objects.longest_at(head.end) or head)


def _has_verb(tracks: Tracks, start: int, end: int) -> bool:
    return any(hit.word.action for hit in tracks.parts.within(start, end))


def own_verb(window: Window, tracks: Tracks, head: Thing) -> Hit | None:
    """The verb whose object the number's noun is: the last one before that among the number's own words."""
    end = head.end - len(head.noun) if head.place in ("touching", "before") else window.begin
    left = window.left
    for hit in reversed(tracks.parts.ending(left, end)):
        if hit[2].action and hit[0] >= left:
            return hit
    return None


def circumstances(plain: str, window: Window, tracks: Tracks) -> Circumstances:
    """The verb nearest to the number, the last channel of the sentence before it, the time of its clause, a modifier."""
    action = channel = time = modifier = ""
    clause = window.clause
    for start, _, word in tracks.parts.ending(window.sentence, window.begin):
        if word.channel:
            channel = word.channel
        if start >= clause:
            action = word.action or action
            if word.time and plain[start - 1 : start] not in _COMPARED:
                time = word.time
            modifier = word.modifier or modifier
    if not action:
        behind = (h.word.action for h in tracks.parts.within(window.resume, window.right) if h.word.action)
        action = next(behind, "")
    return Circumstances(action, channel, time, modifier)
