"""Readings → figures: structure first (whole and part, owner, aspect), then the indicator that the structure allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from expectations.indicators import Indicator, bound, indicators
from pipelines.parse.narrative import families, owners
from pipelines.parse.narrative.changes import change, share_words
from pipelines.parse.narrative.naming import Candidate, table
from pipelines.parse.narrative.parts import NOTHING, Thing, circumstances
from pipelines.parse.narrative.prose import Prose, prose
from pipelines.parse.narrative.readings import Before, Reading, readings
from pipelines.parse.narrative.trees import GOES_ON, Placed, Position, above, below, parent
from pipelines.parse.report import Change, Figure, Section

#: The measure "rank" of the dictionary: a place in a ranking.
RANK = "rank"
#: A combination must fit at least so well.
_LEAST = 1.2
#: A percentage after 占 that fits an indicator of its own so well is that, and no share of another.
_RATE = 2.0
#: A number without measure word is a statement where a combination fits so well.
_BARE = 2.5
#: What an indicator gains that the dictionary knows as part of the whole that the sentence names.
_PART_GAIN = 1.0
#: The share of right readings by how well the combination fits, in whole points from 0.
_RIGHT = (0.45, 0.62, 0.72, 0.82, 0.88, 0.94)
#: The next combination fits nearly as well.
_NARROW = 0.5
#: Where the head noun neither touches the number nor stands alone.
_LOOSE = frozenset({"before", "category"})
#: Measures that seldom count anything reported (time, ranks, kinds): a statement only where the dictionary knows it.
_SELDOM = re.compile(
    "[年月日天周秒分级届号大层星步点路款章样片只单对省市县区镇乡科村部类种遍支块队米频档节段]"
    "|分钟|(?:个)?(?:小时|月|季度|工作日|自然日)"
)
#: Small numbers in characters (三项任务) are set phrases more often than statements.
_SMALL_HAN = 20
#: What stands before a number that says of the amount before it how many they are together, or have become.
_SAME = re.compile(
    r"(?:[，、]|现|又|已|将|后|则|为|至|到|共|总计|合计|总共|共计|累计|计|达|总数|总量|(?:调整|增加|减少|精简|压减|提高|提升|上升|扩大"
    r"|增长|降低|缩减|升|降|增|减|扩)(?=[为至到]))+"
)
_NEWLY = re.compile(r"，?(?:其中)?，?(?:当年|年内|全年|本年度|20\d\d年度?)?新增")
#: Items that are said to be disclosed, whatever else the words name.
_DISCLOSED = re.compile("主动公开(?:的)?(?:各类)?(?:政府|政务)?信息(?:总?数|总?量|共|总计|共计|有|为|约)*$")
#: Words before 占 that name nothing.
_UNNAMING = re.compile(r"其中|分别|两者|合计|共|约|均|各|总体|全年|所|也|[，、。（）：；的]|(?:件|条|个|项)?数?量?比例")
#: Indicators that are falls themselves.
_CUTS = frozenset({"approval_time_cut_pct"})
#: Percentages that are no share of a whole.
_NO_SHARES = frozenset({"satisfaction_pct", "assessment_weight_pct", "approval_time_cut_pct"})
#: The code of items whose category has no code of its own.
_CATEGORY = "items_category"
#: Measure words of items; documents that are counted in 件 are documents.
_OF_ITEMS = frozenset("条篇则个次份") | {"条次", "篇次"}
#: What no list of kinds of items counts.
_NO_ITEMS = frozenset(
    {"message", "consultation", "comment", "request", "dispute", "view", "follower", "hotline", "inquiry"}
)
#: Indicators that a category in the words before the noun replaces.
_UNNAMED = frozenset(
    {"items_disclosed", "items_category", "portal_items", "open_platform_items", "public_opinion_responses"}
)
_OF_DISCLOSURE = frozenset({"proactive", "documents", "interpretation"})
#: A number in brackets behind an earlier year is that year's: 比2022年（31起）下降29%.
_EARLIER = re.compile(r"[比较](?:上年度?|去年|(?:19|20)\d\d年)[^，。；（）]{0,6}（(?:为|是)?$")
#: Whose sentences speak of other business than a group of indicators; what says that they speak of ours all the same.
_OTHER_BUSINESS = {
    "requests": re.compile(
        "服务大厅|政务大厅|办事大厅|审批服务|审批事项|行政审批|入驻|减免税|便民服务中心|行政服务中心"
    ),
    "fees": re.compile("减免税|税收|税款|退税|办税"),
}
_OWN_BUSINESS = frozenset({"request", "fee"})
_REQUESTS = re.compile("信息公开|公开申请|依申请|申请公开|信息处理费")
#: Who is praised is not inspected: 20家单位和16名个人受到通报表扬.
_PRAISE = re.compile("表扬|表彰|授予")
#: Behind these the words are of another owner, or of all.
_NEW_ITEM = re.compile("；|其中|，[各共全]")
#: What is said of an event or a case before the number that belongs to it: 申请收取了信息处理费，合计520元.
_PREDICATE = re.compile(r"^[^，；。]{2,24}(?=，)")
_PEOPLE = frozenset({"人", "人次", "名", "余人", "位"})
#: What may stand between an event and the people who took part in it.
_ATTENDED = re.compile(
    r"余?[，、；]?(?:共|共计|合计|累计|总计|约|近|超|达)*(?:有|吸引)?(?:参加|参与|参训|参会|到场)?(?:群众|市民|人员|人数|公众)?"
)
#: Whom a sentence speaks for; the office counts where it is the one that acts.
_SCOPE = re.compile(
    r"(?P<own_level>[市县区省州]本级|[市县区省]级)|(?P<territory>全[市省县区州国系]统?|各[级区县市]|各地|各部门|全镇|全街道|全域)"
    r"|(?P<organ>本机关|[我本][局委办厅处署]|局机关|政府办(?:公[厅室])?(?:代表|共|收到|受理|答复|办理|主动)"
    r"|[市县区省州旗][一-鿿]{0,8}?(?:局|委|公开办|中心)(?=(?:共|累计|全年)?(?:主动公开|受理|收到|答复|办理)))"
)


def figures(sections: Sequence[Section]) -> list[Figure]:
    """The quantitative statements of a report, in the order of the text.

    The preamble (section 0) speaks of the report itself; it counts only where no section was found.
    """
    found: list[Figure] = []
    for section in [s for s in sections if s.number > 0] or sections:
        found.extend(_of_section(prose(section), len(found)))
    return found


def _of_section(text: Prose, first: int) -> list[Figure]:
    placed: list[Placed] = []
    before = Before(placed, first)
    for reading in readings(text):
        figure = _figure(reading, before)
        if figure:
            numeral = reading.numeral
            placed.append(
                Placed(figure, numeral.begin, numeral.resume, reading.window.sentence, reading.thing, reading.bracket)
            )
    return [one.figure for one in placed]


def _figure(reading: Reading, before: Before) -> Figure | None:
    numeral, plain = reading.numeral, reading.prose.plain
    if numeral.rank:
        return _ranked(reading)
    changed = change(plain, numeral, reading.window)
    if changed and not _is_cut(reading, changed):
        return _changed(reading, before, changed)
    place = share_words(plain, numeral, reading.window)
    whole = None if numeral.unit == "%" else _whole(reading, before)
    if whole is not None and place is None:
        return _part(reading, before, whole)
    options = _options(reading, numeral.unit, before)
    if place is not None and not (options and options[0].score >= _RATE):
        return _share(reading, before, place)
    return _part(reading, before, whole) if whole is not None else _amount(reading, options, before)


def _whole(reading: Reading, before: Before) -> int | None:
    """The whole that a number is a part of, by the marks of its sentence or as an owner's part of a list."""
    plain, window = reading.prose.plain, reading.window
    if _EARLIER.search(plain, window.sentence, reading.numeral.begin):
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
        fits = figure.aspect == "amount" and figure.unit == reading.numeral.unit and figure.part_of is None
        if fits and (owner or placed.thing.kind == kind):
            return index + before.first if figure.value >= reading.numeral.value else None
    return None


def _is_cut(reading: Reading, changed: Change) -> bool:
    """Tell whether a fall against no earlier time is what an indicator measures: 办理时限压缩75%."""
    options = _options(reading, reading.numeral.unit) if changed.base == "not_stated" else []
    return bool(options) and options[0].score >= _RATE and options[0].indicator.code in _CUTS


def _part(reading: Reading, before: Before, whole: int) -> Figure | None:
    """A part of a whole: of an owner, of a kind that the whole's breakdown can hold, or of none that is known."""
    known = before[whole].figure.indicator
    held = below(known) if known else frozenset()
    of_items = _CATEGORY in held and reading.numeral.unit in _OF_ITEMS
    kind = _kind_of_items(reading, known) if of_items else None
    if kind in held and not owners.of_item(reading.own_left):
        return _made(reading, kind, 0.92, part_of=whole)
    options = _options(reading, reading.numeral.unit, before)
    fitting = [c for c in options if _may_hold(before[whole], c.indicator, reading)]
    owner = _owner_of_part(reading, before[whole], fitting) or _owner_again(reading, before, options, known)
    if owner:
        return _made(reading, known, 0.9, part_of=whole, owner=owner)
    if not reading.numeral.unit or _is_no_statement(reading):
        return None
    if of_items and reading.thing.kind in _NO_ITEMS and options:
        # 发布信息50条；…，办结留言5条: the list of kinds is over.
        return _amount(reading, options, before)
    if of_items:
        code = next((c.indicator.code for c in fitting if c.indicator.group in _OF_DISCLOSURE), _CATEGORY)
        return _made(reading, code, 0.8, part_of=whole)
    return _named_part(reading, before, whole, fitting)


def _named_part(reading: Reading, before: Before, whole: int, fitting: Sequence[Candidate]) -> Figure:
    """A part by the best combination that its whole can hold, else by the part right before it."""
    known = before[whole].figure.indicator
    held = below(known) if known else frozenset()
    if fitting:
        subject = owners.of_subject(reading.prose.plain, reading.window, before.placed[-1].end)
        return _made(reading, fitting[0].indicator, _confidence(fitting), part_of=whole, owner=subject)
    sibling = families.like_sibling(reading, before)
    return _made(reading, sibling if sibling in held else None, 0.8 if sibling in held else 0.5, part_of=whole)


def _owner_again(reading: Reading, before: Before, options: Sequence[Candidate], known: str | None) -> str:
    """The owner of the number before a part that states the whole's indicator again: 民政局1件，收取380元."""
    again = bool(options) and options[0].indicator.code == known
    return _owner_before(reading, before) if again else ""


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


def _amount(reading: Reading, options: Sequence[Candidate], before: Before) -> Figure | None:
    numeral = reading.numeral
    since = before.placed[-1].end if before.placed else 0
    owner = owners.of_subject(reading.prose.plain, reading.window, since) or _owner_before(reading, before)
    if not owner and "其中" in reading.own_left:
        owner = owners.of_item(reading.own_left)
    options = [c for c in options if not families.other_family(c.indicator.code, reading, before)]
    listed = _listed(reading, options, before)
    if listed:
        return listed
    attended = _attendance(reading, before)
    if attended:
        return _made(reading, attended, 0.88, owner=owner)
    if options and (numeral.unit or options[0].score >= _BARE):
        indicator = indicators()[_refined(options[0].indicator.code, reading, before)]
        whole = _known_whole(reading, indicator, before)
        return _made(reading, indicator, _confidence(options, reading.thing), part_of=whole, owner=owner)
    if reading.thing.kind == "item" and numeral.unit in _OF_ITEMS and _DISCLOSED.search(reading.own_left):
        return _made(reading, families.refined("items_disclosed", reading, before), 0.88, owner=owner)
    if not (numeral.unit or _is_round(reading)) or _is_no_statement(reading):
        return None
    return _made(reading, _inherited(reading, before), 0.8, owner=owner)


def _owner_before(reading: Reading, before: Before) -> str:
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


def _inherited(reading: Reading, before: Before) -> str | None:
    """The indicator of the amount before a number that says it again, later or earlier, or of its list, or of its event."""
    wholes = before.amounts(reading)
    earlier = _EARLIER.search(reading.prose.plain, reading.window.sentence, reading.numeral.begin)
    if wholes and (_SAME.fullmatch(reading.own_left) or earlier):
        return before[wholes[0]].figure.indicator
    if before.placed and _NEWLY.fullmatch(reading.own_left):
        # 累计公开2.3万条，2012年新增4560条
        last = before.placed[-1].figure.indicator
        return "items_disclosed" if last == "items_disclosed_cumulative" else None
    return families.like_sibling(reading, before)


def _refined(code: str, reading: Reading, before: Before) -> str:
    """The indicator by category, channel and time where the combination names but the general one."""
    of_items = reading.thing.place == "touching" and reading.thing.kind == "item" and reading.numeral.unit in _OF_ITEMS
    kind = families.kind_of_items(reading.own_left) if of_items and code in _UNNAMED else None
    if kind:
        return kind
    if of_items and families.is_of_many(reading.own_left):
        return families.refined("items_disclosed", reading, before)
    if _SAME.fullmatch(reading.own_left):
        return "items_disclosed" if code in _UNNAMED else code
    return families.refined("items_disclosed" if of_items and code == _CATEGORY else code, reading, before)


def _listed(reading: Reading, options: Sequence[Candidate], before: Before) -> Figure | None:
    """A number of a list whose whole is not stated: of an owner (留言量分别为：成都1776件、南充250件), of a kind of items."""
    owner = owners.of_item(reading.own_left)
    stated = before.in_sentence(reading)
    last = before[stated[-1]].figure if stated else None
    if owner in owners.place_names():
        goes_on = last is not None and last.unit == reading.numeral.unit and bool(last.owner)
        code = last.indicator if last and goes_on else next((c.indicator.code for c in options), None)
        return _made(reading, code, 0.85, owner=owner)
    if reading.numeral.unit not in _OF_ITEMS or (options and options[0].touching):
        return None
    of_items = last is not None and last.indicator is not None and _CATEGORY in {*below(last.indicator), last.indicator}
    after_kind = last is not None and last.indicator in below("items_disclosed") and last.unit == reading.numeral.unit
    bare = not any(h.word.action for h in reading.tracks.parts.within(reading.window.left, reading.window.begin))
    code = families.category(reading.own_left) if bare and (of_items or after_kind) else None
    code = code or families.kind_of_items(reading.own_left) if reading.thing.kind == "item" else code
    return _made(reading, code, 0.85) if code else None


def _is_no_statement(reading: Reading) -> bool:
    numeral = reading.numeral
    return bool(_SELDOM.fullmatch(numeral.unit)) or (numeral.han and numeral.value <= _SMALL_HAN)


def _known_whole(reading: Reading, indicator: Indicator, before: Before) -> int | None:
    """The whole that the dictionary knows, where the sentence states it."""
    if indicator.part_of is None:
        return None
    return next((k for k in before.amounts(reading) if before[k].figure.indicator == indicator.part_of), None)


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


def _options(reading: Reading, measure: str | None, before: Before | None = None) -> list[Candidate]:
    """Tell what the dictionary offers for a number, the best first. A part of a whole in the sentence gains."""
    found = table().candidates(reading.tracks, reading.window, measure, reading.thing)
    wholes = {before[k].figure.indicator for k in before.amounts(reading)} if before else set()
    if wholes:
        found = [c._replace(score=c.score + _PART_GAIN) if c.indicator.part_of in wholes else c for c in found]
        found.sort(key=lambda c: (-c.score, c.indicator.code))
    said = reading.sentence_words
    return [
        c
        for c in found
        if c.score >= _LEAST
        and not _is_other_business(c.indicator, said)
        and not (c.indicator.group == "supervision" and _PRAISE.search(said))
        and not _is_of_nothing(c.indicator, reading)
    ]


def _is_of_nothing(indicator: Indicator, reading: Reading) -> bool:
    """Tell whether a kind is named (咨询类441件, 社会保障287件) of what is neither said to be items nor to be disclosed."""
    thing = reading.thing
    if thing.place == "category" and indicator.group in ("response", "participation"):
        return indicator.code != "hotline_cases_by_kind"
    if indicator.part_of != "items_disclosed" or reading.numeral.unit != "件" or thing.kind:
        return False
    window = reading.window
    said = reading.tracks.parts.within(window.sentence, window.begin)
    return not any(hit.word.action == "disclose" for hit in said)


def _is_other_business(indicator: Indicator, sentence: str) -> bool:
    """Tell whether a sentence is about approvals at a service hall, or taxes, and says nothing of requests for information."""
    if indicator.objects.isdisjoint(_OWN_BUSINESS):
        return False
    other = _OTHER_BUSINESS.get(indicator.group)
    return other is not None and bool(other.search(sentence)) and not _REQUESTS.search(sentence)


def _confidence(options: Sequence[Candidate], thing: Thing = NOTHING) -> float:
    """The share of such readings that were right on annotated texts: by the fit, by its lead, by how the noun stands."""
    best = options[0]
    lead = best.score - (options[1].score if len(options) > 1 else 0.0)
    sure = _RIGHT[min(int(best.score), len(_RIGHT) - 1)]
    if lead < _NARROW:
        sure -= 0.12
    if thing.place in _LOOSE and not best.touching:
        sure -= 0.15 if best.named else 0.4
    return round(max(sure, 0.3), 2)


def _ranked(reading: Reading) -> Figure | None:
    options = [c for c in table().candidates(reading.tracks, reading.window, RANK) if c.score >= _LEAST]
    if not options:
        return None
    return _made(reading, options[0].indicator, _confidence(options, reading.thing), aspect="rank")


def _changed(reading: Reading, before: Before, changed: Change) -> Figure | None:
    """A change of what the clause names, else of the amount before it in the sentence."""
    points = reading.numeral.unit.endswith("百分点")
    options = _options(reading, "%" if points else reading.numeral.unit) or ([] if points else _options(reading, None))
    last = _last_rate(reading, before) if points else _shared_amount(reading, before)
    if points and last is not None and options and options[0].score < _RATE:
        options = []
    code = options[0].indicator.code if options else None
    if code is None and last is not None:
        code = before[last].figure.indicator
    stated = before.in_sentence(reading)
    if code is None and stated and before[stated[-1]].figure.aspect == "change":
        # 增加23件，增幅38.3%
        code = before[stated[-1]].figure.indicator
    if last is not None and before[last].figure.indicator != code:
        last = None
    confidence = _confidence(options) if options else 0.9
    return _made(reading, code, confidence, aspect="change", part_of=last, changed=changed)


def _share(reading: Reading, before: Before, place: int) -> Figure:
    """A share: of what stands before 占 in the clause, else of the amount before it in the sentence."""
    window = reading.window
    place = min(place, window.begin)
    if place > window.left and not reading.prose.plain[window.left : place].endswith(("中", "内")):
        narrow = replace(window, begin=place, resume=place, right=place, clause=window.left, clause_end=place)
        options = [c for c in table().candidates(reading.tracks, narrow, None) if c.score >= _LEAST]
        if options:
            return _made(reading, options[0].indicator, _confidence(options, reading.thing), aspect="share")
    last = _shared_amount(reading, before)
    if _names(reading.prose.plain[window.left : place]):
        # 其他形式占比: of something that the dictionary does not know.
        last = None
    figure = before[last].figure if last is not None else None
    code = figure.indicator if figure else None
    owner = figure.owner if figure else ""
    return _made(reading, code, 0.8 if code else 0.5, aspect="share", part_of=last, owner=owner)


def _names(words: str) -> bool:
    """Tell whether words before 占 name what the share is of."""
    return len(_UNNAMING.sub("", words)) >= 2 and not words.endswith(("中", "内"))


def _shared_amount(reading: Reading, before: Before) -> int | None:
    """The amount that a share is of: the last one, or the one at its place in a list (信函6件、传真2件，分别占75%和25%)."""
    stated = [
        k
        for k in before.in_sentence(reading)
        if before[k].figure.aspect == "rank" or (before[k].figure.aspect == "amount" and before[k].figure.unit != "%")
    ]
    place = reading.window.listed
    if place is None or place.noun is not None:
        return stated[-1] if stated else None
    return stated[place.place - place.size] if len(stated) >= place.size else None


def _last_rate(reading: Reading, before: Before) -> int | None:
    """The last percentage in the same sentence, which a number of 百分点 can change."""
    stated = before.in_sentence(reading)
    rates = [k for k in stated if before[k].figure.unit == "%"]
    place = reading.window.listed
    if place is None or place.noun is not None:
        return stated[-1] if rates and rates[-1] == stated[-1] else None
    return rates[place.place - place.size] if len(rates) >= place.size else None


def _made(
    reading: Reading,
    indicator: Indicator | str | None,
    confidence: float,
    *,
    aspect: str = "amount",
    part_of: int | None = None,
    changed: Change | None = None,
    owner: str = "",
) -> Figure:
    text, numeral, window = reading.prose, reading.numeral, reading.window
    code = indicator.code if isinstance(indicator, Indicator) else indicator
    sentence = reading.sentence
    number = text.span(numeral.start, numeral.end)
    if aspect == "amount" and numeral.unit == "%" and code not in _NO_SHARES:
        aspect = "share"
    sure = code is not None and confidence >= bound()
    said = circumstances(text.plain, window, reading.tracks)
    return Figure(
        indicator=code if sure else None,
        aspect=aspect,
        value=numeral.value,
        value_to=numeral.value_to,
        unit=numeral.unit,
        normalised_value=numeral.value if sure else None,
        qualifier=numeral.qualifier or ("累计" if "累计" in reading.own_left else ""),
        change=changed,
        part_of=part_of,
        scope=_scope(text.plain, reading),
        subject=_subject(reading),
        raw=text.text[number.start : number.end],
        sentence_text=text.text[sentence.start : sentence.end],
        sentence=sentence,
        number=number,
        confidence=confidence,
        object=reading.thing.noun,
        object_class=reading.thing.kind,
        action=said.action,
        channel=said.channel,
        owner=owner,
        time=said.time,
        modifier=said.modifier,
        rival=None if sure else code,
    )


def _subject(reading: Reading) -> str:
    """Tell what is counted, in the document's words: the noun behind the measure word, else the words before the number."""
    right = reading.own_right.removeprefix("的")
    return right[:12] if len(right) >= 2 else reading.own_left[-12:]


def _scope(plain: str, reading: Reading) -> str:
    """Whom the number speaks for: what its sentence says last before it."""
    scope = "not_stated"
    for match in _SCOPE.finditer(plain, reading.window.sentence, reading.window.begin):
        scope = match.lastgroup or scope
    return scope
