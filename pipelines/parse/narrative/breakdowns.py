"""Parts of a whole: of which whole, of whom, and which indicator the whole's breakdown can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from expectations.indicators import Indicator
from pipelines.parse.narrative import confidence, families, owners
from pipelines.parse.narrative.making import is_no_statement, made
from pipelines.parse.narrative.naming import Candidate
from pipelines.parse.narrative.options import offered
from pipelines.parse.narrative.readings import Before, Reading
from pipelines.parse.narrative.trees import GOES_ON, Placed, Position, above, below, parent
from pipelines.parse.report import Figure

#: The code of items whose category has no code of its own.
CATEGORY = "items_category"
#: Measure words of items; documents that are counted in 件 are documents.
OF_ITEMS = frozenset("条篇则个次份") | {"条次", "篇次"}
#: What no list of kinds of items counts.
_NO_ITEMS = frozenset(
    {"message", "consultation", "comment", "request", "dispute", "view", "follower", "hotline", "inquiry"}
)
#: Words that name no kind of items: 本年度新增的主动公开信息, 部门子站发布信息.
_SAYS_NOTHING = re.compile(
    r"(?:[一-鿿]{0,6}(?:子站|专栏|频道))?(?:[，、；：的共]|其中|本年度?|全年|新增|主动公开|发布|公开|政府|政务|各类|信息|内容|共计)*"
)
#: A combination that fits so well asks for a whole that can hold it.
_SURELY = 2.0
#: What is done with cases, not with items.
_OF_CASES = frozenset({"receive", "answer"})
_OF_DISCLOSURE = frozenset({"proactive", "documents", "interpretation"})
#: A number in brackets behind an earlier year is that year's: 比2022年（31起）下降29%.
_EARLIER = re.compile(r"[比较](?:上年度?|去年|(?:19|20)\d\d年)[^，。；（）]{0,6}（(?:为|是)?$")
_EARLIER_ENDS = ("（", "（为", "（是")
#: Behind these the words are of another owner, or of all.
_NEW_ITEM = re.compile("；|其中|，[各共全]")


def is_earlier(reading: Reading) -> bool:
    """Tell whether a number is one of an earlier year, in brackets behind that."""
    plain, start, end = reading.prose.plain, reading.window.sentence, reading.numeral.begin
    return plain.endswith(_EARLIER_ENDS, start, end) and _EARLIER.search(plain, start, end) is not None


def whole_of(reading: Reading, before: Before) -> int | None:
    """The whole that a number is a part of, by the marks of its sentence or as an owner's part of a list."""
    plain, window = reading.prose.plain, reading.window
    if is_earlier(reading):
        return None
    bare = not any(hit.word.action for hit in reading.tracks.parts.within(window.left, window.begin))
    place = Position(window.sentence, reading.bracket, reading.thing.kind, bare)
    found = parent(plain, reading.numeral, place, before.placed, before.first)
    return _whole_of_owner(reading, before) if found is None else found


def _whole_of_owner(reading: Reading, before: Before) -> int | None:
    """The whole of a number that an owner stands before (收到留言30条，市直部门收到19条): the amount of its kind before it."""
    if reading.window.listed:
        return None
    owner = owners.of_item(reading.own_left)
    kind = reading.thing.kind
    if not (owner or (kind and owners.of_head(reading.own_left))):
        return None
    sentence = reading.window.sentence
    goes_on = GOES_ON.match(reading.prose.plain, sentence)
    for index in range(len(before.placed) - 1, -1, -1):
        placed = before.placed[index]
        if placed.sentence != sentence and not goes_on:
            return None
        figure = placed.figure
        whole = figure.part_of is None and not figure.owner
        fits = whole and figure.aspect == "amount" and figure.unit == reading.numeral.unit
        if fits and (owner or placed.thing.kind == kind):
            return index + before.first if figure.value >= reading.numeral.value else None
    return None


def is_over(reading: Reading, before: Before, whole: int) -> bool:
    """Tell whether a list of kinds of items is over: 发布信息50条；…，办结留言5条."""
    known = before[whole].figure.indicator
    if known is None or CATEGORY not in below(known):
        return False
    window = reading.window
    said = reading.tracks.parts.within(window.left, window.begin)
    actions = {hit.word.action for hit in said if hit.end >= window.begin - 1}
    done = reading.thing.kind != "item" and not actions.isdisjoint(_OF_CASES) and "公开" not in reading.own_left
    return reading.thing.kind in _NO_ITEMS or done


def part_figure(reading: Reading, before: Before, whole: int) -> Figure | None:
    """A part of a whole: of an owner, of a kind that the whole's breakdown can hold, or of none that is known."""
    known = before[whole].figure.indicator
    held = below(known) if known else frozenset()
    of_items = CATEGORY in held and _counts_items(reading, before[whole])
    kind = _kind_of_items(reading, known) if of_items else None
    if kind in held and not owners.of_item(reading.own_left):
        return made(reading, kind, confidence.of_part(reading), part_of=whole)
    options = offered(reading, reading.numeral.unit, before)
    fitting = [c for c in options if _may_hold(before[whole], c.indicator, reading)]
    above_ = (
        None if fitting or of_items or owners.of_item(reading.own_left) else _higher(reading, before, whole, options)
    )
    if above_ is not None:
        whole, fitting = above_, options[:1]
    owner = _owner_of_part(reading, before[whole], fitting) or _owner_again(reading, before, options, known)
    if owner:
        return made(reading, known, 0.9, part_of=whole, owner=owner)
    if not reading.numeral.unit or is_no_statement(reading):
        return None
    if of_items and not _SAYS_NOTHING.fullmatch(reading.own_left):
        code = next((c.indicator.code for c in fitting if c.indicator.group in _OF_DISCLOSURE), CATEGORY)
        return made(reading, code, confidence.of_part(reading), part_of=whole)
    return _named_part(reading, before, whole, fitting)


def _counts_items(reading: Reading, whole: Placed) -> bool:
    """Tell whether a part is counted as items are; in 件 where its whole is so too and it is a kind (机构职能类669件)."""
    unit = reading.numeral.unit
    return unit in OF_ITEMS or (unit == "件" == whole.figure.unit and reading.thing.place == "category")


def _higher(reading: Reading, before: Before, whole: int, options: Sequence[Candidate]) -> int | None:
    """The whole above one that cannot hold a part, of the same sentence as that: 网络申请35件…。其中，同意公开14件."""
    if not options or options[0].score < _SURELY:
        return None
    sentence = before[whole].sentence
    for index in range(whole - 1, before.first - 1, -1):
        upper = before[index]
        if upper.sentence != sentence:
            return None
        figure = upper.figure
        fits = (
            figure.aspect == "amount" and figure.unit == reading.numeral.unit and figure.value >= reading.numeral.value
        )
        if fits and figure.indicator and options[0].indicator.code in below(figure.indicator):
            return index
    return None


def _named_part(reading: Reading, before: Before, whole: int, fitting: Sequence[Candidate]) -> Figure:
    """A part by the best combination that its whole can hold, else by the part right before it."""
    known = before[whole].figure.indicator
    held = below(known) if known else frozenset()
    if fitting:
        return made(reading, fitting[0].indicator, confidence.of_part(reading), part_of=whole)
    sibling = families.like_sibling(reading, before)
    return made(reading, sibling if sibling in held else None, 0.8 if sibling in held else 0.5, part_of=whole)


def _owner_again(reading: Reading, before: Before, options: Sequence[Candidate], known: str | None) -> str:
    """The owner of the number before a part that states the whole's indicator again: 民政局1件，收取380元."""
    again = bool(options) and options[0].indicator.code == known
    return owner_before(reading, before) if again else ""


def owner_before(reading: Reading, before: Before) -> str:
    """The owner of the number before it in the same item of a list: 青岭县公安局8件，收取960元；."""
    stated = before.in_sentence(reading)
    if not stated:
        return ""
    last = before[stated[-1]]
    between = reading.prose.plain[last.end : reading.numeral.begin]
    if not last.figure.owner or _NEW_ITEM.search(between):
        return ""
    verbs = [h for h in reading.tracks.parts.within(last.end, reading.numeral.begin) if h.word.action]
    return last.figure.owner if verbs or "、" not in between else ""


def _kind_of_items(reading: Reading, whole: str | None) -> str | None:
    """The indicator of a part of items: by the channel that it names, else by its category."""
    channel = families.channel_of_part(reading)
    return channel if channel and channel != whole else families.category(reading.own_left)


def _owner_of_part(reading: Reading, whole: Placed, fitting: Sequence[Candidate]) -> str:
    """The owner that a part is of: all that its words name, or what they begin with before the whole's own noun.

    None where the dictionary has a part of that owner: 平台归并420（市级60）个部门.
    """
    if fitting and fitting[0].touching and fitting[0].indicator.part_of == whole.figure.indicator:
        return ""
    owner = owners.of_item(reading.own_left)
    if owner or families.category(reading.own_left) or not reading.thing.kind or reading.thing.kind != whole.thing.kind:
        return owner
    return owners.of_head(reading.own_left)


def _may_hold(whole: Placed, indicator: Indicator, reading: Reading) -> bool:
    """Tell whether a breakdown can hold an indicator: what is below its whole; of an unknown whole nothing general.

    Of information made or got (制作、获取政府信息810条) some is disclosed.
    """
    known = whole.figure.indicator
    if known:
        return indicator.code in below(known) or (indicator.part_of is not None and indicator.part_of in above(known))
    if indicator.code == "items_disclosed":
        return whole.thing.kind == "item" and "主动公开" in reading.own_left
    return indicator.tier == "specific" and whole.thing.kind in indicator.objects
