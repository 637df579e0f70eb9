"""Amounts that are no part of another: by the dictionary, by their list, by the event before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from expectations.indicators import Indicator, indicators
from pipelines.parse.narrative import confidence, families, owners
from pipelines.parse.narrative.answers import answered_of
from pipelines.parse.narrative.breakdowns import CATEGORY, OF_ITEMS, is_earlier, owner_before
from pipelines.parse.narrative.making import is_no_statement, made
from pipelines.parse.narrative.naming import Candidate
from pipelines.parse.narrative.readings import Before, Reading
from pipelines.parse.narrative.trees import below
from pipelines.parse.report import Figure

#: A number without measure word is a statement where a combination fits so well.
_BARE = 2.5
#: What stands before a number that says of the amount before it how many they are together, or have become.
_SAME = re.compile(
    r"(?:[，、]|现|又|已|将|后|则|为|至|到|共|总计|合计|总共|共计|累计|计|达|总数|总量|(?:调整|增加|减少|精简|压减|提高|提升|上升|扩大"
    r"|增长|降低|缩减|升|降|增|减|扩)(?=[为至到]))+"
)
_NEWLY = re.compile(r"，?(?:其中)?，?(?:当年|年内|全年|本年度|20\d\d年度?)?新增")
#: Items that are said to be disclosed, whatever else the words name.
_DISCLOSED = re.compile("主动公开(?:的)?(?:各类)?(?:政府|政务)?信息(?:总?数|总?量|共|总计|共计|有|为|约)*$")
#: A least that is planned or asked for.
_PLANNED = re.compile(r"(?:每[月周季年天]|要求|力争|目标|计划)[^，；。]{0,20}(?:不少于|不低于|至少|最少)")
#: A kind of messages.
_KIND_OF_CASES = re.compile(
    r"(?:关于|反映|涉及)[^，；。]{2,40}(?:来电|留言|诉求)$|(?<!各)类(?:群众|市民|网民|网友)?(?:留言|来电|信件|来信|诉求)$"
)
#: Indicators that a category in the words before the noun replaces.
_UNNAMED = frozenset(
    {"items_disclosed", "items_category", "portal_items", "open_platform_items", "public_opinion_responses"}
)
#: What is said of an event or a case before the number that belongs to it: 申请收取了信息处理费，合计520元.
_PREDICATE = re.compile(r"^[^，；。]{2,24}(?=，)")
_PEOPLE = frozenset({"人", "人次", "名", "余人", "位"})
#: What may stand between an event and the people who took part in it.
_ATTENDED = re.compile(
    r"余?[，、；]?(?:共|共计|合计|累计|总计|约|近|超|达)*(?:有|吸引)?(?:参加|参与|参训|参会|到场)?(?:群众|市民|人员|人数|公众)?"
)


def amount_figure(reading: Reading, options: Sequence[Candidate], before: Before) -> Figure | None:
    """The amount that a number states; None where it states nothing."""
    numeral = reading.numeral
    owner = owner_before(reading, before)
    if not owner and "其中" in reading.own_left:
        owner = owners.of_item(reading.own_left)
    if options and not reading.thing.kind:
        options = [c for c in options if not families.other_family(c.indicator, reading, before)]
    options = [c for c in options if not _has_no_whole(c.indicator, reading, before)] or options
    listed = _unnamed(reading, options, owner) or _listed(reading, options, before)
    if listed:
        return listed
    followed = _attendance(reading, before) or (answered_of(reading, before) if numeral.unit == "%" else None)
    if followed:
        return made(reading, followed, 0.88, owner=owner)
    if options and (numeral.unit or options[0].score >= _BARE):
        indicator = indicators()[_refined(options[0].indicator.code, reading, before)]
        whole = _known_whole(reading, indicator, before)
        return made(reading, indicator, confidence.of_amount(options, reading), part_of=whole, owner=owner)
    if reading.thing.kind == "item" and numeral.unit in OF_ITEMS and _DISCLOSED.search(reading.own_left):
        return made(reading, families.refined("items_disclosed", reading, before), 0.88, owner=owner)
    if not (numeral.unit or _is_round(reading)) or is_no_statement(reading):
        return None
    inherited = _inherited(reading, before) or answered_of(reading, before)
    return made(reading, inherited, confidence.sure("inherited"), owner=owner)


def _unnamed(reading: Reading, options: Sequence[Candidate], owner: str) -> Figure | None:
    """The figure of a plan's least (每月不少于5条), or of a kind of messages (投诉类留言9件): no indicator is of these."""
    said = reading.prose.plain[reading.window.clause : reading.numeral.resume]
    of_messages = bool(options) and options[0].indicator.group == "response"
    planned = ("少" in said or "低" in said) and _PLANNED.search(said)
    if planned or (of_messages and _KIND_OF_CASES.search(reading.own_left)):
        return made(reading, None, 0.5, owner=owner)
    return None


def _listed(reading: Reading, options: Sequence[Candidate], before: Before) -> Figure | None:
    """A number of a list whose whole is not stated: of an owner (留言量分别为：成都1776件、南充250件), of a kind of items."""
    owner = owners.of_item(reading.own_left)
    stated = before.in_sentence(reading)
    last = before[stated[-1]].figure if stated else None
    goes_on = last is not None and last.unit == reading.numeral.unit and bool(last.owner)
    if owner in owners.place_names() or (owner and goes_on and reading.own_left.startswith("、")):
        code = last.indicator if last and goes_on else next((c.indicator.code for c in options), None)
        return made(reading, code, confidence.sure("listed"), owner=owner)
    if reading.numeral.unit not in OF_ITEMS or (options and options[0].touching):
        return None
    if not _is_kind_of_items(last, reading.numeral.unit) and reading.thing.kind != "item":
        return None
    bare = not any(h.word.action for h in reading.tracks.parts.within(reading.window.left, reading.window.begin))
    listed = bare and _is_kind_of_items(last, reading.numeral.unit)
    code = families.category(reading.own_left) if listed else None
    if code is None and reading.thing.kind == "item":
        code = families.kind_of_items(reading.own_left)
    return made(reading, code, confidence.sure("listed")) if code else None


def _is_kind_of_items(last: Figure | None, unit: str) -> bool:
    """Tell whether the number before is of items or of a kind of them, so that its list may go on."""
    if last is None or last.indicator is None:
        return False
    of_items = last.indicator == CATEGORY or CATEGORY in below(last.indicator)
    return of_items or (last.unit == unit and last.indicator in below("items_disclosed"))


def _inherited(reading: Reading, before: Before) -> str | None:
    """The indicator of the amount before a number that says it again, later or earlier, or of its list, or of its event."""
    wholes = before.amounts(reading)
    if wholes and (_SAME.fullmatch(reading.own_left) or is_earlier(reading)):
        return before[wholes[0]].figure.indicator
    if before.placed and _NEWLY.fullmatch(reading.own_left):
        # 累计公开2.3万条，2012年新增4560条
        last = before.placed[-1].figure.indicator
        return "items_disclosed" if last == "items_disclosed_cumulative" else None
    return families.like_sibling(reading, before)


def _refined(code: str, reading: Reading, before: Before) -> str:
    """The indicator by category, channel and time where the combination names but the general one."""
    of_items = reading.thing.place == "touching" and reading.thing.kind == "item" and reading.numeral.unit in OF_ITEMS
    kind = families.kind_of_items(reading.own_left) if of_items and code in _UNNAMED else None
    if kind:
        return kind
    if of_items and families.is_of_many(reading.own_left):
        return families.refined("items_disclosed", reading, before)
    if _SAME.fullmatch(reading.own_left):
        return "items_disclosed" if code in _UNNAMED else code
    return families.refined("items_disclosed" if of_items and code == CATEGORY else code, reading, before)


def _known_whole(reading: Reading, indicator: Indicator, before: Before) -> int | None:
    """The whole that the dictionary knows, where the sentence states it."""
    if indicator.part_of is None:
        return None
    return next((k for k in before.amounts(reading) if before[k].figure.indicator == indicator.part_of), None)


def _has_no_whole(indicator: Indicator, reading: Reading, before: Before) -> bool:
    """Tell whether an indicator's whole is stated to be none: 复议10件、诉讼0件，维持2件."""
    whole = _known_whole(reading, indicator, before)
    return whole is not None and before[whole].figure.value == 0 < reading.numeral.value


def _attendance(reading: Reading, before: Before) -> str | None:
    """People without a name right behind an event are those who took part in it: 培训3期、240人次; a sum is its fee."""
    last = before.placed[-1] if before.placed else None
    if last is None or last.figure.indicator is None or last.sentence != reading.window.sentence:
        return None
    code = indicators()[last.figure.indicator].attended_by
    if code is None or reading.numeral.unit not in indicators()[code].measures | _PEOPLE:
        return None
    between = _PREDICATE.sub("", reading.prose.plain[last.end : reading.numeral.begin])
    return code if last.figure.aspect == "amount" and _ATTENDED.fullmatch(between) else None


def _is_round(reading: Reading) -> bool:
    """Tell whether a number is written with 万 or 亿: a quantity even without measure word."""
    plain, numeral = reading.prose.plain, reading.numeral
    return not numeral.han and plain[numeral.start : numeral.end].endswith(("万", "亿"))
